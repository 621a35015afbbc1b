"""Fetch channels, lines, shares, sessions and questions and judge: stranger 404, who may not do it 403."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from liencap.audit.actor import Actor
from liencap.communication.models import (
    Channel,
    Evidence,
    Item,
    ItemQuerySet,
    Question,
    Session,
    Share,
)
from liencap.units.access import can, require, units_visible_to
from liencap.units.models import Unit

VIEW = "communication.view"
PLAN = "communication.plan"
RECORD = "communication.record"
ANSWER = "communication.answer"
REDACT = "communication.redact"


def items_visible_to(actor: Actor) -> ItemQuerySet:
    """Return the lines that units which the actor may see have set, or were handed."""
    units = units_visible_to(actor, VIEW).values("pk")
    given = Share.objects.filter(item=OuterRef("pk"), unit__in=units)
    return Item.objects.filter(Q(unit__in=units) | Exists(given)).select_related("unit")


def get_item_for(actor: Actor, pk: int, permission: str = VIEW) -> Item:
    """Fetch a line and judge: who holds a share of it sees it, its own unit changes it."""
    found = items_visible_to(actor).select_related(
        "unit", "owner_seat__role", "document", "programme", "task"
    )
    item = found.filter(pk=pk).first()
    if item is None:
        raise Http404
    if permission != VIEW:
        require(actor, permission, item.unit)
    return item


def get_share_for(actor: Actor, pk: int, permission: str = VIEW) -> Share:
    """Fetch a share and judge by the unit that holds it."""
    found = Share.objects.select_related("unit__tier", "item__unit", "item__document", "parent__unit")
    share = found.filter(pk=pk).first()
    if share is None or not can(actor, VIEW, share.unit):
        raise Http404
    require(actor, permission, share.unit)
    return share


def get_session_for(actor: Actor, pk: int, permission: str = VIEW) -> Session:
    """Fetch a session and judge by the unit that holds it."""
    session = Session.objects.select_related("share__unit", "share__item__unit").filter(pk=pk).first()
    if session is None or not can(actor, VIEW, session.share.unit):
        raise Http404
    require(actor, permission, session.share.unit)
    return session


def get_evidence_for(actor: Actor, pk: int, permission: str = VIEW) -> Evidence:
    """Fetch a file and judge by the unit that attached it."""
    found = Evidence.objects.select_related("share__unit", "share__item").filter(pk=pk, removed=False).first()
    if found is None or not can(actor, VIEW, found.share.unit):
        raise Http404
    require(actor, permission, found.share.unit)
    return found


def get_question_for(actor: Actor, pk: int, permission: str = VIEW) -> Question:
    """Fetch a question and judge by the unit that is to answer it."""
    found = Question.objects.select_related("at_unit", "item__unit", "share__unit").filter(pk=pk).first()
    if found is None or not can(actor, VIEW, found.at_unit):
        raise Http404
    require(actor, permission, found.at_unit)
    return found


def get_channel_for(actor: Actor, pk: int, permission: str = PLAN) -> Channel:
    """Fetch a channel and judge by the unit that keeps it."""
    channel = Channel.objects.select_related("unit").filter(pk=pk, closed=False).first()
    if channel is None or not can(actor, VIEW, channel.unit):
        raise Http404
    require(actor, permission, channel.unit)
    return channel


def channels_for(unit: Unit) -> QuerySet[Channel]:
    """Return the channels a unit may use: its own and those of the units above it."""
    found = Channel.objects.filter(closed=False, unit__in=unit.path_ids)
    return found.select_related("unit").order_by("unit__path", "pk")


def require_within(actor: Actor, unit: Unit) -> None:
    """Refuse to show the standing of a unit that the actor may not see."""
    if not can(actor, VIEW, unit):
        raise Http404
