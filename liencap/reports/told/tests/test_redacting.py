"""Words that may not stand are taken out of what was sent: everywhere, for good, by right, with a reason, logged."""

import json
import os

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.documents import store
from liencap.documents.models import Document
from liencap.errors import DomainError, NotAllowed
from liencap.notices.models import Notice
from liencap.reports.actions import attach_evidence, publish_consolidated_report
from liencap.reports.models import (
    ComposedStep,
    Correction,
    Late,
    Passage,
    PassageSource,
    Redaction,
    ReportVersion,
    Sentence,
)
from liencap.reports.queries import is_intact, tasks_of
from liencap.reports.search import passages as search_passages
from liencap.reports.tests.scene import accept, content, make_period, report_of, save, send
from liencap.reports.told import actions, queries
from liencap.reports.told.composition import Said
from liencap.work.actions import enqueue, run_one

pytestmark = pytest.mark.django_db
NAMED = "bà Nguyễn Thị Hoa cho rằng kế hoạch vô ích"
WORDS = f"Đã mở 2 lớp; {NAMED}."
LEFT = "Đã mở 2 lớp; […]."
WHY = "Ghi ý kiến của một người được nêu tên."


@pytest.fixture
def period(cast):
    period = make_period(cast)
    send(period, cast.a, cast.officer, "4", text=WORDS)
    accept(period, cast.a, cast.chief)
    return period


@pytest.fixture
def passage(period):
    return Passage.objects.get(text=WORDS, version__isnull=False)


def quote(cast, draft, passage) -> None:
    task = passage.task
    said = Said("result", "quote", passage.text, (passage.pk,))
    actions.add_sentence(draft, task, said, seen=queries.last_step(draft, task), actor=cast.chief.actor)
    actions.undo_step(draft, task, seen=queries.last_step(draft, task), actor=cast.chief.actor)
    actions.add_sentence(draft, task, said, seen=queries.last_step(draft, task), actor=cast.chief.actor)


def address(passage) -> str:
    return reverse("reports:passage-redact", args=[passage.pk])


def test_words_go_out_of_every_version_the_correction_the_draft_above_its_history_and_the_search(
    cast, period, passage, draft
):
    quote(cast, draft, passage)
    send(period, cast.a, cast.officer, "5", reason="Sửa số", text=f"{WORDS} Thêm 1 lớp.")
    _first, second = ReportVersion.objects.filter(report=passage.version.report).order_by("n")
    assert search_passages(cast.chief.actor, "vô ích", 5)
    assert actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.chief.actor) == 2
    assert not Passage.objects.filter(version__isnull=False, text__contains="Hoa").exists()
    assert (passage.version.passages.get(pk=passage.pk).text, second.passages.get().text) == (
        LEFT, f"{LEFT} Thêm 1 lớp."
    )  # fmt: skip
    assert not Correction.objects.filter(old__contains="Hoa").exists()
    assert Sentence.objects.get().text == LEFT
    assert "Hoa" not in json.dumps(
        [*ComposedStep.objects.values_list("before", flat=True)], ensure_ascii=False
    )
    assert not search_passages(cast.chief.actor, "vô ích", 5)
    assert search_passages(cast.chief.actor, "Đã mở 2 lớp", 5)


def test_what_stands_can_be_proved_and_the_hash_it_was_sent_under_stays(cast, passage):
    sent_under = passage.version.sha256
    actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.chief.actor)
    version = ReportVersion.objects.get(pk=passage.version_id)
    assert version.sha256 == sent_under
    assert is_intact(version)
    Passage.objects.filter(pk=passage.pk).update(text="Đã mở 9 lớp.")
    assert not is_intact(ReportVersion.objects.get(pk=version.pk))


def test_the_log_keeps_who_and_why_and_nowhere_the_words(cast, passage):
    actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.chief.actor)
    entry = Entry.objects.filter(action="redact_passage").get()
    assert (entry.new["count"], entry.new["reason"]) == (1, WHY)
    assert entry.actor_seat_id == cast.chief.seat.pk
    assert "Hoa" not in json.dumps(entry.new, ensure_ascii=False)
    assert Redaction.objects.get().by_seat_id == cast.chief.seat.pk


