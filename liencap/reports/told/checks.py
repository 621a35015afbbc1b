"""Numbers in texts held against the figures beside them, for whoever writes and whoever reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.core.rollup import Layout
from liencap.core.rollup.cells import is_small
from liencap.core.rollup.totals import TotalCell, read
from liencap.core.stated import Contradiction, Fact, contradictions, telling
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.reports.display import number_text
from liencap.reports.figures import plus
from liencap.reports.models import Indicator, Obligation, ReportVersion
from liencap.reports.queries import said_by, totals_for
from liencap.reports.told.references import share_of

if TYPE_CHECKING:
    from liencap.reports.consolidation import Figures

COUNTED = {Indicator.Kind.NUMBER, Indicator.Kind.MONEY, Indicator.Kind.PERCENTAGE}
Cells = Mapping[tuple[str, str], TotalCell]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number in a text beside what the table says, in the reader's words."""

    task: Task | None
    typed: str
    name: str
    value: str

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        return _("The text says “%(typed)s”, the table %(value)s: %(name)s.") % {
            "typed": self.typed, "value": self.value, "name": self.name
        }  # fmt: skip


def facts_from(
    indicators: Iterable[Indicator], totals: Sequence[Cells], parts: Sequence[Cells] = ()
) -> list[Fact]:
    """Return what a text may state: a figure of any of the totals, or of a single unit."""
    facts = []
    for indicator in indicators:
        if indicator.kind not in COUNTED:
            continue
        if indicator.tree_axis == Indicator.TreeAxis.RATIO and len(indicator.cells) == 2:
            facts.append(_share(indicator, totals, parts))
            for cell in indicator.cells:  # either number may be named, neither is looked for
                facts.append(
                    Fact(
                        cell, "", _values(indicator, cell, totals), frozenset(_values(indicator, cell, parts))
                    )
                )
            continue
        facts += [
            Fact(
                indicator.code,
                str(indicator),
                _values(indicator, cell, totals),
                frozenset(_values(indicator, cell, parts)),
            )
            for cell in indicator.cells
        ]
    return facts


def _share(indicator: Indicator, totals: Sequence[Cells], parts: Sequence[Cells]) -> Fact:
    def shares(rows: Sequence[Cells]) -> tuple[Decimal, ...]:
        pairs = ([cells.get((indicator.code, cell)) for cell in indicator.cells] for cells in rows)
        return tuple(share for part, whole in pairs if (share := share_of(part, whole)) is not None)

    return Fact(indicator.code, str(indicator), shares(totals), frozenset(shares(parts)), percent=True)


def _values(indicator: Indicator, cell: str, rows: Sequence[Cells]) -> tuple[Decimal, ...]:
    found = (cells.get((indicator.code, cell)) for cells in rows)
    return tuple(one.sum for one in found if one is not None and one.values and one.sum is not None)


def facts_on(figures: "Figures", task: Task) -> list[Fact]:
    """Return the facts of one task of a consolidated report: both totals, and the figures of each unit."""
    totals = [cells for _name, kind, cells, _ref in figures.rows if kind != "unit"]
    parts = [cells for _name, kind, cells, _ref in figures.rows if kind == "unit"]
    return facts_from(figures.indicators.get(task.pk, []), totals, parts)


def facts_sent(version: ReportVersion, indicators: Iterable[Indicator]) -> list[Fact]:
    """Return the facts of a sent version: the unit's own figures, and with what it carried; no queries.

    Those that count people by a personal attribute are left out: a reader above may not see them.
    """
    own = said_by(version, version.form.cells)
    rows = [own, plus(version.form.cells, own, version.carried)]
    shown = [i for i in indicators if not i.guarded]
    return facts_from(shown, [cells_of(version.form.cells, row) for row in rows])


def cells_of(layout: object, packed: bytes) -> Cells:
    """Return the cells of packed totals by code and cell."""
    return {(c.code, c.cell): c for c in read(layout, packed).cells}  # type: ignore[arg-type]  # a Layout


