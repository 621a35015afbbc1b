"""The watch on writes catches bad samples and passes good ones."""

import pytest
from django.db import transaction

from liencap.units.models import Tier
from tests.house import PACKAGE

pytestmark = pytest.mark.django_db
BAD = [
    ("units/views/x.py", "Tier.objects.create(code='x', name='x', rank=1)"),
    ("units/queries.py", "Tier.objects.update(name='x')"),
    ("units/models.py", "connection.cursor().execute('DELETE FROM units_tier')"),
    ("units/views.py", "Tier(code='x', name='x', rank=1).save()"),
    ("units/forms.py", "connection.cursor().execute('UPDATE units_tier SET rank = 1')"),
    ("units/forms.py", "connection.cursor().execute('insert or ignore into units_tier (code) values (1)')"),
]
GOOD = [
    ("units/actions.py", "Tier.objects.create(code='x', name='x', rank=1)"),
    ("units/actions/x.py", "Tier.objects.update(name='x')"),
    ("units/tests/test_x.py", "Tier.objects.all().delete()"),
    ("testing.py", "Tier.objects.create(code='x', name='x', rank=1)"),
    ("units/views.py", "list(Tier.objects.filter(name='update units_tier'))"),
    ("units/views.py", "Session.objects.all().delete()"),
]


def run_as(file: str, code: str) -> None:
    """Run code as if it stood in a file of ours, called by this test."""
    head = "from django.contrib.sessions.models import Session\nfrom django.db import connection\n"
    head += "from liencap.units.models import Tier\n"
    exec(compile(head + code, str(PACKAGE / file), "exec"), {})


@pytest.mark.parametrize(("file", "code"), BAD)
def test_a_write_outside_actions_is_caught(file, code):
    with pytest.raises(pytest.fail.Exception, match="outside the room's actions"), transaction.atomic():
        run_as(file, code)


@pytest.mark.parametrize(("file", "code"), GOOD)
def test_a_deed_a_set_up_and_reads_pass(file, code):
    with transaction.atomic():
        run_as(file, code)


def test_a_deed_outside_a_transaction_is_caught():
    with pytest.raises(pytest.fail.Exception, match="outside a transaction"):
        run_as("units/actions/x.py", "Tier.objects.update(name='x')")


def test_what_a_deed_calls_may_write():
    with transaction.atomic():
        run_as(
            "units/actions/x.py",
            f"exec(compile('Tier.objects.update(name=1)', {str(PACKAGE / 'units/models.py')!r}, 'exec'))",
        )
    assert not Tier.objects.exists()
