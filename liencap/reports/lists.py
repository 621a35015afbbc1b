"""Reads for lists: the inbox, the periods of a unit, programmes and their indicators."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from liencap.core.rollup import unpack
from liencap.programmes.models import Assignment, Programme
from liencap.reports.answering.lines import carried_between
from liencap.reports.models import Obligation, Period, Report, Total
from liencap.reports.owed.who import owing
from liencap.reports.queries import in_force, owed_by
from liencap.units.models import Tier

MOST = 5000  # units that a list pages; who wants more goes down the tree, or takes the file


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A report that waits for an answer; `changed` counts the figures that differ from what was accepted."""

    report: Report
    corrects: bool
    changed: int


def inbox_rows(reports: Iterable[Report]) -> list[InboxRow]:
    """Add to each waiting report what a correction changes; no query."""
    rows = []
    for report in reports:
        assert report.current is not None, "only sent reports wait"
        form, changed = report.obligation.period.form, 0
        assert form is not None, "only opened periods have reports"
        if held := in_force(report):
            old, new = (unpack(form.cells, bytes(v.figures)) for v in (held, report.current))
            changed = sum(old[key] != new[key] for key in new)
            changed += len(carried_between(form.cells, bytes(held.carried), bytes(report.current.carried)))
        rows.append(InboxRow(report, report.accepted is not None, changed))
    return rows


def periods_of(unit_id: int) -> QuerySet[Period]:
    """Return the periods that a unit owes in, stands above in, or plans."""
    taking = Total.objects.filter(unit_id=unit_id).values("period_id")
    mine = Q(programme__unit_id=unit_id) | Q(form__isnull=False, pk__in=taking)
    return Period.objects.filter(mine).select_related("programme__unit")


def programmes_of(unit_id: int) -> QuerySet[Programme]:
    """Return the newest running programmes that a unit set."""
    return Programme.objects.filter(unit_id=unit_id, state=Programme.State.ACTIVE)[:20]


def tiers_of(programme: Programme, period: Period | None = None) -> list[Tier]:
    """Return the tiers that are given a due day, lowest first: those that hold tasks, and those that owe by a rule.

    A period that is being prepared says who owes; for a new one the programme's last period does.
    """
    held = Assignment.objects.in_force().filter(task__programme=programme).values("unit__tier_id")
    last = period or Period.objects.filter(programme=programme).first()
    wanted = Q(pk__in=held)
    if last is not None:
        wanted |= Q(pk__in=last.dues.values("tier"))
    if last is not None and (last.rule or last.exceptions.exists()):
        wanted |= Q(pk__in=owing(last).order_by().values("tier_id"))
    return list(Tier.objects.filter(wanted).order_by("-rank"))


def still_owed(unit_id: int) -> QuerySet[Obligation]:
    """Return what a unit has still to send or to send again in open periods, the earliest due first."""
    open_ = owed_by(unit_id).filter(
        period__state=Period.State.OPEN, report__state__in=[Report.State.DRAFT, Report.State.RETURNED]
    )
    return open_.order_by("due", "pk")
