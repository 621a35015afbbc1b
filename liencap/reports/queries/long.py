"""Every figure of a period, one a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, repeat

from liencap.core.rollup.cells import HIDDEN, YES, Shown
from liencap.core.rollup.figures import figures_long as long_of
from liencap.core.rollup.layout import Layout, State
from liencap.core.text import next_prefix
from liencap.reports.models import Period, Report
from liencap.reports.numbers import kept_text
from liencap.reports.queries.kept import Veil
from liencap.reports.queries.owed import chain_of
from liencap.reports.queries.said import in_force
from liencap.units.models import Unit


@dataclass(frozen=True, slots=True)
class LongRow:
    """One figure of one sent report, for export; no number when blank, not applicable or kept back from the reader.

    `accepted` says whether this very figure counts in the official total above, `official` writes the one that does.
    """

    unit_id: int
    code: str
    cell: str
    state: str
    number: Decimal | None
    accepted: bool
    unit_code: str
    unit: str
    instead: str
    official: str


def figures_long(period: Period, within: Unit | None, veil: Veil) -> Iterator[LongRow]:
    """Yield every figure of the current versions, one a row; within a unit, its own and those below it.

    One query for the reports, where figures may be kept back two more for each five hundred reports.
    """
    assert period.form is not None, "only opened periods have figures"
    layout = period.form.cells
    reports = Report.objects.filter(obligation__period=period, current__isnull=False)
    if within is not None:
        chain = chain_of(period, within)
        reports = reports.filter(obligation__chain__gte=chain, obligation__chain__lt=next_prefix(chain))
    joined = ("obligation__unit", "obligation__parent", "current", "accepted", "acceptance")
    found = reports.select_related(*joined).order_by("obligation__chain").iterator(2000)
    while batch := list(islice(found, 500)):
        veil.reports(batch)
        yield from (row for r in batch for row in _rows(r, layout, veil))


def _rows(r: Report, layout: Layout, veil: Veil) -> Iterator[LongRow]:
    assert r.current is not None, "filtered"
    held = in_force(r)
    kept = veil.report(r, r.current)
    counts = long_of(layout, bytes(held.figures)) if held else repeat(None)
    for one, counted in zip(long_of(layout, bytes(r.current.figures)), counts, strict=False):
        code, cell, state, number = one
        shown = kept.get((code, cell), YES)
        state_name = state.name.lower() if shown is YES else "kept_back"
        # What it was before would tell a small figure by the difference.
        differs = one != counted and (code, cell) in layout.personal
        official = _written(counted, HIDDEN if differs else shown)
        yield LongRow(
            r.obligation.unit_id, code, cell, state_name, number if shown is YES else None, one == counted,
            r.obligation.unit.code, str(r.obligation.unit), kept_text(shown), official,
        )  # fmt: skip


def _written(counted: tuple[str, str, State, Decimal | None] | None, shown: Shown) -> str:
    """Write the figure that counts above; nothing where none does."""
    if counted is None or counted[3] is None:
        return ""
    return f"{counted[3]:f}" if shown is YES else kept_text(shown)
