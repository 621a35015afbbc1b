"""Late passages flag what was composed; the composed text goes up and leads down; causes and lengths; numbers."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import (
    accept_many,
    begin_consolidated_report,
    publish_consolidated_report,
    save_draft,
    send_report,
)
from liencap.reports.content import Content
from liencap.reports.models import Cause, ComposedPassage, Draft, Late, Passage, PassageSource
from liencap.reports.queries import is_intact, tasks_of
from liencap.reports.tests.scene import accept, content, make_period, report_of, save, send
from liencap.reports.told import actions, duties, queries
from liencap.reports.told.causes import USUAL, cause_counts, causes_for, lengths_for
from liencap.reports.told.composition import Said
from liencap.testing import DAY
from liencap.units.access import today
from liencap.units.actions import appoint, enter_person, found_seat

pytestmark = pytest.mark.django_db
WORDS = "Đã mở 2 lớp tập huấn cho hội viên."


@pytest.fixture
def period(cast):
    period = make_period(cast)
    send(period, cast.a, cast.officer, "4", text=WORDS)
    accept(period, cast.a, cast.chief)
    return period


def quoted(cast, draft, task) -> Passage:
    passage = Passage.objects.get(text=WORDS, version__isnull=False)
    said = Said("result", "quote", WORDS, (passage.pk,))
    actions.add_sentence(draft, task, said, seen=queries.last_step(draft, task), actor=cast.chief.actor)
    return passage


def page(member, name, *args) -> str:
    return member.client().get(reverse(name, args=args)).content.decode()


def test_a_passage_that_comes_or_changes_after_composing_raises_a_flag_until_somebody_has_looked(
    cast, period, draft, task
):
    quoted(cast, draft, task)
    assert not Late.objects.exists()
    send(period, cast.b, cast.neighbour, "1", text="Xã An Hòa mở lớp muộn.")
    assert not Late.objects.exists()  # not accepted, so not in the tray yet
    accept(period, cast.b, cast.chief)
    send(period, cast.a, cast.officer, "4", reason="Sửa lời", text="Chỉ mở được 1 lớp.")
    accept(period, cast.a, cast.chief)
    new, changed = Late.objects.all()
    assert (new.passage.text, new.before) == ("Xã An Hòa mở lớp muộn.", None)
    assert (changed.passage.text, changed.before.text) == ("Chỉ mở được 1 lớp.", WORDS)
    assert "2 đoạn đến muộn" in page(cast.chief, "reports:consolidated", draft.pk)
    assert "Đoạn đến muộn cần xem" in cast.chief.client().get("/").content.decode()
    [duty] = duties.to_look_at(today(), today())
    assert (duty.unit_id, duty.url) == (cast.province.pk, reverse("reports:consolidated", args=[draft.pk]))
    address = reverse("reports:look-at-late", args=[draft.pk, task.pk])
    for who in (cast.root, cast.officer, cast.neighbour, cast.reader, cast.stranger):
        assert who.client().post(address).status_code == 404
        with pytest.raises(NotAllowed):
            actions.look_at_late(draft, task, actor=who.actor)
    assert cast.chief.client().get(address).status_code == 405
    assert cast.chief.client().post(address).status_code == 302
    assert not Late.objects.filter(looked_at=None).exists()
    assert list(duties.to_look_at(today(), today() + datetime.timedelta(days=9))) == []


@pytest.mark.parametrize("built_on", [True, False])
def test_a_late_passage_flags_each_report_further_up_that_was_built_on_the_words_between(
    cast, period, draft, task, built_on
):
    quoted(cast, draft, task)
    send(period, cast.province, cast.chief, "1", text="Cả tỉnh đã mở 2 lớp.")
    if built_on:
        accept(period, cast.province, cast.root)
    above = begin_consolidated_report(period, cast.root_unit, actor=cast.root.actor)
    said = Said("result", "own", "Các tỉnh đã mở lớp.", ())
    actions.add_sentence(above, task, said, seen=0, actor=cast.root.actor)
    send(period, cast.a, cast.officer, "4", reason="Sửa lời", text="Chỉ mở được 1 lớp.")
    accept(period, cast.a, cast.chief)
    flagged = {one.report_id: one for one in Late.objects.all()}
    assert set(flagged) == ({draft.pk, above.pk} if built_on else {draft.pk})
    if built_on:
        assert flagged[above.pk].passage.text == "Chỉ mở được 1 lớp."
        assert "1 đoạn đến muộn" in page(cast.root, "reports:consolidated", above.pk)
        assert "Chỉ mở được 1 lớp." in page(cast.root, "reports:compose", above.pk, task.pk)
        passage = flagged[above.pk].passage_id
        assert "Chỉ mở được 1 lớp." in page(cast.root, "reports:passage", passage)
        assert cast.stranger.client().get(reverse("reports:passage", args=[passage])).status_code == 404


def test_reports_accepted_together_flag_what_was_composed_as_single_ones_do(cast, period, draft, task):
    quoted(cast, draft, task)
    send(period, cast.b, cast.neighbour, "1", text="Xã An Hòa mở lớp muộn.")
    send(period, cast.a, cast.officer, "4", reason="Sửa lời", text="Chỉ mở được 1 lớp.")
    read = {report_of(period, cast.a).pk: 2, report_of(period, cast.b).pk: 1}
    accept_many(cast.province, read, actor=cast.chief.actor)
    found = {(one.passage.text, one.before.text if one.before else "") for one in Late.objects.all()}
    assert found == {("Xã An Hòa mở lớp muộn.", ""), ("Chỉ mở được 1 lớp.", WORDS)}
    assert Entry.objects.get(action="flag_late").new["reports"] == sorted(read)


def test_words_that_stayed_keep_what_was_made_of_them_and_raise_no_flag(cast, period, draft, task):
    old = quoted(cast, draft, task)
    send(period, cast.a, cast.officer, "5", reason="Sửa số cây", text=WORDS)
    accept(period, cast.a, cast.chief)
    assert not Late.objects.exists()
    now = ComposedPassage.objects.get().passage
    assert (now.text, now.pk != old.pk) == (WORDS, True)
    assert queries.composition_on(draft, task).used == {now.pk}


def test_the_composed_text_goes_into_the_own_report_once_and_leads_down_in_two_clicks(
    cast, period, draft, task
):
    village = quoted(cast, draft, task)
    figure = Said("result", "own", "Trồng {trees} cây.")
    actions.add_sentence(draft, task, figure, seen=queries.last_step(draft, task), actor=cast.chief.actor)
    own = report_of(period, cast.province)
    save(
        own,
        Content(
            {one.pk: ("done", "") for one in tasks_of(own.obligation)}, {(task.pk, "result"): "Lời của tỉnh."}
        ),
        cast.chief,
    )
    chief, address = cast.chief.client(), reverse("reports:take-over", args=[draft.pk])
    assert reverse("reports:take-over", args=[draft.pk]) in page(cast.chief, "reports:consolidated", draft.pk)
    for _again in range(2):
        assert chief.post(address).status_code == 302
    words = Draft.objects.get(report=own).passages.get().text
    assert words == f"Lời của tỉnh.\n{WORDS}\nTrồng 4,0 cây."
    revision = Draft.objects.get(report=own).revision
    version = send_report(own, revision=revision, actor=cast.chief.actor)
    assert is_intact(version)
    sent = version.passages.get()
    assert PassageSource.objects.get().source == village
    assert reverse("reports:passage", args=[village.pk]) in page(cast.root, "reports:passage", sent.pk)
    assert WORDS in page(cast.root, "reports:passage", village.pk)
    assert queries.tray(draft).filter(pk=sent.pk).count() == 0  # what was made of the tray is not in it again
    for who in (cast.root, cast.officer, cast.neighbour, cast.reader, cast.stranger):
        assert who.client().post(address).status_code == 404
    assert chief.get(address).status_code == 405


def test_causes_are_chosen_from_the_list_above_sealed_with_the_report_and_counted_up_the_tree(
    cast, period, draft, task
):
    root = cast.root.client()
    address = reverse("reports:causes")
    assert root.post(address, {"do": "begin"}).status_code == 302
    assert root.post(address, {"do": "begin"}).status_code == 400
    assert root.post(address, {"do": "add", "name": "Dịch bệnh", "name_en": "Disease"}).status_code == 302
    assert root.post(address, {"do": "add", "name": "dịch  BỆNH"}).status_code == 400
    first, second = causes_for(cast.a)[:2]
    typed = {"do": str(second.pk), "name": "Nhân lực", "name_en": "People", "retired": "1"}
    assert root.post(address, typed).status_code == 302
    assert len(causes_for(cast.a)) == len(USUAL)
    assert str(first) in page(cast.officer, "reports:write", report_of(period, cast.a).pk)
    said = content(report_of(period, cast.a), "4", 2, WORDS)
    said.causes[task.pk] = first.pk
    saved = save(report_of(period, cast.a), said, cast.officer)
    version = send_report(
        report_of(period, cast.a), revision=saved.revision, actor=cast.officer.actor, reason="Nêu nguyên nhân"
    )
    assert is_intact(version)
    assert version.passages.get(question="cause").cause == first
    accept(period, cast.a, cast.chief)
    [(cause, count, [(of, n)])] = cause_counts(period, cast.root_unit)
    assert (cause, count, of, n) == (first, 1, task, 1)
    assert str(first) in page(cast.root, "reports:cause-counts", period.pk, cast.root_unit.pk)
    assert str(first) in page(cast.chief, "reports:report", report_of(period, cast.a).pk)
    bench = cast.chief.client().get(reverse("reports:compose", args=[draft.pk, task.pk]), {"q": "cause"})
    assert str(first) in bench.content.decode()


def test_only_the_seat_of_the_list_changes_it_and_foreign_causes_are_refused(cast, period, task):
    actions.begin_causes(cast.other_province, actor=SYSTEM)
    foreign = Cause.objects.filter(unit=cast.other_province).first()
    report = report_of(period, cast.a)
    said = content(report, "4")
    said.causes[task.pk] = foreign.pk
    with pytest.raises(DomainError) as refused:
        save_draft(report, said, revision=Draft.objects.get(report=report).revision, actor=cast.officer.actor)
    assert refused.value.code == "foreign-cause"
    assert cast.stranger.client().get(reverse("reports:causes")).status_code == 404
    assert cast.reader.client().get(reverse("reports:causes")).status_code == 403
    assert (
        cast.root.client().post(reverse("reports:causes"), {"do": str(foreign.pk), "name": "x"}).status_code
        == 404
    )
    for who in (cast.neighbour, cast.stranger):
        counts = reverse("reports:cause-counts", args=[period.pk, cast.a.pk])
        assert who.client().get(counts).status_code == 404
        with pytest.raises(NotAllowed):
            actions.change_cause(foreign, name="x", name_en="", retired=False, actor=who.actor)
        with pytest.raises(NotAllowed):
            actions.add_cause(cast.root_unit, "x", actor=who.actor)


def test_a_text_longer_than_asked_is_pointed_out_and_not_cut(cast, period, draft, task):
    root, name = cast.root.client(), f"l-{cast.province.tier_id}-result"
    assert root.post(reverse("reports:causes"), {"do": "lengths", name: "năm"}).status_code == 400
    assert root.post(reverse("reports:causes"), {"do": "lengths", name: "5"}).status_code == 302
    assert lengths_for(cast.province, cast.province.tier_id) == {"result": 5}
    quoted(cast, draft, task)
    shown = page(cast.chief, "reports:compose", draft.pk, task.pk)
    assert "9/5 chữ" in shown
    assert "dài hơn mức yêu cầu; không bị cắt" in shown
    assert WORDS in shown


def test_numbers_that_contradict_the_table_are_pointed_out_where_one_writes_and_where_one_reads(
    cast, period, draft
):
    task = period.programme.tasks.last()
    wrong = Said("result", "own", "Toàn tỉnh trồng 40 cây.")
    actions.add_sentence(draft, task, wrong, seen=0, actor=cast.chief.actor)
    doubt = "Lời viết “40”, bảng số liệu là 4: Số cây."
    assert doubt in page(cast.chief, "reports:compose", draft.pk, task.pk)
    report = report_of(period, cast.b)
    said = content(report, "3")
    said.passages[task.pk, "result"] = "Xã trồng 30 cây."
    save(report, said, cast.neighbour)
    own = "Lời viết “30”, bảng số liệu là 3: Số cây."
    for name in ("reports:write", "reports:send"):
        assert own in page(cast.neighbour, name, report.pk)
    send_report(report, revision=Draft.objects.get(report=report).revision, actor=cast.neighbour.actor)
    accept(period, cast.b, cast.chief)
    assert own in page(cast.chief, "reports:compose", draft.pk, task.pk)


def test_a_name_of_the_unit_s_own_people_is_pointed_out_to_who_writes(cast, period, task):
    enter_person("Trần Thị Hoa", unit=cast.b, actor=SYSTEM)
    person = enter_person("Lê Văn Bình", unit=cast.b, actor=SYSTEM)
    appoint(
        person, found_seat(cast.neighbour.seat.role, cast.b, key="B-2", actor=SYSTEM), since=DAY, actor=SYSTEM
    )
    report = report_of(period, cast.b)
    save(
        report,
        content(report, "3", text="Bà Trần Thị Hồng và ông Lê Văn Bình không tán thành."),
        cast.neighbour,
    )
    shown = page(cast.neighbour, "reports:write", report.pk)
    assert "“Lê Văn Bình” có trong danh sách người của đơn vị" in shown
    assert "“Trần Thị Hồng”" not in shown


def test_a_passage_names_a_report_above_that_its_reader_may_not_open_without_a_link(
    cast, draft, task, settings, tmp_path
):
    settings.FILES = tmp_path
    words = quoted(cast, draft, task)
    draft.refresh_from_db()
    report = publish_consolidated_report(draft, revision=draft.revision, actor=cast.chief.actor)
    link = f'href="{reverse("reports:consolidated", args=[report.pk])}"'
    above, own = (page(who, "reports:passage", words.pk) for who in (cast.chief, cast.officer))
    assert link in above
    assert link not in own
    assert str(cast.province) in own
