"""Who does a deed: a user in a seat, or the system; and whom it is about."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user and the seat acted in; ids are None for the system itself."""

    user_id: int | None
    seat_id: int | None = None
    unit_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Personal values of one person or account in a deed: they enter the log under that person's key alone."""

    kind: str
    object_id: int
    new: dict[str, Any] = field(default_factory=dict)
    old: dict[str, Any] = field(default_factory=dict)


SYSTEM = Actor(None, name="system")
