"""What is kept back from a reader of the figures that count people by a personal attribute.

Every page, file and chart that shows totals, their parts or the figures of a report reads them through a `Veil`: what
is kept back has no sum any more (`TotalCell.shown` says why), so that nobody downstream can write it by mistake.

The reader is a unit. It sees its own report, and decides for the tree below it alone: the rule of `core.rollup.cells`
goes down from it, total by total, over the official figures of one moment (`models.Settled`). Before that moment
nothing of other units is shown. What was decided then stays: a figure that changed later is shown only where both its
old and its new value are, and a sum above it only where all that changed in it is shown. Two looks at different times
then differ by nothing but what is shown itself. What is not official in this line yet (received only, or accepted
below but not yet carried up to the reader) is not shown either.

Indicators of which one is declared the sum of others are decided together: where one is kept back of a unit, all are.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q
from django.utils import timezone

from liencap.core.rollup import unpack
from liencap.core.rollup.cells import HIDDEN, SMALL, YES, Shown, later, paper, parts, tied, together, top
from liencap.core.rollup.layout import State
from liencap.core.rollup.totals import TotalCell, read
from liencap.core.text import next_prefix
from liencap.reports.models import Obligation, Period, Report, ReportVersion, Settled, Transfer
from liencap.reports.queries.made import Key, Made, Makings, makings_of, number, own_at, same
from liencap.reports.queries.owed import chain_of
from liencap.reports.queries.said import in_force
from liencap.reports.queries.totals import OWN, Part, totals_for
from liencap.units.models import Unit

Cells = dict[Key, TotalCell]
Decided = tuple[dict[Key, Shown], dict[Key, dict[int, Shown]]]
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Base:
    """What was decided of a unit's total and of its parts on the moment's figures, and what it is made of now.

    Without a moment yet, or where the tree was changed since, `then` is none and everything is kept back.
    """

    total: Mapping[Key, Shown]
    parts: Mapping[Key, Mapping[int, Shown]]
    then: Made | None
    now: Made


@dataclass(frozen=True, slots=True)
class Level:
    """What is shown of one unit's total and of its parts, by the unit's id; the figures this is about."""

    total: Mapping[Key, Shown]
    parts: Mapping[Key, Mapping[int, Shown]]
    sums: Mapping[Key, TotalCell]
    now: Made


class Veil:
    """Keeps back from one unit's readers what they must not see of a period; no query for forms that ask nothing such.

    `on_paper` keeps back the unit's own small figures too: others read what it prints.
    """

    def __init__(self, period: Period, reader: int | None, *, on_paper: bool = False) -> None:
        assert period.form is not None, "only opened periods have figures"
        self.period, self.reader, self.on_paper = period, reader, on_paper
        self.layout = period.form.cells
        self.keys = self.layout.personal
        self.ties = tied(self.keys, period.form.rules)
        self.bound = frozenset(key for tie in self.ties for key in tie)
        self._makings: dict[int, Makings] = {}
        self._bases: dict[int, Base] = {}
        self._late: dict[int, frozenset[Key]] = {}
        self._levels: dict[int, Level] = {}

    def cells(self, packed: bytes) -> Cells:
        """Read packed totals with nothing kept back."""
        return {(c.code, c.cell): c for c in read(self.layout, packed).cells}

    def totals(self, unit: Unit) -> dict[str, Cells]:
        """Return both totals of a unit as its reader sees them."""
        found = {kind: self.cells(packed) for kind, packed in totals_for(self.period, unit).items()}
        if self.keys:
            level = self.level(unit)
            found = {kind: self._veiled(cells, level.sums, level.total) for kind, cells in found.items()}
        return found

    def total(self, unit: Unit, packed: bytes) -> Cells:
        """Return a stored total of a unit as its reader sees it."""
        cells = self.cells(packed)
        if not self.keys:
            return cells
        level = self.level(unit)
        return self._veiled(cells, level.sums, level.total)

    def part(self, unit: Unit, part: Part) -> Cells:
        """Return a part of a unit's total as its reader sees it."""
        cells = self.cells(part.totals)
        if not self.keys or (part.own and unit.pk == self.reader and not self.on_paper):
            return cells
        level, who = self.level(unit), OWN if part.own else part.unit.pk
        shown = {key: level.parts[key].get(who, HIDDEN) for key in self.keys}
        return self._veiled(cells, level.now.brought.get(who, {}), shown)

    def report(self, report: Report, version: ReportVersion) -> dict[Key, Shown]:
        """Say of a version's own figures which are kept back, where any are."""
        unit = report.obligation.unit
        if not self.keys or unit.pk == self.reader:
            return {}
        own, held = unpack(self.layout, bytes(version.figures)), in_force(report)
        counted = unpack(self.layout, bytes(held.figures)) if held else {}
        found = {}
        for key in self.keys:
            said, accepted = own[key], _figure(counted.get(key))
            if not isinstance(said, Decimal) or not (said or key in self.bound):
                continue
            # What waits for acceptance stands in no total yet: with the sum before and after it would be told.
            shown = self._own(report, unit, key, accepted) if held and said == accepted else HIDDEN
            if shown is not YES and (said or shown is HIDDEN):
                found[key] = shown
        return found

    def _own(self, report: Report, unit: Unit, key: Key, counted: Decimal) -> Shown:
        """Decide a unit's own accepted figure; without what stands below it where it brought nothing else."""
        line = self._from_reader(bytes(report.obligation.chain))
        self._decide([line])
        above = report.obligation.parent_id
        if above in line:
            level = self._levels[above]
            if unit.pk in level.now.brought and level.now.number(unit.pk, key) == counted:
                return level.parts[key].get(unit.pk, HIDDEN)
        return self._levels[unit.pk].parts[key].get(OWN, HIDDEN)

    def reports(self, reports: Collection[Report]) -> None:
        """Decide at once, in three queries, what `report` asks of some reports, and forget what none of them needs.

        In the order of the tree a veil goes over any number of reports so, and holds one batch and those above it.
        """
        if self.keys:
            self._decide([self._from_reader(bytes(r.obligation.chain)) for r in reports], forget=True)

    def _from_reader(self, chain: bytes) -> list[int]:
        """Return the units from the reader down to a place; of a reader beside its line, from the top of the period."""
        line = [int.from_bytes(chain[i : i + 4], "big") for i in range(0, len(chain), 4)]
        return line[line.index(self.reader) :] if self.reader in line else line

    def level(self, unit: Unit) -> Level:
        """Decide the parts of a unit's total, from the reader's own unit down; some six queries."""
        if unit.pk not in self._levels:
            self._decide([self._from_reader(chain_of(self.period, unit))])
        return self._levels[unit.pk]

    def _decide(self, lines: Collection[Sequence[int]], *, forget: bool = False) -> None:
        wanted = {pk for line in lines for pk in line}
        if forget:
            for held in (self._levels, self._bases, self._late, self._makings):
                for pk in held.keys() - wanted:
                    del held[pk]
        self._read(wanted - self._bases.keys())
        for line in lines:
            base = None
            for pk in line:
                base = self._base(pk, base)
                if pk not in self._levels:
                    self._levels[pk] = self._level(pk, base)

    def _read(self, units: Collection[int]) -> None:
        """Read at once what some totals are made of."""
        self._makings |= makings_of(self.period, self.layout, {*units} - self._makings.keys())

    def _level(self, unit: int, base: Base) -> Level:
        """Take off what was decided for the moment all that changed since and is not shown on both sides."""
        official, late = self._official(unit), self._changed(unit, base)
        below: dict[Key, dict[int, Shown]] = {key: {} for key in self.keys}
        total = {key: HIDDEN if key in late else base.total[key] for key in self.keys}
        for who in base.now.held:
            untold = self._untold(base, who)
            for key in self.keys:
                decided = base.parts[key].get(who, YES if base.then else HIDDEN)
                below[key][who] = HIDDEN if key in untold else decided
            if who == OWN and self._knows(unit):
                below |= {key: {**held, OWN: YES} for key, held in below.items()}
        for key in self.keys:
            sums = [sum(made.numbers(key).values(), _NONE) for made in (base.then or base.now, base.now)]
            if total[key] is SMALL and sums[0] != sums[1]:
                total[key] = HIDDEN  # "fewer than ten" twice, with what came in between, is a narrower bound
            if number(official[key]) != sums[1]:  # not all is carried up yet
                total[key], below[key] = HIDDEN, dict.fromkeys(below[key], HIDDEN)
        return Level(total, below, official, base.now)

    def _knows(self, unit: int) -> bool:
        """Say whether a unit's own report is its reader's."""
        return unit == self.reader and not self.on_paper

    def _official(self, unit: int) -> Cells:
        return self.cells(self._makings[unit].official)

    def _changed(self, unit: int, base: Base) -> frozenset[Key]:
        """Return the figures of a unit in which something changed since the moment that is not shown."""
        if unit not in self._late:
            who = {*base.now.held, *(base.then.held if base.then else ())}
            found = [self._untold(base, one) for one in who if not (one == OWN and self._knows(unit))]
            self._late[unit] = frozenset[Key]().union(*found)
        return self._late[unit]

    def _untold(self, base: Base, who: int) -> set[Key]:
        """Return the figures of a part that changed since the moment by what is not shown."""
        then, now = base.then, base.now
        if then is None or same(then.held.get(who), now.held.get(who)):
            return set()
        within = self._changed(who, self._base(who, base)) if who in then.deep | now.deep else ()
        return together(
            {
                key
                for key in self.keys
                if key in within
                or not later(base.parts[key].get(who, YES), then.number(who, key), now.number(who, key))
            },
            self.ties,
        )

    def _base(self, unit: int, above: Base | None) -> Base:
        """Decide a unit's figures as of the moment; `above` is the unit over it in the line, of the topmost none."""
        if unit not in self._bases:
            then, now = self._made(unit, above)
            decided = self._first(unit, then, now) if above is None else self._inner(unit, above, then)
            self._bases[unit] = Base(*self._tied(*decided, then), then, now)
        return self._bases[unit]

    def _made(self, unit: int, above: Base | None) -> tuple[Made | None, Made]:
        """Return what a unit's total was made of at the moment, and now, as it was brought up each time."""
        self._read([unit])
        makings = self._makings[unit]
        if above is None:
            own = makings.own
            now = makings.at(None, own)
            if makings.alone:
                return now, now  # its own report alone: nothing comes in
            moment = self._moment(unit)
            return (makings.at(moment, own_at(own, moment)) if moment else None), now
        now = makings.brought(above.now.held.get(unit))
        if above.then is None or same(above.then.held.get(unit), above.now.held.get(unit)):
            return (now if above.then else None), now
        return makings.brought(above.then.held.get(unit)), now

    def _moment(self, unit: int) -> datetime.datetime | None:
        """Return from when the sums of the topmost unit are shown; never where the tree below it was changed since."""
        found = Settled.objects.filter(period=self.period, unit_id=unit).first()
        if (
            found is None
        ):  # every period that is closed has its moments, but for those closed before there were any
            return timezone.now() if self.period.state == Period.State.CLOSED else None
        place = Obligation.objects.filter(period=self.period, unit_id=unit).first()
        chain = bytes(place.chain) if place else unit.to_bytes(4, "big")
        after = next_prefix(chain)
        there = Q(from_chain__gte=chain, from_chain__lt=after) | Q(to_chain__gte=chain, to_chain__lt=after)
        moved = Transfer.objects.filter(there, period=self.period, at__gt=found.at).exclude(
            Q(kind=Transfer.Kind.JOINED) | Q(from_chain=F("to_chain"))
        )
        return None if moved.exists() else found.at

    def _first(self, unit: int, then: Made | None, now: Made) -> Decided:
        """Decide the unit from which the rule goes down."""
        total: dict[Key, Shown] = {}
        below: dict[Key, dict[int, Shown]] = {key: {} for key in self.keys}
        for key in self.keys:
            if then is None:
                rest = any(n for who, n in now.numbers(key).items() if who != OWN)
                total[key] = YES if self._knows(unit) and not rest else HIDDEN
                continue
            numbers = then.numbers(key)
            whole = sum(numbers.values(), _NONE)
            if unit == self.reader:
                total[key], below[key] = _first(whole, numbers, on_paper=self.on_paper)
            else:
                total[key] = top(whole, _NONE)
                below[key] = parts(total[key], numbers)
        return total, below

    def _inner(self, unit: int, above: Base, then: Made | None) -> Decided:
        """Decide a unit below by what was decided of the part it brought; what was not brought so is kept back."""
        total: dict[Key, Shown] = dict.fromkeys(self.keys, HIDDEN)
        below: dict[Key, dict[int, Shown]] = {key: {} for key in self.keys}
        if then is None or above.then is None:
            return total, below
        for key in self.keys:
            numbers = then.numbers(key)
            below[key] = dict.fromkeys(numbers, HIDDEN)
            if sum(numbers.values(), _NONE) == above.then.number(unit, key):
                total[key] = above.parts[key].get(unit, YES)
                below[key] = parts(total[key], numbers)
        return total, below

    def _tied(
        self, total: Mapping[Key, Shown], below: Mapping[Key, Mapping[int, Shown]], then: Made | None
    ) -> Decided:
        """Keep back of one unit all indicators of a sum, where one of them is."""
        whole, found = dict(total), {key: dict(held) for key, held in below.items()}
        for tie in self.ties:
            if any(total[key] is not YES for key in tie):
                whole |= dict.fromkeys(tie, HIDDEN)
            for who in then.held if then else ():
                if any(below[key].get(who, YES) is not YES for key in tie):
                    for key in tie:
                        found[key][who] = HIDDEN
        return whole, found

    def _veiled(self, cells: Cells, official: Mapping[Key, TotalCell], shown: Mapping[Key, Shown]) -> Cells:
        """Take the sums away that are kept back, and those that are not the official ones."""
        found = dict(cells)
        for key in self.keys:
            decided = shown[key]
            if key not in official or official[key].sum != cells[key].sum:
                decided = HIDDEN
            # A nought is shown as one, but beside a declared sum it would tell the other parts.
            if decided is not YES and (number(cells[key]) or (key in self.bound and cells[key].values)):
                found[key] = cells[key]._replace(sum=None, shown=decided)
        return found


