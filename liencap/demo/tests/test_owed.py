"""The sample's ledger shows every act, a move and a merger, and its totals stay true."""

import datetime
from functools import cache

import pytest

from liencap.audit.actor import SYSTEM
from liencap.demo.line import head_of
from liencap.demo.owed import keep_ledger
from liencap.reports.actions import open_period
from liencap.reports.models import ObligationAct, Transfer
from liencap.reports.owed.proof import is_as_frozen
from liencap.reports.proof import check_totals
from liencap.reports.tests.scene import assign, make_programme, plan
from liencap.testing import make_cast, member
from liencap.units.actions import found_tier, found_unit
from liencap.units.models import Role

pytestmark = pytest.mark.django_db


def test_the_ledger_of_the_sample_shows_every_act():
    cast = make_cast()
    area, small = (found_tier(c, c, rank=r, actor=SYSTEM) for r, c in ((3, "khu-vuc"), (4, "hop-tac-xa")))
    day, head = datetime.date(2026, 1, 1), Role.objects.get(code="head")
    units = [cast.province]
    for a in ("K1", "K2"):
        above = found_unit(a, a, tier=area, parent=cast.province, since=day, actor=SYSTEM)
        coops = [
            found_unit(f"{a}.{n}", f"{a}.{n}", tier=small, parent=above, since=day, actor=SYSTEM)
            for n in range(4)
        ]
        units += [above, *coops]
    for unit in units[1:]:
        member(f"h-{unit.code}", unit, head)
    programme = make_programme(cast.root_unit)
    assign(programme, *units)
    period = open_period(plan(programme), actor=cast.root.actor)
    keep_ledger(period, cast.root.actor, cache(head_of))
    kinds = set(ObligationAct.objects.values_list("kind", flat=True))
    assert kinds == {"asked", "refused", "excused", "not_due", "owes_again"}
    assert sorted(Transfer.objects.values_list("kind", flat=True)) == ["moved", "succeeded"]
    assert check_totals(period) == []
    assert is_as_frozen(period)
