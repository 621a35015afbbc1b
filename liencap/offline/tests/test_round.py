"""Forms go out, come back and are entered: matched by key, judged by cell, each file all or nothing."""

import io
import zipfile
from contextlib import contextmanager

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liencap.audit.models import Entry
from liencap.documents import store
from liencap.errors import DomainError, NotAllowed
from liencap.offline import actions, quarantine
from liencap.offline.models import EnteredFor, IssuedForm, ReturnedFile
from liencap.offline.preview import cells_of
from liencap.offline.queries import units_with_account
from liencap.offline.tests.scene import (
    book,
    close_account,
    drop,
    filled,
    form_for,
    forms_of,
    hand_out,
    make_scene,
    only,
    work,
)
from liencap.reports.actions import close_period, return_report
from liencap.reports.models import Draft, Report, VersionEvidence
from liencap.reports.proof import check_totals
from liencap.reports.queries import content_of, is_intact
from liencap.reports.tests import scene

pytestmark = pytest.mark.django_db


@contextmanager
def refused(code):
    """Expect a refusal with this code."""
    with pytest.raises(DomainError) as refusal:
        yield
    assert refusal.value.code == code


@pytest.fixture
def made(settings, tmp_path):
    settings.FILES = tmp_path
    cast, period = make_scene()
    close_account(cast.neighbour)
    close_account(cast.officer)
    close_account(cast.reader)
    return cast, period


def test_the_zip_holds_a_form_for_each_unit_that_has_still_to_send(made):
    cast, period = made
    bundle = hand_out(cast, period)
    assert sorted(forms_of(bundle)) == ["README.txt", "xa-an-hoa_quy-i.xlsx", "xa-dong-ha_quy-i.xlsx"]
    assert (bundle.state, bundle.count) == ("ready", 2)
    scene.send(period, cast.a, cast.officer)
    again = hand_out(cast, period)
    assert sorted(forms_of(again)) == ["README.txt", "xa-an-hoa_quy-i.xlsx"]
    assert list(IssuedForm.objects.filter(bundle=again).values_list("n", flat=True)) == [2]
    assert Entry.objects.filter(action="make_bundle").count() == 2


def test_a_form_shows_nothing_of_a_draft_and_nothing_of_a_sibling(made):
    cast, period = made
    secret = scene.content(scene.report_of(period, cast.a), "9", 4, "Chưa nói với ai")
    scene.save(scene.report_of(period, cast.a), secret, cast.officer)
    for name, data in forms_of(hand_out(cast, period)).items():
        with zipfile.ZipFile(io.BytesIO(data)) if name.endswith("xlsx") else io.BytesIO() as parts:
            words = "".join(parts.read(n).decode() for n in parts.namelist()) if name.endswith("xlsx") else ""
        assert "Chưa nói với ai" not in words
        other = {"xa-dong-ha_quy-i.xlsx": "An Hòa", "xa-an-hoa_quy-i.xlsx": "Đông Hà"}.get(name)
        assert other is None or other not in words


def test_nobody_hands_out_forms_without_the_right(made):
    cast, period = made
    for who in (cast.officer, cast.neighbour, cast.reader, cast.stranger, cast.root):
        with pytest.raises(NotAllowed):
            actions.make_bundle(period, cast.province, deep=False, language="vi", actor=who.actor)


def test_forms_are_made_while_the_period_is_open_and_somebody_owes(made):
    cast, period = made
    for unit, head in ((cast.a, cast.officer), (cast.b, cast.neighbour)):
        scene.send(period, unit, head)
    with refused("nobody-owes"):
        actions.make_bundle(period, cast.province, deep=False, language="vi", actor=cast.chief.actor)
    close_period(period, actor=cast.root.actor)
    with refused("period-closed"):
        actions.make_bundle(period, cast.province, deep=False, language="vi", actor=cast.chief.actor)