def test_the_unit_is_told_and_reads_the_reason_where_the_mark_stands(cast, passage):
    actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.chief.actor)
    assert Notice.objects.filter(kind="words-taken-out", seat=cast.officer.seat).exists()
    shown = cast.officer.client().get(reverse("reports:passage", args=[passage.pk])).content.decode()
    report = (
        cast.officer.client()
        .get(reverse("reports:report", args=[passage.version.report_id]))
        .content.decode()
    )
    for page in (shown, report):
        assert "[…]" in page
        assert "Hoa" not in page
    assert WHY in shown


def test_a_published_report_stands_as_printed_and_is_flagged(cast, passage, draft):
    quote(cast, draft, passage)
    draft.refresh_from_db()
    published = publish_consolidated_report(draft, revision=draft.revision, actor=cast.chief.actor)
    actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.chief.actor)
    published.refresh_from_db()
    assert "Hoa" in json.dumps(published.values, ensure_ascii=False)
    [late] = Late.objects.filter(report=published)
    assert (late.passage, late.before) == (passage, passage)
    page = cast.chief.client().get(reverse("reports:consolidated", args=[published.pk])).content.decode()
    assert "Một số lời đã bị xóa khỏi đoạn này" in page


def said_above(cast, period) -> Passage:
    send(period, cast.province, cast.chief, "1", text=f"Xã Đông Hà: {WORDS}")
    return Passage.objects.get(version__report__obligation__unit=cast.province)


@pytest.mark.parametrize("linked", [True, False])
def test_a_unit_above_that_says_the_same_itself_is_offered_to_take_it_out_there(
    cast, period, passage, linked
):
    above = said_above(cast, period)
    if linked:
        PassageSource.objects.create(passage=above, source=passage)
    actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.officer.actor)
    above.refresh_from_db()
    assert "Hoa" in above.text  # it is the province's own word, and that of the unit above it to take out
    [told] = Notice.objects.filter(kind="words-taken-out", seat=cast.chief.seat)
    assert told.url.startswith(address(above))
    assert "Hoa" not in json.dumps([told.url, told.said], ensure_ascii=False)
    page = cast.chief.client().get(told.url).content.decode()
    assert f"{NAMED}</textarea>" in page


def test_before_words_go_one_sees_where_else_they_stand_as_far_as_one_may_read(cast, period, passage):
    above = said_above(cast, period)
    posted = {"words": NAMED, "reason": WHY, "see": ""}
    assert address(above) in cast.chief.client().post(address(passage), posted).content.decode()
    below = cast.officer.client().post(address(passage), posted).content.decode()
    assert f"/{above.pk}/" not in below


@pytest.mark.parametrize("where", ["begin=5&end=2", "begin=-1&end=3", "begin=x", "begin=900&end=950", ""])
def test_a_place_that_is_none_chooses_no_words(cast, passage, where):
    page = cast.chief.client().get(f"{address(passage)}?{where}")
    assert page.status_code == 200
    assert "</textarea>" in page.content.decode()
    assert page.context["form"].initial.get("words", "") == ""


@pytest.mark.parametrize(("words", "reason", "code"), [
    ("không có ở đây", WHY, "words-elsewhere"), ("", WHY, "words-elsewhere"), (NAMED, " ", "reason-missing"),
])  # fmt: skip
def test_words_that_do_not_stand_there_or_a_deed_without_a_reason_are_refused(
    cast, passage, words, reason, code
):
    with pytest.raises(DomainError) as refused:
        actions.redact_passage(passage, words, reason=reason, actor=cast.chief.actor)
    assert refused.value.code == code
    assert not Redaction.objects.exists()


def test_the_same_words_taken_out_twice_at_once_are_refused_the_second_time(cast, passage):
    again = Passage.objects.get(pk=passage.pk)  # read before the first was through
    actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.chief.actor)
    with pytest.raises(DomainError) as refused:
        actions.redact_passage(again, NAMED, reason=WHY, actor=cast.chief.actor)
    assert refused.value.code == "words-elsewhere"
    assert Redaction.objects.count() == 1


