"""Who sets the organisation up: who may change its topmost unit, from a seat of that unit."""

from django.http import Http404

from liencap.audit.actor import Actor
from liencap.founding.models import Founding
from liencap.units.access import require


def get_founding_for(actor: Actor) -> Founding:
    """Fetch the setting up of the actor's own unit and judge: others 404, a reader of it 403."""
    found = Founding.objects.select_related("unit__tier").filter(unit=actor.unit_id or 0).first()
    if found is None:
        raise Http404
    require(actor, "unit.edit", found.unit)
    return found
