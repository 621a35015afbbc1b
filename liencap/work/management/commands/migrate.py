"""Bring the database up to date; an empty one gets all its tables at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from liencap.work.tables import is_empty, lay_tables


class Command(migrate.Command):
    """Django's own command, which has nothing left to do where all was just laid."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Lay the tables of an empty database, then migrate."""
        connection = connections[options["database"]]
        asked = ("app_label", "migration_name", "check_unapplied", "plan", "fake", "fake_initial", "prune")
        if not any(options.get(name) for name in asked) and is_empty(connection):
            lay_tables(connection)
        super().handle(*args, **options)
