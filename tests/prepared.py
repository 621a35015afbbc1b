"""An empty SQLite database with all tables, kept between test runs: migrating takes longer than most of the tests."""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # where Django puts the tests' database
_kept_open: list[sqlite3.Connection] = []


@cache
def kept() -> Path:
    """Return where the database of these very migrations is kept, whether or not it is there."""
    seen = hashlib.sha256(repr((sqlite3.sqlite_version, settings.INSTALLED_APPS)).encode())
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            seen.update(file.name.encode() + file.read_bytes())
    return Path(tempfile.gettempdir(), f"liencap-tests-{os.getuid()}", f"{seen.hexdigest()[:24]}.sqlite3")


def load() -> bool:
    """Fill the tests' database in memory from the one that was kept; False when there is none."""
    if connection.vendor != "sqlite" or not kept().exists():
        return False
    memory = sqlite3.connect(MEMORY, uri=True)
    with closing(sqlite3.connect(kept())) as source:
        source.backup(memory)
    _kept_open.append(memory)  # a database in memory ends with its last connection
    return True


def save() -> None:
    """Keep the tests' database, which was just migrated, for the next run."""
    if connection.vendor != "sqlite" or kept().exists():
        return
    kept().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = kept().with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(made)) as target, closing(sqlite3.connect(MEMORY, uri=True)) as source:
        source.backup(target)
    made.replace(kept())
