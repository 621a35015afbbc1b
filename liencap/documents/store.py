"""Keep bytes under their sha256: written once, 0600, outside what the web server serves."""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings


def digest_of(data: bytes) -> str:
    """Return the name under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def path_of(sha256: str) -> Path:
    """Return where bytes with this sha256 stand."""
    assert len(sha256) == 64, "a sha256, never a name that came from outside"
    assert sha256.isalnum(), "a sha256, never a path"
    return Path(settings.FILES) / sha256[:2] / sha256


def put(data: bytes) -> str:
    """Write bytes and return their sha256; the same bytes are kept once."""
    sha256 = digest_of(data)
    path = path_of(sha256)
    with suppress(FileNotFoundError):
        os.utime(path)  # marks that somebody counts on them from now on, before any row says so
        return sha256
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A temporary file beside the target and a rename: a crash leaves no half file under the name.
    handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(waiting).replace(path)
    except BaseException:
        Path(waiting).unlink(missing_ok=True)
        raise
    return sha256


def get(sha256: str) -> bytes:
    """Return the bytes; a changed file is a fault of the disk and stops."""
    data = path_of(sha256).read_bytes()
    if digest_of(data) != sha256:
        raise OSError(f"the stored file {sha256} has changed")
    return data


def stands(sha256: str) -> bool:
    """Return whether bytes with this sha256 are kept."""
    path = path_of(sha256)
    return path.exists() or _aside(path).exists()


def erase(sha256: str, *, unasked: timedelta) -> bool:
    """Remove bytes that nobody has put for so long; return whether they are gone.

    They first go aside: whoever puts the same bytes meanwhile has either marked them, and they come back, or finds
    nothing under their name and writes them anew. A crash between leaves them aside, and the next try begins there.
    """
    path, aside = path_of(sha256), _aside(path_of(sha256))
    if not aside.exists():
        if not path.exists() or _young(path, unasked):
            return not path.exists()
        path.replace(aside)
    if _young(aside, unasked):
        aside.replace(path)
        return False
    aside.unlink()
    return not path.exists()


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}")


def _young(path: Path, unasked: timedelta) -> bool:
    return time.time() - path.stat().st_mtime < unasked.total_seconds()
