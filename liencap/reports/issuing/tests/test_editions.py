"""Later editions and errata pages stand in the register of their own, and say what they replace."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from liencap.archive.models import Record
from liencap.errors import DomainError
from liencap.home.tests.test_member import member_of_unit
from liencap.reports.editions.actions import begin_edition, publish_edition
from liencap.reports.issuing.actions import file_signed_copy, register_report
from liencap.reports.issuing.queries import row_of, without_number
from liencap.reports.issuing.tests.scene import composed, numbered
from liencap.reports.models import Edition, Registration
from liencap.reports.tests.scene import accept, send

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 4, 20)


@pytest.fixture
def first(cast):
    """Number the first edition, then let A correct its figure."""
    period, report = composed(cast)
    entered = numbered(cast, report, 7)
    send(period, cast.a, cast.officer, "12.5", reason="đếm lại", text="Xã A mở ba lớp.")
    accept(period, cast.a, cast.chief)
    return entered, report


def later(cast, report, kind: str) -> Registration:
    edition = begin_edition(report, actor=cast.chief.actor)
    report.refresh_from_db()
    made = publish_edition(
        edition, kind=kind, reason="Xã A đính chính.", revision=report.revision, actor=cast.chief.actor
    )
    row = row_of("report_edition", made.pk)
    assert row is not None
    return row


def test_a_new_edition_waits_for_a_number_and_says_which_paper_it_replaces(cast, first):
    entered, report = first
    row = later(cast, report, Edition.Kind.FULL)
    assert (row.edition, row.replaces, row.n) == (2, entered, None)
    assert list(without_number(cast.province.pk)) == [row]
    chief = cast.chief.client()
    page = chief.get(reverse("reports:register")).content.decode()
    assert page.index("chưa có số") < page.index("7/BC-TBM")
    assert "Ấn bản 2; thay thế số 7/BC-TBM" in page
    assert reverse("reports:register-enter", args=[row.pk]) in chief.get(reverse("home")).content.decode()
    shown = chief.get(reverse("reports:edition", args=[report.pk, 2])).content.decode()
    assert reverse("reports:register-enter", args=[row.pk]) in shown
    there = reverse("reports:register-enter", args=[row.pk])
    assert 'value="8/BC-TBM"' in chief.get(there).content.decode()
    answer = chief.post(there, {"n": 8, "symbol": "8/BC-TBM", "date": DAY.isoformat()})
    assert answer["Location"] == reverse("reports:issue", args=[row.pk])
    issue = chief.get(answer["Location"]).content.decode()
    assert "8/BC-TBM" in issue
    assert "Ấn bản 2; thay thế số 7/BC-TBM" in issue
    old = chief.get(reverse("reports:issue", args=[entered.pk])).content.decode()
    assert "Đã được thay thế bằng ấn bản 2, số 8/BC-TBM" in old
    csv = chief.get(reverse("reports:register-export", args=[cast.province.pk, "csv"]))
    line = next(one for one in csv.content.decode("utf-8-sig").splitlines() if one.startswith("8/BC-TBM"))
    assert ",2,7/BC-TBM," in line


@pytest.mark.parametrize(
    ("kind", "said"),
    [(Edition.Kind.FULL, "Đã được thay thế bằng ấn bản 2"), (Edition.Kind.ERRATA, "Có trang đính chính")],
)
def test_who_projects_the_first_edition_is_told_that_a_later_one_changes_it(cast, first, kind, said):
    _entered, report = first
    there = reverse("reports:present", args=[report.pk])
    chief = cast.chief.client()
    assert said not in chief.get(there).content.decode()
    later(cast, report, kind)
    assert said in chief.get(there).content.decode()


def test_an_errata_page_is_numbered_too_and_replaces_nothing(cast, first):
    _entered, report = first
    row = later(cast, report, Edition.Kind.ERRATA)
    assert (row.edition, row.replaces) == (2, None)
    done = register_report(row, 8, "8/BC-TBM", DAY, actor=cast.chief.actor)
    copy = file_signed_copy(done, b"Khong doc duoc gi.", "ban-ky.txt", actor=cast.chief.actor)
    page = cast.chief.client().get(reverse("reports:register")).content.decode()
    assert "trang đính chính" in page
    assert reverse("reports:copy", args=[copy.pk]) in page
    assert "Đã được thay thế" not in page


def test_the_third_edition_replaces_the_second_whole_one_and_not_the_errata_between(cast, first):
    entered, report = first
    errata = later(cast, report, Edition.Kind.ERRATA)
    period = report.period
    send(period, cast.a, cast.officer, "13.5", reason="lại nữa")
    accept(period, cast.a, cast.chief)
    third = later(cast, report, Edition.Kind.FULL)
    assert (third.edition, third.replaces, errata.replaces) == (3, entered, None)


def test_what_has_no_number_takes_no_signed_copy_and_prints_nothing(cast, first):
    row = later(cast, first[1], Edition.Kind.FULL)
    with pytest.raises(DomainError) as refused:
        file_signed_copy(row, b"x", "x.txt", actor=cast.chief.actor)
    assert refused.value.code == "not-numbered"
    assert cast.chief.client().get(reverse("reports:issue-file", args=[row.pk, "pdf"])).status_code == 404


def test_an_edition_in_the_register_is_for_those_who_see_the_report(cast, first):
    row = later(cast, first[1], Edition.Kind.FULL)
    for name, args in {"reports:issue": (row.pk,), "reports:register-enter": (row.pk,)}.items():
        for who in (cast.officer, cast.neighbour, cast.stranger):
            assert who.client().get(reverse(name, args=args)).status_code == 404, (name, who.login)
    assert cast.root.client().get(reverse("reports:issue", args=[row.pk])).status_code == 200
    assert cast.root.client().get(reverse("reports:register-enter", args=[row.pk])).status_code == 403


def test_members_read_the_newest_edition_and_that_it_replaces_the_first(cast, first):
    _entered, report = first
    who = member_of_unit("thanh.vien", cast.a)
    there = reverse("reports:issued", args=[cast.a.pk, report.pk])
    assert "10,5" in who.client().get(there).content.decode()
    later(cast, report, Edition.Kind.FULL)
    page = who.client().get(there).content.decode()
    assert "12,5" in page
    assert "thay thế bản đã ban hành trước" in page
    assert "Xã A đính chính." in page
    old = who.client().get(f"{there}?first").content.decode()
    assert "10,5" in old
    assert "12,5" not in old
    listed = who.client().get(reverse("reports:issued-list", args=[cast.a.pk])).content.decode()
    assert "Ấn bản 2" in listed


def test_the_issued_documents_of_the_unit_show_which_edition_replaces_which(cast, first):
    _entered, report = first
    later(cast, report, Edition.Kind.FULL)
    old = Record.objects.get(source_kind="consolidated_report")
    new = Record.objects.get(source_kind="report_edition")
    assert new.replaces == old
    assert "ấn bản 2" in new.title.lower()
    page = member_of_unit("thanh.vien", cast.province).client()
    shown = page.get(reverse("archive:issued", args=[cast.province.pk])).content.decode()
    assert f"Thay thế {old.reference}" in shown
    assert f"Đã được thay thế bằng {new.reference}" in shown


def test_what_was_published_before_the_register_held_it_is_entered(cast, first):
    entered, report = first
    row, second = later(cast, report, Edition.Kind.FULL), Edition.objects.get()
    kept = [_said(one) for one in (entered, row)]
    row.delete()
    entered.delete()
    fill = import_module("liencap.reports.migrations.0021_fill_register")._row
    with transaction.atomic():
        made = fill(apps, report, report, "consolidated_report", report.values, 1, None, None)
        again = fill(apps, report, second, "report_edition", second.values, 2, made, None)
    assert [_said(made), _said(again)] == kept
    assert again.replaces == made


def _said(row: Registration) -> tuple[object, ...]:
    return row.source_kind, row.source_id, row.title, row.period, row.edition, row.sha256, row.published_at
