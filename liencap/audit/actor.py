"""Who does a deed: a user in a seat, or the system."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user and the seat acted in; ids are None for the system itself."""

    user_id: int | None
    seat_id: int | None = None
    unit_id: int | None = None
    name: str = ""


SYSTEM = Actor(None, name="system")
