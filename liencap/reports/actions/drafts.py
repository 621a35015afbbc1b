"""Save what a unit is writing."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.rollup import check, pack
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports.access import require_own, speaks_for
from liencap.reports.content import Content
from liencap.reports.models import Draft, Passage, Period, Report, TaskEntry
from liencap.reports.queries import tasks_of
from liencap.reports.told.causes import guard_causes
from liencap.units.access import asked_once, today


def guard_open(report: Report) -> None:
    """Refuse when the period no longer takes reports; what was accepted once may be corrected after it too."""
    state = report.obligation.period.state
    if state != Period.State.OPEN and not (state == Period.State.CLOSED and report.accepted_id):
        raise DomainError("period-closed", _("This period is not open."), status=409)


def guard_unlocked(report: Report) -> None:
    """Refuse to send after the unit's locked day; a returned report was asked for and can be sent."""
    owed, day = report.obligation, today()
    if report.state != Report.State.RETURNED and owed.is_locked_on(day):
        since = date_format(owed.locked_from or day, "SHORT_DATE_FORMAT")
        words = _("This report is locked since %(day)s. Ask the unit above to open it again.")
        raise DomainError("locked", words % {"day": since}, status=409)


@transaction.atomic
def save_draft(report: Report, content: Content, *, revision: int, actor: Actor) -> Draft:
    """Keep a draft; `revision` is the one the writer saw, 0 when there was none."""
    with asked_once(actor):
        return write_draft(report, content, tasks_of(report.obligation), revision=revision, actor=actor)


def write_draft(
    report: Report, content: Content, given: Sequence[Task], *, revision: int, actor: Actor
) -> Draft:
    """Keep a draft within the transaction of a deed that knows the unit's tasks."""
    owed = report.obligation
    require_own(actor, "report.fill", speaks_for(actor, owed))
    guard_open(report)
    assert owed.period.form is not None, "open periods have a form"
    if problems := check(owed.period.form.cells, content.figures):
        raise DomainError("bad-figures", _("The figures cannot be kept as they stand."), problems=problems)
    tasks = {task.pk: task.version for task in given}
    if not {*content.states, *content.causes, *(task for task, _q in content.passages)} <= tasks.keys():
        raise DomainError("foreign-task", _("The report names a task that the unit was not given."))
    guard_causes(content, owed.period.programme.unit)
    draft = Draft.objects.select_for_update().filter(report=report).first()
    if (draft.revision if draft else 0) != revision:
        raise DomainError(
            "draft-changed",
            _("The draft was changed in another window. Load the page again before you go on."),
            status=409,
        )
    figures = pack(owed.period.form.cells, content.figures)
    draft = _put(draft, report, content, figures, tasks)
    # The log outlives drafts and is read above: it says that a draft was saved, never what it says.
    record(
        "save_draft", actor=actor, kind="report", object_id=report.pk, unit_id=owed.unit_id,
        old={"revision": revision}, new={"revision": draft.revision},
    )  # fmt: skip
    return draft


def keep_draft(report: Report, content: Content, figures: bytes, versions: dict[int, int]) -> Draft:
    """Write what a locked report's draft says, in the place of what it said; `versions` are those of its tasks."""
    draft = Draft.objects.select_for_update().filter(report=report).first()
    return _put(draft, report, content, figures, versions)


def _put(
    draft: Draft | None, report: Report, content: Content, figures: bytes, versions: dict[int, int]
) -> Draft:
    if draft is None:
        draft = Draft.objects.create(report=report, figures=figures, reasons=content.reasons)
    else:
        draft.figures, draft.revision, draft.reasons = figures, draft.revision + 1, content.reasons
        draft.save(update_fields=["figures", "revision", "reasons", "saved_at"])
        draft.entries.all().delete()
        draft.passages.all().delete()
    _write_entries(draft, content, versions)
    return draft


def _write_entries(draft: Draft, content: Content, versions: dict[int, int]) -> None:
    """Write what is said of each task, and which version of it the writer saw."""
    TaskEntry.objects.bulk_create(
        [
            TaskEntry(
                draft=draft,
                task_id=task,
                state=state,
                reason=reason,
                answered=min(content.answered.get(task, versions[task]), versions[task]),
            )
            for task, (state, reason) in content.states.items()
        ]
    )
    Passage.objects.bulk_create(
        [
            Passage(draft=draft, task_id=task, question=question, text=text, cause_id=cause)
            for (task, question), (text, cause) in content.answers().items()
            if text.strip() or cause
        ]
    )
