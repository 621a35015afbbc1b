"""The code that lets one person set an empty installation up: kept in a private file, told on the terminal."""

import hmac
import secrets
from pathlib import Path

from django.conf import settings


def _file() -> Path:
    return Path(settings.KEYS) / "setup-code"


def setup_code() -> str:
    """Return the code, made at the first call."""
    path = _file()
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(18))
    return path.read_text()


def fits(typed: str) -> bool:
    """Say whether somebody typed the code; without a file none fits."""
    path = _file()
    return path.exists() and hmac.compare_digest(path.read_text().encode(), typed.strip().encode())


def burn() -> None:
    """Take the code away: the organisation is founded."""
    _file().unlink(missing_ok=True)
