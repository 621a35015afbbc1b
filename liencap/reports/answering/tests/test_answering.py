"""Returning single items, correcting line by line, and what climbs the tree of it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.core.rollup.totals import read
from liencap.errors import DomainError, NotAllowed
from liencap.notices.models import Notice
from liencap.reports.actions import (
    Back,
    answer_lines,
    carry_up,
    close_period,
    return_items,
    save_draft,
    send_report,
)
from liencap.reports.content import Content
from liencap.reports.models import Acceptance, Correction, Draft, Return
from liencap.reports.proof import check_totals
from liencap.reports.queries import Veil, figures_long, is_intact, tasks_of, total_parts, totals_for
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import make_cast
from liencap.testing import member as seated
from liencap.units.models import Role

pytestmark = pytest.mark.django_db
TREES, HELD = "f:trees/value", "f:classes/held"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def said(report, trees, held, words="") -> Content:
    tasks = tasks_of(report.obligation)
    figures = {("trees", "value"): Decimal(trees), ("classes", "held"): Decimal(held)}
    passages = {(tasks[0].pk, "result"): words} if words else {}
    return Content({task.pk: ("done", "") for task in tasks}, passages, figures)


def say(period, unit, member, trees, held, words="", **why):
    """Write a report and send it."""
    report = report_of(period, unit)
    draft = Draft.objects.filter(report=report).first()
    draft = save_draft(
        report, said(report, trees, held, words), revision=draft.revision if draft else 0, actor=member.actor
    )
    return send_report(report, revision=draft.revision, actor=member.actor, **why)


def trees(period, unit, kind="official"):
    return read(period.form.cells, totals_for(period, unit)[kind]).cells[-1].sum


def held(period, unit):
    return read(period.form.cells, totals_for(period, unit)["official"]).cells[0].sum


def test_a_figure_and_a_passage_come_back_each_with_its_reason_marked_at_their_fields(cast, period):
    say(period, cast.a, cast.officer, "10", "2", "Xã A mở hai lớp.")
    report, chief = report_of(period, cast.a), cast.chief.client()
    first = period.programme.tasks.first()
    indicator = period.form.indicators.get(code="trees")
    page = chief.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert f'name="why-f-{indicator.pk}-0"' in page
    typed = {"n": 1, f"why-f-{indicator.pk}-0": "Đếm lại số cây", f"why-q-{first.pk}-result": "Nói rõ nơi mở"}
    assert chief.post(reverse("reports:return", args=[report.pk]), typed).status_code == 302
    backs = {back.key: back.reason for back in Return.objects.all()}
    assert backs == {TREES: "Đếm lại số cây", f"q:{first.pk}:result": "Nói rõ nơi mở"}
    form = cast.officer.client().get(reverse("reports:write", args=[report.pk])).content.decode()
    for anchor in (f"f-{indicator.pk}-0", f"q-{first.pk}-result"):
        assert f'href="#{anchor}"' in form
        assert f'id="{anchor}"' in form
    assert form.count("Đếm lại số cây") == 2


def page_of(member, name, report) -> str:
    return member.client().get(reverse(f"reports:{name}", args=[report.pk])).content.decode()


def test_who_reads_a_returned_report_sees_whether_all_of_it_came_back_and_what_to_do(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    report, indicator = report_of(period, cast.a), period.form.indicators.get(code="trees")
    assert "Chờ Tỉnh hội Bình Minh trả lời." in page_of(cast.officer, "report", report)
    return_items(report, [Back("Đếm lại số cây", key=TREES)], n=1, actor=cast.chief.actor)
    own, form = page_of(cast.officer, "report", report), page_of(cast.officer, "write", report)
    assert f'href="{reverse("reports:write", args=[report.pk])}#f-{indicator.pk}-0"' in own
    assert "Sửa và gửi lại" in own
    assert "Sửa những gì bị trả lại" in own
    assert "Phần còn lại giữ nguyên" in form
    assert "Chờ đơn vị gửi lại." in page_of(cast.chief, "report", report)
    say(period, cast.a, cast.officer, "11", "2")
    return_items(report, [Back("Sai kỳ báo cáo")], n=2, actor=cast.chief.actor)
    form = page_of(cast.officer, "write", report)
    assert "<strong>Toàn bộ báo cáo:</strong> Sai kỳ báo cáo" in form
    assert "Phần còn lại giữ nguyên" not in form
    say(period, cast.a, cast.officer, "12", "2")
    assert "<strong>Toàn bộ báo cáo:</strong> Sai kỳ báo cáo" in page_of(cast.chief, "report", report)


def test_a_resubmission_shows_the_parent_what_changed_and_what_went_beyond_the_return(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    report = report_of(period, cast.a)
    return_items(report, [Back("Đếm lại số cây", key=TREES)], n=1, actor=cast.chief.actor)
    version = say(period, cast.a, cast.officer, "12.5", "3")
    assert {c.key: (c.old, c.new) for c in version.corrections.all()} == {
        TREES: ("10.0", "12.5"),
        HELD: ("2", "3"),
    }
    assert Return.objects.get().settled_by == version
    page = cast.chief.client().get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "2 dòng thay đổi so với bản 1" in page
    assert "Đếm lại số cây" in page
    assert page.count("Đã sửa dù không bị trả lại.") == 1
    assert "Toàn bộ báo cáo" in page


def test_nothing_is_returned_without_a_reason_or_that_is_not_of_the_report(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    report = report_of(period, cast.a)
    for items, code in (([], "reason-missing"), ([Back(" ", key=TREES)], "reason-missing"),
                        ([Back("x", key="f:no/value")], "foreign-line")):  # fmt: skip
        with pytest.raises(DomainError) as refused:
            return_items(report, items, n=1, actor=cast.chief.actor)
        assert refused.value.code == code
    assert not Return.objects.exists()


def test_a_correction_says_of_each_line_why_and_the_hash_covers_it(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    accept(period, cast.a, cast.chief)
    with pytest.raises(DomainError) as refused:
        say(period, cast.a, cast.officer, "12", "3", reasons={TREES: "đếm sót"})
    assert refused.value.code == "reason-missing"
    version = say(period, cast.a, cast.officer, "12", "3", reasons={TREES: "đếm sót", HELD: "thêm một lớp"})
    assert {c.key: c.reason for c in version.corrections.all()} == {TREES: "đếm sót", HELD: "thêm một lớp"}
    assert is_intact(version)
    Correction.objects.filter(key=TREES).update(reason="khác")
    assert not is_intact(version)


def test_a_correction_is_accepted_line_by_line_and_what_was_returned_counts_as_before(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    accept(period, cast.a, cast.chief)
    say(period, cast.a, cast.officer, "12", "3", reason="kiểm lại")
    report = report_of(period, cast.a)
    answer_lines(report, n=2, returned={HELD: "Lớp thứ ba chưa có biên bản"}, actor=cast.chief.actor)
    assert (trees(period, cast.province), held(period, cast.province)) == (12, 2)
    report.refresh_from_db()
    assert report.state == "returned"
    assert Return.objects.get().key == HELD
    assert not check_totals(period)
    flags = {
        r.code: r.accepted for r in figures_long(period, cast.a, Veil(period, None)) if r.number is not None
    }
    assert flags == {"trees": True, "classes": False}
    parts = total_parts(period, cast.province, "official")
    assert read(period.form.cells, parts[0].totals).cells[-1].sum == 12
    say(period, cast.a, cast.officer, "12", "2")
    page = cast.chief.client().get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "Lớp thứ ba chưa có biên bản" in page
    accept(period, cast.a, cast.chief)
    assert (trees(period, cast.province), held(period, cast.province)) == (12, 2)
    assert Acceptance.objects.filter(report=report).count() == 3
    assert not check_totals(period)


def test_returned_words_keep_the_words_accepted_before(cast, period):
    say(period, cast.a, cast.officer, "10", "2", "Hai lớp.")
    accept(period, cast.a, cast.chief)
    say(period, cast.a, cast.officer, "11", "2", "Hai lớp rất tốt.", reason="bổ sung")
    report, task = report_of(period, cast.a), period.programme.tasks.first()
    answer_lines(report, n=2, returned={f"q:{task.pk}:result": "Nêu số người"}, actor=cast.chief.actor)
    report.refresh_from_db()
    assert report.accepted.n == 1
    assert trees(period, cast.province) == 11


def test_nobody_is_told_of_figures_that_did_not_move(cast, period):
    seated("second", cast.province, Role.objects.get(code="head"))  # nobody is told what they did themselves
    say(period, cast.a, cast.officer, "10", "2", "Hai lớp.")
    accept(period, cast.a, cast.chief)
    say(period, cast.province, cast.chief, "1", "1")
    say(period, cast.a, cast.officer, "10", "2", "Hai lớp rất tốt.", reason="bổ sung")
    accept(period, cast.a, cast.chief)
    say(period, cast.a, cast.officer, "11", "2", "Hai lớp rất tốt.", reason="đếm lại")
    answer_lines(report_of(period, cast.a), n=3, returned={TREES: "chưa rõ"}, actor=cast.chief.actor)
    told = Notice.objects.filter(kind="figures-changed")
    assert not told.exists()
    say(period, cast.a, cast.officer, "12", "2", "Hai lớp rất tốt.")
    accept(period, cast.a, cast.chief)
    assert told.get().unit == cast.province


def test_ancestors_are_asked_one_after_the_other_and_totals_stay_exact(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    accept(period, cast.a, cast.chief)
    say(period, cast.province, cast.chief, "1", "1")
    accept(period, cast.province, cast.root)
    assert trees(period, cast.root_unit) == 11
    say(period, cast.a, cast.officer, "12.5", "2", reason="đếm lại")
    chief, root = cast.chief.client(), cast.root.client()
    queue = chief.get(reverse("reports:corrections")).content.decode()
    assert "1 số liệu thay đổi từ khi đơn vị duyệt" in queue
    assert "Báo cáo của đơn vị còn mang số liệu cũ" not in queue
    assert cast.a.name not in root.get(reverse("reports:corrections")).content.decode()
    own = report_of(period, cast.province)
    answer = chief.post(reverse("reports:answer-lines", args=[report_of(period, cast.a).pk]), {"n": 2})
    assert answer.url == reverse("reports:carry", args=[own.pk])
    assert (trees(period, cast.province), trees(period, cast.root_unit)) == (Decimal("13.5"), 11)
    assert (
        "Báo cáo của đơn vị còn mang số liệu cũ" in chief.get(reverse("reports:corrections")).content.decode()
    )
    page = chief.get(answer.url).content.decode()
    assert "12,5" in page
    assert cast.a.name in page
    assert chief.post(answer.url, {"reason": "Theo đính chính của Xã A"}).status_code == 302
    assert "1 số liệu thay đổi" in root.get(reverse("reports:corrections")).content.decode()
    page = root.get(reverse("reports:report", args=[own.pk])).content.decode()
    assert "Từ cấp dưới: Số cây" in page
    assert root.post(reverse("reports:answer-lines", args=[own.pk]), {"n": 2}).status_code == 302
    assert trees(period, cast.root_unit) == Decimal("13.5")
    assert not check_totals(period)


def test_a_carried_line_may_be_returned_too(cast, period):
    for unit, member in ((cast.a, cast.officer), (cast.b, cast.neighbour)):
        say(period, unit, member, "10", "2")
        accept(period, unit, cast.chief)
    say(period, cast.province, cast.chief, "1", "1")
    accept(period, cast.province, cast.root)
    say(period, cast.a, cast.officer, "20", "5", reason="đếm lại")
    accept(period, cast.a, cast.chief)
    carry_up(report_of(period, cast.province), reason="theo xã A", actor=cast.chief.actor)
    own = report_of(period, cast.province)
    answer_lines(own, n=2, returned={"c:classes/held": "Chưa có danh sách lớp"}, actor=cast.root.actor)
    assert (trees(period, cast.root_unit), held(period, cast.root_unit)) == (31, 5)
    assert not check_totals(period)


def test_after_the_period_what_was_accepted_may_be_corrected_and_the_correction_answered(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    accept(period, cast.a, cast.chief)
    close_period(period, actor=cast.root.actor)
    say(period, cast.a, cast.officer, "12", "2", reason="đếm lại")
    assert cast.a.name in cast.chief.client().get(reverse("reports:corrections")).content.decode()
    accept(period, cast.a, cast.chief)
    assert trees(period, cast.province) == 12
    with pytest.raises(DomainError) as refused:
        send(period, cast.b, cast.neighbour)
    assert refused.value.code == "period-closed"


def test_what_has_nothing_new_to_carry_is_not_sent_on(cast, period):
    report = report_of(period, cast.province)
    with pytest.raises(DomainError) as refused:
        carry_up(report, reason="x", actor=cast.chief.actor)
    assert refused.value.code == "not-sent"
    say(period, cast.province, cast.chief, "1", "1")
    with pytest.raises(DomainError) as refused:
        carry_up(report_of(period, cast.province), reason="x", actor=cast.chief.actor)
    assert refused.value.code == "nothing-new"


def test_the_log_tells_how_a_correction_was_answered(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    accept(period, cast.a, cast.chief)
    say(period, cast.a, cast.officer, "12", "3", reason="kiểm lại")
    report = report_of(period, cast.a)
    answer_lines(report, n=2, returned={HELD: "chưa rõ"}, actor=cast.chief.actor)
    entry = Entry.objects.get(action="answer_lines")
    assert (entry.new["lines"], entry.new["returned"]) == (2, [HELD])


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger", "root"])
def test_nobody_but_the_unit_above_answers_and_nobody_but_the_head_sends_on(cast, period, who):
    say(period, cast.a, cast.officer, "10", "2")
    accept(period, cast.a, cast.chief)
    say(period, cast.a, cast.officer, "12", "3", reason="kiểm lại")
    say(period, cast.province, cast.chief, "1", "1")
    below, own = report_of(period, cast.a), report_of(period, cast.province)
    member = getattr(cast, who)
    client = member.client()
    assert client.post(reverse("reports:answer-lines", args=[below.pk]), {"n": 2}).status_code in (403, 404)
    assert client.get(reverse("reports:carry", args=[own.pk])).status_code in (403, 404)
    assert client.post(reverse("reports:carry", args=[own.pk]), {"reason": "x"}).status_code in (403, 404)
    if who == "stranger":
        assert client.get(reverse("reports:corrections")).status_code == 404
    for deed in (
        lambda: answer_lines(below, n=2, returned={}, actor=member.actor),
        lambda: carry_up(own, reason="x", actor=member.actor),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_wrong_methods_bad_ids_and_old_versions_are_refused(cast, period):
    say(period, cast.a, cast.officer, "10", "2")
    accept(period, cast.a, cast.chief)
    say(period, cast.a, cast.officer, "12", "3", reason="kiểm lại")
    chief, report = cast.chief.client(), report_of(period, cast.a)
    url = reverse("reports:answer-lines", args=[report.pk])
    assert chief.get(url).status_code == 405
    assert chief.post(url, {"n": "x"}).status_code == 400
    assert chief.post(url, {"n": 1}).status_code == 409
    assert chief.post(reverse("reports:answer-lines", args=[999_999]), {"n": 1}).status_code == 404
    assert chief.get(reverse("reports:carry", args=[999_999])).status_code == 404
    with pytest.raises(DomainError) as refused:
        answer_lines(report, n=2, returned={"f:joined/numerator": "x"}, actor=cast.chief.actor)
    assert refused.value.code == "foreign-line"


def test_the_queue_costs_few_queries(cast, period, django_assert_max_num_queries):
    for unit, member in ((cast.a, cast.officer), (cast.b, cast.neighbour)):
        say(period, unit, member, "10", "2")
        accept(period, unit, cast.chief)
        say(period, unit, member, "12", "3", reason="kiểm lại")
    client, report = cast.chief.client(), report_of(period, cast.a)
    for url in (reverse("reports:corrections"), reverse("reports:report", args=[report.pk])):
        with django_assert_max_num_queries(26):
            assert client.get(url).status_code == 200
