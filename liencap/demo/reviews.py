"""Reviews of the sample: last year's plan reviewed and carried over, a mid-term review under way in several states."""

import datetime
import io
from dataclasses import replace

from openpyxl import load_workbook

from liencap.audit.actor import Actor
from liencap.demo.calendar import clock_on
from liencap.demo.reporting import HeadOf
from liencap.programmes.models import Programme
from liencap.reports.actions.drafts import save_draft
from liencap.reports.actions.evidence import attach_evidence
from liencap.reports.actions.sending import send_report
from liencap.reports.models import Period, Report
from liencap.reports.queries import content_of, tasks_of
from liencap.reviews.actions import (
    accept_review,
    add_old_report,
    apply_figures,
    call_review,
    check_item,
    close_review,
    cut_passages,
    draw_sample,
    leave_carried,
    open_review,
    propose_follow_ups,
    publish_review,
    return_review,
    save_part,
    save_points,
    send_review,
    take_carried,
    take_over,
    tie_passage,
    upload_figures,
)
from liencap.reviews.content import OVERALL, Part, Point
from liencap.reviews.earlier import sheet_of
from liencap.reviews.models import OldReport, Review, UnitReview
from liencap.reviews.queries import follow_ups_below, lessons_below
from liencap.reviews.wanted import Wanted
from liencap.units.access import today
from liencap.units.models import Tier, Unit
from liencap.work.actions import run_one

DAYS = datetime.timedelta
LAST_YEAR = (
    "Kế hoạch số 04/KH-LHHTX, ngày 15/01/{year} của Liên hiệp",
    "Chỉ thị số 02/CT-LHHTX, ngày 20/3/{year}",
)
DONE = (
    "Hầu hết đơn vị hoàn thành kế hoạch; phong trào đổi mới phương thức phục vụ thành viên được hưởng ứng rộng.",
    "Mở 214 lớp bồi dưỡng, đạt 107 % kế hoạch; ba tỉnh miền núi mở chậm vì thiếu giảng viên.",
    "Đã phổ biến đến 92 % hợp tác xã; việc kiểm tra sau phổ biến chưa đều.",
)
LESSONS = (
    "Giao việc kèm thời hạn và người phụ trách ngay từ đầu quý thì hoàn thành đúng hạn.",
    "Cấp khu vực kiểm tra tại chỗ thì số liệu khớp hơn chỉ nhận qua báo cáo.",
)
FOLLOW = (
    ("Bổ sung giảng viên kiêm chức cho ba tỉnh miền núi.", 150),
    ("Rà soát số liệu lao động của hợp tác xã hai lần mỗi năm.", 240),
    ("In lại sổ tay kế toán cho hợp tác xã nhỏ.", None),
)
SAID = (
    "Các nhiệm vụ được giao đã triển khai đến mọi hợp tác xã; số liệu đến cuối quý đạt tiến độ.",
    "Một số việc còn chậm do hướng dẫn đến muộn; đã lập kế hoạch bù trong quý tới.",
)
# What was found of the files of a sample; the last is not checked yet.
CHECKED = (
    ("sound", ""),
    ("doubtful", "Biên bản không ghi ngày họp."),
    ("wrong", "Biên bản của năm trước, không phải của quý này."),
)
OLD = """BÁO CÁO
Tổng kết công tác năm {year}

I. KẾT QUẢ
1. Về bồi dưỡng cán bộ
Trong năm {year}, toàn tỉnh mở được mười chín lớp bồi dưỡng kế toán và quản trị cho cán bộ hợp tác xã.
2. Về phong trào thi đua
Phong trào trồng cây, làm sạch kho bãi được các hợp tác xã hưởng ứng, trồng mới hơn hai nghìn cây xanh.
"""


def review_years(programme: Programme, running: Period, head: HeadOf) -> None:
    """Let the federation close last year and call the mid-term review of this one."""
    top = head(programme.unit)
    assert top is not None, "the root's head seat is filled"
    last_year(programme, top, head)
    mid_term(programme, running, top, head)


def _dues(day: datetime.date, *tiers: str) -> dict[Tier, datetime.date]:
    return {
        tier: day + DAYS(days=5 * n)
        for n, tier in enumerate(Tier.objects.filter(code__in=tiers).order_by("-rank"))
    }


