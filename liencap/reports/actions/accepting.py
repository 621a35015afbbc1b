"""Accept many reports at once: each as if it were alone, one entry of the log for all."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.core.rollup import Layout
from liencap.errors import DomainError, crash_point
from liencap.reports.access import quality_of, require_own
from liencap.reports.actions.drafts import guard_open
from liencap.reports.actions.review import acceptance_of
from liencap.reports.actions.settling import settle_when_in
from liencap.reports.actions.telling import tell_accepted_many, tell_changed
from liencap.reports.actions.totals import move_official
from liencap.reports.figures import nothing, plus
from liencap.reports.models import Acceptance, Report
from liencap.reports.queries import brought_by
from liencap.reports.told.actions.late import flag_late
from liencap.units.models import Unit

MOST = 1000


@transaction.atomic
def accept_many(unit: Unit, read: Mapping[int, int], *, actor: Actor) -> tuple[list[Report], list[int]]:
    """Accept the reports of units directly below by id, each in the version that was read.

    Returns those accepted, and the ids of those left waiting: no longer waiting, or sent anew meanwhile. One query
    a kind of row however many there are, and a few more for each period.
    """
    require_own(actor, "report.accept", unit)
    # With the obligation, in the order in which a move takes it: one that was moved meanwhile is not found here.
    locked = Report.objects.select_for_update(of=("self", "obligation")).filter(
        pk__in=sorted(read)[:MOST], obligation__parent=unit, state=Report.State.SENT
    )
    joined = locked.select_related("obligation__period__form", "current__form", "accepted", "acceptance")
    found = joined.order_by("obligation_id")
    chosen = [r for r in found if r.current and r.current.n == read[r.pk] and _open(r)]
    if chosen:
        _accept(unit, chosen, actor=actor)
    taken = {report.pk for report in chosen}
    return chosen, sorted({*read} - taken)


def _open(report: Report) -> bool:
    try:
        guard_open(report)
    except DomainError:
        return False
    return True


def _accept(unit: Unit, reports: Sequence[Report], *, actor: Actor) -> None:
    quality = quality_of(actor)
    before = {r.pk: brought_by(r, _cells(r)) for r in reports}
    versions = {r.pk: r.accepted for r in reports}
    made = [acceptance_of(report, frozenset(), quality=quality, actor=actor) for report in reports]
    Acceptance.objects.bulk_create(made)
    for report, one in zip(reports, made, strict=True):
        report.acceptance, report.accepted, report.state = one, report.current, Report.State.ACCEPTED
    Report.objects.bulk_update(reports, ["acceptance", "accepted", "state"])
    rows = [[r.pk, r.current.n, r.current.sha256] for r in reports if r.current]
    record(
        "accept_many", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk,
        new={"reports": len(rows), "reports_sha256": digest(rows)},
    )  # fmt: skip
    tell_accepted_many(reports, actor=actor)
    by_period: dict[int, list[Report]] = {}
    for report in reports:
        by_period.setdefault(report.obligation.period_id, []).append(report)
    moved = [(some, *_moved(some, before)) for _period, some in sorted(by_period.items())]
    for some, old, new in moved:
        flag_late(some[0].obligation, [(versions[r.pk], r.current) for r in some if r.current], actor=actor)
        if old != new:
            tell_changed(some[0].obligation, actor=actor)
    crash_point("accept-many-before-totals")
    for some, old, new in moved:
        move_official(some[0].obligation, unit.pk, _cells(some[0]), old=old, new=new)
        settle_when_in(some[0].obligation.period, unit.pk)
    crash_point("accept-many-before-commit")


def _cells(report: Report) -> Layout:
    form = report.obligation.period.form
    assert form is not None, "only opened periods have reports"
    return form.cells


def _moved(reports: Sequence[Report], before: Mapping[int, bytes]) -> tuple[bytes, bytes]:
    """Return what the reports of one period brought before together, and what they bring now."""
    cells = _cells(reports[0])
    old = new = nothing(cells)
    for report in reports:
        old, new = plus(cells, old, before[report.pk]), plus(cells, new, brought_by(report, cells))
    return old, new
