"""Let the sample organisation tell: causes, words that say the same, one late, one redacted, one wrong number."""

from dataclasses import replace

from django.db import transaction

from liencap.audit.actor import Actor
from liencap.demo.reporting import HeadOf
from liencap.programmes.models import Task
from liencap.reports.actions import accept_report, begin_consolidated_report, save_draft, send_report
from liencap.reports.consolidation import figures_of, tasks_of_programme
from liencap.reports.models import ConsolidatedReport, Draft, Passage, Period, Report
from liencap.reports.queries import content_of, tasks_of
from liencap.reports.told import actions
from liencap.reports.told.composition import Said
from liencap.reports.told.queries import composition_on, folds_of, last_step
from liencap.reports.told.references import known
from liencap.units.models import Tier, Unit

AREA = "SX.1.1"
SAME = (
    "Đã phổ biến nội dung tới toàn thể thành viên trong kỳ họp thường lệ của hợp tác xã.",
    "Đã phổ biến nội dung tới toàn thể thành viên trong kỳ họp thường lệ của hợp tác xã, có biên bản.",
    "Đã phổ biến nội dung tới toàn thể thành viên ngay trong kỳ họp thường lệ của hợp tác xã.",
    "Chưa phổ biến nội dung tới toàn thể thành viên trong kỳ họp thường lệ của hợp tác xã.",
    "Đang hoàn thiện hồ sơ, sẽ xong trong tháng sau.",
)
SUMMED = "Nơi chưa phổ biến xong đều đã có lịch họp bù trong tháng."
LATE = "Đã phổ biến lại nội dung cho các thành viên đi làm xa, xong trước hạn."
VIEW = "ông Lê Văn Mẫn cho rằng không cần làm lại"
REDACTED = "Lời này ghi ý kiến của một người được nêu tên; báo cáo chỉ nói về công việc."
WHY = "Bổ sung lời báo cáo."


@transaction.atomic
def set_up(root: Unit, actor: Actor) -> None:
    """Begin the list of causes and say how long the texts of areas and provinces should be."""
    actions.begin_causes(root, actor=actor)
    tiers = Tier.objects.filter(code__in=("khu-vuc", "tinh"))
    lengths: dict[tuple[int, str], int | None] = {
        (tier.pk, question): most
        for tier in tiers
        for question, most in ((Passage.Question.RESULT.value, 60), (Passage.Question.CAUSE.value, 40))
    }
    actions.set_lengths(root, lengths, actor=actor)


@transaction.atomic
def tell(period: Period, head: HeadOf) -> None:
    """Compose a task of an area from what its cooperatives wrote; one of them then changes its words."""
    area = Unit.objects.filter(code=AREA).first()
    chair = head(area) if area else None
    if area is None or chair is None:
        return
    report = begin_consolidated_report(period, area, actor=chair)
    task = tasks_of_programme(report).filter(indicators__form=period.form).first()
    sent = Report.objects.filter(
        obligation__period=period, obligation__parent=area, state__in=("sent", "accepted")
    ).select_related("obligation__unit", "obligation__period__form", "current")  # fmt: skip
    told = [one for one in sent.order_by("pk")[: len(SAME)] if head(one.obligation.unit)]
    if task is None or not told:
        return
    for one, words in zip(told, SAME, strict=False):
        _say(one, task, words, head, chair)
    compose(report, task, chair)
    _say(told[-1], task, f"{LATE[:-1]}; {VIEW}.", head, chair)
    _say(told[0], task, SAME[-1], head, chair)
    actions.look_at_late(report, task, actor=chair)
    _say(told[0], task, f"{LATE} Có danh sách kèm theo.", head, chair)
    late = Passage.objects.filter(version__report=told[-1], task=task, text__contains=VIEW).first()
    if late is not None:
        actions.redact_passage(late, VIEW, reason=REDACTED, actor=chair)


def _say(report: Report, task: Task, words: str, head: HeadOf, above: Actor) -> None:
    """Send a report anew with these words on a task, and accept it."""
    actor = head(report.obligation.unit)
    draft = Draft.objects.filter(report=report).first()
    form = report.obligation.period.form
    if actor is None or draft is None or form is None:
        return
    content = content_of(draft, form.cells)
    # Tasks were amended and added since the draft was written: it answers the words of today.
    states = {
        t.pk: ("under_way", "") for t in tasks_of(report.obligation) if not t.rescinded
    } | content.states
    passages = {**content.passages, (task.pk, "result"): words}
    content = replace(content, states=states, passages=passages, answered={})
    saved = save_draft(report, content, revision=draft.revision, actor=actor)
    version = send_report(report, revision=saved.revision, actor=actor, reason=WHY)
    accept_report(report, n=version.n, actor=above)


def compose(report: ConsolidatedReport, task: Task, actor: Actor) -> None:
    """Quote the largest fold, sum the next up, set the last aside, name a figure by reference, write a wrong number."""

    def add(kind: str, text: str, sources: tuple[int, ...] = ()) -> None:
        said = Said("result", kind, text, sources)
        actions.add_sentence(report, task, said, seen=last_step(report, task), actor=actor)

    folds = folds_of(report, task, composition_on(report, task), "result")
    if not folds:
        return
    add("quote", "", tuple(folds[0].passages))
    if len(folds) > 2:
        add("summary", SUMMED, tuple(folds[1].passages))
    if len(folds) > 1:
        reason = "Chưa có kết quả trong kỳ này."
        actions.set_aside(report, task, folds[-1].passages, reason, seen=last_step(report, task), actor=actor)
    named = [one for one in known(figures_of(report)).values() if one.task == task.pk and "|" not in one.key]
    share = next((one for one in named if one.key.endswith("/share")), None)
    number = next((one for one in named if one.cell == "value"), None)
    if share is not None:
        name = share.caption.partition(" · ")[0]
        add("own", f"{name} toàn khu vực đạt {share.mark}.")
        add("own", f"{name} đạt 12 %.")
    elif number is not None:
        noun = number.caption.partition("(")[0].removeprefix("Số ").strip()
        add("own", f"Toàn khu vực đạt {number.mark} (chính thức) trong kỳ.")
        add("own", f"Cả khu vực có 987 {noun}.")
