"""Hand lines down the tree by rule: small sets at once, large ones in the background, each unit once."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.communication.access import PLAN, RECORD
from liencap.communication.actions.items import issue_item
from liencap.communication.models import Item, Share
from liencap.errors import DomainError, crash_point
from liencap.programmes.queries import Rule, units_by_rule
from liencap.units.access import require
from liencap.work.actions import enqueue

AT_ONCE = 2000  # units that a request may wait for
BATCH = 500


@transaction.atomic
def hand_out(item: Item, rule: Rule, *, actor: Actor) -> int:
    """Hand a line to every unit that a rule names; return how many units these are. Running again doubles nothing."""
    require(actor, PLAN, item.unit)
    units = list(units_by_rule(rule, item.unit).order_by("path").values_list("pk", flat=True))
    if not units:
        raise DomainError("no-units", _("The rule names no unit."))
    issue_item(item, actor=actor)
    _give_or_queue(item, units, item.until, None, "", actor)
    record(
        "hand_out_item", actor=actor, kind="communication_item", object_id=item.pk, unit_id=item.unit_id,
        new={"units": len(units), "digest": digest(units)},
    )  # fmt: skip
    return len(units)


@transaction.atomic
def pass_item_down(
    share: Share, rule: Rule, *, actor: Actor, due: datetime.date | None = None, added: str = ""
) -> int:
    """Pass a line on to units below with words of one's own; the day may be earlier than one's own, never later."""
    require(actor, PLAN, share.unit)
    _require_issued(share.item)
    if due and due > share.due:
        raise DomainError("later", _("The day is later than your own: %(day)s.") % {"day": share.due})
    below = units_by_rule(rule, share.unit, itself=False)
    units = list(below.order_by("path").values_list("pk", flat=True))
    if not units:
        raise DomainError("no-units", _("The rule names no unit below yours."))
    _give_or_queue(share.item, units, due or share.due, share, added.strip(), actor)
    record(
        "pass_item_down", actor=actor, kind="communication_share", object_id=share.pk, unit_id=share.unit_id,
        new={"units": len(units), "digest": digest(units), "due": str(due or share.due)},
    )  # fmt: skip
    return len(units)


@transaction.atomic
def give_shares(
    item: Item, units: Sequence[int], due: datetime.date, *, parent: Share | None, added: str, actor: Actor
) -> None:
    """Write the missing shares of one chunk of units; who holds one already is tied to the unit that passed it on."""
    require(actor, PLAN, parent.unit if parent else item.unit)
    if parent is not None:
        held = Share.objects.filter(item=item, unit__in=units, state=Share.State.OPEN).exclude(pk=parent.pk)
        held.filter(due__gt=due).update(due=due)
        Share.objects.filter(item=item, unit__in=units).exclude(pk=parent.pk).update(
            parent=parent, added=added
        )
    rows = [
        Share(item=item, unit_id=unit, parent=parent, due=due, added=added, seen=item.n) for unit in units
    ]
    Share.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    crash_point("hand-out-after-batch")


@transaction.atomic
def confirm_seen(share: Share, *, actor: Actor) -> None:
    """Confirm that the unit has read the newest version."""
    require(actor, RECORD, share.unit)
    if Share.objects.filter(pk=share.pk, seen__lt=share.item.n).update(seen=share.item.n):
        record(
            "confirm_seen", actor=actor, kind="communication_share", object_id=share.pk, unit_id=share.unit_id,
            old={"n": share.seen}, new={"n": share.item.n},
        )  # fmt: skip


def _give_or_queue(
    item: Item, units: list[int], due: datetime.date, parent: Share | None, added: str, actor: Actor
) -> None:
    if len(units) <= AT_ONCE:
        for at in range(0, len(units), BATCH):
            give_shares(item, units[at : at + BATCH], due, parent=parent, added=added, actor=actor)
        return
    args = {
        "item": item.pk, "units": units, "due": due.isoformat(), "parent": parent.pk if parent else None,
        "added": added, "language": get_language(),
    }  # fmt: skip
    enqueue("hand_out_item", args, actor=actor, unit_id=(parent or item).unit_id)


def _require_issued(item: Item) -> None:
    if item.state != Item.State.ISSUED:
        raise DomainError("not-issued", _("This line is not in force."), status=409)
