"""The words beside the forms in the ZIP."""

import datetime
from types import SimpleNamespace

import pytest

from liencap.offline.packing import read_me


@pytest.mark.parametrize(("count", "said"), [(1, "holds 1 form,"), (2, "holds 2 forms,")])
def test_one_form_is_not_said_in_the_plural(count, said):
    made_at = datetime.datetime(2026, 4, 2, tzinfo=datetime.UTC)
    bundle = SimpleNamespace(language="en", unit="Province", period="Quarter I", made_at=made_at)
    assert said in read_me(bundle, count)
