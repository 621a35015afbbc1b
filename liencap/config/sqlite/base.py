"""A file lock is taken before BEGIN IMMEDIATE and freed at commit or rollback (DESIGN 6).

SQLite's own waiting is a lottery: under many writers some are starved into "database is locked". The lock is the
system's, so a killed process frees it. The write-ahead log goes back into the database only while the lock is held.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError
from filelock import FileLock, Timeout

PATIENCE = 20.0  # seconds that a writer waits for its turn
POLL = 0.001
LOG_BYTES = 4 * 1024 * 1024  # a write-ahead log longer than this goes back into the database
LOG_LIMIT = 64 * 1024 * 1024  # beyond this readers are waited for, a moment
WRITES = {
    "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "ANALYZE", "REINDEX", "VACUUM",
}  # fmt: skip


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that takes the lock for a write outside a transaction, should one ever be made."""

    turns: "Turns"

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement; within a transaction the lock is held already."""
        with self.turns.of(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement many times."""
        with self.turns.of(query):
            return super().executemany(query, param_list)


class Turns:
    """The lock beside one database file; None in memory, where there is nobody to wait for."""

    def __init__(self, database: str | None) -> None:
        self.file = Path(database) if database else None
        self.lock = (
            FileLock(
                f"{database}.lock", timeout=PATIENCE, mode=0o600, thread_local=False, poll_interval=POLL,
                preserve_lock_file=True,
            )
            if database
            else None
        )  # fmt: skip

    def take(self) -> None:
        """Wait for one's turn."""
        if self.lock is not None and not self.lock.is_locked:
            try:
                self.lock.acquire()
            except Timeout as error:
                raise OperationalError("database is locked: no turn to write within 20 seconds") from error

    def free(self) -> None:
        """Let the next one write."""
        if self.lock is not None and self.lock.is_locked:
            self.lock.release(force=True)

    @contextmanager
    def of(self, query: str) -> Iterator[None]:
        """Hold the lock while a single write runs; nothing for reads or when it is held already."""
        words = query[:40].split(None, 1)
        if self.lock is None or self.lock.is_locked or not words or words[0].upper() not in WRITES:
            yield
            return
        self.take()
        try:
            yield
        finally:
            self.free()

    def log_bytes(self) -> int:
        """Return how long the write-ahead log is."""
        if self.file is None:
            return 0
        try:
            return self.file.with_name(self.file.name + "-wal").stat().st_size
        except OSError:
            return 0


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that writes in turn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turns: Turns | None = None

    @property
    def turns(self) -> Turns:
        """Return the lock of the database in use; tests change the name after the connection is made."""
        name = None if self.is_in_memory_db() else str(self.settings_dict["NAME"])
        if self._turns is None or str(self._turns.file or "") != (name or ""):
            self._turns = Turns(name)
        return self._turns

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002  # SQLite's have none
        """Return a cursor that knows the lock."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.turns = self.turns
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self.turns.take()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's stubs leave it out
        except BaseException:
            self.turns.free()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # a failed commit keeps the lock: a rollback follows
        self._shorten_log()
        self.turns.free()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # Django's stubs leave it out
        finally:
            self.turns.free()

    def _close(self) -> None:
        """Close within one's turn: the last connection to close writes the log back."""
        with suppress(OperationalError):
            self.turns.take()
        try:
            super()._close()  # type: ignore[misc]  # Django's stubs leave it out
        finally:
            self.turns.free()

    def _shorten_log(self) -> None:
        """Write a long log back into the database while the lock is held; a reader in the way only delays it."""
        length = self.turns.log_bytes()
        if length <= LOG_BYTES or self.connection is None:
            return
        with suppress(sqlite3.OperationalError):
            if length > LOG_LIMIT:
                self.connection.execute("PRAGMA busy_timeout=200")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                self.connection.execute("PRAGMA busy_timeout=20000")
            else:
                self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