def test_the_page_of_any_passage_says_under_which_hash_the_version_stands(cast, passage):
    other = Passage.objects.create(version=passage.version, task=passage.task, question="cause", text="Mưa.")
    page = reverse("reports:passage", args=[other.pk])
    assert "sau khi xóa lời" not in cast.chief.client().get(page).content.decode()
    actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.chief.actor)
    assert Redaction.objects.get().sha256[:16] in cast.chief.client().get(page).content.decode()


def test_by_whom(cast, passage):
    for who in (cast.neighbour, cast.reader, cast.stranger):
        with pytest.raises(NotAllowed):
            actions.redact_passage(passage, NAMED, reason=WHY, actor=who.actor)
    for who, status in (
        (cast.chief, 200), (cast.officer, 200), (cast.root, 200), (cast.reader, 403), (cast.neighbour, 404),
        (cast.stranger, 404),
    ):  # fmt: skip
        assert who.client().get(address(passage)).status_code == status, who.login
        posted = {"words": "Đã mở", "reason": WHY}
        assert who.client().post(address(passage), posted).status_code == status, who.login
    assert not Redaction.objects.exists()


def test_on_the_page_one_sees_first_how_it_will_read(cast, period, passage):
    chief = cast.chief.client()
    assert NAMED in chief.get(address(passage)).content.decode()
    page = chief.post(address(passage), {"words": f" {NAMED}\r\n", "reason": WHY, "see": ""}).content.decode()
    assert LEFT in page
    assert not Redaction.objects.exists()
    refused = chief.post(address(passage), {"words": "ông Ba", "reason": WHY, "sure": "1"})
    assert refused.status_code == 400
    done = chief.post(address(passage), {"words": NAMED, "reason": WHY, "sure": "1"})
    assert done["Location"] == reverse("reports:passage", args=[passage.pk])
    passage.refresh_from_db()
    assert passage.text == LEFT


def test_from_the_report_one_comes_to_each_of_its_passages(cast, period, passage):
    report = passage.version.report
    link = reverse("reports:said", args=[report.pk, passage.task_id, "result"])
    assert link in cast.chief.client().get(reverse("reports:report", args=[report.pk])).content.decode()
    assert cast.chief.client().get(link)["Location"] == reverse("reports:passage", args=[passage.pk])
    for who in (cast.neighbour, cast.stranger):
        assert who.client().get(link).status_code == 404
    assert cast.chief.client().get(reverse("reports:said", args=[report.pk, 0, "result"])).status_code == 404
    assert cast.chief.client().post(link).status_code == 405


def test_what_the_unit_drafts_meanwhile_is_not_touched(cast, period, passage):
    report = report_of(period, cast.a)
    draft = save(report, content(report, "6", text=WORDS), cast.officer)
    actions.redact_passage(passage, NAMED, reason=WHY, actor=cast.chief.actor)
    assert draft.passages.get().text == WORDS


@pytest.fixture
def file(cast, period, settings, tmp_path):
    settings.FILES = tmp_path
    report = report_of(period, cast.a)
    task = tasks_of(report.obligation)[0]
    made = attach_evidence(
        report, task, b"Bien ban hop: ba Hoa noi...", "bien-ban.txt", caption="Biên bản, ý kiến bà Hoa",
        actor=cast.officer.actor, no_secrecy=True,
    )  # fmt: skip
    send(period, cast.a, cast.officer, "5", reason="Kèm biên bản", text=WORDS)
    return made


@pytest.mark.parametrize("caption", [False, True])
def test_a_file_is_handed_to_nobody_any_more_and_what_stands_can_be_proved(cast, file, caption):
    address = reverse("reports:evidence-file", args=[file.pk])
    assert cast.chief.client().get(address).status_code == 200
    actions.take_out_file(file, reason=WHY, caption=caption, actor=cast.chief.actor)
    for who in (cast.chief, cast.officer):
        answer = who.client().get(address)
        assert answer.status_code == 410
        assert WHY in answer.content.decode()
    page = cast.officer.client().get(reverse("reports:report", args=[file.report_id])).content.decode()
    assert WHY in page
    assert ("Hoa" in page.split("</h1>")[1].replace(WORDS, "")) is not caption
    [redaction] = Redaction.objects.all()
    assert is_intact(redaction.version)
    assert Notice.objects.filter(kind="words-taken-out", seat=cast.officer.seat).exists()
    assert Entry.objects.filter(action="take_out_file").get().new["reason"] == WHY
    with pytest.raises(DomainError) as again:
        actions.take_out_file(file, reason=WHY, caption=caption, actor=cast.chief.actor)
    assert again.value.code == "file-gone"


