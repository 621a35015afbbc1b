"""A review as a person calls it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liencap.documents.models import Document
from liencap.programmes.models import Programme
from liencap.units.models import Tier


@dataclass(frozen=True, slots=True)
class Wanted:
    """A review as a person calls it; `words` are directives known by their citation alone."""

    kind: str
    title: str
    since: datetime.date
    until: datetime.date
    programmes: Sequence[Programme] = ()
    documents: Sequence[Document] = ()
    words: Sequence[str] = ()
    tiers: Sequence[str] = ()
    under: str = ""
    dues: Mapping[Tier, datetime.date] = field(default_factory=dict)
