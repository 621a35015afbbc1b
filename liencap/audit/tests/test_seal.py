"""The chain shows any change made behind our back."""

import pytest
from django.conf import settings
from django.db import connection, transaction

from liencap.audit.actions import record, seal_entries
from liencap.audit.actor import SYSTEM, Actor
from liencap.audit.models import Entry, Seal
from liencap.audit.queries import head, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_heads(settings, tmp_path):
    settings.KEYS = tmp_path


def write(count: int) -> None:
    with transaction.atomic():
        for n in range(count):
            record("test", actor=Actor(1, 2, 3, "A"), kind="thing", object_id=n, new={"tên": f"số {n}"})


def test_entries_are_sealed_in_order_and_verified():
    write(5)
    assert verify().unsealed == 5
    assert seal_entries(actor=SYSTEM) == 5
    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.problems) == (5, 0, ())
    assert head().startswith("5:")
    assert len((settings.KEYS / "audit-heads").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE audit_entry SET actor_name='B' WHERE object_id=2",
        "UPDATE audit_entry SET at='2020-01-01 00:00:00+00:00' WHERE object_id=0",
        "DELETE FROM audit_seal WHERE number=2",
        "DELETE FROM audit_seal WHERE number=4",
        "UPDATE audit_seal SET mac='0' WHERE number=1",
    ],
)
def test_a_change_in_sql_is_found(harm):
    write(4)
    seal_entries(actor=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute(harm)
    assert verify().problems


def test_sealing_goes_on_where_it_stopped():
    write(3)
    assert seal_entries(actor=SYSTEM, limit=2) == 2
    write(1)
    assert seal_entries(actor=SYSTEM, limit=2) == 2
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert verify().problems == ()


def test_an_entry_falls_with_the_deed_it_belongs_to():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  # the deed is two steps
        record("test", actor=SYSTEM, kind="thing")
        raise RuntimeError
    assert not Entry.objects.exists()
