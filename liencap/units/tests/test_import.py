"""Import of units and seats: read, preview, confirm."""

import io
import stat

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from liencap.accounts.models import LoginName
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError
from liencap.testing import Cast, make_cast
from liencap.units import actions
from liencap.units.models import Appointment, ImportBatch, Membership, Seat, Tier, Unit
from liencap.units.sheet import SheetRefused, read_sheet

pytestmark = pytest.mark.django_db

HEAD = "unit_code,unit_name,tier,parent_code,since,role,seat_key,person_name,phone,email\n"
GOOD = (
    HEAD
    + "A2,Tổ hai,group,A1,01/02/2026,,,,,\n"
    + "A1,Tổ một,Tổ,A,01/02/2026,head,,Lê Văn Tám,0911222333,\n"
    + "A1,,,,,reader,A1-r,,,\n"
)


@pytest.fixture
def cast(db) -> Cast:
    cast = make_cast()
    Tier.objects.create(code="group", name="Tổ", rank=3)
    return cast


def upload(cast, text=GOOD, who="officer", unit="a"):
    return actions.upload_import(
        text.encode(), "a.csv", unit=getattr(cast, unit), actor=getattr(cast, who).actor
    )


def states(batch):
    return [(row.line, row.state) for row in batch.rows.all()]


def test_a_preview_changes_nothing_and_a_confirmation_writes_all(cast):
    batch = upload(cast)
    assert states(batch) == [(2, "new"), (3, "new"), (4, "new")]
    assert not Unit.objects.filter(code="A1").exists()
    kept = settings.FILES / "quarantine" / batch.stored
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    before = Entry.objects.filter(action="apply_import").count()
    counts = actions.apply_import(batch, actor=cast.officer.actor)
    assert (counts["units"], counts["seats"], counts["appointments"]) == (2, 2, 1)
    assert Unit.objects.get(code="A2").path_ids == [
        *cast.a.path_ids, Unit.objects.get(code="A1").pk, Unit.objects.get(code="A2").pk,
    ]  # fmt: skip
    assert Unit.objects.get(code="A2").placements.get().parent.code == "A1"
    assert LoginName.objects.get(name="84911222333").user.person.name == "Lê Văn Tám"
    assert Appointment.objects.get(seat__key="A1-head").person.name == "Lê Văn Tám"
    assert Entry.objects.filter(action="apply_import").count() == before + 1


def test_the_same_file_again_is_all_the_same(cast):
    actions.apply_import(upload(cast), actor=cast.officer.actor)
    again = upload(cast)
    assert {state for _line, state in states(again)} == {"same"}
    counts = actions.apply_import(again, actor=cast.officer.actor)
    assert (counts["units"], counts["seats"], counts["appointments"], counts["renamed"]) == (0, 0, 0, 0)


def test_a_changed_name_and_holder_are_changes(cast):
    actions.apply_import(upload(cast), actor=cast.officer.actor)
    text = HEAD + "A1,Tổ số một,,,,head,,Phạm Thị Chín,,chin@example.org\n"
    batch = upload(cast, text)
    assert states(batch) == [(2, "changed")]
    actions.apply_import(batch, actor=cast.officer.actor)
    assert Unit.objects.get(code="A1").name == "Tổ số một"
    held = Appointment.objects.filter(seat__key="A1-head").order_by("pk")
    assert [(a.person.name, a.until is None) for a in held] == [
        ("Lê Văn Tám", False),
        ("Phạm Thị Chín", True),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ",Tổ,group,A,,,,,,",
        "A1,,group,A,,,,,,",
        "A1,Tổ,nowhere,A,,,,,,",
        "A1,Tổ,group,NONE,,,,,,",
        "A1,Tổ,group,,,,,,,",
        "A1,Tổ,group,A,31/02/2026,,,,,",
        "A1,Tổ,group,A,01/01/2990,,,,,",
        "A1,Tổ,group,A,01/01/1990,,,,,",
        "A1,Tổ,group,A1,,,,,,",
        "A1,Tổ,group,A,,nobody,,,,",
        "A1,Tổ,group,A,,,,Ai,,",
        "A1,Tổ,group,A,,head,,Ai,12,",
        "A1,Tổ,group,A,,head,,Ai,,at",
        "A1,Tổ,group,A,,head,B-head-neighbour,Ai,,",
        "A1,Tổ,group,B,,,,,,",
        "B,Xã khác,,,,,,,,",
        "A,,,B,,,,,,",
        "A1,=1+1,group,A,,,,,,",
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_imported(cast, row):
    units = Unit.objects.count()
    batch = upload(cast, HEAD + "A9,Tổ chín,group,A,,,,,,\n" + row + "\n")
    assert states(batch) == [(2, "new"), (3, "error")]
    assert batch.rows.get(line=3).message
    with pytest.raises(DomainError) as refused:
        actions.apply_import(batch, actor=cast.officer.actor)
    assert refused.value.code == "import-errors"
    assert Unit.objects.count() == units


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("unit_code,colour\nA,red\n", "unknown-column"),
        ("unit_code,Mã đơn vị\nA,A\n", "double-column"),
        ("unit_name\nA\n", "no-code-column"),
        ("", "empty"),
        ("unit_code\n", "empty"),
    ],
)
def test_a_sheet_with_wrong_columns_is_refused(text, code):
    with pytest.raises(SheetRefused) as refused:
        read_sheet(text.encode())
    assert refused.value.code == code


