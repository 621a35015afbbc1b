"""What the pages of the room show, collected."""

import json
from typing import Any

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from liencap.archive.access import find_record
from liencap.audit.actor import Actor
from liencap.core.matching import Line, doubt_between, match
from liencap.documents.models import Reading
from liencap.documents.refusals import sentence
from liencap.plans import access, queries
from liencap.plans.actions.drafting import not_yet_in
from liencap.plans.composition import basis_of
from liencap.plans.models import PlanCall, PlanItem, UnitPlan
from liencap.plans.printing import PrintedPlan
from liencap.plans.printing.wording import lines_of
from liencap.programmes.models import Assignment, Programme
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can
from liencap.units.models import Seat, Unit
from liencap.units.queries import path_to

TOPS = 300  # more inherited tasks than this nobody chooses from in one list


def paper(values: PrintedPlan) -> dict[str, Any]:
    """Return the lines of the paper for the screen."""
    return lines_of(values)


def tops(plan: UnitPlan) -> list[PlanItem]:
    """Return the inherited lines that an own task may belong to."""
    taken = queries.lines(plan).filter(assignment__isnull=False, decision=PlanItem.Decision.TAKEN)
    return list(taken[:TOPS])


def newer_basis(plan: UnitPlan) -> str:
    """Return the line that names what the plan rests on, when its bases do not hold it yet."""
    if plan.way != UnitPlan.Way.COMPOSED:
        return ""
    basis = basis_of(plan.programme, plan.unit, plan.language)
    return "" if basis in plan.bases else basis


def draft(actor: Actor, plan: UnitPlan, page: "Page[PlanItem]") -> dict[str, Any]:
    """Collect the page of a draft: its lines, what is still open, and what stands between it and its issue."""
    lacking = [name for name in ("number", "date", "signatory") if not getattr(plan, name)]
    context = {
        "plan": plan, "page": page, "open": queries.still_open(plan), "new": not_yet_in(plan).count(),
        "lacking": lacking, "basis": newer_basis(plan),
        "may_write": _own(actor, access.WRITE, plan), "may_issue": _own(actor, access.ISSUE, plan),
    }  # fmt: skip
    context["ready"] = not (lacking or context["open"] or context["new"])
    return context if plan.way == UnitPlan.Way.COMPOSED else context | _side_by_side(plan, page)


def _own(actor: Actor, permission: str, plan: UnitPlan) -> bool:
    return actor.unit_id == plan.unit_id and can(actor, permission, plan.unit)


def _side_by_side(plan: UnitPlan, page: "Page[PlanItem]") -> dict[str, Any]:
    """Sort the lines of a page into pairs and what is alone; offer for each own line the tasks most like it."""
    alone = list(
        queries.lines(plan)
        .filter(assignment__isnull=False, text="")
        .exclude(decision=PlanItem.Decision.LEFT)[:TOPS]
    )
    rows = list(page)
    own = [item for item in rows if item.is_own and item.decision == PlanItem.Decision.OPEN]
    near = match(
        [Line(str(item.pk), item.words, item.label) for item in alone],
        [Line(str(item.pk), item.text, item.label) for item in own],
    )
    best = {pair.own: [pair] for pair in near.pairs} | {
        key: list(pairs) for key, pairs in near.offers.items()
    }
    for item in rows:
        found = best.get(str(item.pk), [])
        item.offers = [int(pair.inherited) for pair in found]  # type: ignore[attr-defined]  # for the template
        item.doubt = found[0].doubt if found else _doubt(item)  # type: ignore[attr-defined]  # for the template
    counts = {
        "paired": plan.items.filter(assignment__isnull=False).exclude(text="").count(),
        "own": plan.items.filter(assignment__isnull=True).count(), "alone": len(alone),
    }  # fmt: skip
    return {"alone": alone, "counts": counts}


def _doubt(item: PlanItem) -> str:
    return doubt_between(item.assignment.task.text, item.text) if item.assignment and item.text else ""


def reading(plan: UnitPlan) -> dict[str, Any]:
    """Collect the page of an uploaded plan before it is compared."""
    found = Reading.objects.select_related("job").filter(version=plan.version).first()
    unreadable = found is not None and found.state == Reading.State.UNREADABLE
    return {
        "plan": plan, "reading": found, "job": found.job if found else None,
        "refusal": sentence(found.code) if found and unreadable else "",
        "progress_url": reverse("plans:progress", args=[plan.pk]),
    }  # fmt: skip


def issued(request: HttpRequest, plan: UnitPlan) -> dict[str, Any]:
    """Collect the page of an issued plan: its paper, its lines, its editions, where it is filed."""
    actor = actor_of(request)
    values = PrintedPlan.from_json(json.dumps(plan.values))
    editions = UnitPlan.objects.filter(unit=plan.unit, programme=plan.programme).exclude(state="draft")
    own = _own(actor, access.WRITE, plan)
    return {
        "plan": plan, "paper": lines_of(values), "page": page_of(request, queries.lines(plan)),
        "editions": editions.defer("values").order_by("-n")[:20], "record": find_record(actor, "unit_plan", plan.pk),
        "may_revise": own and plan.state == UnitPlan.State.ISSUED,
        "draft": UnitPlan.objects.filter(unit=plan.unit, programme=plan.programme, state="draft").first()
        if own
        else None,
        "own": own, "may_assign": actor.unit_id == plan.unit_id and can(actor, "programme.assign", plan.unit),
        "above": can(actor, access.VIEW, plan.unit) and actor.unit_id != plan.unit_id,
    }  # fmt: skip


def call_of(programme: Programme) -> PlanCall | None:
    """Return the day by which plans are asked."""
    return PlanCall.objects.filter(programme=programme).first()


def filtered(programme: Programme, within: Unit, asked: dict[str, Any]) -> QuerySet[Unit]:
    """Return the holders that a filter names, by tier and name."""
    units = queries.holders(programme, within)
    if asked.get("q"):
        units = units.matching(asked["q"])
    if asked.get("tier"):
        units = units.filter(tier__code=asked["tier"])
    if asked.get("state"):
        units = units.filter(Q(has_plan=asked["state"] == "issued"))
    return units.order_by("rank", "sort_key", "pk")


def path_below(actor: Actor, programme: Programme, within: Unit) -> list[Unit]:
    """Return the units from the seat's own, or the programme's, down to one, to go up again."""
    path = path_to(within)
    own = next((n for n, unit in enumerate(path) if unit.pk == actor.unit_id), None)
    set_by = next((n for n, unit in enumerate(path) if unit.pk == programme.unit_id), 0)
    return path[max(own or 0, set_by) :]


def programmes_to_watch(seat: Seat) -> list[Programme]:
    """Return the newest programmes under way of which units below the seat hold tasks; one query."""
    if access.VIEW not in seat.role.below:
        return []
    below = Unit.objects.all().below(seat.unit).exclude(pk=seat.unit_id)
    given = Assignment.objects.filter(task__programme=OuterRef("pk"), unit__in=below.values("pk"))
    seen = Q(unit__in=Unit.objects.all().below(seat.unit).values("pk")) | Q(unit__in=seat.unit.path_ids)
    found = Programme.objects.filter(seen, Exists(given), state=Programme.State.ACTIVE)
    return list(found.select_related("unit", "plan_call").order_by("-pk")[:10])
