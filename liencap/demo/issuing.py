"""Let the sample federation ask for comments, adopt, number and file: every state on the way to a signed paper."""

import datetime

from liencap.audit.actor import Actor
from liencap.demo.reporting import HeadOf
from liencap.documents import store
from liencap.reports.actions import begin_consolidated_report
from liencap.reports.issuing.actions import (
    Asked,
    adopt_report,
    agree_to_draft,
    answer_comment,
    close_round,
    comment_on_draft,
    file_signed_copy,
    register_report,
    remark_on_copy,
    send_draft,
)
from liencap.reports.issuing.actions.adopting import Decision
from liencap.reports.issuing.queries import next_number, row_of
from liencap.reports.models import ConsolidatedReport, DraftRound, Period
from liencap.reports.queries import children
from liencap.units.access import today
from liencap.units.models import Unit

WEEK = datetime.timedelta(days=7)
SAID = (
    ("Đề nghị nêu rõ số lớp đã mở ở từng hợp tác xã.", "taken", ""),
    ("Nên bỏ đoạn về kinh phí vì chưa quyết toán.", "partly", "Giữ đoạn này, ghi rõ là số tạm tính."),
    ("Đề nghị gộp nhiệm vụ này với nhiệm vụ trên.", "not", "Hai nhiệm vụ đứng riêng trong kế hoạch."),
)


def ask_for_comments(
    report: ConsolidatedReport, actor: Actor, head: HeadOf, until: datetime.date
) -> DraftRound:
    """Send a draft to the units below; three comment, the others have no remark or stay silent."""
    below = [o.unit for o in children(report.period, report.unit)[:8]]
    report.refresh_from_db()
    asked = [Asked(unit) for unit in below]
    note = "Kính đề nghị các đơn vị góp ý theo từng mục."
    made = send_draft(report, asked, due=until, revision=report.revision, actor=actor, note=note, sample=True)
    tasks = list(report.period.programme.tasks.filter(parent=None).order_by("order")[:3])
    speakers = [(one, head(one.unit)) for one in made.recipients.select_related("unit", "round")]
    able = [(one, who) for one, who in speakers if who is not None]
    for (one, who), task, (text, _answer, _reason) in zip(able, tasks, SAID, strict=False):
        comment_on_draft(one, text, task=task, actor=who)
    for one, who in able[len(SAID) : len(SAID) + 2]:
        agree_to_draft(one, actor=who)
    return made


def adopt(report: ConsolidatedReport, round_: DraftRound, actor: Actor) -> None:
    """Close the round, answer each comment, and record the meeting that adopted the report."""
    close_round(round_, actor=actor)
    said = {text: (answer, reason) for text, answer, reason in SAID}
    for recipient in round_.recipients.prefetch_related("comments"):
        for comment in recipient.comments.all():
            answer_comment(comment, *said[comment.text], actor=actor)
    decision = Decision("Ban Thường vụ", today(), report.unit.name, 11, 0, 1, "07/BB")
    adopt_report(report, decision, actor=actor)


def number_and_file(report: ConsolidatedReport, actor: Actor) -> None:
    """Number a published report; file first a copy that was signed without the number, then the right one."""
    report.refresh_from_db()
    row = row_of("consolidated_report", report.pk)
    assert row is not None, "it is published"
    suggested = next_number(row, today())
    entered = register_report(row, suggested.n, suggested.symbol, today(), actor=actor)
    wrong = file_signed_copy(entered, store.get(report.pdf), "ban-quet-lan-1.pdf", actor=actor)
    remark_on_copy(wrong, "Bản trình ký in trước khi vào số; đã trình lại.", actor=actor)
    file_signed_copy(entered, store.get(entered.pdf), "ban-da-ky.pdf", actor=actor)


def leave_a_draft_out(period: Period, head: HeadOf, until: datetime.date) -> None:
    """Leave a draft of another province out for comments."""
    unit = Unit.objects.filter(code="SX.2").first()
    chair = head(unit) if unit else None
    if unit is not None and chair is not None:
        report = begin_consolidated_report(period, unit, actor=chair)
        ask_for_comments(report, chair, head, until)
