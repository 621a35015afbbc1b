"""Who may see and do what with a report: the unit alone before sending, then the units above."""

from collections.abc import Sequence

from django.http import Http404
from django.utils.translation import gettext as _

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import NotAllowed
from liencap.programmes.models import Programme
from liencap.reports.models import (
    ConsolidatedReport,
    Evidence,
    Obligation,
    Passage,
    Period,
    Report,
    Transfer,
    VersionEvidence,
)
from liencap.units.access import can, member_of, require, seat_of
from liencap.units.models import Unit

REDACT = "report.redact"

JOINED = (
    "obligation__unit", "obligation__parent", "obligation__period__form", "obligation__period__programme__unit",
    "current__form", "current__sent_by_seat__role", "current__sent_by_seat__unit", "accepted",
    "acceptance__by_seat__role", "acceptance__by_seat__unit",
)  # fmt: skip

# Who writes sees no signatures: a row of eighteen tables takes PostgreSQL longer to plan than the rest of a sending.
WRITTEN = (
    "obligation__unit", "obligation__parent", "obligation__period__form", "obligation__period__programme__unit",
    "current",
)  # fmt: skip


def require_own(actor: Actor, permission: str, unit: Unit) -> None:
    """Refuse whoever does not act in a seat of this very unit with the permission."""
    require(actor, permission, unit)
    if actor != SYSTEM and actor.unit_id != unit.pk:
        raise NotAllowed("not-own-unit", _("Only the unit itself may do this."))


def may_act_for(actor: Actor, permission: str, unit: Unit) -> bool:
    """Say whether the actor acts in a seat of this very unit with the permission."""
    return actor.unit_id == unit.pk and can(actor, permission, unit)


def require_head(actor: Actor, unit: Unit) -> None:
    """Refuse whoever is not the unit's own head: the head signs and sends."""
    seat = seat_of(actor)
    if seat is None or seat.unit_id != unit.pk or not can(actor, "report.send", unit, seat=seat):
        require_own(actor, "report.send", unit)
    if actor != SYSTEM and (seat is None or not seat.role.is_head):
        raise NotAllowed("not-head", _("Only the head of the unit signs and sends its report."))


def is_head(actor: Actor, unit: Unit) -> bool:
    """Say whether the actor signs for a unit."""
    try:
        require_head(actor, unit)
    except NotAllowed:
        return False
    return True


def speaks_for(actor: Actor, owed: Obligation) -> Unit:
    """Return the unit in whose name an actor may write what a unit owes: the unit itself, or its successor's own.

    Who took a closed unit's place may write and correct what it still owes; no query for a unit that is not closed.
    """
    if owed.covers_until is None or actor.unit_id in (None, owed.unit_id):
        return owed.unit
    rows = owed.transfers.filter(kind=Transfer.Kind.SUCCEEDED, successor_id=actor.unit_id)
    heir = rows.select_related("successor").first()
    return heir.successor if heir and heir.successor else owed.unit


def reader_of(actor: Actor, owed: Obligation) -> int | None:
    """Return the unit for whose eyes a report is shown: its own, also for who speaks for it, else that of the seat."""
    return owed.unit_id if actor.unit_id == speaks_for(actor, owed).pk else actor.unit_id


def quality_of(actor: Actor) -> str:
    """Say whether the actor holds the seat, acts in it for another, or is its delegate; one query."""
    seat = seat_of(actor)
    return seat.held_as if seat else "full"


def require_parent(actor: Actor, report: Report) -> None:
    """Refuse whoever does not act for the unit directly above."""
    parent = report.obligation.parent
    if parent is None:
        raise NotAllowed("no-parent", _("No unit stands above this one in the period."))
    require_own(actor, "report.accept", parent)


def sees(actor: Actor, owed: Obligation, permission: str = "report.view") -> bool:
    """Say whether an actor sees what a unit owes in a period.

    Its own seats and those above it today do, and those of the units that it stands under in the period: a unit
    that moved after the period's last day still reports to where it stood.
    """
    if can(actor, permission, owed.unit):
        return True
    seat = seat_of(actor)
    if seat is None:
        return False
    if permission in seat.role.below and seat.unit_id in owed.chain_ids:
        return True
    heir = speaks_for(actor, owed)
    return heir.pk != owed.unit_id and can(actor, permission, heir, seat=seat)


def _found(pk: int, joined: Sequence[str] = JOINED) -> Report:
    opened = Report.objects.filter(obligation__period__form__isnull=False)
    report = opened.select_related(*joined).filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


def get_report_for(actor: Actor, pk: int) -> Report:
    """Fetch a report that was sent; one that was not exists for its own unit alone."""
    report = _found(pk)
    own = actor == SYSTEM or actor.unit_id == speaks_for(actor, report.obligation).pk
    if not sees(actor, report.obligation) or (report.current is None and not own):
        raise Http404
    return report


def get_own_report_for(actor: Actor, pk: int) -> Report:
    """Fetch a report to write in: other units 404, readers of the unit 403."""
    report = _found(pk, WRITTEN)
    unit = speaks_for(actor, report.obligation)
    if actor != SYSTEM and actor.unit_id != unit.pk:
        raise Http404
    require(actor, "report.fill", unit)
    return report


def get_report_to_judge(actor: Actor, pk: int) -> Report:
    """Fetch a sent report to accept or return: who sees it without the right 403."""
    report = get_report_for(actor, pk)
    if report.current is None:
        raise Http404
    require_parent(actor, report)
    return report


