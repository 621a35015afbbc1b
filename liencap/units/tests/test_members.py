"""Who belongs to a unit: entering, slips, ending, and what is kept of a member."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liencap.audit.actor import SYSTEM, Actor
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.testing import DAY, Cast, make_cast
from liencap.units import actions
from liencap.units.access import member_of, today
from liencap.units.models import Membership, MemberSlip, Person, Role

pytestmark = pytest.mark.django_db
NAMES = ["Lê Thị Sen", "Phạm Văn Lúa"]
NEW = "quite another pass"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def entered(cast, names=NAMES):
    return actions.enter_members(cast.a, names, since=DAY, actor=cast.officer.actor)


def test_names_are_entered_on_the_page_one_on_each_line(cast):
    client, url = cast.officer.client(), reverse("units:enter-members", args=[cast.a.pk])
    body = {"names": "  Lê Thị   Sen \n\nPhạm Văn Lúa\n", "since": today().isoformat()}
    assert client.post(url, body)["Location"] == reverse("units:members", args=[cast.a.pk])
    assert {m.person.name for m in Membership.objects.all()} == set(NAMES)
    assert [str(m.person) for m in client.get(reverse("units:members", args=[cast.a.pk])).context["page"]] == [
        "Phạm Văn Lúa", "Lê Thị Sen",
    ]  # fmt: skip
    entry = Entry.objects.get(action="enter_members")
    assert (entry.unit_id, entry.new["count"]) == (cast.a.pk, 2)
    assert "Sen" not in str(entry.new), "names enter the log under the key of the person alone"


def test_a_list_pasted_twice_doubles_nobody(cast):
    entered(cast)
    for names in (["le thi sen"], ["Bùi Mới", "Bùi Mới"]):
        with pytest.raises(DomainError, match=r"On the list already|Đã có trong danh sách"):
            entered(cast, names)
    assert Membership.objects.count() == 2
    assert Person.objects.filter(name="Bùi Mới").count() == 0


def test_who_may_enter_end_and_print(cast):
    """Visitors of "units:members", "units:enter-members", "units:member-slips" and "units:end-membership"."""
    held, _other = entered(cast)
    body = {"names": "Ngô Khách", "since": today().isoformat(), "until": today().isoformat()}
    paths = [reverse(f"units:{name}", args=[cast.a.pk]) for name in ("enter-members", "member-slips")]
    paths.append(reverse("units:end-membership", args=[held.pk]))
    for who, status in ((cast.neighbour, 404), (cast.stranger, 404), (cast.reader, 403)):
        assert who.client().get(reverse("units:members", args=[cast.a.pk])).status_code == status
        for path in paths:
            assert who.client().post(path, body).status_code == status, path
        for deed in (
            lambda actor: actions.enter_members(cast.a, ["Ngô Khách"], since=DAY, actor=actor),
            lambda actor: actions.make_member_slips(cast.a, actor=actor),
            lambda actor: actions.end_membership(held, until=today(), actor=actor),
            lambda actor: actions.enter_member(held.person, cast.a, since=DAY, actor=actor),
        ):
            with pytest.raises(NotAllowed):
                deed(who.actor)
    assert Membership.objects.filter(until=None).count() == 2
    assert cast.chief.client().post(paths[-1], body).status_code == 302, "a superior may"
    assert cast.officer.client().post(reverse("units:end-membership", args=[0]), body).status_code == 404
    assert cast.officer.client().get(paths[1]).status_code == 405


def test_with_no_member_waiting_the_list_says_so_instead_of_an_empty_sheet(cast):
    address = reverse("units:member-slips", args=[cast.a.pk])
    answer = cast.officer.client().post(address, follow=True)
    assert answer.redirect_chain == [(reverse("units:members", args=[cast.a.pk]), 302)]
    said = answer.content.decode()
    assert any(word in said for word in ("No slip was made", "Không lập phiếu nào"))


def test_a_slip_lets_a_member_sign_in_once_and_carries_no_right(cast):
    entered(cast)
    sheet = cast.officer.client().post(reverse("units:member-slips", args=[cast.a.pk]))
    held, code = (sheet.context["slips"][0][name] for name in ("held", "code"))
    assert not MemberSlip.objects.filter(code_hash__icontains=code).exists()
    body = {"code": code, "password": NEW, "again": NEW}
    way = reverse("units:activate-by", args=["password"])
    assert str(cast.a) in Client().get(reverse("units:activate"), {"code": code}).content.decode()
    assert Client().post(way, body).url == reverse("home")
    assert Client().get(reverse("units:activate"), {"code": code}).status_code == 400, "the code is spent"
    client = Client()
    assert client.login(username=f"A-m{held.pk}", password=NEW)
    assert str(cast.a) in client.get(reverse("home")).content.decode()
    assert client.get(reverse("units:detail", args=[cast.a.pk])).status_code == 404
    left = [m for m, _code in actions.make_member_slips(cast.a, actor=cast.officer.actor)]
    assert held not in left
    assert len(left) == 1


def test_a_slip_ends_with_its_days_the_membership_a_new_sheet_and_a_seat(cast):
    held, other = entered(cast)
    paper = Actor(None, name="slip")

    def code_of(membership):
        return dict(actions.make_member_slips(cast.a, actor=cast.officer.actor))[membership]

    old = code_of(held)
    code = code_of(held)
    MemberSlip.objects.update(expires=timezone.now() - datetime.timedelta(1))
    for wrong in (old, code):
        with pytest.raises(DomainError):
            actions.activate(wrong, NEW, actor=paper)
    code = code_of(held)
    actions.end_membership(held, until=today(), actor=SYSTEM)
    with pytest.raises(DomainError):
        actions.activate(code, NEW, actor=paper)
    code = code_of(other)
    seat = actions.found_seat(Role.objects.get(code="head"), cast.a, key="A-2", actor=SYSTEM)
    actions.appoint(other.person, seat, since=today(), actor=SYSTEM)
    with pytest.raises(DomainError) as refused:
        actions.activate(code, NEW, actor=paper)
    assert refused.value.code == "holds-seat-now", "a member's slip never opens a seat"
    assert actions.make_member_slips(cast.a, actor=cast.officer.actor) == []


def test_who_belongs_elsewhere_too_gets_no_slip_from_who_does_not_keep_that_unit(cast):
    held, _other = entered(cast)
    actions.enter_member(held.person, cast.b, since=DAY, actor=SYSTEM)
    assert held not in dict(actions.make_member_slips(cast.a, actor=cast.officer.actor))
    assert held in dict(actions.make_member_slips(cast.a, actor=cast.chief.actor)), "who keeps both may"


def test_belonging_is_to_one_unit_and_ends(cast):
    held, _other = entered(cast)
    user = cast.stranger.actor.user_id
    actions.link_user(held.person, user, unit=cast.a, actor=SYSTEM)
    assert member_of(user, cast.a)
    assert not any(member_of(user, unit) for unit in (cast.b, cast.province, cast.root_unit))
    assert member_of(cast.officer.actor.user_id, cast.a), "who holds a seat in it belongs to it"
    assert not member_of(cast.chief.actor.user_id, cast.a)
    assert not member_of(None, cast.a)
    actions.end_membership(held, until=today(), actor=cast.officer.actor)
    assert not member_of(user, cast.a)
    with pytest.raises(DomainError):
        actions.end_membership(held, until=today(), actor=cast.officer.actor)
    again = actions.enter_member(held.person, cast.a, since=DAY, actor=SYSTEM)
    with pytest.raises(DomainError):
        actions.enter_member(again.person, cast.a, since=DAY, actor=SYSTEM)


def test_a_member_is_erased_only_after_the_end(cast):
    held, _other = entered(cast)
    actions.make_member_slips(cast.a, actor=cast.officer.actor)
    with pytest.raises(DomainError) as refused:
        actions.erase_person(held.person, reason="asked", actor=cast.officer.actor)
    assert refused.value.code == "is-member"
    actions.end_membership(held, until=today(), actor=cast.officer.actor)
    client = cast.officer.client()
    shown = client.get(reverse("units:members", args=[cast.a.pk]), {"former": 1})
    assert reverse("units:erase-person", args=[held.person_id]) in shown.content.decode()
    answer = client.post(reverse("units:erase-person", args=[held.person_id]), {"reason": "asked"})
    assert answer.status_code == 302
    assert Person.objects.get(pk=held.person_id).name == ""
    assert not MemberSlip.objects.filter(membership=held).exists()


def test_too_many_or_too_long_names_are_refused_in_words(cast):
    url = reverse("units:enter-members", args=[cast.a.pk])
    for names in ("\n".join(f"Người {n}" for n in range(101)), "x" * 201, " "):
        answer = cast.officer.client().post(url, {"names": names, "since": today().isoformat()})
        assert answer.status_code == 400
    assert not Membership.objects.exists()
