"""The tests' SQLite database: a file, begun from an empty one with all tables that is kept between test runs."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection


@cache
def kept() -> Path:
    """Return where the database of these very migrations is kept, whether or not it is there."""
    seen = hashlib.sha256(repr((sqlite3.sqlite_version, settings.INSTALLED_APPS)).encode())
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            seen.update(file.name.encode() + file.read_bytes())
    return Path(tempfile.gettempdir(), f"liencap-tests-{os.getuid()}", f"{seen.hexdigest()[:24]}.sqlite3")


def use(folder: Path) -> None:
    """Let the tests' database be a file in this folder, a process its own.

    In memory all threads of a live server share one connection, and two requests at once step into each other's
    transaction; in a file they wait for their turn as they do in the product. Nothing outlives the run, so that
    nobody waits for the disk.
    """
    if connection.vendor != "sqlite":
        return
    own = connection.settings_dict
    own["TEST"]["NAME"] = str(folder / f"tests-{os.getpid()}.sqlite3")
    own["OPTIONS"]["init_command"] = own["OPTIONS"]["init_command"].replace("=FULL", "=OFF")


def load() -> bool:
    """Fill the tests' database from the one that was kept; False when there is none."""
    if connection.vendor != "sqlite" or not kept().exists():
        return False
    shutil.copyfile(kept(), connection.settings_dict["TEST"]["NAME"])
    return True


def save() -> None:
    """Keep the tests' database, which was just migrated, for the next run."""
    if connection.vendor != "sqlite" or kept().exists():
        return
    kept().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = kept().with_suffix(f".{os.getpid()}")
    with (
        closing(sqlite3.connect(made)) as target,
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
    ):
        source.backup(target)
    made.replace(kept())
