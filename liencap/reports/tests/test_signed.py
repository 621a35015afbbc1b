"""Who signed and in what quality is printed and shown, and a total opens into who sent and who accepted its parts."""

import datetime

import pytest
from django.urls import reverse

from liencap.documents import store
from liencap.documents.actions import set_letterhead
from liencap.printing.paper import role_signed
from liencap.reports.actions import begin_consolidated_report, publish_consolidated_report
from liencap.reports.issuing.actions import close_round
from liencap.reports.issuing.tests.scene import sent
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import make_cast
from liencap.units.models import Appointment, Role, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES = tmp_path
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def page(member, name, *args) -> str:
    answer = member.client().get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def stands_in(member, kind: str) -> None:
    """Let a member hold the seat no longer in full but as somebody's stand-in."""
    changed = Appointment.objects.filter(seat=member.seat).update(kind=kind, until=datetime.date(2101, 1, 1))
    assert changed == 1


@pytest.mark.parametrize(
    ("held_as", "form", "language", "line"),
    [
        ("full", "state", "vi", "Chủ tịch"),
        ("acting", "state", "vi", "Q. Chủ tịch"),
        ("delegate", "state", "vi", "TUQ. Chủ tịch"),
        ("delegate", "plain", "vi", "TUQ. Chủ tịch"),
        ("order", "state", "vi", "TL. Chủ tịch"),
        ("order", "party", "vi", "T/L Chủ tịch"),
        ("order", "plain", "en", "By order of the Chủ tịch"),
        ("delegate", "party", "vi", "K/T Chủ tịch"),
        ("acting", "party", "en", "Acting Chủ tịch"),
        ("delegate", "state", "en", "For: Chủ tịch"),
    ],
)
def test_a_role_is_marked_by_who_stands_in_for_its_holder(held_as, form, language, line):
    assert role_signed("Chủ tịch", held_as, form, language) == line
    assert role_signed("", held_as, form, language) == ""


@pytest.mark.parametrize(("kind", "mark"), [("acting", "Q. "), ("delegate", "TUQ. ")])
def test_a_report_published_by_a_stand_in_says_so_on_paper_and_on_screen(cast, period, kind, mark):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    stands_in(cast.chief, kind)
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    report = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    role = f"{mark}{cast.chief.seat.role}"
    assert report.values["signatory"]["role"] == role
    assert role in page(cast.chief, "reports:consolidated", report.pk)
    assert role.upper() in words_of(store.get(report.docx))
    assert role.upper() in pdf_words(store.get(report.pdf))


