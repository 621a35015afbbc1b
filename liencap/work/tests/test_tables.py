"""The tables that are laid at once are those that all migrations together make."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.management import call_command
from django.db import connection

from liencap.work.tables import is_empty

STEPWISE = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
call_command(migrate.Command(), verbosity=0)
"""
POSTGRES = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length,"
        " collation_name, is_identity, generation_expression FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    ),
    "SELECT tablename, indexname, replace(indexdef, 'public.', '') FROM pg_indexes WHERE schemaname = 'public'",
    (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
    ),
)

RENAMED = ("reports_composedtask", "reports_sentence")
BORROWED = "('auth_group_permissions', 'id', "  # Django's own, wider when migrated; we have no groups


def shape_of_sqlite(cursor):
    """Return what stands in a database: columns, references, named constraints and indexes of each table."""
    found = {}
    masters = cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    for kind, name, table, sql in masters:
        if kind == "table":
            columns = sorted(row[1:] for row in cursor.execute(f'PRAGMA table_info("{name}")').fetchall())
            to = sorted(row[2:] for row in cursor.execute(f'PRAGMA foreign_key_list("{name}")').fetchall())
            found[name] = columns, to, sorted(re.findall(r'CONSTRAINT "([^"]+)" (\w+)', sql))
        else:
            found[name] = table, re.sub(r"\s+", " ", sql or "")
    return found


def shape_of_postgres(cursor):
    """Return the same of PostgreSQL."""
    rows = {str(row) for query in POSTGRES for row in cursor.execute(query).fetchall()}
    # Names that PostgreSQL and Django made up when a table had another name, and by which nobody asks.
    rows = {re.sub(r"_[0-9a-f]{8}\b|_[0-9a-f]{8}(?=_fk)", "", row.replace(*RENAMED)) for row in rows}
    return {row for row in rows if not row.startswith(BORROWED)}


@pytest.mark.django_db
def test_tables_laid_at_once_are_those_of_all_migrations(tmp_path):
    env = os.environ | {"LIENCAP_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    stepwise = [sys.executable, "-c", STEPWISE]
    if connection.vendor == "sqlite":
        env.pop("DATABASE_URL", None)
        subprocess.run(stepwise, env=env, check=True)
        with connection.cursor() as cursor:
            laid = shape_of_sqlite(cursor.cursor)
        with closing(sqlite3.connect(tmp_path / "liencap.sqlite3")) as other:
            migrated = shape_of_sqlite(other.cursor())
        assert laid == migrated
        return
    import psycopg

    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"stepwise_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        other_url = urlunsplit(url._replace(path=f"/{name}"))
        try:
            subprocess.run(stepwise, env=env | {"DATABASE_URL": other_url}, check=True)
            with connection.cursor() as cursor, psycopg.connect(other_url) as other:
                laid, migrated = shape_of_postgres(cursor), shape_of_postgres(other.cursor())
            assert sorted(laid - migrated) == sorted(migrated - laid) == []
        finally:
            server.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db
def test_a_database_with_tables_is_migrated_step_by_step(monkeypatch):
    assert not is_empty(connection)
    monkeypatch.setattr("liencap.work.management.commands.migrate.lay_tables", lambda _: 1 / 0)
    call_command("migrate", verbosity=0, plan=True)
    call_command("migrate", verbosity=0)
