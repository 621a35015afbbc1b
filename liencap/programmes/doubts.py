"""What the reading asks a person to look at, put beside the row it concerns; and owners the tree does not know."""

from dataclasses import dataclass, field
from typing import Any

from liencap.documents.queries import message_of
from liencap.programmes.owners import nearest, units_named
from liencap.programmes.queries import remembered_tiers
from liencap.programmes.rows import Row
from liencap.units.models import Tier, Unit

MOST_ASKED = 5  # owners of one page for whom near names are looked up: two queries each
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: `place` names it in the text."""

    place: str
    message: Any
    words: str
    start: int


def doubts_of(text: str, problems: list[dict[str, Any]]) -> list[Doubt]:
    """Return a reading's problems with their words, in the order of the text."""
    return [
        Doubt(f"doubt-{n}", message_of(one), text[one["start"] : one["end"]].strip()[:200], one["start"])
        for n, one in enumerate(problems[:MOST_SHOWN])
    ]


def by_row(doubts: list[Doubt], problems: list[dict[str, Any]], rows: list[Row]) -> dict[str, list[Doubt]]:
    """Return the doubts by the id of the narrowest row that holds them; those of no row stand under ""."""
    spans = [
        (row["end"] - row["start"], row["start"], row["end"], row["id"])
        for row in rows
        if row["start"] is not None
    ]
    out: dict[str, list[Doubt]] = {}
    for doubt, problem in zip(doubts, problems, strict=False):
        at = problem["end"]  # a label's problem ends where the row's words begin
        holding = [span for span in spans if span[1] <= at <= span[2]]
        out.setdefault(min(holding)[3] if holding else "", []).append(doubt)
    return out


@dataclass(slots=True)
class Owner:
    """An owner of a row on the screen: the unit or tier it is known as, or units of a like name."""

    n: int
    words: str
    role: str
    unit: Unit | None = None
    tier: Tier | None = None
    near: list[Unit] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Say whether the words name a unit or a tier of the tree."""
        return bool(self.unit or self.tier)


def owners_of(rows: list[Row], within: Unit) -> dict[str, list[Owner]]:
    """Return the owners of the rows of a page by row id, each found in the tree or with the names nearest to it."""
    owners = [owner for row in rows if not row["aside"] for owner in row["owners"]]
    words = list(dict.fromkeys(owner["words"] for owner in owners))
    units, tiers = units_named(owners, within), remembered_tiers(words)
    unknown = [word for word in words if word not in units and word not in tiers][:MOST_ASKED]
    near = {word: nearest(word, within) for word in unknown}
    known = {word: (units.get(word), tiers.get(word), near.get(word, [])) for word in words}
    nothing: tuple[None, None, list[Unit]] = (None, None, [])
    return {
        row["id"]: [
            Owner(n, one["words"], one["role"], *known.get(one["words"], nothing))
            for n, one in enumerate(row["owners"], 1)
        ]
        for row in rows
    }