def test_a_report_signed_by_order_names_the_head_and_below_it_who_signs(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    set_letterhead(cast.province, form="state", on_behalf="TM. Ban Chấp hành", actor=cast.chief.actor)
    stands_in(cast.chief, "order")
    office = Role.objects.create(code="office", name="Chánh Văn phòng")
    seat = Seat.objects.create(role=office, unit=cast.province, key="office-p")
    person = Appointment.objects.get(seat=cast.chief.seat).person
    Appointment.objects.create(seat=seat, person=person, since=datetime.date(2020, 1, 1))
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    report = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    said = report.values["signatory"]
    assert (said["acting"], said["role"], said["on_behalf"]) == (
        f"TL. {cast.chief.seat.role}", "Chánh Văn phòng", "",
    )  # fmt: skip
    assert f"TL. {cast.chief.seat.role} · Chánh Văn phòng" in page(
        cast.chief, "reports:consolidated", report.pk
    )
    assert "CHÁNH VĂN PHÒNG" in words_of(store.get(report.docx))
    assert "CHÁNH VĂN PHÒNG" in pdf_words(store.get(report.pdf))


def test_a_head_signs_in_the_name_of_the_body_that_the_head_of_papers_names(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    set_letterhead(cast.province, form="state", on_behalf="TM. Ban Chấp hành", actor=cast.chief.actor)
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    report = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    assert report.values["signatory"]["on_behalf"] == "TM. Ban Chấp hành"
    for words in (words_of(store.get(report.docx)), pdf_words(store.get(report.pdf))):
        assert 0 < words.index("TM. BAN CHẤP HÀNH") < words.index(str(cast.chief.seat.role).upper())


def words_of(docx: bytes) -> str:
    import io

    import docx as word

    document = word.Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def pdf_words(pdf: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        text = "\n".join(one.get_textpage().get_text_range() for one in document)
    return " ".join(text.split())


def test_each_part_of_a_number_says_which_version_who_sent_it_and_who_accepted_it(cast, period):
    stands_in(cast.officer, "delegate")
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "5")
    accept(period, cast.a, cast.chief)
    there = (period.pk, cast.province.pk)
    received = page(cast.root, "reports:parts", *there, "received", "trees", "value")
    assert f"{cast.officer.seat} (người được ủy quyền)" in received
    assert str(cast.neighbour.seat) in received
    assert str(cast.chief.seat) in received
    assert received.count("Phiên bản này chưa được cấp trên duyệt.") == 1
    official = page(cast.root, "reports:parts", *there, "official", "trees", "value")
    assert "Phiên bản này chưa được cấp trên duyệt." not in official
    assert str(cast.neighbour.seat) not in official
    assert str(cast.chief.seat) in page(cast.chief, "reports:report", report_of(period, cast.a).pk)
    url = reverse("reports:parts", args=[*there, "official", "trees", "value"])
    for who in (cast.neighbour, cast.stranger):
        assert who.client().get(url).status_code == 404


def test_a_corrected_report_says_that_its_new_version_is_not_accepted(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    send(period, cast.a, cast.officer, "12", reason="đếm lại")
    there = (period.pk, cast.province.pk)
    received = page(cast.root, "reports:parts", *there, "received", "trees", "value")
    assert "Phiên bản 2" in received
    assert "Phiên bản này chưa được cấp trên duyệt." in received
    official = page(cast.root, "reports:parts", *there, "official", "trees", "value")
    assert "Phiên bản 1" in official
    assert str(cast.chief.seat) in official


def test_two_clicks_lead_from_a_published_total_to_the_last_unit(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    send(period, cast.b, cast.neighbour, "5")
    send(period, cast.province, cast.chief, "1")
    accept(period, cast.province, cast.root)
    draft = begin_consolidated_report(period, cast.root_unit, actor=cast.root.actor)
    report = publish_consolidated_report(draft, revision=1, actor=cast.root.actor)
    for kind, units in (("received", [cast.province, cast.a, cast.b]), ("official", [cast.province, cast.a])):
        total = reverse("reports:parts", args=[period.pk, cast.root_unit.pk, kind, "trees", "value"])
        assert f'href="{total}"' in page(cast.root, "reports:consolidated", report.pk)
        assert 'href="?all=1"' in page(cast.root, "reports:parts", *total_args(period, cast, kind))
        answer = cast.root.client().get(total, {"all": "1"})
        assert {(one.unit.pk, one.text) for one in answer.context["rows"]} == {
            (unit.pk, {cast.province.pk: "1,0", cast.a.pk: "10,0", cast.b.pk: "5,0"}[unit.pk])
            for unit in units
        }
        village = answer.content.decode()
        assert reverse("reports:report", args=[report_of(period, cast.a).pk]) in village
        assert str(cast.officer.seat) in village
        assert str(cast.chief.seat) in village
        assert (str(cast.neighbour.seat) in village) is (kind == "received")
        for who in (cast.neighbour, cast.stranger):
            assert who.client().get(total, {"all": "1"}).status_code == 404


def total_args(period, cast, kind):
    return (period.pk, cast.root_unit.pk, kind, "trees", "value")


def test_a_corrected_figure_stands_as_accepted_among_the_official_ones(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    send(period, cast.a, cast.officer, "12", reason="đếm lại")
    for kind, text in (("received", "12,0"), ("official", "10,0")):
        url = reverse("reports:parts", args=[period.pk, cast.province.pk, kind, "trees", "value"])
        rows = cast.chief.client().get(url, {"all": "1"}).context["rows"]
        assert [(one.unit.pk, one.text) for one in rows] == [(cast.a.pk, text)]
    answer = cast.chief.client().get(reverse("reports:ledger", args=[period.pk, cast.province.pk]))
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[0].endswith("state,number,accepted,official")
    assert next(line for line in lines if ",trees," in line).endswith(",value,12.0,no,10.0")


def test_the_parts_of_a_number_cost_no_query_a_unit(cast, period, django_assert_max_num_queries):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "5")
    accept(period, cast.a, cast.chief)
    client = cast.chief.client()
    url = reverse("reports:parts", args=[period.pk, cast.province.pk, "received", "trees", "value"])
    for asked in ({}, {"all": "1"}):
        with django_assert_max_num_queries(16):
            client.get(url, asked)


def test_nothing_can_be_published_while_a_draft_is_out(cast, period):
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    publish = reverse("reports:publish", args=[draft.pk])
    assert publish in page(cast.chief, "reports:consolidated", draft.pk)
    round_ = sent(cast, draft)
    assert publish not in page(cast.chief, "reports:consolidated", draft.pk)
    close_round(round_, actor=cast.chief.actor)
    assert publish in page(cast.chief, "reports:consolidated", draft.pk)
