"""Plan lines of communication and study, change them in versions, cancel them."""

import datetime
from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.communication.access import PLAN, channels_for
from liencap.communication.content import ItemWords, values_of
from liencap.communication.models import Item, ItemVersion, Share
from liencap.errors import DomainError
from liencap.units.access import require
from liencap.units.models import Unit

FIELDS = (
    "title", "message", "audience", "material", "discuss", "sessions_each", "since", "until", "owner_seat",
    "programme", "task", "document",
)  # fmt: skip


@transaction.atomic
def plan_item(unit: Unit, kind: str, words: ItemWords, *, actor: Actor) -> Item:
    """Write a line into the unit's plan; nobody below sees it before it is handed out."""
    require(actor, PLAN, unit)
    words = _checked(unit, kind, words)
    item = Item(unit=unit, kind=kind)
    _write(item, words)
    item.save()
    item.channels.set(words.channels)
    record(
        "plan_item", actor=actor, kind="communication_item", object_id=item.pk, unit_id=unit.pk,
        new={"title": item.title, "until": str(item.until), "sessions_each": item.sessions_each},
    )  # fmt: skip
    return item


@transaction.atomic
def change_item(item: Item, words: ItemWords, *, actor: Actor, why: str = "") -> Item:
    """Change a line. Once handed out this makes a version, which every holder sees and confirms."""
    require(actor, PLAN, item.unit)
    item = Item.objects.select_for_update().select_related("unit").get(pk=item.pk)
    if item.state == Item.State.CANCELLED:
        raise DomainError("cancelled", _("This line was cancelled."), status=409)
    words = _checked(item.unit, item.kind, words)
    old, day = values_of(item), item.until
    _write(item, words)
    item.channels.set(words.channels)
    new = values_of(item)
    changed = [name for name in new if new[name] != old[name]]
    if item.state == Item.State.ISSUED and changed:
        if not why.strip():
            raise DomainError("why", _("Say why: the units that hold this line will read it."))
        item.n += 1
        _add_version(item, why)
        _move_dues(item, day)
    item.derive()
    item.save(update_fields=[*FIELDS, "n", "folded", "changed"])
    record(
        "change_item", actor=actor, kind="communication_item", object_id=item.pk, unit_id=item.unit_id,
        old={name: old[name] for name in changed}, new={name: new[name] for name in changed},
    )  # fmt: skip
    return item


@transaction.atomic
def cancel_item(item: Item, *, reason: str, actor: Actor) -> None:
    """Cancel a line with a reason; what units have done of it stays."""
    require(actor, PLAN, item.unit)
    if not reason.strip():
        raise DomainError("reason", _("Say why it is cancelled."))
    item = Item.objects.select_for_update().get(pk=item.pk)
    if item.state == Item.State.CANCELLED:
        return
    item.state, item.reason = Item.State.CANCELLED, reason.strip()[:300]
    item.save(update_fields=["state", "reason", "changed"])
    record(
        "cancel_item", actor=actor, kind="communication_item", object_id=item.pk, unit_id=item.unit_id,
        new={"reason": item.reason},
    )  # fmt: skip


@transaction.atomic
def issue_item(item: Item, *, actor: Actor) -> None:
    """Freeze the words of a draft as its first version; a second time changes nothing."""
    require(actor, PLAN, item.unit)
    item.refresh_from_db(fields=["state", "n"])
    if item.state == Item.State.CANCELLED:
        raise DomainError("cancelled", _("This line was cancelled."), status=409)
    if Item.objects.filter(pk=item.pk, state=Item.State.DRAFT).update(state=Item.State.ISSUED):
        item.state = Item.State.ISSUED
        _add_version(item, "")


def _add_version(item: Item, why: str) -> None:
    ItemVersion.objects.create(item=item, n=item.n, values=values_of(item), why=why.strip()[:300])


def _move_dues(item: Item, old: datetime.date) -> None:
    """Let days that followed the line's own follow it again; an earlier own day of a unit stays earlier."""
    open_ = Share.objects.filter(item=item, state=Share.State.OPEN)
    open_.filter(Q(due=old) | Q(due__gt=item.until)).update(due=item.until)


def _checked(unit: Unit, kind: str, words: ItemWords) -> ItemWords:
    """Refuse what cannot be meant; cut what is too long for its column."""
    title = " ".join(words.title.split())[:300]
    if not title:
        raise DomainError("title", _("Say what it is about."))
    if words.since and words.since > words.until:
        raise DomainError("days", _("The last day is before the first."))
    if kind == Item.Kind.STUDY and words.sessions_each < 1:
        raise DomainError("sessions", _("Say how many sessions each unit holds."))
    allowed = {channel.pk for channel in channels_for(unit)}
    if any(channel.pk not in allowed for channel in words.channels):
        raise DomainError("channel", _("This channel does not belong to your unit or one above it."))
    if words.owner_seat and words.owner_seat.unit_id != unit.pk:
        raise DomainError("owner", _("The one in charge must hold a seat in your unit."))
    if words.task and words.programme and words.task.programme_id != words.programme.pk:
        raise DomainError("task", _("The task belongs to another programme."))
    return replace(words, title=title, audience=words.audience.strip()[:300])


def _write(item: Item, words: ItemWords) -> None:
    for name in FIELDS:
        setattr(item, name, getattr(words, name))
    item.derive()