def last_year(programme: Programme, top: Actor, head: HeadOf) -> None:
    """Review last year's directives, known by citation alone, and carry what is open over to this year's programme."""
    year = today().year - 1
    since, until = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    called = Wanted(
        Review.Kind.FINAL, f"Tổng kết thực hiện kế hoạch công tác năm {year}", since, until,
        words=[line.format(year=year) for line in LAST_YEAR], tiers=["tinh"],
        dues=_dues(today() - DAYS(days=12), "tinh", "lien-hiep"),
    )  # fmt: skip
    with clock_on(today() - DAYS(days=20)):
        review = open_review(call_review(programme.unit, called, actor=top), actor=top)
        for n, owed in enumerate(_of(review, "tinh")[:6]):
            if (chair := head(owed.unit)) and _send(owed, chair, n):
                _accept(owed, top, "met" if n == 1 else "good")
        owed = _of(review, "lien-hiep")[0]
        groups = list(review.groups.all())
        for group, text in zip((None, *groups), DONE, strict=False):
            part = Part("good" if group else "met", text, () if group else ("staff", "late-guidance"))
            owed = save_part(owed, group.pk if group else OVERALL, part, revision=owed.revision, actor=top)
        lessons = [Point(text, groups[0].pk) for text in LESSONS]
        follow = [
            Point(text, groups[0].pk, str(today() + DAYS(days=days)) if days else "") for text, days in FOLLOW
        ]
        owed = save_points(owed, lessons, follow, revision=owed.revision, actor=top)
        version = send_review(owed, revision=owed.revision, actor=top, language="vi")
        close_review(review, actor=top)
    publish_review(version.unit_review, n=version.n, actor=top)
    made = propose_follow_ups(version.unit_review, programme, list(version.follow_ups.all()), actor=top)
    take_carried(made[0], made[0].follow_up.text, due=made[0].follow_up.due, actor=top)
    leave_carried(made[2], "Đã in lại trong quý I.", actor=top)


def mid_term(programme: Programme, running: Period, top: Actor, head: HeadOf) -> None:
    """Let provinces and areas write: some drafts, sent, returned, accepted with a lower grade, most not begun."""
    year = running.until.year
    called = Wanted(
        Review.Kind.MID_TERM, f"Sơ kết giữa kỳ thực hiện kế hoạch công tác năm {year}", datetime.date(year, 1, 1),
        datetime.date(year, 12, 31), programmes=[programme], documents=[programme.reading.version.document],
        tiers=["tinh", "khu-vuc"], dues=_dues(today() + DAYS(days=9), "khu-vuc", "tinh", "lien-hiep"),
    )  # fmt: skip
    review = open_review(call_review(programme.unit, called, actor=top), actor=top)
    first = _of(review, "tinh")[0]
    chair = head(first.unit)
    assert chair is not None, "the first province's head seat is filled"
    below = _of(review, "khu-vuc", first.unit)
    sent = [one for n, one in enumerate(below[:4]) if (by := head(one.unit)) and _send(one, by, n)]
    if len(sent) > 2:
        _accept(sent[0], chair, "met")
        return_review(sent[1], n=1, reason="Đề nghị nêu rõ nguyên nhân chậm ở nhóm đầu.", actor=chair)
        one = list(review.groups.all()[:1])
        return_review(sent[2], n=1, reason="Số liệu của nhóm này chưa khớp.", groups=one, actor=chair)
    for kind, rows in (("lesson", lessons_below(first)), ("follow_up", follow_ups_below(first))):
        for row in rows[:1]:
            first = take_over(first, kind, row.pk, revision=first.revision, actor=chair)
    _evidence(first, running, head)
    _earlier(first, chair)
    save_part(first, OVERALL, Part("good", SAID[0]), revision=first.revision, actor=chair)
    for n, owed in enumerate(_of(review, "tinh")[1:3]):
        if (by := head(owed.unit)) and _send(owed, by, n) and n == 0:
            _accept(owed, top, "good")