def doubts_in(text: str, facts: Sequence[Fact], task: Task | None = None) -> list[Doubt]:
    """Return the numbers of a text that contradict the facts."""
    found = contradictions(text, facts, get_language() or "vi")
    return [Doubt(task, one.typed, one.name, _shown(one, facts)) for one in found]


def _shown(one: Contradiction, facts: Sequence[Fact]) -> str:
    percent = any(fact.percent for fact in facts if fact.key == one.key and one.value in fact.values)
    return f"{number_text(one.value)} %" if percent else number_text(one.value.normalize() + 0)


@dataclass(frozen=True, slots=True)
class Telling:
    """A number in a text that says a small figure which is kept back from all other units."""

    task: Task | None
    typed: str
    name: str

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        return _(
            "“%(typed)s” repeats a figure of a few people: %(name)s. As a figure it is kept back from other units, in "
            "words whoever reads them sees it. Write it without the number."
        ) % {"typed": self.typed, "name": self.name}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Small:
    """Small figures of an indicator that whoever reads may know, with its names in both languages."""

    name: str
    names: tuple[str, ...]
    values: tuple[Decimal, ...]

    def facts(self) -> list[Fact]:
        """Return what a text is searched for: its words may be of either language."""
        return [Fact(self.name, name, self.values) for name in self.names if name and self.values]


def telling_in(text: str, small: Iterable[Small], task: Task | None = None) -> list[Telling]:
    """Return the numbers of a text that say one of some small figures."""
    facts = [fact for one in small for fact in one.facts()]
    return [Telling(task, one.typed, one.key) for one in telling(text, facts, get_language() or "vi")]


def smalls_of(indicators: Iterable[Indicator], rows: Sequence[Cells]) -> list[Small]:
    """Return the small figures of those indicators that are kept back from other units."""
    found = []
    for indicator in indicators:
        values = {n for cell in indicator.cells for n in _values(indicator, cell, rows) if is_small(n)}
        if indicator.guarded and values:
            found.append(Small(str(indicator), (indicator.name, indicator.name_en), tuple(sorted(values))))
    return found


def tellings_of(
    content: Content, tasks: Iterable[Task], indicators: Sequence[Indicator], layout: Layout, packed: bytes
) -> list[Telling]:
    """Return where the words of a unit's own report say a small figure of its own; no query."""
    small = smalls_of(indicators, [cells_of(layout, packed)]) if content.passages else []
    by_id = {task.pk: task for task in tasks}
    return [
        one
        for (of, _question), text in content.passages.items()
        if small and text
        for one in telling_in(text, small, by_id.get(of))
    ]


def doubts_of(
    owed: Obligation, content: Content, tasks: Iterable[Task], indicators: Sequence[Indicator], packed: bytes
) -> list[Doubt]:
    """Return what in the words of a unit's own report contradicts its figures and the totals of all below.

    A query only where a number is not among its own figures.
    """
    if not content.passages:
        return []
    assert owed.period.form is not None, "open periods have a form"
    layout = owed.period.form.cells
    known = list(tasks)
    rows = [cells_of(layout, packed)]
    if not _doubts(content, known, indicators, rows):
        return []
    totals = [cells_of(layout, total) for total in totals_for(owed.period, owed.unit).values()]
    # A total with figures that are kept back is held against no text: the answer would tell it.
    open_, closed = ([i for i in indicators if i.guarded is said] for said in (False, True))
    return _doubts(content, known, open_, rows + totals) + _doubts(content, known, closed, rows)


def _doubts(
    content: Content, tasks: Sequence[Task], indicators: Sequence[Indicator], rows: Sequence[Cells]
) -> list[Doubt]:
    found = []
    for task in tasks:
        facts = facts_from([i for i in indicators if i.task_id == task.pk], rows)
        for (of, _question), text in content.passages.items():
            if of == task.pk and text:
                found += doubts_in(text, facts, task)
    return found
