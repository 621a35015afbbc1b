"""Who may see and change a plan: a draft its own unit alone, an issued plan the units above and those it binds."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.translation import gettext as _

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import NotAllowed
from liencap.plans.models import PlanItem, UnitPlan, UnitPlanQuerySet
from liencap.programmes.access import get_programme_for
from liencap.programmes.models import Assignment, Programme
from liencap.units.access import can, require, seat_of, units_visible_to
from liencap.units.models import Seat, Unit

VIEW, WRITE, ISSUE, ASK, STYLE = "plan.view", "plan.write", "plan.issue", "plan.ask", "plan.template"
JOINED = ("unit__tier", "programme__unit", "programme__reading__version__document", "version__document")


def require_own(actor: Actor, permission: str, unit: Unit) -> None:
    """Refuse whoever does not act in a seat of this very unit with the permission."""
    require(actor, permission, unit)
    if actor != SYSTEM and actor.unit_id != unit.pk:
        raise NotAllowed("not-own-unit", _("Only the unit itself may do this."))


def _bound_by(seat: Seat | None, plan: UnitPlan) -> bool:
    """Say whether a seat's unit stands under the plan's and holds tasks of the same programme: the plan binds it."""
    if seat is None or VIEW not in {*seat.role.own, *seat.role.below} or not seat.unit.is_under(plan.unit):
        return False
    return Assignment.objects.filter(unit_id=seat.unit_id, task__programme_id=plan.programme_id).exists()


def plans_visible_to(actor: Actor) -> UnitPlanQuerySet:
    """Return the plans in force that the actor's seat may see."""
    seat = seat_of(actor)
    seen = Q(unit__in=units_visible_to(actor, VIEW).values("pk"))
    if seat is not None and VIEW in {*seat.role.own, *seat.role.below}:
        held = Assignment.objects.filter(unit_id=seat.unit_id, task__programme=OuterRef("programme"))
        seen |= Q(Exists(held), unit__in=seat.unit.path_ids)
    return UnitPlan.objects.issued().filter(seen).select_related("unit", "programme")


def get_plan_for(actor: Actor, pk: int) -> UnitPlan:
    """Fetch a plan: a draft exists for its own unit alone, an issued one for who is above it or bound by it."""
    plan = UnitPlan.objects.select_related(*JOINED).filter(pk=pk).first()
    if plan is None:
        raise Http404
    if plan.state == UnitPlan.State.DRAFT:
        if actor.unit_id != plan.unit_id or not can(actor, VIEW, plan.unit):
            raise Http404
    elif not can(actor, VIEW, plan.unit) and not _bound_by(seat_of(actor), plan):
        raise Http404
    return plan


def get_draft_for(actor: Actor, pk: int, permission: str = WRITE) -> UnitPlan:
    """Fetch a draft to change: other units 404, readers of the unit 403."""
    plan = get_plan_for(actor, pk)
    require_own(actor, permission, plan.unit)
    if plan.state != UnitPlan.State.DRAFT:
        raise Http404
    return plan


def get_item_for(actor: Actor, pk: int, item: int) -> PlanItem:
    """Fetch a line of a draft to change."""
    plan = get_draft_for(actor, pk)
    joined = ("assignment__task", "assignment__parent__unit", "above__assignment__task")
    found = PlanItem.objects.select_related(*joined).filter(plan=plan, pk=item).first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def get_held_programme_for(actor: Actor, pk: int, permission: str = WRITE) -> tuple[Programme, Unit]:
    """Fetch a programme of which the seat's own unit holds tasks, to make its plan."""
    programme, seat = get_programme_for(actor, pk), seat_of(actor)
    held = Assignment.objects.filter(task__programme=programme, unit_id=actor.unit_id or 0)
    if seat is None or not held.exists():
        raise Http404
    require_own(actor, permission, seat.unit)
    return programme, seat.unit


def get_standing_for(actor: Actor, pk: int, unit: int | None) -> tuple[Programme, Unit]:
    """Fetch a programme and the unit below which one looks: the seat's own, or one under it that is asked for."""
    programme, seat = get_programme_for(actor, pk), seat_of(actor)
    if seat is None or not can(actor, VIEW, seat.unit, seat=seat):
        raise Http404
    if unit is None:
        return programme, seat.unit if seat.unit.is_under(programme.unit) else programme.unit
    within = Unit.objects.select_related("tier").filter(pk=unit).first()
    if within is None or not can(actor, VIEW, within, seat=seat):
        raise Http404
    return programme, within


def get_unit_to_style(actor: Actor) -> Unit:
    """Return the seat's own unit, whose plans one may give another look."""
    seat = seat_of(actor)
    if seat is None:
        raise Http404
    require_own(actor, STYLE, seat.unit)
    return seat.unit
