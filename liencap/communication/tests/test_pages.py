"""Every page of the room, for every visitor."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from liencap.communication.actions import attach_file, plan_session, record_done, record_held
from liencap.communication.content import Attendance, SessionWords
from liencap.communication.models import Channel, Evidence, Item, Question, Session, Share
from liencap.communication.tests.scene import (
    BOTH,
    handed,
    make_channel,
    make_item,
    make_study,
    share_of,
    soon,
)
from liencap.testing import make_cast
from liencap.units.access import today

pytestmark = pytest.mark.django_db


class Scene:
    """A line and a study in force, with a share, a session, a question, a file and a channel of unit A."""

    def __init__(self):
        self.cast = cast = make_cast()
        self.channel = make_channel(cast)
        self.item = handed(cast, make_item(cast, channels=(self.channel,)), BOTH)
        self.study = handed(cast, make_study(cast))
        self.mine, self.theirs = share_of(self.item, cast.a), share_of(self.study, cast.a)
        self.planned = plan_session(self.theirs, SessionWords(soon(2)), actor=cast.officer.actor)
        seen = Attendance(40, 34, questions=("Ai giữ sổ?",))
        self.held = record_held(self.theirs, SessionWords(today()), seen, actor=cast.officer.actor)
        self.question = Question.objects.get()

    def file(self):
        data = b"Bang tin da niem yet"
        return attach_file(self.mine, data, "tin.txt", caption="Bảng tin", actor=self.cast.officer.actor)


@pytest.fixture
def scene():
    return Scene()


BELOW = {"officer": 200, "neighbour": 404, "reader": 200, "stranger": 404, "chief": 200, "root": 200}
PAGES = [
    ("communication:item", "item", {"officer": 200, "neighbour": 200, "reader": 200, "stranger": 404, "root": 200}),
    ("communication:share", "mine", BELOW),
    ("communication:share", "theirs", BELOW),
    ("communication:session", "planned", BELOW),
    ("communication:session", "held", BELOW),
    ("communication:question", "question", {"officer": 404, "reader": 404, "stranger": 404, "chief": 200, "root": 200}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "which", "table"), PAGES)
def test_pages_are_seen_by_whom_they_concern(scene, name, which, table):
    pk = getattr(scene, which).pk
    for who, status in table.items():
        client = getattr(scene.cast, who).client()
        assert client.get(reverse(name, args=[pk])).status_code == status, who
        assert client.get(reverse(name, args=[pk + 9999])).status_code == 404
        if name != "communication:question":
            assert client.post(reverse(name, args=[pk])).status_code == 405


MINE = {"officer": 302, "neighbour": 404, "reader": 403, "stranger": 404, "chief": 302}
ABOVE = {"officer": 403, "neighbour": 403, "reader": 403, "stranger": 404, "chief": 302, "root": 302}
ASKED = {"officer": 404, "neighbour": 404, "reader": 404, "stranger": 404, "chief": 302, "root": 302}
DAY = str(today())
ITEM = {"title": "Tin khác", "until": str(soon()), "sessions_each": 0, "why": "đổi"}
SESSION = {"day": str(soon(4)), "mode": "together", "reason": "bận"}
WRITES = [
    ("communication:item-edit", "item", ITEM, ABOVE),
    ("communication:item-cancel", "item", {"reason": "đổi"}, ABOVE),
    ("communication:hand-out", "item", {"tiers": "commune", "asked": 1}, ABOVE),
    ("communication:share-done", "mine", {"on": DAY, "where": "loa"}, MINE),
    ("communication:share-not-applicable", "mine", {"reason": "không có"}, MINE),
    ("communication:share-take-back", "mine", {}, MINE),
    ("communication:share-seen", "mine", {}, MINE),
    ("communication:session-plan", "theirs", SESSION, MINE),
    ("communication:session-held-now", "theirs", {"day": DAY, "expected": 40, "came": 34}, MINE),
    ("communication:session-held", "planned", {"day": DAY, "expected": 40, "came": 34}, MINE),
    ("communication:session-move", "planned", SESSION, MINE),
    ("communication:session-cancel", "planned", {"reason": "bão"}, MINE),
    ("communication:question", "question", {"question": "Ai giữ sổ?", "text": "Kế toán."}, ASKED),
    ("communication:question-redact", "question", {"reason": "nêu tên"}, ASKED),
    ("communication:channel-close", "channel", {}, {"officer": 404, "reader": 404, "stranger": 404, "chief": 302}),
]  # fmt: skip


ALLOWED = [(n, w, s, who) for n, w, s, table in WRITES for who, status in table.items() if status == 302]


@pytest.mark.parametrize(("name", "which", "sent", "who"), ALLOWED)
def test_each_write_works_for_who_may(scene, name, which, sent, who):
    client = getattr(scene.cast, who).client()
    assert client.post(reverse(name, args=[getattr(scene, which).pk]), sent).status_code == 302


@pytest.mark.parametrize(("name", "which", "sent", "table"), WRITES)
def test_each_write_refuses_everyone_else(scene, name, which, sent, table):
    pk = getattr(scene, which).pk
    for who, status in table.items():
        client = getattr(scene.cast, who).client()
        assert client.post(reverse(name, args=[pk + 9999]), sent).status_code == 404
        assert client.delete(reverse(name, args=[pk])).status_code == 405
        if status != 302:
            assert client.post(reverse(name, args=[pk]), sent).status_code == status, who


FORMS = [
    name for name, *_ in WRITES if "take-back" not in name and "seen" not in name and "close" not in name
]


@pytest.mark.parametrize("name", FORMS)
def test_forms_open_and_say_what_is_missing(scene, name):
    which = {n: w for n, w, *_ in WRITES}[name]
    who = scene.cast.chief if "question" in name or which == "item" else scene.cast.officer
    client, address = who.client(), reverse(name, args=[getattr(scene, which).pk])
    assert client.get(address).status_code == 200
    if name != "communication:hand-out":
        assert client.post(address, {"x": 1}).status_code == 400


def test_passing_down_is_previewed_and_done(scene):
    mine = share_of(scene.item, scene.cast.province)
    address = reverse("communication:share-pass-down", args=[mine.pk])
    sent = {"codes": "A", "added": "Đọc trên loa", "asked": 1}
    page = scene.cast.chief.client().get(address, sent)
    assert page.context["page"].paginator.count == 1
    for who, status in (("neighbour", 404), ("stranger", 404), ("reader", 404), ("chief", 302)):
        assert getattr(scene.cast, who).client().post(address, sent).status_code == status
    assert share_of(scene.item, scene.cast.a).added == "Đọc trên loa"
    mine_of_a = reverse("communication:share-pass-down", args=[scene.mine.pk])
    assert scene.cast.reader.client().post(mine_of_a, sent).status_code == 403


def test_questions_are_forwarded_only_below_the_top(scene):
    address = reverse("communication:question-forward", args=[scene.question.pk])
    assert scene.cast.chief.client().post(address).status_code == 400
    assert scene.cast.stranger.client().post(address).status_code == 404
    assert scene.cast.officer.client().post(address).status_code == 404
    assert scene.cast.chief.client().get(address).status_code == 405


def test_a_new_line_is_planned_for_ones_own_unit(scene):
    address = reverse("communication:item-new", args=["study"])
    sent = {"title": "Chuyên đề quý", "until": str(soon()), "sessions_each": 1}
    assert scene.cast.reader.client().post(address, sent).status_code == 403
    assert scene.cast.stranger.client().post(address, sent).status_code == 404
    assert scene.cast.officer.client().get(reverse("communication:item-new", args=["x"])).status_code == 404
    assert scene.cast.officer.client().get(address).status_code == 200
    answer = scene.cast.officer.client().post(address, sent)
    made = Item.objects.get(unit=scene.cast.a)
    assert answer.url == reverse("communication:hand-out", args=[made.pk])
    for name in ("communication:item-edit", "communication:hand-out"):
        assert scene.cast.neighbour.client().get(reverse(name, args=[made.pk])).status_code == 404


def test_a_secretary_records_in_few_fields_that_34_of_40_came_with_two_questions(scene):
    address = reverse("communication:session-held", args=[scene.planned.pk])
    client = scene.cast.officer.client()
    assert len(client.get(address).context["form"].fields) == 5
    client.post(
        address, {"day": DAY, "expected": "40", "came": "34", "questions": "Một là gì?\n\nHai là gì?"}
    )
    scene.planned.refresh_from_db()
    assert (scene.planned.came, scene.planned.questions.count()) == (34, 2)
    assert share_of(scene.study, scene.cast.a).state == "done"


def test_a_name_of_the_roster_is_asked_about_and_may_be_answered(scene):
    address = reverse("communication:session-held", args=[scene.planned.pk])
    sent = {"day": DAY, "expected": 40, "came": 34, "questions": "Anh officer hỏi gì?"}
    client = scene.cast.officer.client()
    page = client.post(address, sent)
    assert page.status_code == 400
    assert "names_checked" in page.context["form"].fields
    assert page.context["form"]["questions"].value() == "Anh officer hỏi gì?"
    scene.planned.refresh_from_db()
    assert scene.planned.state == "planned"
    assert client.post(address, sent | {"names_checked": "on"}).status_code == 302


def test_the_answer_names_nobody_without_being_asked(scene):
    address = reverse("communication:question", args=[scene.question.pk])
    sent = {"of": scene.question.pk, "question": "Ai giữ sổ?", "text": "Đồng chí chief giữ."}
    client = scene.cast.chief.client()
    page = client.post(address, sent)
    assert page.status_code == 400
    assert "names_checked" in page.context["form"].fields
    assert client.post(address, sent | {"names_checked": "on"}).status_code == 302
    assert client.get(address).context["group"] is None


LISTS = ("communication:plan", "communication:owed", "communication:questions", "communication:channels")


@pytest.mark.parametrize("name", LISTS)
def test_lists_show_a_stranger_nothing_and_cost_little(scene, name, django_assert_max_num_queries):
    page = scene.cast.stranger.client().get(reverse(name))
    assert page.status_code == 200
    assert not page.context.get("page") or not page.context["page"].object_list
    who = scene.cast.chief if "questions" in name else scene.cast.officer
    client = who.client()
    with django_assert_max_num_queries(16):
        page = client.get(reverse(name))
    assert page.context["page"].object_list
    other = scene.cast.neighbour.client().get(reverse(name))
    shares = [s.unit_id for s in other.context["page"].object_list if isinstance(s, Share)]
    assert scene.cast.a.pk not in shares


def test_the_year_stands_by_month_and_by_line(scene, django_assert_max_num_queries):
    client = scene.cast.chief.client()
    year = soon().year
    page = client.get(reverse("communication:plan"), {"year": year})
    month = page.context["months"][soon().month - 1]
    assert set(month.items) == {scene.item, scene.study}
    assert {item.sums.units for item in month.items} == {2, 3}
    with django_assert_max_num_queries(16):
        page = client.get(reverse("communication:plan"), {"year": year, "by": "item"})
    assert [line.cells[soon().month - 1] for line in page.context["lines"]] == ["ends", "ends"]
    empty = client.get(reverse("communication:plan"), {"year": year + 3})
    assert not empty.context["page"].object_list


@pytest.mark.parametrize(
    ("who", "status"), [("chief", 200), ("neighbour", 404), ("stranger", 404), ("reader", 200)]
)
def test_another_units_plan_is_seen_from_above_alone(scene, who, status):
    client, day = getattr(scene.cast, who).client(), soon()
    asked = {"unit": scene.cast.a.pk}
    assert client.get(reverse("communication:plan"), asked).status_code == status
    month = reverse("communication:month", args=[day.year, day.month])
    page = client.get(month, asked)
    assert page.status_code == status
    if status == 200:
        assert set(page.context["page"].object_list) == {scene.item, scene.study}
    assert client.get(reverse("communication:month", args=[day.year, 13])).status_code == 404
    assert client.get(reverse("communication:plan"), {"unit": "x"}).status_code == 404


VISITORS = {"chief": 200, "root": 200, "officer": 404, "neighbour": 404, "stranger": 404}


@pytest.mark.parametrize("name", ["communication:standing", "communication:missing"])
def test_the_standing_of_a_subtree_is_seen_from_above_alone(scene, name, django_assert_max_num_queries):
    where = [scene.study.pk, scene.cast.province.pk]
    for who, status in VISITORS.items():
        client = getattr(scene.cast, who).client()
        with django_assert_max_num_queries(16):
            assert client.get(reverse(name, args=where)).status_code == status, who
        assert client.get(reverse(name, args=[where[0], 999_999])).status_code == 404
        assert client.get(reverse(name, args=[999_999, where[1]])).status_code == 404


def test_exports_hold_no_formula(scene):
    where = '=HYPERLINK("x")'
    record_done(scene.mine, on=today(), where=where, actor=scene.cast.officer.actor)
    args, client = [scene.item.pk, scene.cast.province.pk], scene.cast.chief.client()
    answer = client.get(reverse("communication:export", args=[*args, "csv"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert "'" + where in rows[2]
    answer = client.get(reverse("communication:export", args=[*args, "xlsx"]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == where]
    assert [cell.data_type for cell in cells] == ["s"]
    assert client.get(reverse("communication:export", args=[*args, "exe"])).status_code == 404
    for who in ("officer", "neighbour", "stranger"):
        stranger = getattr(scene.cast, who).client()
        assert stranger.get(reverse("communication:export", args=[*args, "csv"])).status_code == 404


def test_files_are_attached_handed_out_as_attachments_and_taken_off(scene):
    client = scene.cast.officer.client()
    address = reverse("communication:share-attach", args=[scene.mine.pk])
    assert client.get(address).status_code == 200
    file = io.BytesIO("Biên bản niêm yết bảng tin".encode())
    file.name = "bien-ban.txt"
    assert client.post(address, {"file": file, "caption": "Biên bản"}).status_code == 302
    made = Evidence.objects.get()
    address, removing = (reverse(f"communication:{n}", args=[made.pk]) for n in ("file", "file-remove"))
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox"
    for who, seen, gone in (
        ("reader", 200, 403),
        ("neighbour", 404, 404),
        ("stranger", 404, 404),
        ("chief", 200, None),
    ):
        other = getattr(scene.cast, who).client()
        assert other.get(reverse("communication:file", args=[made.pk])).status_code == seen
        if gone:
            assert other.post(reverse("communication:file-remove", args=[made.pk])).status_code == gone
            assert other.post(reverse("communication:share-attach", args=[scene.mine.pk])).status_code == gone
    assert client.post(removing).status_code == 302
    assert client.get(address).status_code == 404


def test_a_marked_file_is_refused_and_not_kept(scene):
    file = io.BytesIO("MẬT\nKẾ HOẠCH\nnội dung".encode())
    file.name = "mat.txt"
    address = reverse("communication:share-attach", args=[scene.mine.pk])
    assert scene.cast.officer.client().post(address, {"file": file, "caption": "x"}).status_code == 400
    assert not Evidence.objects.exists()


def test_channels_are_added_by_who_may(scene):
    address = reverse("communication:channels")
    sent = {"name": "Loa truyền thanh"}
    assert scene.cast.reader.client().post(address, sent).status_code == 403
    assert scene.cast.stranger.client().post(address, sent).status_code == 404
    assert scene.cast.officer.client().post(address, sent).status_code == 302
    assert Channel.objects.get(unit=scene.cast.a).name == sent["name"]
    assert scene.cast.officer.client().post(address, {"x": 1}).status_code == 400


def test_a_second_sitting_hangs_on_a_session_of_the_same_share(scene):
    address = reverse("communication:session-held-now", args=[scene.theirs.pk])
    client = scene.cast.officer.client()
    sent = {"day": DAY, "expected": 6, "came": 5}
    assert client.post(f"{address}?{urlencode({'second': scene.held.pk})}", sent).status_code == 302
    assert Session.objects.get(second_of=scene.held).came == 5
    assert client.get(f"{address}?second=999999").status_code == 404
    assert client.get(f"{address}?second=x").status_code == 404