def _of(review: Review, tier: str, under: Unit | None = None) -> list[UnitReview]:
    found = UnitReview.objects.filter(review=review, unit__tier__code=tier)
    if under is not None:
        found = found.filter(parent=under)
    return list(
        found.select_related("review__unit", "unit", "parent", "current", "accepted").order_by("unit_id")
    )


def _send(owed: UnitReview, by: Actor, n: int) -> bool:
    """Write every part briefly and send."""
    for group in (OVERALL, *owed.review.groups.values_list("pk", flat=True)):
        grade = ("good", "met", "good", "excellent")[(n + group) % 4]
        part = Part(grade, SAID[(n + group) % 2], ("late-guidance",) if (n + group) % 2 else ())
        owed = save_part(owed, group, part, revision=owed.revision, actor=by)
    follow = [Point("Hướng dẫn lại cách ghi sổ cho các đơn vị mới.", OVERALL)] if n % 2 else []
    owed = save_points(owed, [Point(LESSONS[n % 2], OVERALL)], follow, revision=owed.revision, actor=by)
    return send_review(owed, revision=owed.revision, actor=by, language="vi").n == 1


def _accept(owed: UnitReview, above: Actor, grade: str) -> None:
    groups = owed.review.groups.values_list("pk", flat=True)
    accept_review(owed, n=1, grades={OVERALL: grade} | dict.fromkeys(groups, grade), actor=above)


def _evidence(owed: UnitReview, running: Period, head: HeadOf) -> None:
    """Let five units send their reports again with a file each, and draw four of the files for a check."""
    below = Unit.objects.all().below(owed.unit).values("pk")
    waiting = Report.objects.filter(
        obligation__period=running, obligation__unit__in=below, state=Report.State.SENT, draft__isnull=False
    )
    for report in waiting.select_related("obligation__unit", "obligation__period").order_by("pk")[:5]:
        by, tasks = head(report.obligation.unit), tasks_of(report.obligation)
        if by is not None:
            words = (
                f"Biên bản nghiệm thu của {report.obligation.unit}. Các việc đã làm được liệt kê kèm ngày."
            )
            attach_evidence(
                report, tasks[0], words.encode(), "bien-ban.txt", caption="Biên bản nghiệm thu", actor=by
            )
            fresh = Report.objects.select_related("draft").get(pk=report.pk)
            # Tasks were amended and added since: what was written is kept as the answer to the words of today.
            assert running.form is not None, "the period is open"
            said = content_of(fresh.draft, running.form.cells)
            states = {task.pk: ("under_way", "") for task in tasks if not task.rescinded} | said.states
            draft = save_draft(
                fresh, replace(said, states=states, answered={}), revision=fresh.draft.revision, actor=by
            )
            send_report(fresh, revision=draft.revision, actor=by, reason="Bổ sung minh chứng.")
    chair = head(owed.unit)
    assert chair is not None, "the first province's head seat is filled"
    sample = draw_sample(owed, size=4, seed="58313", actor=chair)
    for item, (result, remark) in zip(sample.items.all(), CHECKED, strict=False):
        check_item(item, result, remark=remark, actor=chair)


def _earlier(owed: UnitReview, chair: Actor) -> None:
    """Enter figures of two earlier years by the sheet, and an old report by its passages."""
    book = load_workbook(io.BytesIO(sheet_of(owed)))
    sheet = book.active
    assert sheet is not None, "the sheet was just made"
    for line in range(3, sheet.max_row + 1):
        for column in range(4, min(sheet.max_column, 9) + 1):
            sheet.cell(line, column, 20 + 7 * column + 3 * line)
    held = io.BytesIO()
    book.save(held)
    apply_figures(upload_figures(owed, held.getvalue(), "so-lieu-nam-truoc.xlsx", actor=chair), actor=chair)
    year = owed.review.since.year - 1
    old = add_old_report(owed, OLD.format(year=year).encode(), f"tong-ket-{year}.txt", year=year, actor=chair)
    while run_one("demo"):
        pass
    old = OldReport.objects.get(pk=old.pk)
    cut_passages(old, actor=chair)
    for passage, group in zip(old.passages.select_related("report"), owed.review.groups.all(), strict=False):
        passage.report = old
        tie_passage(passage, group, actor=chair)
