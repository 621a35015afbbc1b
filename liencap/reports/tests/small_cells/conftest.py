"""Three communes of a province, two of which count so few that they are told by signs."""

import pytest

from liencap.audit.actor import SYSTEM
from liencap.reports.tests.small_cells.scene import open_with, says
from liencap.testing import DAY, make_cast, member
from liencap.units.actions import found_unit
from liencap.units.models import Role, Unit


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def third(cast) -> Unit:
    return found_unit("C", "Xã Yên Sơn", tier=cast.a.tier, parent=cast.province, since=DAY, actor=SYSTEM)


@pytest.fixture
def chair(third):
    return member("chair", third, Role.objects.get(code="head"))


@pytest.fixture
def period(cast, third, chair):
    """A counts 3 women, B 20, C 31; all are accepted in P, which counts 12 of its own."""
    period = open_with(cast, cast.a, cast.b, third)
    says(period, cast.a, cast.officer, 3, above=cast.chief, text="Có 3 hội viên nữ.")
    says(period, cast.b, cast.neighbour, 20, above=cast.chief)
    says(period, third, chair, 31, above=cast.chief)
    says(period, cast.province, cast.chief, 12)
    return period
