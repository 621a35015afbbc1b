"""The clerk numbers what is published, files its signed copy, and the program compares both."""

import datetime
import io
import zipfile

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from liencap.documents import store
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import begin_consolidated_report
from liencap.reports.issued import values_of
from liencap.reports.issuing.actions import file_signed_copy, register_report
from liencap.reports.issuing.papers import with_number
from liencap.reports.issuing.queries import next_number, row_of
from liencap.reports.issuing.tests.scene import composed, numbered, published, row
from liencap.reports.models import ConsolidatedReport, Registration, SignedCopy
from liencap.reports.printing import render_pdf

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 4, 2)


@pytest.fixture
def report(cast):
    return composed(cast)[1]


def report_of(entered: Registration) -> ConsolidatedReport:
    return ConsolidatedReport.objects.get(pk=entered.source_id)


def words_of_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def test_the_numbered_paper_says_what_was_frozen_with_number_and_day(cast, report, papers):
    done = published(cast, report)
    frozen = (done.sha256, done.docx, done.pdf, done.values)
    here = row(done).pk
    chief, there = cast.chief.client(), reverse("reports:register-enter", args=[here])
    page = chief.get(there).content.decode()
    assert 'value="1/BC-THBM"' in page
    answer = chief.post(there, {"n": 12, "symbol": "12/BC-THBM", "date": "2026-04-02"})
    assert answer["Location"] == reverse("reports:issue", args=[here])
    done = ConsolidatedReport.objects.get(pk=done.pk)
    assert (done.sha256, done.docx, done.pdf, done.values) == frozen
    pdf = chief.get(reverse("reports:issue-file", args=[here, "pdf"])).content
    said = words_of_pdf(pdf)
    assert "12/BC-THBM" in said
    assert "ngày 02 tháng 4 năm 2026" in said
    assert done.sha256 in said.replace("\u200b", "")
    docx = chief.get(reverse("reports:issue-file", args=[here, "docx"])).content
    assert "12/BC-THBM" in zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert "12/BC-THBM" in chief.get(reverse("reports:consolidated", args=[done.pk])).content.decode()


def test_a_number_is_given_once_a_year_and_the_next_is_suggested(cast, report):
    entered = numbered(cast, report, 7)
    other = row(_second(cast))
    assert next_number(other, DAY).symbol == "8/BC-TBM"
    assert next_number(other, datetime.date(2027, 1, 5)).symbol == "1/BC-TBM"
    for n, symbol in ((7, "7/BC-KHAC"), (8, "7/BC-TBM 8")):
        if n == 8:
            Registration.objects.filter(pk=entered.pk).update(symbol=symbol)
        with pytest.raises(DomainError) as taken:
            register_report(other, n, symbol, DAY, actor=cast.chief.actor)
        assert taken.value.code == "number-taken"
    page = cast.chief.client().post(
        reverse("reports:register-enter", args=[other.pk]), {"n": 7, "symbol": "7/X", "date": "2026-04-02"}
    )
    assert page.status_code == 400
    assert "đã dùng" in page.content.decode()
    assert register_report(other, 8, "8/BC-TBM", DAY, actor=cast.chief.actor).n == 8


def _second(cast) -> ConsolidatedReport:
    from liencap.programmes.models import Programme
    from liencap.reports.actions import open_period
    from liencap.reports.tests.scene import plan_next

    period = open_period(plan_next(Programme.objects.get()), actor=cast.root.actor)
    period.since = datetime.date(2026, 3, 1)
    period.save(update_fields=["since"])
    return published(cast, begin_consolidated_report(period, cast.province, actor=cast.chief.actor))


@pytest.mark.parametrize(
    ("n", "symbol", "date", "code"),
    [
        (0, "0/BC", DAY, "number-missing"),
        (3, "", DAY, "number-missing"),
        (3, "4/BC", DAY, "number-differs"),
        (3, "3/BC", datetime.date(2100, 1, 1), "day-to-come"),
        (3, "3/BC", datetime.date(2025, 1, 1), "day-early"),
    ],
)
def test_a_wrong_number_or_day_is_refused_with_a_reason(cast, report, n, symbol, date, code):
    done = row(published(cast, report))
    with pytest.raises(DomainError) as refused:
        register_report(done, n, symbol, date, actor=cast.chief.actor)
    assert refused.value.code == code


def test_a_correction_needs_a_reason_and_a_draft_gets_no_number(cast, report):
    assert row_of("consolidated_report", report.pk) is None
    entered = numbered(cast, report, 7)
    with pytest.raises(DomainError) as refused:
        register_report(entered, 9, "9/BC", DAY, actor=cast.chief.actor)
    assert refused.value.code == "reason-missing"
    again = register_report(entered, 9, "9/BC", DAY, reason="Ghi nhầm số.", actor=cast.chief.actor)
    assert (again.pk, again.symbol) == (entered.pk, "9/BC")