def test_both_kinds_of_file_and_both_languages_are_read():
    book = openpyxl.Workbook()
    book.active.append(["Mã đơn vị", "Tên đơn vị", "Điện thoại"])
    book.active.append(["A", "Xã", 912345678])
    book.active.append(["B", "=A2", None])
    packed = io.BytesIO()
    book.save(packed)
    rows = read_sheet(packed.getvalue())["rows"]
    assert rows[0] == {
        "line": 2, "given": {"unit_code": "A", "unit_name": "Xã", "phone": "912345678"}, "problem": "",
    }  # fmt: skip
    assert rows[1]["problem"] == "unit_name"
    semicolons = "﻿Mã đơn vị;Tên đơn vị\nA;Xã\n".encode()
    assert read_sheet(semicolons)["rows"][0]["given"] == {"unit_code": "A", "unit_name": "Xã"}


@pytest.mark.parametrize("data", [b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0", b"\xff\x80\x81", b"a\0b"])
def test_a_broken_file_is_refused_through_the_child(cast, data, settings, tmp_path):
    settings.FILES = tmp_path  # its own: another worker's imports come and go in the common folder
    with pytest.raises(DomainError) as refused:
        actions.upload_import(data, "x", unit=cast.a, actor=cast.officer.actor)
    assert refused.value.code.startswith("sheet-")
    assert not ImportBatch.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_tree_that_changed_since_the_preview_stops_the_import(cast):
    batch = upload(cast, HEAD + "A1,Tổ một,group,A,,,,,,\nA2,Tổ hai,group,A,,,,,,\n")
    group = Tier.objects.get(code="group")
    actions.found_unit(
        "A1", "Tổ một", tier=group, parent=cast.a, since=cast.a.placements.get().since, actor=SYSTEM
    )
    with pytest.raises(DomainError) as refused:
        actions.apply_import(batch, actor=cast.officer.actor)
    assert refused.value.code == "import-stale"


def test_an_import_is_applied_once(cast):
    batch = upload(cast)
    actions.apply_import(batch, actor=cast.officer.actor)
    with pytest.raises(DomainError) as refused:
        actions.apply_import(batch, actor=cast.officer.actor)
    assert refused.value.code == "import-over"


def test_the_system_imports_a_whole_tree_with_its_root(db):
    Tier.objects.create(code="group", name="Tổ", rank=3)
    text = HEAD + "R,Gốc,group,,,,,,,\nR1,Con,group,R,,,,,,\n"
    batch = actions.upload_import(text.encode(), "a.csv", unit=None, actor=SYSTEM)
    actions.apply_import(batch, actor=SYSTEM)
    assert Unit.objects.get(code="R1").is_under(Unit.objects.get(code="R"))


def test_fifteen_hundred_rows_take_few_queries(cast, django_assert_max_num_queries):
    rows = "".join(f"X{n},Tổ {n},group,A,,head,,Người {n},09{n:08},\n" for n in range(1500))
    batch = upload(cast, HEAD + rows)
    with django_assert_max_num_queries(165):
        actions.apply_import(batch, actor=cast.officer.actor)
    assert Unit.objects.all().below(cast.a).count() == 1501
    assert Seat.objects.filter(appointments__isnull=False, unit__code__startswith="X").count() == 1500


VISITORS = [("officer", 302), ("chief", 302), ("neighbour", 404), ("reader", 403), ("stranger", 404)]


@pytest.mark.parametrize(("who", "status"), VISITORS)
@pytest.mark.parametrize("step", ["units:import-confirm", "units:import-drop"])
def test_confirm_and_drop_meet_their_visitors(cast, who, status, step):
    batch = upload(cast)
    address = reverse(step, args=[batch.pk])
    client = getattr(cast, who).client()
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == status
    batch.refresh_from_db()
    wanted = (
        {"units:import-confirm": "applied", "units:import-drop": "dropped"}[step]
        if status == 302
        else "preview"
    )
    assert batch.state == wanted
    assert Unit.objects.filter(code="A1").exists() is (wanted == "applied")
    shown = client.get(reverse("units:import", args=[batch.pk]))
    assert shown.status_code == (200 if status == 302 else status)
    assert client.post(reverse(step, args=[999999])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 302), ("chief", 302), ("neighbour", 302), ("reader", 403), ("stranger", 403)],
)
def test_an_upload_is_for_the_own_subtree(cast, who, status):
    client = getattr(cast, who).client()
    answer = client.post(reverse("units:imports"), {"file": SimpleUploadedFile("a.csv", GOOD.encode())})
    assert answer.status_code == status
    if who == "neighbour":
        assert {state for _line, state in states(ImportBatch.objects.get())} >= {"error"}
    assert ImportBatch.objects.exists() is (status == 302)
    assert client.get(reverse("units:imports")).status_code == (200 if status == 302 else 403)
    assert client.put(reverse("units:imports")).status_code == 405


