"""Ask each unit that holds tasks of a programme to issue its own plan by a day."""

import datetime

from django.db import transaction

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.plans.access import ASK
from liencap.plans.actions.drafting import require_active
from liencap.plans.models import PlanCall
from liencap.programmes.models import Programme
from liencap.units.access import require


@transaction.atomic
def ask_for_plans(programme: Programme, due: datetime.date | None, *, actor: Actor) -> None:
    """Set the day, or no longer ask when there is none."""
    require(actor, ASK, programme.unit)
    require_active(programme)
    old = PlanCall.objects.filter(programme=programme).first()
    if due is None:
        PlanCall.objects.filter(programme=programme).delete()
    else:
        PlanCall.objects.update_or_create(programme=programme, defaults={"due": due})
    record(
        "ask_for_plans", actor=actor, kind="programme", object_id=programme.pk, unit_id=programme.unit_id,
        old={"due": str(old.due) if old else ""}, new={"due": str(due or "")},
    )  # fmt: skip
