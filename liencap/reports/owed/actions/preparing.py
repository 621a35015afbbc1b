"""Lay down who owes in a period before it is opened, when it is locked, and how it is reminded of."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reports.models import Period, PeriodException
from liencap.reports.owed.who import plain_rule
from liencap.units.access import require
from liencap.units.models import Unit
from liencap.units.rules import Rule

EARLIEST, LATEST, MOST = (
    -14,
    60,
    12,
)  # days before and after the last one on which a unit is reminded; how many
LONGEST_LOCK = 366


@transaction.atomic
def set_who_owes(
    period: Period, rule: Rule | None, *, lock_days: int | None, reminders: Sequence[int], actor: Actor
) -> Period:
    """Choose who owes (no rule: who holds a task), when sending ends and on which days units are reminded.

    Before opening all of it can be changed; afterwards the rule stands, and only the days can.
    """
    require(actor, "report.open", period.programme.unit)
    period = _locked(period)
    new = plain_rule(rule)
    if rule is not None and rule.is_empty:
        raise DomainError("rule-empty", _("Say at least one thing that the units have in common."))
    if period.state != Period.State.DRAFT and new != period.rule:
        raise DomainError("frozen", _("The period is open: who owes is frozen."), status=409)
    if lock_days is not None and not 0 <= lock_days <= LONGEST_LOCK:
        raise DomainError("lock-far", _("Give a number of days between 0 and 366."))
    days = sorted(set(reminders))
    if len(days) > MOST or any(not EARLIEST <= day <= LATEST for day in days):
        raise DomainError(
            "reminders-far", _("Remind at most twelve times, from 14 days before to 60 days after the day.")
        )
    old = {"rule": period.rule, "lock_days": period.lock_days, "reminders": period.reminders}
    period.rule, period.lock_days, period.reminders = new, lock_days, days
    period.save(update_fields=["rule", "lock_days", "reminders"])
    record(
        "set_who_owes", actor=actor, kind="period", object_id=period.pk, unit_id=period.programme.unit_id,
        old=old, new={"rule": new, "lock_days": lock_days, "reminders": days},
    )  # fmt: skip
    return period


@transaction.atomic
def name_exception(
    period: Period, unit: Unit, owes: bool | None, *, reason: str, actor: Actor
) -> PeriodException | None:
    """Let one unit owe, or not owe, whatever the rule says; None takes the exception back."""
    require(actor, "report.open", period.programme.unit)
    period = _locked(period)
    if period.state != Period.State.DRAFT:
        raise DomainError("frozen", _("The period is open: who owes is frozen."), status=409)
    if not unit.is_under(period.programme.unit):
        raise DomainError(
            "foreign-unit", _("This unit does not stand below the unit that set the programme.")
        )
    if owes is not None and not reason.strip():
        raise DomainError("reason-missing", _("Say why."))
    old = PeriodException.objects.filter(period=period, unit=unit).first()
    PeriodException.objects.filter(period=period, unit=unit).delete()
    made = None
    if owes is not None:
        made = PeriodException.objects.create(
            period=period, unit=unit, owes=owes, reason=reason.strip()[:500], by_seat_id=actor.seat_id
        )
    record(
        "name_exception", actor=actor, kind="period", object_id=period.pk, unit_id=unit.pk,
        old={"owes": old.owes, "reason": old.reason} if old else {},
        new={"owes": owes, "reason": reason.strip()[:500]} if made else {},
    )  # fmt: skip
    return made


def take_settings(period: Period, last: Period, *, actor: Actor) -> None:
    """Begin a planned period with the rule, the days and the exceptions of the programme's last one.

    The deed that plans the period records it.
    """
    assert actor is not None, "the planning deed is recorded"
    period.rule, period.lock_days, period.reminders = last.rule, last.lock_days, last.reminders
    period.save(update_fields=["rule", "lock_days", "reminders"])
    PeriodException.objects.bulk_create(
        [
            PeriodException(period=period, unit_id=e.unit_id, owes=e.owes, reason=e.reason, by_seat=e.by_seat)
            for e in last.exceptions.select_related("by_seat")
        ],
        batch_size=500,
    )


def _locked(period: Period) -> Period:
    return Period.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=period.pk)