def get_period_unit_for(actor: Actor, period_pk: int, unit_pk: int) -> tuple[Period, Unit]:
    """Fetch an opened period and a unit whose totals the actor may see; else 404."""
    periods = Period.objects.select_related("form", "programme__unit").exclude(form__isnull=True)
    period = periods.filter(pk=period_pk).first()
    unit = Unit.objects.filter(pk=unit_pk).first()
    if period is None or unit is None:
        raise Http404
    if not can(actor, "report.view", unit):
        owed = Obligation.objects.select_related("unit").filter(period=period, unit=unit).first()
        if owed is None or not sees(actor, owed):
            raise Http404
    return period, unit


def may_answer(actor: Actor, report: Report) -> bool:
    """Say whether the actor may accept or return a report."""
    try:
        require_parent(actor, report)
    except NotAllowed:
        return False
    return True


def _seated(actor: Actor) -> Unit:
    seat = seat_of(actor)
    if seat is None:
        raise Http404
    return seat.unit


def get_acting_unit(actor: Actor) -> Unit:
    """Return the unit of the seat one acts in; without a seat 404, without the right to see reports 403."""
    unit = _seated(actor)
    require(actor, "report.view", unit)
    return unit


def get_unit_to_style(actor: Actor) -> Unit:
    """Return the unit of one's seat to change its templates: without a seat 404, without the right 403."""
    unit = _seated(actor)
    require_own(actor, "report.template", unit)
    return unit


def get_unit_that_lists(actor: Actor) -> Unit:
    """Return the unit of one's seat to keep its list of causes: without a seat 404, without the right 403."""
    unit = _seated(actor)
    require_own(actor, "report.causes", unit)
    return unit


def get_programme_to_open(actor: Actor, pk: int) -> Programme:
    """Fetch a programme whose periods the actor plans: unseen 404, without the right 403."""
    programme = Programme.objects.select_related("unit").filter(pk=pk).first()
    if programme is None or not can(actor, "report.view", programme.unit):
        raise Http404
    require(actor, "report.open", programme.unit)
    return programme


def get_period_to_open(actor: Actor, pk: int) -> Period:
    """Fetch a period to lay down who owes in it, to open or to close: unseen 404, without the right 403."""
    period = Period.objects.select_related("programme__unit").filter(pk=pk).first()
    if period is None:
        raise Http404
    get_programme_to_open(actor, period.programme_id)
    return period


def _consolidated(pk: int) -> ConsolidatedReport:
    joined = ConsolidatedReport.objects.select_related(
        "unit", "period__form", "period__programme__reading__version__document"
    )
    report = joined.filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


def get_consolidated_for(actor: Actor, pk: int) -> ConsolidatedReport:
    """Fetch a consolidated report: published ones for all above, drafts for the unit's writers alone."""
    report = _consolidated(pk)
    if report.state == ConsolidatedReport.State.DRAFT:
        return _to_write(actor, report)
    if not can(actor, "report.view", report.unit):
        raise Http404
    return report


def get_printed_for(actor: Actor, pk: int) -> ConsolidatedReport:
    """Fetch a published report whose files are asked for: by right of a seat, or as a member of its very unit.

    Members of the units that it names read what it says of theirs, not the rows of those beside.
    """
    report = _consolidated(pk)
    if report.state == ConsolidatedReport.State.DRAFT:
        raise Http404
    if not can(actor, "report.view", report.unit) and not member_of(actor.user_id, report.unit):
        raise Http404
    return report


def get_consolidated_to_write(actor: Actor, pk: int) -> ConsolidatedReport:
    """Fetch a consolidated report to compose or publish: other units 404, readers of the unit 403."""
    return _to_write(actor, _consolidated(pk))


def _to_write(actor: Actor, report: ConsolidatedReport) -> ConsolidatedReport:
    if actor != SYSTEM and actor.unit_id != report.unit_id:
        raise Http404
    require(actor, "report.fill", report.unit)
    return report


def _evidence(pk: int) -> Evidence:
    joined = Evidence.objects.select_related("report__obligation__unit", "report__obligation__period", "task")
    found = joined.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_own_evidence_for(actor: Actor, pk: int) -> Evidence:
    """Fetch a file of the unit's own draft: other units 404, readers of the unit 403."""
    found = _evidence(pk)
    get_own_report_for(actor, found.report_id)
    return found


def get_evidence_for(actor: Actor, pk: int) -> Evidence:
    """Fetch a file: before it is sent it exists for its own unit alone, then for who sees the version."""
    found = _evidence(pk)
    report = get_report_for(actor, found.report_id)
    seen = VersionEvidence.objects.filter(
        evidence=found, version_id__in=[report.current_id, report.accepted_id]
    )
    if actor != SYSTEM and actor.unit_id != report.obligation.unit_id and not seen.exists():
        raise Http404
    return found


def get_passage_to_redact(actor: Actor, pk: int) -> Passage:
    """Fetch a passage out of which words may be taken: who may not see it 404, who only reads 403."""
    found = get_passage_for(actor, pk)
    assert found.version is not None, "only sent passages have a page"
    require(actor, REDACT, found.version.report.obligation.unit)
    return found


def get_file_to_take_out(actor: Actor, pk: int) -> Evidence:
    """Fetch a file that was sent, for who may take it out: who may not see it 404, who only reads 403."""
    found = get_evidence_for(actor, pk)
    require(actor, REDACT, found.report.obligation.unit)
    if not VersionEvidence.objects.filter(evidence=found).exists():
        raise Http404
    return found


def get_passage_for(actor: Actor, pk: int) -> Passage:
    """Fetch a passage that was sent, by the right to see its unit's reports; one of a draft has no page."""
    joined = Passage.objects.select_related(
        "version__report__obligation__unit", "version__report__obligation__period"
    )
    found = joined.select_related("task", "cause").filter(pk=pk, version__isnull=False).first()
    if found is None or found.version is None:
        raise Http404
    if not can(actor, "report.view", found.version.report.obligation.unit):
        raise Http404
    return found
