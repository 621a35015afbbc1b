"""A moved unit that two reports bring is found, by whatever way it came to that, and such figures are not printed."""

import datetime

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from liencap.core.rollup.totals import read
from liencap.errors import DomainError
from liencap.reports.actions import begin_consolidated_report, publish_consolidated_report
from liencap.reports.consolidation import printed
from liencap.reports.owed.tests.test_transfer_law import REFUSED, World
from liencap.reports.owed.twice import Accepted, Past, counted_twice
from liencap.reports.proof import check_totals
from liencap.reports.queries import totals_for

P, A, B, Q, C = range(5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(0, 4), st.just(0)),
        st.tuples(st.just("send"), st.integers(0, 4), st.just(0)),
        st.tuples(st.just("move"), st.integers(0, 4), st.integers(0, 4)),
        st.tuples(st.just("merge"), st.sampled_from([A, B, C]), st.sampled_from([A, B, C])),
    ),
    max_size=7,
)


def do(world, deed, one, other):
    """Do a deed; what a unit sends has a digit of its own, so that a sum tells how often it holds each unit."""
    deeds = [("send", one, 10 ** (one + 1)), ("accept", one, 0)]
    deeds = deeds if deed == "pass" else deeds[:1] if deed == "send" else [(deed, one, other)]
    for step in deeds:
        try:
            world.do(*step)
        except DomainError as refused:
            if refused.code not in REFUSED:
                raise


def all_accepted():
    world = World()
    for one in (A, B, C, P, Q):
        do(world, "pass", one, 0)
    return world


def digits_of(period, unit):
    cell = read(period.form.cells, totals_for(period, unit)["official"]).cells[-1]
    return str((cell.sum or 0) * 10)


class CountedTwice(TestCase):
    @settings(
        max_examples=8, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip
    @given(STEPS)
    @example([("move", A, Q), ("pass", Q, 0)])
    @example([("pass", A, 0), ("move", A, B), ("pass", B, 0), ("pass", P, 0), ("move", A, Q), ("pass", Q, 0)])
    @example([("move", A, Q), ("pass", Q, 0), ("pass", P, 0)])
    @example([("move", Q, P), ("pass", P, 0), ("move", C, P), ("pass", P, 0), ("pass", Q, 0), ("pass", P, 0)])
    def test_it_is_found_exactly_where_the_sum_holds_a_unit_twice(self, steps):
        world = all_accepted()
        for step in steps:
            do(world, *step)
        assert check_totals(world.period) == []
        for unit in world.units:
            held = int(float(digits_of(world.period, unit)))
            more = any(int(digit) > 1 for digit in str(held))
            assert bool(counted_twice(world.period, unit)) == more, (unit, held, steps)


@pytest.mark.django_db
def test_the_paper_waits_until_the_old_unit_above_has_sent_anew(django_assert_max_num_queries):
    world = all_accepted()
    root = world.units[-1]
    head = world.heads[root.pk].actor
    with django_assert_max_num_queries(1):
        assert counted_twice(world.period, root) == []
    do(world, "move", A, Q)
    do(world, "pass", Q, 0)
    with django_assert_max_num_queries(4):
        [found] = counted_twice(world.period, root)
    assert (found.unit.pk, found.source.pk, found.target.pk) == tuple(world.units[i].pk for i in (A, P, Q))
    report = begin_consolidated_report(world.period, root, actor=head)
    with pytest.raises(DomainError, match="tính hai lần") as refused:
        publish_consolidated_report(report, revision=report.revision, actor=head)
    assert refused.value.code == "counted-twice"
    assert "Tính hai lần" in printed(report, None, "", sample=False, draft=True).coverage
    do(world, "pass", P, 0)
    assert counted_twice(world.period, root) == []
    assert "Tính hai lần" not in printed(report, None, "", sample=False, draft=True).coverage


def many_moved(n):
    """Let `n` units move from the first to the second of two units under one, after the first sent them on."""
    top, old, new = 1, 2, 3
    sent, moved, again = (datetime.datetime(2026, month, 1, tzinfo=datetime.UTC) for month in (1, 2, 3))
    units = range(10, 10 + n)
    places = {old: top, new: top, **dict.fromkeys(units, new)}
    first = [Accepted(sent, sent, whole=True)]
    accepted = dict.fromkeys((*units, old), first) | {new: [Accepted(again, again, whole=True)]}
    return Past(places, {one: [(moved, old)] for one in units}, accepted), units


def test_looking_at_many_moves_takes_as_many_steps_for_each(monkeypatch):
    steps, above = [], Past.above
    monkeypatch.setattr(Past, "above", lambda self, *said: steps.append(said) or above(self, *said))
    taken = []
    for n in (10, 200):
        past, units = many_moved(n)
        steps.clear()
        now = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)
        assert all(past.held_twice(one, {1, 2, 3, *units}, now) for one in units)
        taken.append(len(steps) / n)
    assert max(taken) < 50
