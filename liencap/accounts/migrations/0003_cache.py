"""Make the table of Django's database cache, which counts guesses and spent codes for every worker."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_failed_sign_ins")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
