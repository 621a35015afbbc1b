"""Note what a unit is by its attributes: a sector, a kind of area, an official code. Each value holds for some time."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.text import fold
from liencap.errors import DomainError
from liencap.units.access import require
from liencap.units.models import Unit, UnitAttribute
from liencap.units.queries import attribute_names, attributes_of

BATCH = 400


@transaction.atomic
def note_attribute(
    unit: Unit, key: str, value: str, *, since: datetime.date, actor: Actor
) -> UnitAttribute | None:
    """Note an attribute from a day on, in the place of the value it had; None when it has this value already.

    Names and values are spelled as they were before, if only capitals, accents or blanks differ.
    """
    require(actor, "unit.edit", unit)
    Unit.objects.select_for_update().get(pk=unit.pk)  # two seats, one value at a time
    key, value = Spelling().of(*_cleaned(key, value))
    held = attributes_of(unit).filter(key=key, until=None).first()
    if held is not None:
        if held.value == value:
            return None
        _end(held, since)
    made = UnitAttribute.objects.create(unit=unit, key=key, value=value, since=since)
    record(
        "note_attribute", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk,
        old={"value": held.value} if held else {}, new={"attribute": key, "value": value, "since": str(since)},
    )  # fmt: skip
    return made


@transaction.atomic
def end_attribute(attribute: UnitAttribute, *, day: datetime.date, actor: Actor) -> None:
    """End an attribute that holds no more, from a day on; the row stays with its days."""
    require(actor, "unit.edit", attribute.unit)
    held = UnitAttribute.objects.select_for_update().get(pk=attribute.pk)
    if held.until is not None:
        return
    _end(held, day)
    record(
        "end_attribute", actor=actor, kind="unit", object_id=held.unit_id, unit_id=held.unit_id,
        old={"value": held.value}, new={"attribute": held.key, "until": str(day)},
    )  # fmt: skip


def write_attributes(rows: Sequence[tuple[int, str, str, datetime.date]]) -> int:
    """Write the values (unit, key, value, since) of an import, which judged and records them; return how many."""
    spelling = Spelling() if rows else None
    for at in range(0, len(rows), BATCH):
        wanted = {}
        for unit, typed, said, since in rows[at : at + BATCH]:
            assert spelling is not None, "there are rows"
            key, value = spelling.of(typed, said)
            wanted[unit, key] = value, since
        held = UnitAttribute.objects.filter(unit__in={unit for unit, _key in wanted}, until=None)
        old = [one for one in held if (one.unit_id, one.key) in wanted]
        for one in old:
            one.until = wanted[one.unit_id, one.key][1]
        UnitAttribute.objects.bulk_update(old, ["until"], batch_size=BATCH)
        UnitAttribute.objects.bulk_create(
            UnitAttribute(unit_id=unit, key=key, value=value, since=since)
            for (unit, key), (value, since) in wanted.items()
        )
    return len(rows)


class Spelling:
    """How names and values of attributes are spelled: as they first were, whatever capitals, accents or blanks differ.

    A query for the names, and one for the values of each name that is asked for.
    """

    def __init__(self) -> None:
        self._keys = {fold(key): key for key in attribute_names()}
        self._values: dict[str, dict[str, str]] = {}

    def of(self, key: str, value: str) -> tuple[str, str]:
        """Return the spelling in use of a name and a value; one that is new is in use from now on."""
        key = self._keys.setdefault(fold(key), key)
        if key not in self._values:
            known = (
                UnitAttribute.objects.filter(key=key).order_by().values_list("value", flat=True).distinct()
            )
            self._values[key] = {fold(one): one for one in known}
        return key, self._values[key].setdefault(fold(value), value)


def _end(held: UnitAttribute, day: datetime.date) -> None:
    if held.since is not None and day < held.since:
        raise DomainError("before-attribute", _("It has held only since a later day."))
    held.until = day
    held.save(update_fields=["until"])


def _cleaned(key: str, value: str) -> tuple[str, str]:
    key, value = " ".join(key.split()), " ".join(value.split())
    if not key or not value:
        raise DomainError("attribute-empty", _("An attribute needs a name and a value."))
    if any(mark in key for mark in "=:;"):
        raise DomainError("attribute-marks", _("The name of an attribute holds none of the marks = : ;"))
    return key, value
