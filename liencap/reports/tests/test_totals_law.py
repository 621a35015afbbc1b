"""Whatever the units send, correct, carry up, accept and return: stored totals equal the recomputed ones."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from liencap.core.rollup.totals import read
from liencap.errors import DomainError
from liencap.reports.actions import accept_report, answer_lines, carry_up
from liencap.reports.answering.lines import carried_between
from liencap.reports.models import Period, Report
from liencap.reports.proof import check_totals
from liencap.reports.queries import Veil, figures_long, in_force, total_parts, totals_for
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import Cast, Member, make_cast

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "province"]),
        st.one_of(
            st.sampled_from(["accept", "lines", "carry"]),
            st.integers(0, 10**9).map(lambda n: str(Decimal(n) / 10)),
        ),
    ),
    max_size=10,
)
REFUSED = {"not-waiting", "not-sent", "nothing-new"}


def answer_some(report: Report, member: Member) -> None:
    """Return the first line of a correction that differs and accept the others; a first version is accepted."""
    form, held = report.obligation.period.form, in_force(report)
    if held is None or report.current is None:
        accept_report(report, n=report.current.n if report.current else 0, actor=member.actor)
        return
    carried = carried_between(form.cells, bytes(held.carried), bytes(report.current.carried))
    own = [] if held.figures == report.current.figures else ["f:trees/value"]
    keys = [*own, *(line.key for line in carried)][:1]
    answer_lines(report, n=report.current.n, returned=dict.fromkeys(keys, "xem lại"), actor=member.actor)


def do(cast: Cast, period: Period, deeds: list[tuple[str, str]]) -> None:
    heads = {"a": cast.officer, "b": cast.neighbour, "province": cast.chief}
    above = {"a": cast.chief, "b": cast.chief, "province": cast.root}
    for name, deed in deeds:
        unit = getattr(cast, name)
        try:
            if deed == "lines":
                answer_some(report_of(period, unit), above[name])
            elif deed == "carry":
                carry_up(report_of(period, unit), reason="theo cấp dưới", actor=heads[name].actor)
            elif deed != "accept":
                send(period, unit, heads[name], deed, reason="sửa")
            elif report_of(period, unit).current is not None:
                accept(period, unit, above[name])
        except DomainError as refused:
            if refused.code not in REFUSED:
                raise


class TotalsLaw(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(DEEDS)
    def test_stored_totals_equal_recomputed_ones_and_the_sum_of_their_parts(self, deeds):
        cast = make_cast()
        period = make_period(cast)
        do(cast, period, deeds)
        assert check_totals(period) == []
        layout = period.form.cells
        for unit in (cast.root_unit, cast.province, cast.a):
            for kind, packed in totals_for(period, unit).items():
                parts = [read(layout, p.totals) for p in total_parts(period, unit, kind)]
                whole = read(layout, packed)
                assert whole.received == sum(p.received for p in parts)
                assert whole.cells[-1].sum == sum(p.cells[-1].sum for p in parts)
        sent = [r.number for r in figures_long(period, None, Veil(period, None)) if r.code == "trees"]
        root = read(layout, totals_for(period, cast.root_unit)["received"])
        assert root.cells[-1].sum == sum(n for n in sent if n is not None)
