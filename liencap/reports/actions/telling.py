"""Tell seats what became of reports, and settle what is done; called by the deeds themselves, in their transaction."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from liencap.audit.actor import Actor
from liencap.notices.actions import Message, notify, settle
from liencap.programmes.models import Assignment
from liencap.reports.content import Content
from liencap.reports.duties import NOT_SENT, key_of
from liencap.reports.models import ConsolidatedReport, Obligation, Period, Report, TaskEntry
from liencap.reports.queries import waiting_for
from liencap.ui.paging import in_chunks

OVER = (TaskEntry.State.DONE, TaskEntry.State.NOT_APPLICABLE)


def tell_opened(period: Period, *, actor: Actor, already: int = 0) -> Iterator[int]:
    """Tell every unit that owes a report of the period; yield how many were told after each thousand.

    So many as were told `already` are passed over.
    """
    reports = Report.objects.filter(obligation__period=period).select_related("obligation")
    if already:
        last = reports.order_by("pk").values_list("pk", flat=True)[already - 1 : already]
        reports = reports.filter(pk__gt=max(last, default=0))
    for chunk in in_chunks(reports):
        told = [_of(report, report.obligation, period) for report in chunk]
        notify("report-asked", told, actor=actor, to_do=True)
        already += len(chunk)
        yield already


def _of(report: Report, owed: Obligation, period: Period) -> Message:
    """Return a message to the unit about the report that it has to write."""
    url = reverse("reports:write", args=[report.pk])
    return Message(owed.unit_id, key_of(report.pk), period.title, url, "report.fill", due=owed.last_day)


def tell_sent(report: Report, content: Content, *, actor: Actor) -> None:
    """Settle the unit's reminders of the report and of tasks it says are done; tell the unit above that one waits."""
    owed = report.obligation
    done = [task for task, (state, _reason) in content.states.items() if state in OVER]
    given = Assignment.objects.filter(unit=owed.unit_id, task__in=done).values_list("pk", flat=True)
    keys = [key_of(report.pk), f"carry-{report.pk}", *(f"task-{pk}" for pk in given)]
    settle(keys, actor=actor, units=[owed.unit_id])
    if owed.parent_id is not None:
        key, url = f"waiting-{owed.period_id}", reverse("reports:inbox")
        told = Message(owed.parent_id, key, owed.period.title, url, "report.accept")
        notify("report-waiting", [told], actor=actor, to_do=True)


def tell_sent_in_stead(report: Report, *, actor: Actor) -> None:
    """Tell a unit that another one sent its report on; the reason stands on the version."""
    owed, n = report.obligation, report.current.n if report.current else 0
    url = reverse("reports:report", args=[report.pk])
    told = Message(owed.unit_id, f"in-stead-{report.pk}-{n}", owed.period.title, url, "report.view")
    notify("sent-in-stead", [told], actor=actor)


def tell_accepted(report: Report, *, actor: Actor) -> None:
    """Tell a unit that its report was accepted."""
    tell_accepted_many([report], actor=actor)


def tell_accepted_many(reports: Sequence[Report], *, actor: Actor) -> None:
    """Tell units that their reports were accepted."""
    told = []
    for report in reports:
        owed, n = report.obligation, report.accepted.n if report.accepted else 0
        url = reverse("reports:report", args=[report.pk])
        told.append(Message(owed.unit_id, f"accepted-{report.pk}-{n}", owed.period.title, url, "report.view"))
    notify("report-accepted", told, actor=actor)
    for owed in {report.obligation.period_id: report.obligation for report in reports}.values():
        _answered(owed, actor)


def tell_returned(report: Report, *, actor: Actor) -> None:
    """Tell a unit that its report was returned; the reason stands on the report itself."""
    owed = report.obligation
    notify("report-returned", [_of(report, owed, owed.period)], actor=actor, to_do=True)
    _answered(owed, actor)


def _answered(owed: Obligation, actor: Actor) -> None:
    """Settle the notice of waiting reports once none of the period waits for the unit above any more."""
    assert owed.parent_id is not None, "who answers stands above"
    if not waiting_for(owed.parent_id).filter(obligation__period=owed.period_id).exists():
        settle([f"waiting-{owed.period_id}"], actor=actor, units=[owed.parent_id])


def tell_closed(period: Period, *, actor: Actor) -> Iterator[int]:
    """Settle what was asked for in a period that is closed; yield how many reports after each thousand."""
    settle([f"waiting-{period.pk}"], actor=actor)
    done = 0
    for chunk in in_chunks(Report.objects.filter(obligation__period=period, state__in=NOT_SENT).only("pk")):
        settle([key_of(report.pk) for report in chunk], actor=actor)
        done += len(chunk)
        yield done


def tell_changed(owed: Obligation, *, actor: Actor) -> None:
    """Tell a unit whose official total moves to send it on, where it has sent its own report already; one query."""
    assert owed.parent_id is not None, "who answers stands above"
    own = Report.objects.filter(
        obligation__period_id=owed.period_id, obligation__unit_id=owed.parent_id,
        obligation__parent__isnull=False, current__isnull=False,
    ).exclude(state=Report.State.RETURNED)  # fmt: skip
    told = []
    for pk in own.values_list("pk", flat=True):
        url = reverse("reports:carry", args=[pk])
        told.append(Message(owed.parent_id, f"carry-{pk}", owed.period.title, url, "report.send"))
    if told:
        notify("figures-changed", told, actor=actor, to_do=True)
    _tell_printed(owed, actor)


def _tell_printed(owed: Obligation, actor: Actor) -> None:
    """Tell a unit that what it printed is no longer its total; one query.

    The lock lets whoever is freezing the report come first and be told of, or come later and see the new total.
    """
    assert owed.parent_id is not None, "who answers stands above"
    composed = ConsolidatedReport.objects.select_for_update().filter(
        period_id=owed.period_id, unit_id=owed.parent_id
    )
    for report in composed.only("pk", "state"):
        if report.state == ConsolidatedReport.State.PUBLISHED:
            url = reverse("reports:consolidated", args=[report.pk])
            told = Message(owed.parent_id, f"edition-{report.pk}", owed.period.title, url, "report.send")
            notify("printed-changed", [told], actor=actor, to_do=True)