def test_a_file_is_taken_out_by_whom_and_with_a_reason(cast, period, file):
    there = reverse("reports:evidence-take-out", args=[file.pk])
    for who, status in (
        (cast.chief, 200), (cast.officer, 200), (cast.root, 200), (cast.reader, 403), (cast.neighbour, 404),
        (cast.stranger, 404),
    ):  # fmt: skip
        assert who.client().get(there).status_code == status, who.login
        assert who.client().post(there, {"reason": " "}).status_code == (400 if status == 200 else status), (
            who.login
        )
    assert there in cast.chief.client().get(reverse("reports:report", args=[file.report_id])).content.decode()
    done = cast.chief.client().post(there, {"reason": WHY})
    assert done["Location"] == reverse("reports:report", args=[file.report_id])
    file.refresh_from_db()
    assert file.taken_out == WHY
    mine = attach_evidence(
        file.report, file.task, b"x", "y.txt", caption="Nháp", actor=cast.officer.actor, no_secrecy=True
    )
    assert cast.officer.client().get(reverse("reports:evidence-take-out", args=[mine.pk])).status_code == 404


def night(file, *, aged: bool = True) -> bool:
    """Run the nightly round a day after the file was kept; return whether its bytes still stand."""
    if aged:
        os.utime(store.path_of(file.sha256), (0, 0))
    enqueue("erase-taken-out", {}, actor=SYSTEM)
    while run_one("test"):
        pass
    return store.stands(file.sha256)


def test_the_bytes_of_a_file_taken_out_are_erased_at_night_and_what_stands_is_proved_without_them(cast, file):
    assert night(file), "only what was taken out goes"
    actions.take_out_file(file, reason=WHY, caption=True, actor=cast.chief.actor)
    assert not night(file)
    assert not list(store.path_of(file.sha256).parent.iterdir())
    assert is_intact(Redaction.objects.get().version)
    assert Entry.objects.get(action="erase_file").new == {"task": file.task_id, "sha256": file.sha256}
    assert night(file, aged=False) is False
    assert Entry.objects.filter(action="erase_file").count() == 1


def test_bytes_that_another_report_or_room_names_stay_until_it_lets_them_go(cast, period, file):
    twin = attach_evidence(
        report_of(period, cast.b), file.task, store.get(file.sha256), "x.txt", caption="Cũng tệp ấy",
        actor=cast.neighbour.actor, no_secrecy=True,
    )  # fmt: skip
    actions.take_out_file(file, reason=WHY, caption=False, actor=cast.chief.actor)
    assert night(file)
    twin.delete()
    kept = Document.objects.create(unit=cast.province, title="x")
    version = kept.versions.create(n=1, sha256=file.sha256, size=1, filename="x.txt")
    assert night(file)
    version.delete()
    assert not night(file)


def test_bytes_that_somebody_keeps_again_just_now_stay(cast, file):
    actions.take_out_file(file, reason=WHY, caption=False, actor=cast.chief.actor)
    data = store.get(file.sha256)
    os.utime(store.path_of(file.sha256), (0, 0))
    store.put(data)
    assert night(file, aged=False)
    assert store.get(file.sha256) == data


def test_an_erasing_that_a_crash_cut_off_is_finished_the_next_night(cast, file):
    actions.take_out_file(file, reason=WHY, caption=False, actor=cast.chief.actor)
    path = store.path_of(file.sha256)
    os.utime(path, (0, 0))
    path.replace(path.with_name(f".{path.name}"))
    assert not night(file, aged=False)
    assert not list(path.parent.iterdir())
