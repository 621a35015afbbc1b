"""Lay the database's own full-text index beside the entries."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_words USING fts5(
    folded, marked, content='search_entry', content_rowid='id', tokenize="unicode61 remove_diacritics 0", prefix='2 3'
)
"""
POSTGRES = (
    "ALTER TABLE search_entry"
    " ADD COLUMN folded_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED,"
    " ADD COLUMN marked_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', marked)) STORED",
    "CREATE INDEX search_folded ON search_entry USING gin (folded_words)",
    "CREATE INDEX search_marked ON search_entry USING gin (marked_words)",
)


def lay(apps, schema_editor):
    """Run the statements of this database."""
    statements = (SQLITE,) if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


def take(apps, schema_editor):
    """Take the index away again."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_words")
    else:
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN folded_words, DROP COLUMN marked_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_first")]

    operations = [migrations.RunPython(lay, take)]
