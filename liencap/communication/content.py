"""What a person writes into a line of the plan, a session, and a record of it, as frozen values."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from liencap.communication.models import Channel, Item
from liencap.documents.models import Document
from liencap.programmes.models import Programme, Task
from liencap.units.models import Seat

WORDS = ("title", "message", "audience", "material", "discuss", "sessions_each", "since", "until")


@dataclass(frozen=True, slots=True)
class ItemWords:
    """The words and days of a line; links and channels beside them."""

    title: str
    until: datetime.date
    since: datetime.date | None = None
    message: str = ""
    audience: str = ""
    material: str = ""
    discuss: str = ""
    sessions_each: int = 0
    owner_seat: Seat | None = None
    programme: Programme | None = None
    task: Task | None = None
    document: Document | None = None
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionWords:
    """When, where and by whom a session is held."""

    day: datetime.date
    hour: datetime.time | None = None
    place: str = ""
    speaker: str = ""
    mode: str = "together"


@dataclass(frozen=True, slots=True)
class Attendance:
    """What is recorded of a session that was held: two numbers, materials, and questions that stayed open."""

    expected: int
    came: int
    material: str = ""
    questions: tuple[str, ...] = field(default=())


def values_of(item: Item) -> dict[str, Any]:
    """Return the words of a line as they are kept in a version."""
    found = {name: getattr(item, name) for name in WORDS}
    found |= {name: found[name].isoformat() if found[name] else "" for name in ("since", "until")}
    found["document"] = str(item.document or "")
    found["channels"] = ", ".join(sorted(channel.name for channel in item.channels.all()))
    return found
