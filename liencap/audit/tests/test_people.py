"""Personal values stand in the log under the person's own key, and are gone with it; the chain still holds."""

import os
import stat
import subprocess
import sys

import pytest
from django.db import connection, transaction

from liencap.audit import actions
from liencap.audit.actor import SYSTEM, About, Actor
from liencap.audit.keystore import SIZE, KeyStore, people_keys
from liencap.audit.models import Box, Entry, Subject
from liencap.audit.queries import opened, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir(mode=0o700)


def write(*people: int, name: str = "Lê Thị Bưởi") -> Entry:
    with transaction.atomic():
        return actions.record(
            "enter", actor=SYSTEM, kind="person",
            about=[About("person", n, {"name": f"{name} {n}"}, {"name": "Cũ"}) for n in people],
        )  # fmt: skip


def forget(*people: int) -> None:
    with transaction.atomic():
        actions.forget([("person", n) for n in people], actor=SYSTEM)


def states(entry: Entry) -> list[str]:
    return [o.state for o in opened(entry, 10)]


def test_values_are_read_with_the_key_and_stand_nowhere_in_the_database():
    entry = write(1, 2)
    first = opened(entry, 10)[0]
    assert (first.kind, first.object_id, first.old, first.new) == (
        "person", 1, {"name": "Cũ"}, {"name": "Lê Thị Bưởi 1"},
    )  # fmt: skip
    entry.refresh_from_db()
    stored = repr([vars(entry), *(bytes(b.box) for b in Box.objects.all())])
    assert "Bưởi" not in stored
    assert "Bưởi".encode() not in b"".join(bytes(b.box) for b in Box.objects.all())


def test_erasure_takes_one_persons_values_and_leaves_the_chain():
    entry = write(1, 2)
    actions.seal_entries(actor=SYSTEM)
    forget(1)
    actions.seal_entries(actor=SYSTEM)
    assert states(entry) == ["erased", "open"]
    assert people_keys().read([Subject.objects.get(object_id=1).slot]) == {}
    assert verify().problems == ()
    assert states(write(1, 2)) == ["open"], "nothing more is kept of who was erased"


def test_an_erasure_that_is_taken_back_takes_no_key():
    entry = write(1)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  # the deed is two steps
        actions.forget([("person", 1)], actor=SYSTEM)
        raise RuntimeError
    assert states(entry) == ["open"]


def test_a_key_that_a_crash_left_is_reported_and_destroyed_later():
    write(1)
    Subject.objects.update(erased_at="2026-01-01T00:00Z")
    assert verify().problems == ("1 erased people still have a key",)
    assert actions.destroy_given_up_keys() == 1
    assert verify().problems == ()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE audit_box SET box=(SELECT box FROM audit_box ORDER BY id DESC LIMIT 1)",
        "DELETE FROM audit_box WHERE subject_id IN (SELECT id FROM audit_subject WHERE object_id=2)",
        "UPDATE audit_entry SET personal_digest=''",
    ],
)
def test_a_box_that_is_changed_in_sql_is_found(harm):
    write(1, 2)
    actions.seal_entries(actor=SYSTEM)
    assert verify().problems == ()
    with connection.cursor() as cursor:
        cursor.execute(harm)
    assert verify().problems


def test_lost_keys_are_reported_and_new_values_get_new_ones():
    old = write(1)
    (people_keys().path).unlink()
    assert verify().problems == ("1 people have lost their key",)
    new = write(1, 2)
    assert states(old) == ["lost"]
    assert states(new) == ["open", "open"]


def test_keys_are_private_and_many_are_written_at_once():
    store = people_keys()
    slots = store.make(5000)
    assert len(set(store.read(slots).values())) == 5000
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert store.path.stat().st_size == 5001 * SIZE


def test_a_torn_end_is_never_handed_out(tmp_path):
    store = KeyStore(tmp_path / "people")
    (first,) = store.make(1)
    key = store.read([first])[first]
    with store.path.open("ab") as file:
        file.write(b"half a key")
    (second,) = store.make(1)
    assert store.read([first])[first] == key
    assert second == first + 2
    assert store.destroy([first, 999]) == 1
    assert list(store.read([first, second])) == [second]


def test_processes_that_make_keys_at_once_never_share_one(tmp_path):
    path = tmp_path / "people"
    code = (
        "import sys, pathlib; from liencap.audit.keystore import KeyStore\n"
        "print(*[s for _ in range(20) for s in KeyStore(pathlib.Path(sys.argv[1])).make(3)])"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, env=os.environ)
        for _process in range(4)
    ]
    slots = [slot for process in started for slot in process.communicate()[0].split()]
    assert len(slots) == len(set(slots)) == 240
    assert len(KeyStore(path).read(map(int, slots))) == 240


def test_a_person_who_acts_is_named_by_number_alone():
    with transaction.atomic():
        entry = actions.record("x", actor=Actor(7, 1, 1, "Lê Thị Bưởi"), kind="unit")
        by_paper = actions.record("x", actor=Actor(None, name="slip"), kind="unit")
        seen = actions.record_read("slips", actor=Actor(7), kind="unit", people=[4, 5])
    assert (entry.actor_name, by_paper.actor_name) == ("", "slip")
    assert seen.new == {"what": "slips", "count": 2, "people": [4, 5]}
