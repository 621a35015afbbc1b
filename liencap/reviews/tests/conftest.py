"""Who plays in the tests of this room."""

import pytest

from liencap.testing import make_cast


@pytest.fixture
def cast():
    """Return the cast."""
    return make_cast()


@pytest.fixture
def clients(cast):
    names = ("root", "chief", "officer", "neighbour", "reader", "stranger")
    return {name: getattr(cast, name).client() for name in names}
