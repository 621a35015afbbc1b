"""Give more time to all units of a tier or a branch that have not sent."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reports.access import require_own
from liencap.reports.models import Obligation, ObligationAct, Period
from liencap.reports.owed.actions.acts import guard_to_come, said
from liencap.reports.owed.actions.telling import tell_many_more_time
from liencap.reports.queries import below, chain_of, within
from liencap.units.models import Tier, Unit

BATCH = 1000


@transaction.atomic
def extend_many(
    period: Period, unit: Unit, *, until: datetime.date, reason: str, actor: Actor,
    tier: Tier | None = None, branch: Unit | None = None,
) -> int:  # fmt: skip
    """Give more time to every unit below that has not sent and whose day is earlier; return how many.

    `branch` is a unit below with all under it. One entry with a digest; each unit's history shows the giver.
    """
    require_own(actor, "report.accept", unit)
    why = said(reason)
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if period.state != Period.State.OPEN:
        raise DomainError("period-closed", _("This period is not open."), status=409)
    guard_to_come(until)
    found = below(period, chain_of(period, unit))
    if branch is not None:
        found = found.filter(within(chain_of(period, branch)))
    if tier is not None:
        found = found.filter(tier=tier)
    later = Q(extended_to__isnull=True, due__lt=until) | Q(extended_to__lt=until)
    silent = found.filter(later, cls__isnull=True, report__current__isnull=True)
    pks = sorted(silent.order_by().values_list("pk", flat=True))
    if not pks:
        raise DomainError("nobody-left", _("No unit of these has still to send by an earlier day."))
    for at in range(0, len(pks), BATCH):
        _extend(pks[at : at + BATCH], until, why, actor)
    record(
        "extend_many", actor=actor, kind="period", object_id=period.pk, unit_id=unit.pk,
        new={"until": str(until), "reason": why, "obligations": len(pks), "sha256": digest(pks),
             "tier": tier.code if tier else "", "branch": branch.pk if branch else None},
    )  # fmt: skip
    tell_many_more_time(period, pks, actor=actor)
    return len(pks)


def _extend(pks: list[int], until: datetime.date, why: str, actor: Actor) -> None:
    """Write the new day and an act for each of some obligations; an open request is answered with it."""
    Obligation.objects.filter(pk__in=pks).update(extended_to=until, reason=why)
    kinds = ObligationAct.Kind
    waiting = ObligationAct.objects.filter(obligation__in=pks, kind=kinds.ASKED, answered_by__isnull=True)
    asked = dict(waiting.values_list("obligation_id", "pk"))
    ObligationAct.objects.bulk_create(
        ObligationAct(
            obligation_id=pk, kind=kinds.EXTENDED, day=until, reason=why, answers_id=asked.get(pk),
            by_seat_id=actor.seat_id,
        )
        for pk in pks
    )  # fmt: skip
