"""Record what a unit did of a line: published where and when, not applicable and why; take it back."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.communication.access import RECORD, channels_for
from liencap.communication.models import Channel, Evidence, Item, Share
from liencap.documents import store
from liencap.documents.attachments import bare_name, looked_at
from liencap.errors import DomainError
from liencap.units.access import require, today

MOST = 20  # files on one share
STATE = ("state", "done_on", "where", "reason", "recorded_by_seat", "changed")


@transaction.atomic
def record_done(
    share: Share, *, on: datetime.date, actor: Actor, where: str = "", channels: Iterable[Channel] = ()
) -> Share:
    """Record where something was published and on which day; recording again corrects it."""
    share = locked(share, actor)
    if share.item.by_sessions:
        raise DomainError("by-sessions", _("This is done by its sessions: record those."))
    chosen, where = list(channels), where.strip()[:500]
    if not chosen and not where:
        raise DomainError("where", _("Say where it was published."))
    if on > today():
        raise DomainError("future", _("This day has not come yet."))
    allowed = {channel.pk for channel in channels_for(share.unit)}
    if any(channel.pk not in allowed for channel in chosen):
        raise DomainError("channel", _("This channel does not belong to your unit or one above it."))
    old = {"state": share.state, "done_on": str(share.done_on or "")}
    share.state, share.done_on, share.where, share.reason = Share.State.DONE, on, where, ""
    _save(share, actor)
    share.channels.set(chosen)
    new = {"state": share.state, "done_on": str(on), "channels": [channel.name for channel in chosen]}
    _note("record_done", share, actor, old, new)
    return share


@transaction.atomic
def record_not_applicable(share: Share, *, reason: str, actor: Actor) -> Share:
    """Record that a line does not concern the unit, and why."""
    share = locked(share, actor)
    if not reason.strip():
        raise DomainError("reason", _("Say why it does not concern your unit."))
    if share.planned:
        raise DomainError(
            "planned", _("Your unit has planned or held sessions: cancel them first."), status=409
        )
    old = {"state": share.state}
    share.state, share.done_on, share.reason = Share.State.NOT_APPLICABLE, None, reason.strip()[:300]
    _save(share, actor)
    _note("record_not_applicable", share, actor, old, {"state": share.state, "reason": share.reason})
    return share


@transaction.atomic
def take_back(share: Share, *, actor: Actor) -> Share:
    """Open a share again that was recorded by mistake."""
    share = locked(share, actor)
    if share.held:
        raise DomainError("held", _("Sessions were held; cancel or correct the session instead."), status=409)
    old = {"state": share.state, "done_on": str(share.done_on or "")}
    share.state, share.done_on, share.where, share.reason = Share.State.OPEN, None, "", ""
    _save(share, actor)
    share.channels.clear()
    _note("take_back", share, actor, old, {"state": share.state})
    return share


def attach_file(
    share: Share, data: bytes, filename: str, *, caption: str, actor: Actor, no_secrecy: bool = False
) -> Evidence:
    """Check a file and keep it with the share; a secrecy mark refuses it before anything is stored."""
    require(actor, RECORD, share.unit)
    if not caption.strip():
        raise DomainError("caption-missing", _("Say in a few words what the file shows."))
    kind, kept = looked_at(data, no_secrecy=no_secrecy)
    sha256 = store.put(kept)
    with transaction.atomic():
        share = locked(share, actor)
        if share.evidence.filter(removed=False).count() >= MOST:
            raise DomainError("too-many", _("At most %(most)s files stand here.") % {"most": MOST})
        made = Evidence.objects.create(
            share=share, caption=caption.strip()[:200], filename=bare_name(filename), kind=kind, size=len(kept),
            sha256=sha256,
        )  # fmt: skip
        _note("attach_file", share, actor, {}, {"sha256": sha256, "kind": kind})
    return made


@transaction.atomic
def remove_file(evidence: Evidence, *, actor: Actor) -> None:
    """Take a file off again; the store keeps its bytes, nobody is shown them."""
    require(actor, RECORD, evidence.share.unit)
    if Evidence.objects.filter(pk=evidence.pk, removed=False).update(removed=True):
        _note("remove_file", evidence.share, actor, {"sha256": evidence.sha256}, {})


def locked(share: Share, actor: Actor) -> Share:
    """Fetch a share anew for writing and judge: the right, and that the line is in force."""
    share = Share.objects.select_for_update(of=("self",)).select_related("item", "unit").get(pk=share.pk)
    require(actor, RECORD, share.unit)
    if share.item.state != Item.State.ISSUED:
        raise DomainError("not-issued", _("This line is not in force."), status=409)
    return share


def _save(share: Share, actor: Actor) -> None:
    share.recorded_by_seat_id = actor.seat_id
    share.save(update_fields=STATE)


def _note(deed: str, share: Share, actor: Actor, old: dict[str, Any], new: dict[str, Any]) -> None:
    record(
        deed, actor=actor, kind="communication_share", object_id=share.pk, unit_id=share.unit_id, old=old,
        new=new,
    )  # fmt: skip
