"""Prove the totals of a period and keep the result in the log."""

from django.db import transaction

from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.reports.models import Period, Total
from liencap.reports.proof import Differing, proven
from liencap.units.access import require
from liencap.work.actions import enqueue
from liencap.work.models import Job

KEPT = 100  # units named in the log


def ask_proof(period: Period, *, actor: Actor) -> Job:
    """Let a worker prove the totals of a period; a second wish while one waits is the same wish."""
    unit = period.programme.unit
    require(actor, "report.open", unit)
    args = {"period": period.pk}
    return enqueue("check-totals", args, actor=actor, key=f"period-{period.pk}", unit_id=unit.pk)


def prove_totals(period: Period, *, actor: Actor = SYSTEM) -> Differing:
    """Compare every stored total with the recomputed one and record what was found."""
    assert actor.user_id is None, "a worker proves; people ask it to"
    differing = proven(period)
    new = {
        "checked": Total.objects.filter(period=period).count(),
        "differing": len(differing),
        **({"totals": [f"{unit}:{kind}" for unit, kind in differing[:KEPT]]} if differing else {}),
    }
    with transaction.atomic():
        record(
            "check_totals", actor=actor, kind="period", object_id=period.pk,
            unit_id=period.programme.unit_id, new=new,
        )  # fmt: skip
    return differing
