"""End a unit: without a successor, merged into one, or split into several."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.card import followers
from liencap.errors import DomainError
from liencap.units.access import require
from liencap.units.actions.tree import lock_tree, move_unit
from liencap.units.models import Placement, Succession, Unit
from liencap.units.queries import children


@transaction.atomic
def close_unit(
    unit: Unit, *, day: datetime.date, reason: str, actor: Actor, successors: Sequence[Unit] = ()
) -> list[Succession]:
    """End a unit from a day on; the units below go to a sole successor, else they must have been moved before.

    Its seats stay: its last reports are still to be sent. What upper rooms hang on it follows at once.
    """
    lock_tree(unit)
    placed = unit.placements.select_related("parent").filter(until__isnull=True).first()
    _guard(unit, placed, day, reason, successors)
    assert placed is not None, "judged above"
    assert placed.parent is not None, "judged above"
    for touched in (placed.parent, unit, *successors):
        require(actor, "unit.edit", touched)
    below = list(children(unit).order_by("pk"))
    if below and len(successors) != 1:
        raise DomainError(
            "has-children", _("Units stand below this one: move them first, or name one successor.")
        )
    heirs: Sequence[Unit | None] = successors or [None]
    made = [
        Succession.objects.create(
            unit=unit, successor=one, day=day, reason=reason.strip()[:300], by_seat_id=actor.seat_id
        )
        for one in heirs
    ]
    unit.closed = day
    unit.save(update_fields=["closed"])
    record(
        "close_unit", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk, old={"parent": placed.parent_id},
        new={"day": str(day), "reason": reason.strip()[:300], "successors": [one.pk for one in successors]},
    )  # fmt: skip
    for follow in followers("close-unit"):
        follow(made, actor=actor)
    for child in below:
        move_unit(child, successors[0], since=day, actor=actor)
    placed.until = day
    placed.save(update_fields=["until"])
    return made


def _guard(
    unit: Unit, placed: Placement | None, day: datetime.date, reason: str, successors: Sequence[Unit]
) -> None:
    """Refuse what cannot be: no place, the topmost unit, a day too early, a successor that is not there."""
    if unit.closed is not None or placed is None:
        raise DomainError("closed-already", _("This unit is closed already."), status=409)
    if placed.parent is None:
        raise DomainError("root-stays", _("The topmost unit cannot be closed."))
    if not reason.strip():
        raise DomainError("reason-missing", _("Say why, or give the number of the decision."))
    if day <= placed.since:
        raise DomainError("before-placement", _("The unit came to its present place on that day or later."))
    for one in successors:
        if one.closed is not None or one.is_under(unit):
            raise DomainError(
                "bad-successor", _("A successor must be open and must not stand below the unit.")
            )
        if not one.placements.filter(since__lte=day).exists():
            raise DomainError("late-successor", _("The successor did not exist yet on that day."))
