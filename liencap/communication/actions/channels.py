"""Keep the list of a unit's own channels."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.communication.access import PLAN
from liencap.communication.models import Channel
from liencap.errors import DomainError
from liencap.units.access import require
from liencap.units.models import Unit


@transaction.atomic
def add_channel(unit: Unit, name: str, *, actor: Actor, name_en: str = "", place: str = "") -> Channel:
    """Add a channel that the unit and all below it may use."""
    require(actor, PLAN, unit)
    name = name.strip()[:120]
    if not name:
        raise DomainError("name-missing", _("Give the channel a name."))
    try:
        with transaction.atomic():
            made = Channel.objects.create(
                unit=unit, name=name, name_en=name_en.strip()[:120], place=place.strip()[:300]
            )
    except IntegrityError:
        raise DomainError("twice", _("Your unit already has a channel of this name.")) from None
    record(
        "add_channel", actor=actor, kind="channel", object_id=made.pk, unit_id=unit.pk,
        new={"name": name, "name_en": made.name_en, "place": made.place},
    )  # fmt: skip
    return made


@transaction.atomic
def close_channel(channel: Channel, *, actor: Actor) -> None:
    """Offer a channel no more; what was published there keeps its name."""
    require(actor, PLAN, channel.unit)
    if Channel.objects.filter(pk=channel.pk, closed=False).update(closed=True):
        unit = channel.unit_id
        record(
            "close_channel", actor=actor, kind="channel", object_id=channel.pk, unit_id=unit,
            old={"name": channel.name},
        )  # fmt: skip
