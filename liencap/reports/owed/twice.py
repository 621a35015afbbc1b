"""Find units whose figures an official total holds twice after a move, until the old unit above has sent anew.

What was accepted stays accepted: a report that was sent on with a unit's figures keeps them when the unit moves, and
the new place passes them on too. Nothing can be taken out of a report that somebody signed; but nobody may print it.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.errors import DomainError
from liencap.reports.models import Acceptance, Obligation, Period, Transfer
from liencap.units.models import Unit

Moment = datetime.datetime


@dataclass(frozen=True, slots=True)
class Twice:
    """A unit that moved, from where and to where, whose figures two reports bring."""

    unit: Unit
    source: Unit
    target: Unit


class Accepted(NamedTuple):
    """When a report was accepted, when the accepted version was sent, and whether all of its lines were."""

    at: Moment
    sent: Moment
    whole: bool


@dataclass(frozen=True, slots=True)
class Past:
    """Who stood under whom at each moment, and which versions were in force, for the units that moves touched."""

    places: Mapping[int, int | None]
    moves: Mapping[int, Sequence[tuple[Moment, int | None]]]
    accepted: Mapping[int, Sequence[Accepted]]

    def above(self, unit: int, when: Moment) -> int | None:
        """Return the unit above at a moment."""
        return next((parent for at, parent in self.moves.get(unit, ()) if at > when), self.places[unit])

    def line(self, unit: int) -> set[int]:
        """Return the unit and all that ever stood above it: nobody else can hold it."""
        found, todo = {unit}, [unit]
        while todo:
            one = todo.pop()
            for parent in (self.places.get(one), *(above for _at, above in self.moves.get(one, ()))):
                if parent is not None and parent not in found:
                    found.add(parent)
                    todo.append(parent)
        return found

    def held_twice(self, unit: int, totals: Set[int], when: Moment) -> bool:
        """Say whether any of some official totals held a unit more than once at a moment."""
        line = self.line(unit)
        return any(self._times(unit, total, when, line & self.places.keys()) > 1 for total in totals & line)

    def _times(self, unit: int, total: int, when: Moment, line: Set[int]) -> int:
        """Count how often an official total held a unit at a moment: in its own place, and in what others sent on."""
        found = 0
        for below in line:
            if self.above(below, when) != total:
                continue
            acts = [one for one in self.accepted.get(below, ()) if one.at <= when]
            if acts and below == unit:
                found += 1
            elif acts:
                found += self._sent_on(unit, below, acts, line)
        return found

    def _sent_on(self, unit: int, by: int, acts: Sequence[Accepted], line: Set[int]) -> int:
        """Count it in what was accepted of a report; a line that was returned stays as accepted before."""
        most = 0
        for one in reversed(acts):
            most = max(most, self._times(unit, by, one.sent, line))
            if one.whole:
                break
        return most


def counted_twice(period: Period, unit: Unit) -> list[Twice]:
    """Return the moved units that a unit's official total holds twice now; one query where nothing moved, else four."""
    return _twice(period, {unit.pk})


def held_twice(period: Period) -> list[Twice]:
    """Return the moved units that any official total of a period holds twice now; as many queries."""
    return _twice(period, None)


def _twice(period: Period, totals: set[int] | None) -> list[Twice]:
    kinds = (Transfer.Kind.MOVED, Transfer.Kind.SUCCEEDED)
    rows = Transfer.objects.filter(period=period, kind__in=kinds).select_related(
        "obligation__unit", "from_parent", "to_parent", "period__programme"
    )
    moved = {row.obligation.unit_id: row for row in rows if row.from_parent_id != row.to_parent_id}
    if not moved:
        return []
    past, now = _past(period, _touched(moved.values())), timezone.now()
    if totals is None:
        totals = {*past.places, *(row.period.programme.unit_id for row in moved.values())}
    found = [row for pk, row in moved.items() if past.held_twice(pk, totals, now)]
    return [
        Twice(row.obligation.unit, row.from_parent, row.to_parent)
        for row in found
        if row.from_parent and row.to_parent
    ]


def _touched(rows: Iterable[Transfer]) -> set[int]:
    """Return every unit in the chains before and after."""
    touched: set[int] = set()
    for row in rows:
        for chain in (bytes(row.from_chain), bytes(row.to_chain)):
            touched |= {int.from_bytes(chain[i : i + 4], "big") for i in range(0, len(chain), 4)}
    return touched


def _past(period: Period, touched: set[int]) -> Past:
    owed = Obligation.objects.filter(period=period, unit__in=touched)
    places = dict(owed.values_list("unit_id", "parent_id"))
    moves: dict[int, list[tuple[Moment, int | None]]] = {}
    for unit, at, parent in (
        Transfer.objects.filter(period=period, obligation__unit__in=touched)
        .order_by("pk")
        .values_list("obligation__unit_id", "at", "from_parent_id")
    ):
        moves.setdefault(unit, []).append((at, parent))
    accepted: dict[int, list[Accepted]] = {}
    acts = Acceptance.objects.filter(report__obligation__period=period, report__obligation__unit__in=touched)
    for unit, at, sent, returned in acts.order_by("pk").values_list(
        "report__obligation__unit_id", "at", "version__sent_at", "lines_returned"
    ):
        accepted.setdefault(unit, []).append(Accepted(at, sent, not returned))
    return Past(places, moves, accepted)


def twice_line(period: Period, unit: Unit) -> str:
    """Name on paper whose figures count twice; nothing where none do."""
    found = counted_twice(period, unit)
    if not found:
        return ""
    names = "; ".join(
        _("%(unit)s (moved from %(source)s to %(target)s)")
        % {"unit": one.unit, "source": one.source, "target": one.target}
        for one in found
    )
    return ". " + _("Counted twice until the earlier report is sent anew: %(names)s") % {"names": names}


def guard_counted_once(period: Period, unit: Unit) -> None:
    """Refuse to freeze figures in which a moved unit stands twice."""
    for one in counted_twice(period, unit):
        words = _(
            "The figures of “%(unit)s” would count twice: it moved from “%(source)s” to “%(target)s”, and what "
            "“%(source)s” sent before still holds them. Let “%(source)s” send its report anew and accept it first; if "
            "“%(source)s” does not, the head of “%(target)s” can send it on in its stead, with a reason."
        )
        raise DomainError(
            "counted-twice",
            words % {"unit": one.unit, "source": one.source, "target": one.target},
            status=409,
        )