def test_a_signed_copy_with_the_same_words_is_the_same_and_a_changed_figure_is_pointed_out_first(
    cast, report, papers
):
    entered = numbered(cast, report)
    same = file_signed_copy(entered, store.get(entered.pdf), "ban-ky.pdf", actor=cast.chief.actor)
    assert (same.state, same.count) == (SignedCopy.State.SAME, 0)
    docx = file_signed_copy(entered, store.get(entered.docx), "ban-ky.docx", actor=cast.chief.actor)
    assert docx.state == SignedCopy.State.SAME, docx.differences
    values = with_number(values_of(report_of(entered)), entered.symbol, entered.date)
    text = values.to_json().replace("10,5", "15,0").replace("Mở lớp", "Hoãn lớp")
    forged = render_pdf(type(values).from_json(text))
    chief, there = cast.chief.client(), reverse("reports:issue", args=[entered.pk])
    answer = chief.post(there, {"file": SimpleUploadedFile("quet.pdf", forged)})
    copy = SignedCopy.objects.latest("pk")
    assert answer["Location"] == reverse("reports:copy", args=[copy.pk])
    assert copy.state == SignedCopy.State.DIFFERS
    first = copy.differences[0]
    assert (first["old"], first["new"], first["figures"], first["page"]) == ("10,5", "15,0", True, 1)
    assert "Trồng cây" in first["section"]
    page = chief.get(answer["Location"]).content.decode()
    assert "<del>10,5</del>" in page
    assert "<ins>Hoãn</ins>" in page
    assert chief.post(answer["Location"], {"remark": "In nhầm bản."}).status_code == 302
    assert "In nhầm bản." in cast.root.client().get(answer["Location"]).content.decode()


def test_a_scan_without_text_says_so_and_is_filed_once_it_is_declared(cast, report, papers):
    entered = numbered(cast, report)
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    held = io.BytesIO()
    document.save(held)
    there = reverse("reports:issue", args=[entered.pk])
    chief, scan = cast.chief.client(), held.getvalue()
    assert chief.post(there, {"file": SimpleUploadedFile("quet.pdf", scan)}).status_code == 400
    typed = {"file": SimpleUploadedFile("quet.pdf", scan), "no_secrecy": "on"}
    copy_page = chief.post(there, typed)["Location"]
    assert SignedCopy.objects.get().state == SignedCopy.State.UNREADABLE
    assert "không đọc được" in chief.get(copy_page).content.decode()
    other = SimpleUploadedFile("khac.txt", "Một văn bản khác hẳn, không liên quan.".encode())
    chief.post(there, {"file": other})
    assert SignedCopy.objects.latest("pk").state == SignedCopy.State.UNREADABLE
    empty = chief.post(there, {"file": SimpleUploadedFile("rong.pdf", b"")})
    assert empty.status_code == 400


def test_the_register_lists_what_has_no_number_first_and_is_exported(cast, report):
    numbered(cast, report)
    waiting = row(_second(cast))
    client = cast.chief.client()
    page = client.get(reverse("reports:register")).content.decode()
    assert page.index("chưa có số") < page.index("7/BC-TBM")
    assert reverse("reports:register-enter", args=[waiting.pk]) in page
    unit = cast.province.pk
    assert "7/BC-TBM" in cast.root.client().get(reverse("reports:register-of", args=[unit])).content.decode()
    csv = client.get(reverse("reports:register-export", args=[unit, "csv"]) + "?year=2026")
    assert "7/BC-TBM,2026-04-02" in csv.content.decode("utf-8-sig")
    book = load_workbook(
        io.BytesIO(client.get(reverse("reports:register-export", args=[unit, "xlsx"])).content)
    )
    assert [row[0] for row in book.active.iter_rows(values_only=True)][-1] == "7/BC-TBM"
    assert (
        reverse("reports:register-enter", args=[waiting.pk]) in client.get(reverse("home")).content.decode()
    )


def test_strangers_siblings_and_readers_of_the_register(cast, report):
    entered = numbered(cast, report)
    done, unit = report_of(entered), cast.province.pk
    copy = file_signed_copy(entered, b"Khong doc duoc gi o day.", "ban-ky.txt", actor=cast.chief.actor)
    seen = {
        "reports:issue": (entered.pk,), "reports:issue-file": (entered.pk, "pdf"), "reports:annex": (done.pk,),
        "reports:copy": (copy.pk,), "reports:copy-file": (copy.pk,), "reports:register-of": (unit,),
        "reports:register-export": (unit, "csv"),
    }  # fmt: skip
    for name, args in seen.items():
        url = reverse(name, args=args)
        for who in (cast.officer, cast.neighbour, cast.stranger):
            assert who.client().get(url).status_code == 404, (name, who.login)
        assert cast.root.client().get(url).status_code == 200, name
    assert cast.stranger.client().get(reverse("reports:register")).status_code == 404
    assert cast.reader.client().get(reverse("reports:register")).status_code == 200
    enter = reverse("reports:register-enter", args=[entered.pk])
    assert cast.root.client().get(enter).status_code == 403
    assert cast.neighbour.client().get(enter).status_code == 404
    assert cast.root.client().post(reverse("reports:issue", args=[entered.pk])).status_code == 403
    for deed in (
        lambda: register_report(entered, 9, "9", DAY, reason="x", actor=cast.root.actor),
        lambda: file_signed_copy(entered, b"x", "x", actor=cast.neighbour.actor),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_the_register_costs_few_queries(cast, report, django_assert_max_num_queries):
    numbered(cast, report)
    _second(cast)
    client = cast.chief.client()
    with django_assert_max_num_queries(16):
        client.get(reverse("reports:register"))
