"""Say in the user's words what cannot be done."""

import os
import signal
from typing import Any

from django.conf import settings
from django.utils.functional import Promise


class DomainError(Exception):
    """Refuse a deed: a code for programs, a translated sentence for people, an HTTP status."""

    def __init__(self, code: str, message: str | Promise, *, status: int = 400, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status
        self.fields = fields

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """Refuse an actor whose seat does not carry the right."""

    def __init__(self, code: str, message: str | Promise, **fields: Any) -> None:
        super().__init__(code, message, status=403, **fields)


def crash_point(name: str) -> None:
    """Die as by `kill -9` when a test named this point in LIENCAP_CRASH_AT; nothing otherwise."""
    if name == settings.CRASH_AT:
        os.kill(os.getpid(), signal.SIGKILL)
