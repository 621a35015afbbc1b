"""Let the open periods follow the tree: moves, mergers, divisions, closings, and units that owe from a day on."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.notices.actions import settle
from liencap.reports.duties import key_of
from liencap.reports.figures import nothing
from liencap.reports.models import Obligation, Period, Report, Total, Transfer
from liencap.reports.owed.actions.moving import Cause, append, move_place
from liencap.reports.owed.actions.telling import tell_asked_now
from liencap.reports.owed.places import Place, outermost, place_of, step, subtree
from liencap.units.access import require
from liencap.units.actions.tree import lock_tree
from liencap.units.models import Placement, Succession, Unit

Kind = Transfer.Kind
DAY = datetime.timedelta(days=1)


def bound_by(day: datetime.date) -> QuerySet[Period]:
    """Return the open periods that a change of the tree on a day binds: those whose last day it has not missed."""
    found = Period.objects.filter(state=Period.State.OPEN, until__gte=day)
    return found.select_related("programme__unit", "form").order_by("pk")


@transaction.atomic
def follow_move(placement: Placement, *, actor: Actor) -> int:
    """Let what a moved unit and those below it owe stand where the tree now puts them; return how many moved."""
    unit = Unit.objects.get(pk=placement.unit_id)
    moved = 0
    for period in bound_by(placement.since):
        moved += place_anew(period, unit, placement.since, "", actor=actor)
    return moved


def place_anew(period: Period, unit: Unit, day: datetime.date, reason: str, *, actor: Actor) -> int:
    """Put the outermost obligations of a subtree where today's tree puts them; one row for each that moves.

    Who stands below the programme's unit no more leaves its sums; what it sent stays its own.
    """
    moved = 0
    for owed in list(outermost(period, unit)):
        if _is_succeeded(owed):
            continue  # its place is its successor's to give
        place = place_of(period, owed.unit)
        kind = Kind.MOVED if place else Kind.LEFT
        place = place or Place(None, step(owed.unit_id))
        if (place.parent_id, place.chain) == (owed.parent_id, bytes(owed.chain)):
            continue
        move_place(owed, place, Cause(kind, day, reason), actor=actor)
        if kind == Kind.LEFT:
            _let_go(owed, actor=actor)
        moved += 1
    return moved


def _let_go(owed: Obligation, *, actor: Actor) -> None:
    """Declare not due what units that left the programme's units have not sent; their reminders end."""
    left = subtree(Obligation.objects.get(pk=owed.pk)).filter(cls__isnull=True, report__current__isnull=True)
    reports = dict(left.values_list("pk", "report__pk"))
    Obligation.objects.filter(pk__in=reports).update(cls=Obligation.Class.NOT_DUE)
    settle([key_of(report) for report in reports.values()], actor=actor)
    if reports:
        record(
            "declare_not_due", actor=actor, kind="obligation", object_id=owed.pk, unit_id=owed.unit_id,
            new={"obligations": len(reports), "sha256": digest(sorted(reports))},
        )  # fmt: skip


def _is_succeeded(owed: Obligation) -> bool:
    return owed.covers_until is not None and owed.transfers.filter(kind=Kind.SUCCEEDED).exists()


@transaction.atomic
def follow_close(successions: Sequence[Succession], *, actor: Actor) -> int:
    """Let a closed unit report until its last day and its successors from then on; return how many periods changed.

    A sole successor takes what the closed unit reports under itself; after a division or a closing it stays in place.
    """
    unit, day, why = successions[0].unit, successions[0].day, successions[0].reason
    heirs = [one.successor for one in successions if one.successor is not None]
    changed = 0
    for period in bound_by(day):
        owed = Obligation.objects.select_related("unit", "report").filter(period=period, unit=unit).first()
        if owed is None:
            continue
        changed += 1
        owed.covers_until = max(day - DAY, period.since)
        owed.save(update_fields=["covers_until"])
        for heir in heirs:
            if not Obligation.objects.filter(period=period, unit=heir).exists():
                _join(period, heir, day, why, actor=actor)
        _hand_on(period, owed, heirs, day, why, actor=actor)
    return changed


