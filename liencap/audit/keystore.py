"""The keys of people, one a slot of a single file outside the database: made in bulk, destroyed in place.

Slot n is the 32 bytes at 32 n; slot 0 says what the file is; zeros mean that there is no key (any more). Keys are on
disk before their slots are handed out, so a crash leaves unused slots at worst, never a value without its key.
"""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from filelock import FileLock

SIZE = 32
MARK = b"liencap: keys of people, 32 each"
NONE = bytes(SIZE)


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The file of keys; several processes may use it at once."""

    path: Path

    def make(self, count: int, *, above: int = 0) -> list[int]:
        """Make keys in slots after `above`, write them to disk together, and return the slots."""
        if not count:
            return []
        with self._lock():
            is_new = not self.path.exists()
            with self.path.open("wb" if is_new else "r+b") as file:
                # A torn write at the end is skipped: its slot was never handed out.
                first = max(above + 1, -(-file.seek(0, os.SEEK_END) // SIZE))
                if is_new:
                    file.seek(0)
                    file.write(MARK)
                file.seek(first * SIZE)
                file.write(secrets.token_bytes(SIZE * count))
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                self.path.chmod(0o600)
                _sync_folder(self.path.parent)
        return list(range(first, first + count))

    def read(self, slots: Iterable[int]) -> dict[int, bytes]:
        """Return the keys that are there."""
        found: dict[int, bytes] = {}
        if not self.path.exists():
            return found
        with self.path.open("rb") as file:
            for slot in sorted(set(slots)):
                if file.tell() != slot * SIZE:
                    file.seek(slot * SIZE)
                key = file.read(SIZE)
                if slot > 0 and len(key) == SIZE and key != NONE:
                    found[slot] = key
        return found

    def destroy(self, slots: Iterable[int]) -> int:
        """Overwrite keys with zeros, on disk before this returns; return how many were there."""
        gone = self.read(slots)
        if gone:
            with self._lock(), self.path.open("r+b") as file:
                for slot in gone:
                    file.seek(slot * SIZE)
                    file.write(NONE)
                file.flush()
                os.fsync(file.fileno())
        return len(gone)

    def _lock(self) -> FileLock:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FileLock(self.path.with_name(self.path.name + ".lock"), mode=0o600)


def people_keys() -> KeyStore:
    """Return the store of this installation."""
    return KeyStore(settings.KEYS / "people")


def _sync_folder(folder: Path) -> None:
    """Make a new file's name last too, where folders can be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
