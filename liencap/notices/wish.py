"""What a person wishes about mail, between the form and the deed."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants to be told by mail."""

    rhythm: str
    hour: int = 8
    weekday: int = 0
    quiet_from: datetime.time = datetime.time(21)
    quiet_until: datetime.time = datetime.time(6, 30)
    off: list[str] = field(default_factory=list)
    address: str = ""
