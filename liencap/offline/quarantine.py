"""Keep uploads where only we read them, until they are entered or left out."""

import secrets
from pathlib import Path

from django.conf import settings

FOLDER = "quarantine"


def put(data: bytes) -> str:
    """Write bytes and return the name they are kept under."""
    name = secrets.token_hex(16)
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(data)
    return name


def get(name: str) -> bytes:
    """Return the bytes that are kept under a name."""
    assert name.isalnum(), "a name of ours, never a path"
    return (_folder() / name).read_bytes()


def drop(*names: str) -> None:
    """Delete what is kept under some names."""
    for name in filter(None, names):
        (_folder() / name).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.FILES) / FOLDER
