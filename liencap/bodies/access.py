"""Fetch bodies and requirements and judge: stranger 404, who may not do it 403."""

from django.db.models import QuerySet
from django.http import Http404

from liencap.audit.actor import Actor
from liencap.bodies.models import Requirement
from liencap.units.access import can, require, seat_of, units_visible_to
from liencap.units.models import Body, Seat

VIEW, EDIT, ASK = "body.view", "body.edit", "body.ask"


def bodies_visible_to(actor: Actor) -> "QuerySet[Body]":
    """Return the bodies of the units whose bodies the actor's seat may see."""
    return Body.objects.filter(unit__in=units_visible_to(actor, VIEW)).select_related("unit__tier")


def get_body_for(actor: Actor, pk: int, permission: str = VIEW) -> Body:
    """Fetch a body and judge by its unit."""
    body = Body.objects.select_related("unit__tier").filter(pk=pk).first()
    if body is None or not can(actor, VIEW, body.unit):
        raise Http404
    require(actor, permission, body.unit)
    return body


def get_requirement_for(actor: Actor, pk: int, permission: str = VIEW) -> Requirement:
    """Fetch a requirement: who stands under the unit that asks, or above it, sees it; that unit's seats change it."""
    found = Requirement.objects.select_related("unit", "kind").filter(pk=pk).first()
    seat = seat_of(actor)
    if found is None or seat is None or VIEW not in {*seat.role.own, *seat.role.below}:
        raise Http404
    if not (seat.unit.is_under(found.unit) or found.unit.is_under(seat.unit)):
        raise Http404
    if permission != VIEW:
        require(actor, permission, found.unit)
    return found


def get_acting_seat(actor: Actor, permission: str = VIEW) -> Seat:
    """Return the seat one acts in: without one 404, without the right 403."""
    seat = seat_of(actor)
    if seat is None:
        raise Http404
    require(actor, permission, seat.unit)
    return seat
