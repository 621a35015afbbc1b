"""What people type while they set their organisation up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the first page asks: the organisation, the head of its papers, and who sets it up."""

    kind: str
    name: str
    name_en: str
    authority: str
    place: str
    person: str
    sign_in: str
    password: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """A unit as somebody typed it: its name, its head, how the head signs in."""

    name: str
    person: str = ""
    contact: str = ""