def _first(
    total: Decimal, numbers: Mapping[int, Decimal], *, on_paper: bool
) -> tuple[Shown, dict[int, Shown]]:
    """Decide the total and the parts of the reader's own unit, which knows its own report."""
    own = numbers.get(OWN, _NONE)
    below = {who: n for who, n in numbers.items() if who != OWN}
    whole = top(total, own, paper=on_paper)
    if not on_paper:
        return whole, {OWN: YES} | parts(whole, below)
    of_own, found = paper(whole, own, below)
    return whole, {OWN: of_own} | found


def _figure(figure: Decimal | State | None) -> Decimal:
    return figure if isinstance(figure, Decimal) else _NONE


Veils = Callable[[Period], Veil]


def veils_for(reader: int | None, *, on_paper: bool = False) -> Veils:
    """Return the veils of one reader over several periods, each made once."""
    made: dict[int, Veil] = {}

    def veil(period: Period) -> Veil:
        if period.pk not in made:
            made[period.pk] = Veil(period, reader, on_paper=on_paper)
        return made[period.pk]

    return veil


def kept_figures(
    figures: Mapping[Key, Decimal | State], kept: Mapping[Key, Shown]
) -> dict[Key, Decimal | State]:
    """Return figures without those that are kept back."""
    return {key: figure for key, figure in figures.items() if key not in kept}


def line_kept(keys: Collection[Key], key: str) -> bool:
    """Say whether a line between two versions, named as in `Correction`, is of a figure that may be kept back."""
    code, _slash, cell = key[2:].partition("/")
    return key[:2] in ("f:", "c:") and (code, cell) in keys