def test_a_renamed_file_is_matched_previewed_and_entered_for_its_unit(
    made, django_capture_on_commit_callbacks
):
    cast, period = made
    form = filled(form_for(hand_out(cast, period), "dong-ha"), {"words": "Đã trồng xong"} | FILLED_A)
    intake = drop(cast, ("ảnh chụp.bin", form))
    file = only(intake)
    assert (file.state, file.code, file.chosen) == ("ready", "", True)
    file.issued = IssuedForm.objects.select_related("report__obligation__period__form").get(pk=file.issued_id)
    changed = {c.label: (c.old, c.new, c.at) for c in cells_of(file) if c.changed}
    assert changed["Số cây"][:2] == ("", "7,5")
    assert changed["Số cây"][2].startswith("Báo cáo!D")
    assert scene.report_of(period, cast.a).current is None
    with django_capture_on_commit_callbacks(execute=True):
        intake = book(cast, intake)
    report = scene.report_of(period, cast.a)
    entry = EnteredFor.objects.get()
    assert (report.state, entry.version_id, intake.state) == ("sent", report.current_id, "closed")
    assert (entry.by_seat, entry.had_account, entry.agreed) == (cast.chief.seat, False, "")
    said = content_of(report.current, period.form.cells)
    assert str(said.figures["trees", "value"]) == "7.5"
    assert set(said.states.values()) == {("done", "")}
    kept = VersionEvidence.objects.get(version=report.current).evidence
    assert store.get(kept.sha256) == form
    assert is_intact(report.current)
    assert check_totals(period) == []
    assert Entry.objects.get(action="enter_report").actor_seat_id == cast.chief.seat.pk
    with pytest.raises(FileNotFoundError):
        quarantine.get(file.stored)


FILLED_A = {
    "state": "done",
    "figure:trees:value": 7.5,
    "figure:classes:held": 0,
    "figure:classes:planned": "KAD",
}


def test_the_unit_sees_what_was_entered_and_corrects_it_in_the_usual_way(made):
    cast, period = made
    book(cast, drop(cast, ("a.xlsx", filled(form_for(hand_out(cast, period), "dong-ha"), FILLED_A))))
    report = scene.report_of(period, cast.a)
    assert content_of(report.draft, period.form.cells) == content_of(report.current, period.form.cells)
    said = scene.content(report, "8", 1)
    version = scene.send_report(
        report,
        revision=scene.save(report, said, cast.officer).revision,
        actor=cast.officer.actor,
        reason="Sót.",
    )
    assert version.n == 2
    assert not EnteredFor.objects.filter(version=version).exists()
    assert VersionEvidence.objects.filter(version=version).count() == 0


def test_what_the_unit_has_begun_to_write_stays_its_own(made):
    cast, period = made
    report = scene.report_of(period, cast.a)
    draft = scene.save(report, scene.content(report, "1", 1, "Riêng"), cast.officer)
    book(cast, drop(cast, ("a.xlsx", filled(form_for(hand_out(cast, period), "dong-ha"), FILLED_A))))
    kept = Draft.objects.get(pk=draft.pk)
    assert kept.revision == draft.revision
    assert [p.text for p in kept.passages.all()] == ["Riêng"]


def test_a_unit_with_an_account_needs_its_heads_agreement(made):
    from liencap.accounts.models import User

    cast, period = made
    User.objects.filter(pk=cast.officer.actor.user_id).update(password="md5$x$y")
    assert units_with_account([cast.a.pk, cast.b.pk]) == {cast.a.pk}
    bundle = hand_out(cast, period)
    intake = drop(cast, *[(n, filled(form_for(bundle, n))) for n in ("dong-ha", "an-hoa")])
    book(cast, intake)
    assert sorted(intake.files.values_list("name", "state", "code")) == [
        ("an-hoa", "booked", ""), ("dong-ha", "ready", "has-account"),
    ]  # fmt: skip
    left = intake.files.get(name="dong-ha")
    actions.choose_file(left, chosen=True, actor=cast.chief.actor)
    book(cast, intake, agreed="Đề nghị qua điện thoại ngày 3/3")
    entry = EnteredFor.objects.get(version__report__obligation__unit=cast.a)
    assert (entry.had_account, entry.agreed) == (True, "Đề nghị qua điện thoại ngày 3/3")


def test_a_returned_report_goes_out_again_as_it_was_sent_and_comes_back_as_a_new_version(made):
    cast, period = made
    scene.send(period, cast.b, cast.neighbour, "4", "Đợt một")
    return_report(scene.report_of(period, cast.b), n=1, reason="Thiếu", actor=cast.chief.actor)
    form = form_for(hand_out(cast, period), "an-hoa")
    values = {
        str(r[0].value): r[3].value
        for r in openpyxl.load_workbook(io.BytesIO(form)).worksheets[1].iter_rows(min_row=6)
    }
    assert values["figure:trees:value"] == 4
    intake = drop(cast, ("b.xlsx", filled(form, {"figure:trees:value": 6})))
    file = only(intake)
    assert file.state == "ready", file.problems
    book(cast, intake)
    report = scene.report_of(period, cast.b)
    assert (report.state, report.current.n) == ("sent", 2)
    assert check_totals(period) == []


