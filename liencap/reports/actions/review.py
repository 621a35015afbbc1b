"""Answer a sent report: accept it into the official total, whole or line by line, or return it with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, crash_point
from liencap.programmes.models import Task
from liencap.reports.access import quality_of, require_parent
from liencap.reports.actions.drafts import guard_open
from liencap.reports.actions.settling import settle_when_in
from liencap.reports.actions.telling import tell_accepted, tell_changed, tell_returned
from liencap.reports.actions.totals import move_official
from liencap.reports.answering.lines import (
    carried_between,
    carried_without,
    figures_without,
    lines_between,
    with_partners,
)
from liencap.reports.answering.queries import keys_of
from liencap.reports.models import Acceptance, Report, ReportVersion, Return
from liencap.reports.queries import accepted_content, brought_by, content_of, in_force, tasks_of
from liencap.reports.told.actions.late import flag_late


@dataclass(frozen=True, slots=True)
class Back:
    """One thing that is returned: the whole report, a task, or a line by its key (see `Correction`)."""

    reason: str
    task: Task | None = None
    key: str = ""


def _locked(report: Report, n: int, actor: Actor) -> Report:
    """Lock a report whose version `n` the actor has read; a newer one must be read first."""
    report = (
        Report.objects.select_for_update(of=("self", "obligation"))
        .select_related(
            "obligation__parent", "obligation__period__form", "current__form", "accepted", "acceptance"
        )
        .get(pk=report.pk)
    )
    require_parent(actor, report)
    guard_open(report)
    if report.state != Report.State.SENT or report.current is None:
        raise DomainError("not-waiting", _("This report does not wait for an answer."), status=409)
    if report.current.n != n:
        raise DomainError("newer-version", _("A newer version was sent; read it first."), status=409)
    return report


@transaction.atomic
def accept_report(report: Report, *, n: int, actor: Actor) -> Report:
    """Accept version `n`: its figures and what it carries become official in the unit above."""
    report = _locked(report, n, actor)
    old = report.accepted
    assert report.obligation.period.form is not None, "open periods have a form"
    before = brought_by(report, report.obligation.period.form.cells)
    made = acceptance_of(report, frozenset(), actor=actor)
    made.save()
    _flag(report, old, actor=actor)
    report.acceptance, report.accepted, report.state = made, report.current, Report.State.ACCEPTED
    report.save(update_fields=["acceptance", "accepted", "state"])
    record(
        "accept_report", actor=actor, kind="report", object_id=report.pk, unit_id=report.obligation.unit_id,
        old={"accepted": old.n if old else None}, new={"accepted": n},
    )  # fmt: skip
    tell_accepted(report, actor=actor)
    _count(report, before, actor=actor)
    return report


def acceptance_of(report: Report, returned: frozenset[str], *, actor: Actor, quality: str = "") -> Acceptance:
    """Return the act of accepting the standing version but for the returned lines; it is not saved yet.

    `quality` says in what quality the actor holds the seat, where the caller has asked already.
    """
    version, held = report.current, in_force(report)
    assert version is not None, "it was sent"
    figures, carried = bytes(version.figures), bytes(version.carried)
    if returned and held is not None:
        cells = version.form.cells
        figures = figures_without(cells, bytes(held.figures), figures, returned)
        carried = carried_without(cells, bytes(held.carried), carried, returned)
    return Acceptance(
        report=report, version=version, figures=figures, carried=carried, lines_returned=len(returned),
        at=timezone.now(), by_seat_id=actor.seat_id, signed_as=quality or quality_of(actor),
    )  # fmt: skip


def _flag(report: Report, before: ReportVersion | None, *, actor: Actor) -> None:
    """Flag what the units above have composed where the words that it rests on are other ones now."""
    assert report.current is not None, "it was sent"
    flag_late(report.obligation, [(before, report.current)], actor=actor)


def _count(report: Report, before: bytes, *, actor: Actor) -> None:
    """Put what is accepted now in the place of what counted before, and tell who carries figures that moved."""
    owed = report.obligation
    assert owed.period.form is not None, "open periods have a form"
    assert owed.parent_id is not None, "somebody stands above"
    cells = owed.period.form.cells
    now = brought_by(report, cells)
    if now != before:
        tell_changed(owed, actor=actor)
    crash_point("accept-before-totals")
    move_official(owed, owed.parent_id, cells, old=before, new=now)
    settle_when_in(owed.period, owed.parent_id)
    crash_point("accept-before-commit")


@transaction.atomic
def answer_lines(report: Report, *, n: int, returned: Mapping[str, str], actor: Actor) -> Report:
    """Accept a correction line by line: every line but the returned ones, each of these with its reason.

    What was accepted of it counts at once. Words are taken as a whole: one returned line of them keeps those that
    were accepted before. A part and its whole stand or fall together.
    """
    report = _locked(report, n, actor)
    if not returned:
        return accept_report(report, n=n, actor=actor)
    cells, held = report.obligation.period.form.cells, in_force(report)  # type: ignore[union-attr]  # open periods have a form
    base = accepted_content(report, cells)
    assert report.current is not None, "it was sent"
    if held is None or base is None:
        raise DomainError(
            "no-correction", _("This report was never accepted: accept or return it as a whole.")
        )
    changed = lines_between(base, content_of(report.current, cells))
    keys = {
        c.key for c in (*changed, *carried_between(cells, bytes(held.carried), bytes(report.current.carried)))
    }
    guard_lines(returned, keys)
    back = frozenset(with_partners(cells, returned) & keys)
    before, old = brought_by(report, cells), report.accepted
    if keys - back:
        _accept_but(report, back, actor=actor)
    reasons = {key: returned.get(key) or next(iter(returned.values())) for key in sorted(back)}
    _send_back(report, [Back(reason, key=key) for key, reason in reasons.items()], actor=actor)
    record(
        "answer_lines", actor=actor, kind="report", object_id=report.pk, unit_id=report.obligation.unit_id,
        old={"accepted": old.n if old else None},
        new={"version": n, "lines": len(keys), "returned": sorted(back), "sha256": digest(sorted(reasons.items()))},
    )  # fmt: skip
    tell_returned(report, actor=actor)
    _count(report, before, actor=actor)
    return report


def guard_lines(returned: Mapping[str, str], keys: set[str]) -> None:
    """Refuse a line that did not change, and a returned one without a reason."""
    if not set(returned) <= keys:
        raise DomainError(
            "foreign-line", _("A line of the answer is none of this correction; load the page again.")
        )
    if not all(reason.strip() for reason in returned.values()):
        raise DomainError("reason-missing", _("Say of each returned line why."))


def _accept_but(report: Report, back: frozenset[str], *, actor: Actor) -> None:
    """Let everything but the returned lines count."""
    made = acceptance_of(report, back, actor=actor)
    made.save()
    report.acceptance = made
    if not any(key[:2] in ("s:", "q:") for key in back):
        _flag(report, report.accepted, actor=actor)
        report.accepted = report.current
    report.save(update_fields=["acceptance", "accepted"])


@transaction.atomic
def return_report(report: Report, *, n: int, reason: str, actor: Actor, tasks: Sequence[Task] = ()) -> Report:
    """Return version `n` as a whole, or the named tasks of it, always with the reason."""
    return return_items(report, [Back(reason, task) for task in tasks or (None,)], n=n, actor=actor)


@transaction.atomic
def return_items(report: Report, items: Sequence[Back], *, n: int, actor: Actor) -> Report:
    """Return the whole of version `n`, or single tasks, figures and passages of it, each with its own reason."""
    report = _locked(report, n, actor)
    if not items or not all(item.reason.strip() for item in items):
        raise DomainError("reason-missing", _("Say why the report is returned."))
    tasks = tasks_of(report.obligation)
    if not {item.task for item in items if item.task} <= {*tasks}:
        raise DomainError("foreign-task", _("The report does not speak of this task."))
    if not {item.key for item in items if item.key} <= keys_of(report, tasks):
        raise DomainError(
            "foreign-line", _("A line of the answer is none of this report; load the page again.")
        )
    _send_back(report, items, actor=actor)
    record(
        "return_report", actor=actor, kind="report", object_id=report.pk, unit_id=report.obligation.unit_id,
        old={"state": Report.State.SENT},
        new={"state": report.state, "version": n, "tasks": [i.task.pk for i in items if i.task],
             "lines": [i.key for i in items if i.key], "reason": items[0].reason[:1000]},
    )  # fmt: skip
    tell_returned(report, actor=actor)
    return report


def _send_back(report: Report, items: Sequence[Back], *, actor: Actor) -> None:
    Return.objects.bulk_create(
        Return(
            version=report.current, task=item.task, key=item.key, reason=item.reason.strip()[:1000],
            by_seat_id=actor.seat_id,
        )
        for item in items
    )  # fmt: skip
    report.state = Report.State.RETURNED
    report.save(update_fields=["state"])
