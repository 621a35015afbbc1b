"""Let the sample federation publish: a few passages quoted, some taken up, the rest set aside."""

from itertools import islice

from liencap.audit.actor import Actor
from liencap.demo.correcting import correct_after_publication
from liencap.demo.issuing import WEEK, adopt, ask_for_comments, leave_a_draft_out, number_and_file
from liencap.demo.reporting import HeadOf
from liencap.documents import store
from liencap.reports.actions import begin_consolidated_report, compose_task, publish_consolidated_report
from liencap.reports.consolidation import tasks_of_programme, tray
from liencap.reports.models import ConsolidatedReport, Period, TaskEntry
from liencap.reports.queries import task_states
from liencap.units.access import today
from liencap.units.models import Unit

CHOICES = ("quote", "merge", "aside")
ASIDE = "Trùng với nội dung đã nêu ở nhiệm vụ khác."


def publish_upwards(period: Period, root: Unit, head: HeadOf) -> ConsolidatedReport:
    """Publish the reports of an area and a province, then that of the whole federation, which is returned."""
    actor = head(root)
    for code in ("SX.1.1", "SX.1"):
        unit = Unit.objects.filter(code=code).first()
        chair = head(unit) if unit else None
        if unit is not None and chair is not None:
            area = code == "SX.1.1"
            report = publish(period, unit, chair, head if area else None)
            if area:
                number_and_file(report, chair)
    assert actor is not None, "the root's head seat is filled"
    correct_after_publication(period, head)
    leave_a_draft_out(period, head, period.until + 26 * WEEK)
    return publish(period, root, actor)


def publish(period: Period, unit: Unit, actor: Actor, asking: HeadOf | None = None) -> ConsolidatedReport:
    """Compose a text on each task, decide on the passages of the tray, and publish, marked as sample data.

    With `asking` a draft goes out for comments first, and a meeting adopts the report.
    """
    report = begin_consolidated_report(period, unit, actor=actor)
    states = task_states(period, unit)
    for task in tasks_of_programme(report):
        passages = islice(tray(report, task), 12)
        choices = {passage.pk: CHOICES[i % 3] for i, passage in enumerate(passages)}
        text = _text(states.get(task.pk, {}), taken_up="merge" in choices.values())
        report = compose_task(
            report, task, text, choices, revision=report.revision, actor=actor, reason=ASIDE
        )
    if asking is not None:
        adopt(report, ask_for_comments(report, actor, asking, today() + WEEK), actor)
    return publish_consolidated_report(report, revision=report.revision, actor=actor, sample=True)


def _text(states: dict[str, int], *, taken_up: bool) -> str:
    """Say in a sentence what the reports say of a task, in counts of units."""
    counts = [f"{states[s]} đơn vị {label}" for s, label in LABELS if states.get(s)]
    if not counts:
        return ""
    more = " Các đơn vị đã gắn việc này với sinh hoạt thường kỳ của thành viên." if taken_up else ""
    return f"Về nhiệm vụ này: {', '.join(counts)}.{more}"


LABELS = (
    (TaskEntry.State.DONE, "báo cáo đã hoàn thành"),
    (TaskEntry.State.UNDER_WAY, "đang thực hiện"),
    (TaskEntry.State.NOT_BEGUN, "chưa thực hiện"),
)


def printed_files(report: ConsolidatedReport) -> dict[str, bytes]:
    """Return the files as they were stored at publication."""
    return {"consolidated.docx": store.get(report.docx), "consolidated.pdf": store.get(report.pdf)}
