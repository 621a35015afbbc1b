"""What most tests of composed texts begin with; each file opens the period that it needs."""

import pytest

from liencap.reports.actions import begin_consolidated_report
from liencap.testing import make_cast


@pytest.fixture
def cast():
    """Return the cast."""
    return make_cast()


@pytest.fixture
def draft(cast, period):
    """Begin the consolidated report of the province."""
    return begin_consolidated_report(period, cast.province, actor=cast.chief.actor)


@pytest.fixture
def task(period):
    """Return the first task of the period's programme."""
    return period.programme.tasks.first()