def _hand_on(
    period: Period, owed: Obligation, heirs: Sequence[Unit], day: datetime.date, why: str, *, actor: Actor
) -> None:
    """Append the rows that name who takes a closed unit's place."""
    stays = Place(owed.parent_id, bytes(owed.chain))
    if len(heirs) == 1:
        above = Obligation.objects.get(period=period, unit=heirs[0])
        place = Place(heirs[0].pk, bytes(above.chain) + step(owed.unit_id))
        if not bytes(above.chain).startswith(stays.chain):
            move_place(owed, place, Cause(Kind.SUCCEEDED, day, why, heirs[0]), actor=actor)
            return
    for heir in heirs:
        append(owed, stays, stays, Cause(Kind.SUCCEEDED, day, why, heir), actor=actor)
    if not heirs:
        append(owed, stays, stays, Cause(Kind.CLOSED, day, why), actor=actor)


@transaction.atomic
def join_period(period: Period, unit: Unit, *, since: datetime.date, reason: str, actor: Actor) -> Obligation:
    """Let a unit that was founded or given tasks later owe a report of an open period, from a day on."""
    require(actor, "report.open", period.programme.unit)
    lock_tree(unit)
    period = (
        Period.objects.select_for_update(of=("self",))
        .select_related("programme__unit", "form")
        .get(pk=period.pk)
    )
    if period.state != Period.State.OPEN:
        raise DomainError("period-closed", _("This period is not open."), status=409)
    if not reason.strip():
        raise DomainError("reason-missing", _("Say why."))
    if not unit.is_under(period.programme.unit) or unit.closed is not None:
        raise DomainError(
            "foreign-unit", _("This unit does not stand below the unit that set the programme.")
        )
    if Obligation.objects.filter(period=period, unit=unit).exists():
        raise DomainError("owes-already", _("This unit owes a report of the period already."), status=409)
    if since > period.until:
        raise DomainError("after-period", _("The day lies after the period."))
    return _join(period, unit, max(since, period.since), reason.strip(), actor=actor)


def _join(period: Period, unit: Unit, day: datetime.date, reason: str, *, actor: Actor) -> Obligation:
    """Append an obligation with its row, its report and its totals, and let those below stand under it."""
    place = place_of(period, unit) or Place(None, step(unit.pk))
    dues = {d.tier_id: d.due for d in period.dues.all()}
    owed = Obligation.objects.create(
        period=period, unit=unit, parent_id=place.parent_id, tier_id=unit.tier_id, chain=place.chain,
        due=dues.get(unit.tier_id) or max(dues.values(), default=period.until),
        covers_since=day if day > period.since else None,
    )  # fmt: skip
    report = Report.objects.create(obligation=owed)
    assert period.form is not None, "open periods have a form"
    empty = nothing(period.form.cells)
    for kind in Total.Kind.values:
        Total.objects.get_or_create(period=period, unit=unit, kind=kind, defaults={"packed": empty})
    append(owed, Place(None, b""), place, Cause(Kind.JOINED, day, reason), actor=actor)
    for below in list(outermost_below(period, unit)):
        there = place_of(period, below.unit)
        if there is not None and there.parent_id == unit.pk:
            move_place(below, there, Cause(Kind.MOVED, day, reason), actor=actor)
    tell_asked_now(report, owed, period, actor=actor)
    return owed


def outermost_below(period: Period, unit: Unit) -> QuerySet[Obligation]:
    """Return what is owed directly or next below a unit in the tree of today, the unit itself left out."""
    inside = Unit.objects.all().below(unit).exclude(pk=unit.pk).values("pk")
    found = Obligation.objects.filter(period=period, unit__in=inside).exclude(parent__in=inside)
    return found.select_related("unit", "report").order_by("pk")
