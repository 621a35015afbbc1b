"""Look for what is wrong with the places, modes, keys and database of an installation."""

import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

SHOWN = 50
BESIDE = ("", "-wal", "-shm", "-journal", ".lock")  # what SQLite and its lock leave beside the database


def findings() -> list[str]:
    """Return what is wrong, a sentence each; at most fifty."""
    checks = (_umask, _modes, _places, _keys, _database)
    return list(islice((found for check in checks for found in check()), SHOWN))


def database_file() -> Path | None:
    """Return the file of the embedded database; None on PostgreSQL."""
    if connection.vendor != "sqlite":
        return None
    return Path(str(settings.DATABASES["default"]["NAME"])).absolute()


def _umask() -> Iterator[str]:
    """Files made from now on must be private too; reading the mask means setting it for a moment."""
    mask = os.umask(0o077)
    os.umask(mask)
    if os.name == "posix" and mask & 0o077 != 0o077:
        yield f"umask {mask:03o}: new files could be read by others; it must be 077."


def _folders() -> list[Path]:
    """Return the folders that hold private files, the database's own among them."""
    database = database_file()
    folders = [settings.HOME, settings.KEYS, settings.FILES, *([database.parent] if database else [])]
    return [folder for folder in dict.fromkeys(folders) if folder.exists()]


def _modes() -> Iterator[str]:
    """Folders are 0700 and files 0600; other systems than POSIX have no such modes."""
    if os.name != "posix":
        return
    database = database_file()
    beside = [database.with_name(database.name + end) for end in BESIDE] if database else []
    paths = dict.fromkeys(
        [*_folders(), *(path for path in beside if path.exists()), *sorted(settings.HOME.rglob("*"))]
    )
    for path in paths:
        if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            name = path.relative_to(settings.HOME) if path.is_relative_to(settings.HOME) else path
            thing, mode = ("folder", "700") if path.is_dir() else ("file", "600")
            yield f"{path.name if path == settings.HOME else name}: others may read this {thing}; chmod {mode} it."


def _places() -> Iterator[str]:
    """Private files never lie where the web server serves files from."""
    served = [Path(config.path) / "static" for config in apps.get_app_configs()]
    served += [Path(settings.STATIC_ROOT)] if settings.STATIC_ROOT else []
    for folder in _folders():
        if any(folder.resolve().is_relative_to(place.resolve()) for place in served):
            yield f"{folder}: this folder is served to the web; move it elsewhere."


def _keys() -> Iterator[str]:
    """Without its keys an installation can neither prove its log nor read the personal values in it."""
    for name in ("secret-key", "audit-key", "mfa-key"):
        path = settings.KEYS / name
        if not path.is_file() or not path.read_text().strip():
            yield f"keys/{name}: the key is missing; restore it from where you keep your keys."


def _database() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "The database is not up to date; run: liencap migrate"
    except DatabaseError as error:
        yield f"The database does not answer: {error}"