def test_a_refused_file_is_said_on_the_form(cast):
    answer = cast.officer.client().post(
        reverse("units:imports"), {"file": SimpleUploadedFile("a.csv", b"unit_code,colour\nA,red\n")}
    )
    assert answer.status_code == 400
    assert "colour" in answer.content.decode()


def test_the_sample_sheet_can_be_read_back(cast):
    answer = cast.officer.client().get(reverse("units:import-sample"))
    assert "attachment" in answer["Content-Disposition"]
    assert len(read_sheet(b"".join(answer.streaming_content))["rows"]) == 4


MEMBERS = HEAD + (
    "A1,Tổ một,Tổ,A,01/02/2026,Thành viên,,Lê Văn Tám,,\n"
    "A1,,,,01/03/2026,member,,Phạm Thị Chín,,\n"
    "A,,,,,thanh vien,,Đỗ Văn Mười,,\n"
)


def test_members_without_a_seat_are_entered_through_the_same_preview(cast):
    batch = upload(cast, MEMBERS)
    assert states(batch) == [(2, "new"), (3, "new"), (4, "new")]
    assert not Membership.objects.exists()
    counts = actions.apply_import(batch, actor=cast.officer.actor)
    assert (counts["units"], counts["seats"], counts["members"]) == (1, 0, 3)
    since = {
        m.person.name: (m.unit.code, str(m.since))
        for m in Membership.objects.select_related("unit", "person")
    }
    assert since["Phạm Thị Chín"] == ("A1", "2026-03-01")
    assert since["Đỗ Văn Mười"][0] == "A"
    again = upload(cast, MEMBERS)
    assert {state for _line, state in states(again)} == {"same"}
    assert actions.apply_import(again, actor=cast.officer.actor)["members"] == 0
    assert Membership.objects.count() == 3


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A,,,,,member,,,,\n", "needs a name"),
        ("A,,,,,member,,Lê Tám,0911222333,\n", "only the name"),
        ("A,,,,,member,K-1,Lê Tám,,\n", "only the name"),
        ("A,,,,,member,,Lê Tám,,\nA,,,,,member,,le tam,,\n", "earlier line"),
        ("B,,,,,member,,Lê Tám,,\n", "not yours"),
    ],
)
def test_a_line_of_a_member_that_cannot_be_entered_says_why(cast, line, words):
    with translation.override("en"):
        batch = upload(cast, HEAD + line)
        assert words in batch.rows.last().message
        with pytest.raises(DomainError):
            actions.apply_import(batch, actor=cast.officer.actor)
    assert not Membership.objects.exists()
