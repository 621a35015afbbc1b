"""Whatever the units send, correct, accept and return: stored totals equal the recomputed ones."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from liencap.core.rollup.totals import read
from liencap.errors import DomainError
from liencap.reports.models import Period
from liencap.reports.proof import check_totals
from liencap.reports.queries import figures_long, total_parts, totals_for
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import Cast, make_cast

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "province"]),
        st.one_of(st.just("accept"), st.integers(0, 10**9).map(lambda n: str(Decimal(n) / 10))),
    ),
    max_size=8,
)


def do(cast: Cast, period: Period, deeds: list[tuple[str, str]]) -> None:
    heads = {"a": cast.officer, "b": cast.neighbour, "province": cast.chief}
    above = {"a": cast.chief, "b": cast.chief, "province": cast.root}
    for name, deed in deeds:
        unit = getattr(cast, name)
        try:
            if deed != "accept":
                send(period, unit, heads[name], deed, reason="sửa")
            elif report_of(period, unit).current is not None:
                accept(period, unit, above[name])
        except DomainError as refused:
            if refused.code != "not-waiting":
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
        sent = [r.number for r in figures_long(period) if r.code == "trees"]
        root = read(layout, totals_for(period, cast.root_unit)["received"])
        assert root.cells[-1].sum == sum(n for n in sent if n is not None)
