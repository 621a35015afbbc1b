"""What is kept back from a reader of the figures that count people by a personal attribute.

Every page, file and chart that shows totals, their parts or the figures of a report reads them through a `Veil`: what
is kept back has no sum any more (`TotalCell.shown` says why), so that nobody downstream can write it by mistake.

The reader is a unit. It sees its own report, and decides for the tree below it alone: the rule of `core.rollup.cells`
goes down from it, total by total, over the official figures. What is not official in this line yet (received only, or
accepted below but not yet carried up to the reader) is not shown: two totals beside each other would tell what was
added in between.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from liencap.core.rollup import unpack
from liencap.core.rollup.cells import HIDDEN, SMALL, YES, Shown, is_small, paper, parts, top
from liencap.core.rollup.layout import State
from liencap.core.rollup.totals import TotalCell, read
from liencap.reports.models import Period, Report, ReportVersion
from liencap.reports.queries.owed import chain_of
from liencap.reports.queries.said import in_force
from liencap.reports.queries.totals import OWN, Part, official_parts, totals_for
from liencap.units.models import Unit

Key = tuple[str, str]
Cells = dict[Key, TotalCell]
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Level:
    """What is shown of one unit's total and of its parts, by the unit's id; the figures they were decided on."""

    total: Mapping[Key, Shown]
    parts: Mapping[Key, Mapping[int, Shown]]
    sums: Mapping[Key, TotalCell]
    brought: Mapping[int, Mapping[Key, TotalCell]]


class Veil:
    """Keeps back from one unit's readers what they must not see of a period; no query for forms that ask nothing such.

    `on_paper` keeps back the unit's own small figures too: others read what it prints.
    """

    def __init__(self, period: Period, reader: int | None, *, on_paper: bool = False) -> None:
        assert period.form is not None, "only opened periods have figures"
        self.period, self.reader, self.on_paper = period, reader, on_paper
        self.layout = period.form.cells
        self.keys = self.layout.personal
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
        return self._veiled(cells, level.brought.get(who, {}), shown)

    def reports(self, reports: Collection[Report]) -> None:
        """Decide at once, in two queries, what `report` asks of some reports, and forget what none of them needs.

        In the order of the tree a veil goes over any number of reports so, and holds one batch and those above it.
        """
        if self.keys:
            self._decide([self._from_reader(bytes(r.obligation.chain)) for r in reports], forget=True)

    def report(self, report: Report, version: ReportVersion) -> dict[Key, Shown]:
        """Say of a version's own figures which are kept back, where any are."""
        unit = report.obligation.unit
        if not self.keys or unit.pk == self.reader:
            return {}
        own, held = unpack(self.layout, bytes(version.figures)), in_force(report)
        counted = unpack(self.layout, bytes(held.figures)) if held else {}
        found = {}
        for key in self.keys:
            number, accepted = _figure(own[key]), _figure(counted.get(key))
            shown = self._own(report, unit, key, accepted) if held else YES
            # What waits for acceptance stands in no total yet: only a small figure is kept back.
            if is_small(number) and (number != accepted or shown is YES):
                shown = SMALL
            if number and shown is not YES:
                found[key] = shown
        return found

    def _own(self, report: Report, unit: Unit, key: Key, counted: Decimal) -> Shown:
        """Decide a unit's own accepted figure; without what stands below it where it brought nothing else."""
        line = self._from_reader(bytes(report.obligation.chain))
        self._decide([line])
        above = report.obligation.parent_id
        if above in line:
            level = self._levels[above]
            brought = level.brought.get(unit.pk, {}).get(key)
            if brought is not None and _number(brought) == counted:
                return level.parts[key].get(unit.pk, HIDDEN)
        return self._levels[unit.pk].parts[key].get(OWN, HIDDEN)

    def _from_reader(self, chain: bytes) -> list[int]:
        """Return the units from the reader down to a place; of a reader beside its line, from the top of the period."""
        line = [int.from_bytes(chain[i : i + 4], "big") for i in range(0, len(chain), 4)]
        return line[line.index(self.reader) :] if self.reader in line else line

    def level(self, unit: Unit) -> Level:
        """Decide the parts of a unit's total, from the reader's own unit down; three queries."""
        if unit.pk not in self._levels:
            self._decide([self._from_reader(chain_of(self.period, unit))])
        return self._levels[unit.pk]

    def _decide(self, lines: Collection[Sequence[int]], *, forget: bool = False) -> None:
        wanted = {pk for line in lines for pk in line}
        if forget:
            self._levels = {pk: level for pk, level in self._levels.items() if pk in wanted}
        if not (missing := wanted - self._levels.keys()):
            return
        held = official_parts(self.period, missing)
        for line in lines:
            for above, pk in zip([None, *line], line, strict=False):
                if pk not in self._levels:
                    self._levels[pk] = self._decided(pk, *held[pk], self._levels[above] if above else None)

    def _personal(self, packed: bytes) -> Cells:
        return {key: cell for key, cell in self.cells(packed).items() if key in self.keys}

    def _decided(self, unit: int, packed: bytes, parts_of: Mapping[int, bytes], above: Level | None) -> Level:
        official = self._personal(packed)
        brought = {who: self._personal(one) for who, one in parts_of.items()}
        total: dict[Key, Shown] = {}
        below: dict[Key, dict[int, Shown]] = {}
        for key in self.keys:
            whole = _number(official[key])
            numbers = {who: _number(cells[key]) for who, cells in brought.items()}
            if above is not None:
                seen = above.brought.get(unit, {}).get(key)
                total[key], below[key] = _inner(whole, seen, above.parts[key].get(unit, HIDDEN), numbers)
            elif unit == self.reader:
                total[key], below[key] = _first(whole, numbers, on_paper=self.on_paper)
            else:
                total[key] = top(whole, _NONE)
                below[key] = parts(total[key], numbers)
        return Level(total, below, official, brought)

    def _veiled(self, cells: Cells, official: Mapping[Key, TotalCell], shown: Mapping[Key, Shown]) -> Cells:
        """Take the sums away that are kept back, and those that are not the official ones."""
        found = dict(cells)
        for key in self.keys:
            number, decided = _number(cells[key]), shown[key]
            if key not in official or official[key].sum != cells[key].sum:
                decided = HIDDEN
            if number and decided is not YES:
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


def _inner(
    total: Decimal, seen: TotalCell | None, decided: Shown, numbers: Mapping[int, Decimal]
) -> tuple[Shown, dict[int, Shown]]:
    """Decide a unit below by what was decided of the part it brought; what was not brought so is kept back."""
    if seen is None or _number(seen) != total:
        return (SMALL if is_small(total) else HIDDEN), dict.fromkeys(numbers, HIDDEN)
    return decided, parts(decided, numbers)


def _number(cell: TotalCell) -> Decimal:
    return cell.sum if cell.values and cell.sum is not None else _NONE


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
