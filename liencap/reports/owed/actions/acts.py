"""What is done about one obligation: more time, excuse, not due, owing again, opening again; each with its giver."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reports.actions.settling import settle_when_in
from liencap.reports.models import Obligation, ObligationAct, Period, Report
from liencap.reports.owed.access import require_above
from liencap.reports.owed.actions.telling import tell_excused, tell_more_time, tell_owes_again, tell_reopened
from liencap.reports.owed.queries import open_request
from liencap.units.access import today

Kind, Class = ObligationAct.Kind, Obligation.Class
LET_OFF = (Class.EXCUSED, Class.NOT_DUE)


def locked(owed: Obligation) -> Obligation:
    """Take an obligation of an open period for oneself until the transaction ends."""
    found = Obligation.objects.select_for_update(of=("self",)).select_related(
        "period__programme", "period__form", "unit", "report__current"
    )
    owed = found.get(pk=owed.pk)
    if owed.period.state != Period.State.OPEN:
        raise DomainError("period-closed", _("This period is not open."), status=409)
    return owed


def said(reason: str) -> str:
    """Return a reason as it is kept; refuse none at all."""
    if not reason.strip():
        raise DomainError("reason-missing", _("Say why."))
    return reason.strip()[:500]


def guard_to_come(day: datetime.date) -> None:
    """Refuse a day that has passed: nobody can still send by it."""
    if day < today():
        raise DomainError("day-past", _("The day lies in the past."))


def note(
    owed: Obligation, kind: str, deed: str, *, reason: str, actor: Actor, day: datetime.date | None = None,
    old: dict[str, str] | None = None, answers: ObligationAct | None = None,
) -> ObligationAct:  # fmt: skip
    """Keep an act with its giver, and record it."""
    act = ObligationAct.objects.create(
        obligation=owed, kind=kind, day=day, reason=reason, answers=answers, by_seat_id=actor.seat_id
    )
    record(
        deed, actor=actor, kind="obligation", object_id=owed.pk, unit_id=owed.unit_id, old=old,
        new={"reason": reason, **({"until": str(day)} if day else {})},
    )  # fmt: skip
    return act


@transaction.atomic
def extend_obligation(report: Report, *, until: datetime.date, reason: str, actor: Actor) -> Obligation:
    """Give one unit more time, with the reason; an open request of the unit is granted with it."""
    require_above(actor, report.obligation)
    owed, why = locked(report.obligation), said(reason)
    if until <= owed.due:
        raise DomainError("not-later", _("The new day must be later than the due day."))
    if owed.report.current_id is None:
        guard_to_come(until)
    old = {"extended_to": str(owed.extended_to or "")}
    owed.extended_to, owed.reason = until, why
    owed.save(update_fields=["extended_to", "reason"])
    asked = open_request(owed)
    note(owed, Kind.EXTENDED, "extend_obligation", reason=why, actor=actor, day=until, old=old, answers=asked)
    tell_more_time(owed.report, owed, actor=actor, answered=asked is not None)
    return owed


@transaction.atomic
def excuse_obligation(owed: Obligation, *, reason: str, actor: Actor) -> Obligation:
    """Excuse a unit that has not sent: it owes nothing any more in this period and is reminded of nothing."""
    return _let_off(owed, Class.EXCUSED, Kind.EXCUSED, "excuse_obligation", reason, actor)


@transaction.atomic
def declare_not_due(owed: Obligation, *, reason: str, actor: Actor) -> Obligation:
    """Say that a unit that has not sent never had to report in this period."""
    return _let_off(owed, Class.NOT_DUE, Kind.NOT_DUE, "declare_not_due", reason, actor)


def _let_off(owed: Obligation, cls: str, kind: str, deed: str, reason: str, actor: Actor) -> Obligation:
    require_above(actor, owed)
    owed, why = locked(owed), said(reason)
    if owed.report.current_id is not None:
        raise DomainError("sent-already", _("This unit has sent its report: there is nothing to excuse."))
    if owed.cls == cls:
        return owed
    old = {"class": owed.cls or ""}
    owed.cls, owed.reason = cls, why
    owed.save(update_fields=["cls", "reason"])
    asked = open_request(owed)
    note(owed, kind, deed, reason=why, actor=actor, old=old, answers=asked)
    tell_excused(owed, actor=actor)
    if owed.parent_id is not None:
        settle_when_in(owed.period, owed.parent_id)
    return owed


@transaction.atomic
def owe_again(owed: Obligation, *, reason: str, actor: Actor) -> Obligation:
    """Take an excuse back: the unit owes its report again."""
    require_above(actor, owed)
    owed, why = locked(owed), said(reason)
    if owed.cls not in LET_OFF:
        raise DomainError("not-excused", _("This unit is not excused."), status=409)
    old = {"class": owed.cls}
    owed.cls, owed.reason = None, why
    owed.save(update_fields=["cls", "reason"])
    note(owed, Kind.OWES_AGAIN, "owe_again", reason=why, actor=actor, old=old)
    tell_owes_again(owed, actor=actor)
    return owed


@transaction.atomic
def reopen_obligation(owed: Obligation, *, until: datetime.date, reason: str, actor: Actor) -> Obligation:
    """Let one unit send after its report was locked, until a day; its class stays late."""
    require_above(actor, owed)
    owed, why = locked(owed), said(reason)
    if not owed.is_locked_on(today()):
        raise DomainError("not-locked", _("This report is not locked."), status=409)
    guard_to_come(until)
    old = {"reopened_to": str(owed.reopened_to or "")}
    owed.reopened_to = until
    owed.save(update_fields=["reopened_to"])
    note(owed, Kind.REOPENED, "reopen_obligation", reason=why, actor=actor, day=until, old=old)
    tell_reopened(owed, actor=actor)
    return owed
