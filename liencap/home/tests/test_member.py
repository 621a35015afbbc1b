"""The page of a member: one's own unit alone, what was issued alone, and nothing once one has left."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liencap.accounts.actions import create_user
from liencap.archive.actions import Description, Filed, file_record
from liencap.archive.models import Series
from liencap.audit.actor import SYSTEM, Actor
from liencap.documents import store
from liencap.programmes.models import Programme
from liencap.reports.actions import (
    begin_consolidated_report,
    compose_task,
    publish_consolidated_report,
    return_report,
    send_report,
)
from liencap.reports.models import ComposedPassage, Passage
from liencap.reports.tests import scene
from liencap.testing import DAY, PASSWORD, Cast, Member, make_cast
from liencap.units.access import today
from liencap.units.actions import end_appointment, end_membership, enter_member, enter_person, link_user
from liencap.units.models import Appointment, Membership, Unit

pytestmark = pytest.mark.django_db
OURS, BESIDE, DRAFTED = "Đã mở hai lớp ở nhà văn hóa.", "Lớp học ở đình làng bên.", "Nháp chưa ai được đọc."


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES = tmp_path
    return make_cast()


def member_of_unit(login: str, unit: Unit) -> Member:
    """Make somebody with an account who belongs to a unit and holds no seat."""
    user = create_user(login.title(), names={login: "code"}, password=PASSWORD, actor=SYSTEM)
    person = enter_person(user.name, unit=unit, actor=SYSTEM)
    link_user(person, user.pk, unit=unit, actor=SYSTEM)
    enter_member(person, unit, since=DAY, actor=SYSTEM)
    return Member(Actor(user.pk, name=user.name), None, login)


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def page_of(who: Member, unit: Unit | None = None) -> str:
    return text(who.client().get(reverse("home:member"), {"unit": unit.pk} if unit else {}))


@pytest.fixture
def published(cast):
    """Let A and B report, P accept both, quote them in its report, and publish it."""
    period = scene.make_period(cast)
    scene.send(period, cast.a, cast.officer, trees="3", text=OURS)
    scene.send(period, cast.b, cast.neighbour, trees="4", text=BESIDE)
    for unit in (cast.a, cast.b):
        scene.accept(period, unit, cast.chief)
    report = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    first = period.programme.tasks.first()
    choices = dict.fromkeys(
        Passage.objects.filter(version__isnull=False).values_list("pk", flat=True), "quote"
    )
    report = compose_task(report, first, "Các xã đều mở lớp.", choices, revision=1, actor=cast.chief.actor)
    assert report.choices.filter(choice=ComposedPassage.Choice.QUOTE).count() == 2
    return publish_consolidated_report(report, revision=report.revision, actor=cast.chief.actor, sample=False)


def test_who_holds_no_seat_but_belongs_to_a_unit_starts_on_its_page(cast):
    who = member_of_unit("alba", cast.a)
    start = text(who.client().get(reverse("home")))
    assert str(cast.a) in start
    assert f'href="{reverse("home:member")}"' in start, "in the menu"
    assert str(cast.b) not in start


def test_it_shows_what_the_unit_was_asked_answered_and_what_came_of_it(cast, published):
    shown = page_of(member_of_unit("alba", cast.a))
    assert "Mở lớp tập huấn cho hội viên" in shown, "the plan's words"
    assert "Báo cáo Quý I" in shown
    assert reverse("reports:issued", args=[cast.a.pk, published.pk]) in shown
    assert OURS not in shown, "a report's words stand with the seats until they are published"


def test_a_published_report_shows_its_member_what_it_says_of_the_unit_and_no_word_of_those_beside(
    cast, published
):
    who = member_of_unit("alba", cast.a)
    shown = text(who.client().get(reverse("reports:issued", args=[cast.a.pk, published.pk])))
    assert OURS in shown
    assert "Các xã đều mở lớp." in shown
    assert BESIDE not in shown
    assert str(cast.b) not in shown
    answer = who.client().get(reverse("reports:issued", args=[cast.a.pk, published.pk]))
    figures = [(c.ours, c.total) for part in answer.context["page"] for c in part.cells]
    assert figures[-1] == ("3,0", "7,0")
    listed = text(who.client().get(reverse("reports:issued-list", args=[cast.a.pk])))
    assert reverse("reports:issued", args=[cast.a.pk, published.pk]) in listed


def test_a_report_says_to_a_silent_unit_that_it_was_silent(cast):
    period = scene.make_period(cast)
    report = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    report = publish_consolidated_report(report, revision=1, actor=cast.chief.actor, sample=False)
    who = member_of_unit("alba", cast.a)
    answer = who.client().get(reverse("reports:issued", args=[cast.a.pk, report.pk]))
    assert answer.context["silent"]
    assert str(cast.b) not in text(answer)


def test_files_go_to_the_members_of_the_unit_that_issued_them(cast, published):
    own, below = member_of_unit("petra", cast.province), member_of_unit("alba", cast.a)
    url = reverse("reports:consolidated-file", args=[published.pk, "pdf"])
    assert own.client().get(url).content.startswith(b"%PDF")
    assert below.client().get(url).status_code == 404
    shown = text(own.client().get(reverse("reports:issued", args=[cast.province.pk, published.pk])))
    assert url in shown
    record = published.unit.fonds.series.get().records.get()
    files = text(own.client().get(reverse("archive:issued", args=[cast.province.pk])))
    for one in record.files.all():
        path = reverse("archive:file", args=[one.pk])
        assert path in files
        assert own.client().get(path).status_code == 200
        assert below.client().get(path).status_code == 404


def test_records_that_are_the_unit_s_own_business_are_not_for_members(cast):
    about, who = Description("Biên bản nội bộ", since=DAY, until=DAY), member_of_unit("alba", cast.a)
    files = [Filed("a.pdf", "pdf", store.put(b"words"))]
    kept, issued = (
        file_record(cast.a, kind, about, files, source=("x", n), actor=SYSTEM)
        for n, kind in enumerate((Series.Kind.OTHER, Series.Kind.PLAN))
    )
    found = who.client().get(reverse("archive:issued", args=[cast.a.pk])).context["page"]
    assert list(found) == [issued]
    assert who.client().get(reverse("archive:file", args=[kept.files.get().pk])).status_code == 404
    assert who.client().get(reverse("archive:file", args=[issued.files.get().pk])).status_code == 200


def test_drafts_waiting_and_returned_reports_do_not_exist_for_members(cast):
    who, period = member_of_unit("alba", cast.a), scene.make_period(cast)
    scene.save(
        scene.report_of(period, cast.a),
        scene.content(scene.report_of(period, cast.a), text=DRAFTED),
        cast.officer,
    )
    begin_consolidated_report(period, cast.a, actor=cast.officer.actor)

    def nothing_shows():
        shown = page_of(who)
        assert "Báo cáo Quý I" not in shown
        assert DRAFTED not in shown
        assert (
            who.client().get(reverse("reports:issued-list", args=[cast.a.pk])).context["page"].paginator.count
            == 0
        )

    nothing_shows()
    scene.send(period, cast.b, cast.neighbour)
    report = scene.report_of(period, cast.a)
    draft = scene.save(report, scene.content(report, "1", 2, DRAFTED), cast.officer)
    send_report(report, revision=draft.revision, actor=cast.officer.actor)
    nothing_shows()
    return_report(scene.report_of(period, cast.a), n=1, reason="Thiếu số liệu.", actor=cast.chief.actor)
    nothing_shows()
    assert "Thiếu số liệu." not in page_of(who)


def pages(unit: Unit, report) -> list[str]:
    """Return the addresses of all that a member of a unit reads."""
    return [
        f"{reverse('home:member')}?unit={unit.pk}", reverse("programmes:asked", args=[unit.pk]),
        reverse("reports:issued-list", args=[unit.pk]), reverse("reports:issued", args=[unit.pk, report.pk]),
        reverse("archive:issued", args=[unit.pk]),
    ]  # fmt: skip


def test_sibling_superior_former_and_stranger_find_nothing(cast, published):
    """The addresses: "home:member", "programmes:asked", "reports:issued-list", "reports:issued", "archive:issued"."""
    who = member_of_unit("alba", cast.a)
    for path in pages(cast.a, published):
        assert who.client().get(path).status_code == 200, path
        assert cast.officer.client().get(path).status_code == 200, (
            "who holds a seat in the unit belongs to it"
        )
    sibling, above = member_of_unit("beata", cast.b), member_of_unit("petra", cast.province)
    others = (sibling, above, cast.neighbour, cast.chief, cast.root, cast.stranger)
    for path in pages(cast.a, published):
        for other in others:
            assert other.client().get(path).status_code == 404, (path, other.login)
        assert Client().get(path).status_code == 302, "signing in comes first"
    end_membership(
        Membership.objects.get(person__user_id=who.actor.user_id), until=today(), actor=cast.chief.actor
    )
    for path in (*pages(cast.a, published), reverse("home:member")):
        assert who.client().get(path).status_code == 404, path
    assert str(cast.a) not in text(who.client().get(reverse("home")))


def test_a_former_holder_finds_nothing_either(cast, published):
    held = Appointment.objects.get(seat=cast.officer.seat)
    end_appointment(held, until=today(), actor=cast.chief.actor)
    for path in (*pages(cast.a, published), reverse("home:member")):
        assert cast.officer.client().get(path).status_code == 404, path


def test_membership_gives_no_right(cast, published):
    client = member_of_unit("alba", cast.a).client()
    report = scene.report_of(published.period, cast.a)
    for path in (
        reverse("units:detail", args=[cast.a.pk]), reverse("reports:report", args=[report.pk]),
        reverse("reports:write", args=[report.pk]), reverse("reports:consolidated", args=[published.pk]),
        reverse("programmes:detail", args=[published.period.programme_id]), reverse("calendar:month"),
        reverse("units:members", args=[cast.a.pk]), reverse("home:jobs"),
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_who_belongs_to_several_units_chooses(cast):
    who = member_of_unit("alba", cast.a)
    other = Membership.objects.get(person__user_id=who.actor.user_id)
    enter_member(other.person, cast.b, since=DAY, actor=SYSTEM)
    assert {str(cast.a), str(cast.b)} <= {
        str(u) for u in who.client().get(reverse("home:member")).context["units"]
    }
    assert who.client().get(reverse("home:member"), {"unit": cast.b.pk}).context["unit"] == cast.b
    for wish in ("x", "0", "²", str(cast.province.pk)):
        assert who.client().get(reverse("home:member"), {"unit": wish}).status_code == 404
    officer = cast.officer.client().get(reverse("home:member"))
    assert officer.context["unit"] == cast.a


def test_closed_programmes_leave_the_page_and_stay_in_the_list(cast):
    scene.make_period(cast)
    Programme.objects.update(state=Programme.State.CLOSED)
    who = member_of_unit("alba", cast.a)
    assert "Mở lớp tập huấn" not in page_of(who)
    assert "Mở lớp tập huấn" in text(who.client().get(reverse("programmes:asked", args=[cast.a.pk])))


def test_the_page_is_read_alone_and_costs_the_same_whatever_there_is(cast, published):
    client = member_of_unit("alba", cast.a).client()
    assert client.post(reverse("home:member")).status_code == 405

    def cost():
        with CaptureQueriesContext(connection) as found:
            text(client.get(reverse("home")))
        return len(found)

    first = cost()
    for _n in range(3):
        scene.make_period(cast)
    assert cost() == first <= 18