def test_every_file_that_cannot_be_used_says_why_and_stops_no_other(made):
    cast, period = made
    bundle = hand_out(cast, period)
    good, other = filled(form_for(bundle, "dong-ha")), form_for(bundle, "an-hoa")
    macros = io.BytesIO(good)
    with zipfile.ZipFile(macros, "a") as book_:
        book_.writestr("xl/vbaProject.bin", b"x")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("gui ve/a.txt", "xin chào")
        packed.writestr("lan-hai.xlsx", good)
        packed.writestr("trong.zip", b"PK\x05\x06" + b"\0" * 18)
    foreign = io.BytesIO()
    openpyxl.Workbook().save(foreign)

    def other_key(sheet, _book):
        sheet["A1"].value = str(sheet["A1"].value)[:-1] + "z"

    def marked(sheet, _book):
        sheet["B1"].value = "MẬT"

    intake = drop(
        cast, ("good.xlsx", good), ("half.xlsx", good[: len(good) // 2]), ("empty.xlsx", b""),
        ("foreign.xlsx", foreign.getvalue()), ("page.html", b"<html><body>x</body></html>"),
        ("macros.xlsx", macros.getvalue()), ("key.xlsx", filled(other, change=other_key)),
        ("mark.xlsx", filled(other, change=marked)), ("again.xlsx", good), ("all.zip", inner.getvalue()),
    )  # fmt: skip
    found = {f.name: (f.state, f.code) for f in intake.files.all()}
    assert found == {
        "good.xlsx": ("ready", ""), "half.xlsx": ("refused", "broken-zip"), "empty.xlsx": ("refused", "empty"),
        "foreign.xlsx": ("refused", "foreign"), "page.html": ("refused", "wrong-type"),
        "macros.xlsx": ("refused", "macros"), "key.xlsx": ("refused", "key-broken"),
        "mark.xlsx": ("refused", "secrecy-mark"), "again.xlsx": ("refused", "duplicate"),
        "all.zip": ("unpacked", ""), "a.txt": ("refused", "wrong-type"), "lan-hai.xlsx": ("refused", "duplicate"),
        "trong.zip": ("refused", "zip-in-zip"),
    }  # fmt: skip
    assert intake.files.get(name="mark.xlsx").stored == ""
    book(cast, intake)
    assert EnteredFor.objects.count() == 1


def test_two_files_for_one_unit_wait_for_a_person_to_choose(made):
    cast, period = made
    form = form_for(hand_out(cast, period), "an-hoa")
    more = FILLED_A | {"figure:trees:value": 3}
    intake = drop(cast, ("1.xlsx", filled(form, FILLED_A)), ("2.xlsx", filled(form, more)))
    assert list(intake.files.values_list("state", "code", "chosen")) == [("ready", "twice", False)] * 2
    with refused("nothing-chosen"):
        actions.begin_booking(intake, agreed="", actor=cast.chief.actor)
    one, two = intake.files.all()
    for file in (one, two):
        actions.choose_file(file, chosen=True, actor=cast.chief.actor)
    assert list(intake.files.values_list("chosen", flat=True)) == [False, True]
    book(cast, intake)
    assert list(intake.files.values_list("state", flat=True)) == ["left", "booked"]
    assert not intake.files.exclude(content={}).exists()  # what was entered stands in the report alone
    assert (
        str(content_of(scene.report_of(period, cast.b).current, period.form.cells).figures["trees", "value"])
        == "3.0"
    )


def test_an_older_form_is_pointed_out_and_not_chosen_by_itself(made):
    cast, period = made
    old = form_for(hand_out(cast, period), "an-hoa")
    hand_out(cast, period)
    file = only(drop(cast, ("b.xlsx", filled(old))))
    assert (file.state, file.code, file.chosen) == ("ready", "older-issue", False)


def test_a_form_that_came_too_late_is_not_entered(made):
    cast, period = made
    bundle = hand_out(cast, period)
    early = drop(cast, ("b.xlsx", filled(form_for(bundle, "an-hoa"))))
    scene.send(period, cast.b, cast.neighbour)
    book(cast, early)
    assert only(early).code == "sent-meanwhile"
    assert only(drop(cast, ("b.xlsx", filled(form_for(bundle, "an-hoa"))))).code == "sent-meanwhile"
    close_period(period, actor=cast.root.actor)
    assert only(drop(cast, ("a.xlsx", filled(form_for(bundle, "dong-ha"))))).code == "period-closed"


def test_the_right_is_asked_anew_when_a_report_is_entered(made):
    from liencap.units.actions import end_appointment
    from liencap.units.models import Appointment

    cast, period = made
    intake = drop(cast, ("b.xlsx", filled(form_for(hand_out(cast, period), "an-hoa"))))
    actions.begin_booking(intake, agreed="", actor=cast.chief.actor)
    from liencap.audit.actor import SYSTEM
    from liencap.units.access import today

    end_appointment(Appointment.objects.get(seat=cast.chief.seat), until=today(), actor=SYSTEM)
    work()
    assert only(intake).code == "not-yours"
    assert not EnteredFor.objects.exists()


def test_a_sibling_learns_nothing_from_anothers_form(made):
    cast, period = made
    form = filled(form_for(hand_out(cast, period), "an-hoa"))
    intake = actions.drop_files(cast.a, [("x.xlsx", form)], actor=cast.officer.actor)
    work()
    file = only(intake)
    assert (file.code, file.issued, file.content, file.places) == ("not-yours", None, {}, {})


def test_ten_thousand_bad_cells_are_counted_and_the_first_named(made):
    cast, period = made

    def spoil(sheet, _book):
        for n in range(10_000):
            sheet.cell(60 + n, 4).value = "xấu"

    file = only(drop(cast, ("b.xlsx", filled(form_for(hand_out(cast, period), "an-hoa"), change=spoil))))
    assert (file.state, file.problem_count, len(file.problems)) == ("wrong", 10_000, 10_000)
    assert file.problems[0][:2] == ["Báo cáo!D60", "outside"]
    with refused("not-open"):
        actions.choose_file(file, chosen=True, actor=cast.chief.actor)


def test_a_file_with_one_bad_cell_is_entered_not_even_in_part(made):
    cast, period = made
    bad = FILLED_A | {"figure:trees:value": "bảy"}
    intake = drop(cast, ("b.xlsx", filled(form_for(hand_out(cast, period), "an-hoa"), bad)))
    with refused("nothing-chosen"):
        actions.begin_booking(intake, agreed="", actor=cast.chief.actor)
    assert Report.objects.filter(current__isnull=False).count() == 0


def test_leaving_out_deletes_what_came_back(made):
    cast, period = made
    intake = drop(cast, ("b.xlsx", filled(form_for(hand_out(cast, period), "an-hoa"))))
    actions.close_intake(intake, actor=cast.chief.actor)
    file = ReturnedFile.objects.get()
    assert (file.state, file.content, file.stored) == ("left", {}, "")
    with refused("intake-over"):
        actions.close_intake(intake, actor=cast.chief.actor)


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger", "root"])
def test_nobody_else_drops_chooses_enters_or_closes(made, who):
    cast, period = made
    actor = getattr(cast, who).actor
    intake = drop(cast, ("b.xlsx", filled(form_for(hand_out(cast, period), "an-hoa"))))
    deeds = (
        lambda: actions.drop_files(cast.province, [("x", b"")], actor=actor),
        lambda: actions.choose_file(only(intake), chosen=False, actor=actor),
        lambda: actions.begin_booking(intake, agreed="", actor=actor),
        lambda: actions.close_intake(intake, actor=actor),
    )
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    if who != "root":
        with pytest.raises(NotAllowed):
            actions.book_file(only(intake), actor=actor)


def test_writing_forms_costs_a_few_queries_a_batch(made):
    cast, period = made
    scene.assign(period.programme, cast.other_province)
    with CaptureQueriesContext(connection) as few:
        hand_out(cast, period)
    assert len(few) < 60
    assert len([q for q in few if "reports_indicator" in q["sql"]]) == 2


def test_a_key_names_period_unit_form_and_number(made):
    cast, period = made
    book_ = openpyxl.load_workbook(io.BytesIO(form_for(hand_out(cast, period), "an-hoa")))
    assert str(book_.worksheets[1]["A1"].value).startswith(
        f"LIENCAP1.{period.pk}.{cast.b.pk}.{period.form_id}."
    )
