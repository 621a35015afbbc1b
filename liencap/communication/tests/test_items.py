"""Lines are planned, changed in versions, handed down by rule, cancelled."""

import contextlib
from dataclasses import replace

import pytest

from liencap.audit.models import Entry
from liencap.communication.actions import (
    add_channel,
    cancel_item,
    change_item,
    close_channel,
    confirm_seen,
    hand_out,
    pass_item_down,
    plan_item,
)
from liencap.communication.actions import handing as handing_module
from liencap.communication.content import ItemWords
from liencap.communication.models import Channel, Item, Share
from liencap.communication.queries import changes_since
from liencap.communication.tests.scene import (
    BOTH,
    COMMUNES,
    handed,
    make_channel,
    make_item,
    make_study,
    share_of,
    soon,
)
from liencap.errors import DomainError, NotAllowed
from liencap.programmes.queries import Rule
from liencap.testing import make_cast
from liencap.units.actions import end_appointment
from liencap.units.models import Appointment
from liencap.work.actions import run_one
from liencap.work.models import Job

pytestmark = pytest.mark.django_db


@contextlib.contextmanager
def refused(code):
    with pytest.raises(DomainError) as refusal:
        yield
    assert refusal.value.code == code


@pytest.fixture
def cast():
    return make_cast()


def test_a_line_is_handed_to_every_unit_of_a_tier_once(cast):
    item = make_item(cast)
    assert item.state == "draft"
    assert hand_out(item, COMMUNES, actor=cast.chief.actor) == 2
    assert hand_out(item, COMMUNES, actor=cast.chief.actor) == 2
    assert sorted(item.shares.values_list("unit__code", "due", "state")) == [
        ("A", soon(), "open"), ("B", soon(), "open"),
    ]  # fmt: skip
    item.refresh_from_db()
    assert item.state == "issued"
    assert item.versions.count() == 1
    assert Entry.objects.filter(action="hand_out_item").first().new["units"] == 2


def test_many_units_are_handed_to_in_the_background_and_none_twice(cast, monkeypatch):
    monkeypatch.setattr(handing_module, "AT_ONCE", 1)
    monkeypatch.setattr(handing_module, "BATCH", 1)
    item = make_item(cast)
    hand_out(item, COMMUNES, actor=cast.chief.actor)
    assert not item.shares.exists()
    assert run_one("w")
    job = Job.objects.get(kind="hand_out_item")
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    hand_out(item, COMMUNES, actor=cast.chief.actor)
    assert run_one("w")
    assert item.shares.count() == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": "  "}, "title"),
        ({"since": soon(11)}, "days"),
        ({"sessions_each": 0}, "sessions"),
    ],
)
def test_what_cannot_be_meant_is_refused(cast, more, code):
    with refused(code):
        make_study(cast, **more)


def test_a_rule_reaches_nobody_beside_and_an_empty_one_nobody(cast):
    item = make_item(cast)
    for rule in (Rule(), Rule(codes=("P2",))):
        with refused("no-units"):
            hand_out(item, rule, actor=cast.chief.actor)
    assert Item.objects.get(pk=item.pk).state == "draft"


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_nobody_without_the_right_plans_changes_hands_out_or_cancels(cast, who):
    item, actor = make_item(cast), getattr(cast, who).actor
    words = ItemWords("Khác", soon())
    for deed in (
        lambda: plan_item(cast.province, "item", words, actor=actor),
        lambda: change_item(item, words, actor=actor),
        lambda: hand_out(item, COMMUNES, actor=actor),
        lambda: cancel_item(item, reason="x", actor=actor),
        lambda: add_channel(cast.province, "Loa", actor=actor),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert Item.objects.get().title == item.title
    assert not Channel.objects.exists()


def test_a_superior_may_and_one_whose_term_is_over_may_not(cast):
    item = make_item(cast)
    assert hand_out(item, COMMUNES, actor=cast.root.actor) == 2
    held = Appointment.objects.get(seat=cast.chief.seat)
    end_appointment(held, until=soon(-1), actor=cast.root.actor)
    with pytest.raises(NotAllowed):
        hand_out(item, COMMUNES, actor=cast.chief.actor)


def test_a_change_after_handing_out_is_a_version_that_each_holder_confirms(cast):
    item = handed(cast, make_item(cast))
    words = ItemWords("Giới thiệu Luật Hợp tác xã", soon(5), message="Quyền, nghĩa vụ và cách góp vốn")
    with refused("why"):
        change_item(item, words, actor=cast.chief.actor)
    item = change_item(item, words, why="Bổ sung phần góp vốn", actor=cast.chief.actor)
    mine = share_of(item, cast.a)
    assert (item.n, mine.seen, mine.due) == (2, 1, soon(5))
    assert sorted(name for name, _old, _new in changes_since(mine)) == ["message", "until"]
    for who in (cast.neighbour, cast.reader, cast.stranger):
        with pytest.raises(NotAllowed):
            confirm_seen(mine, actor=who.actor)
    confirm_seen(mine, actor=cast.officer.actor)
    assert changes_since(share_of(item, cast.a)) == []
    assert len(changes_since(share_of(item, cast.b))) == 2


def test_saving_the_same_words_makes_no_version(cast):
    item = handed(cast, make_item(cast))
    words = ItemWords(item.title, item.until, message=item.message)
    assert change_item(item, words, actor=cast.chief.actor).n == 1


def test_a_unit_passes_a_line_down_with_words_and_an_earlier_day_of_its_own(cast):
    item = handed(cast, make_item(cast), Rule(codes=("P",)))
    mine = share_of(item, cast.province)
    with refused("later"):
        pass_item_down(mine, COMMUNES, due=soon(11), actor=cast.chief.actor)
    with refused("no-units"):
        pass_item_down(mine, Rule(codes=("P2",)), actor=cast.chief.actor)
    assert pass_item_down(mine, COMMUNES, due=soon(3), added="Đọc trên loa xã", actor=cast.chief.actor) == 2
    below = share_of(item, cast.a)
    assert (below.parent, below.due, below.added) == (mine, soon(3), "Đọc trên loa xã")
    for who in ("neighbour", "reader", "stranger"):
        with pytest.raises(NotAllowed):
            pass_item_down(below, Rule(codes=("A",)), actor=getattr(cast, who).actor)


def test_a_cancelled_line_is_done_with(cast):
    item = handed(cast, make_item(cast), BOTH)
    with refused("reason"):
        cancel_item(item, reason=" ", actor=cast.chief.actor)
    cancel_item(item, reason="Luật sẽ được sửa", actor=cast.chief.actor)
    with refused("cancelled"):
        hand_out(item, COMMUNES, actor=cast.chief.actor)
    with refused("not-issued"):
        pass_item_down(share_of(item, cast.province), COMMUNES, actor=cast.chief.actor)
    assert Share.objects.count() == 3


def test_channels_come_from_above_and_never_from_beside(cast):
    channel = make_channel(cast)
    with refused("twice"):
        make_channel(cast)
    words = ItemWords("Tin của xã", soon(), channels=(channel,))
    made = plan_item(cast.a, "item", words, actor=cast.officer.actor)
    assert list(made.channels.all()) == [channel]
    own = add_channel(cast.b, "Loa", actor=cast.neighbour.actor)
    with refused("channel"):
        plan_item(cast.a, "item", replace(words, channels=(own,)), actor=cast.officer.actor)
    close_channel(channel, actor=cast.chief.actor)
    with refused("channel"):
        plan_item(cast.a, "item", words, actor=cast.officer.actor)
