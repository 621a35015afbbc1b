"""Reads of plans: what a unit holds and has planned, and how the units below stand."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BinaryField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Substr

from liencap.plans.models import PlanItem, UnitPlan
from liencap.programmes.models import Assignment, Programme
from liencap.units.models import STEP, Tier, Unit, UnitQuerySet


def inherited(programme: Programme, unit: Unit) -> QuerySet[Assignment]:
    """Return what a unit was given of a programme and still owes, in the plan's order, without what it set itself."""
    held = Assignment.objects.in_force().filter(task__programme=programme, unit=unit)
    own = Q(task__set_by=unit)
    return held.exclude(own).select_related("task", "parent__unit").order_by("task__order", "task__pk")


def in_force(programme: Programme, unit: Unit) -> UnitPlan | None:
    """Return the plan of a unit that is in force."""
    return UnitPlan.objects.issued().filter(programme=programme, unit=unit).first()


def plan_above(programme: Programme, unit: Unit) -> UnitPlan | None:
    """Return the plan in force of the nearest unit above; one query."""
    above = [pk for pk in unit.path_ids if pk != unit.pk]
    found = UnitPlan.objects.issued().filter(programme=programme, unit_id__in=above).select_related("unit")
    by_unit = {plan.unit_id: plan for plan in found}
    return next((by_unit[pk] for pk in reversed(above) if pk in by_unit), None)


def lines(plan: UnitPlan) -> QuerySet[PlanItem]:
    """Return the lines of a plan in order with the tasks they come from."""
    return plan.items.select_related("assignment__task", "above", "task").order_by("order", "pk")


def is_rescinded(item: PlanItem) -> bool:
    """Say whether an amendment took back the task that a line is about."""
    task = item.assignment.task if item.assignment else item.task
    return task is not None and task.rescinded


def still_open(plan: UnitPlan) -> int:
    """Count the lines about which a person has not decided."""
    return plan.items.filter(decision=PlanItem.Decision.OPEN).count()


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A programme of which a unit holds tasks: how many, by when its plan is asked, its draft, its plan in force."""

    programme: Programme
    held: int
    due: datetime.date | None
    draft: UnitPlan | None
    plan: UnitPlan | None


def own_rows(programmes: list[Programme], unit_id: int) -> list[OwnRow]:
    """Return how a unit stands with each programme of a page; two queries."""
    counted = Assignment.objects.owed_by(unit_id).filter(task__programme__in=programmes)
    counted = counted.exclude(task__set_by=unit_id)
    held = dict(counted.order_by().values_list("task__programme_id").annotate(Count("pk")))
    plans = UnitPlan.objects.filter(programme__in=programmes, unit_id=unit_id)
    by_state = {(plan.programme_id, plan.state): plan for plan in plans}
    rows = []
    for one in programmes:
        call = getattr(one, "plan_call", None)
        draft, plan = by_state.get((one.pk, "draft")), by_state.get((one.pk, "issued"))
        rows.append(OwnRow(one, held.get(one.pk, 0), call.due if call else None, draft, plan))
    return rows


def programmes_held_by(unit_id: int) -> QuerySet[Programme]:
    """Return the programmes of which a unit holds tasks, those under way first."""
    given = Assignment.objects.filter(task__programme=OuterRef("pk"), unit_id=unit_id)
    found = Programme.objects.filter(Exists(given)).exclude(unit_id=unit_id)
    return found.select_related("unit", "plan_call").order_by("state", "-pk")


def holders(programme: Programme, within: Unit) -> UnitQuerySet:
    """Return the units under one that hold tasks of a programme, each with `has_plan`."""
    given = Assignment.objects.filter(task__programme=programme, unit=OuterRef("pk"))
    issued = UnitPlan.objects.issued().filter(programme=programme, unit=OuterRef("pk"))
    units = Unit.objects.all().below(within).exclude(pk=within.pk).filter(Exists(given))
    return units.exclude(pk=programme.unit_id).annotate(has_plan=Exists(issued)).select_related("tier")


def add_plans(units: list[Unit], programme: Programme) -> None:
    """Set `plan` on the units of a page: the one in force, or None; never a draft. One query."""
    found = UnitPlan.objects.issued().filter(programme=programme, unit__in=units)
    found = found.annotate(later=Count("items", filter=Q(items__due__gt=F("items__assignment__due"))))
    by_unit = {plan.unit_id: plan for plan in found.defer("values")}
    for unit in units:
        unit.plan = by_unit.get(unit.pk)  # type: ignore[attr-defined]  # for the template


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many units of a tier hold tasks, and how many of them have issued a plan."""

    tier: Tier
    held: int
    issued: int

    @property
    def missing(self) -> int:
        """Return how many have not."""
        return self.held - self.issued


def counts_by_tier(programme: Programme, within: Unit) -> list[TierCount]:
    """Count holders and plans in force by tier, highest first; two queries."""
    counted = holders(programme, within).order_by().values("tier_id")
    rows = {
        row["tier_id"]: (row["n"], row["got"])
        for row in counted.annotate(n=Count("pk"), got=Count("pk", filter=Q(has_plan=True)))
    }
    return [TierCount(tier, *rows[tier.pk]) for tier in Tier.objects.filter(pk__in=rows)]


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit directly below with its own plan, and how all under it stand."""

    unit: Unit
    held: int
    issued: int
    holds: bool

    @property
    def colour(self) -> str:
        """Return Bootstrap's word for the state."""
        return "success" if self.issued == self.held else "warning" if self.issued else "danger"


def branches(programme: Programme, within: Unit) -> list[Branch]:
    """Return the units directly below one with the counts of all below them; two queries however big the tree."""
    size = len(bytes(within.path)) + STEP
    one = Substr("path", Value(1), Value(size, IntegerField()), output_field=BinaryField())
    counted = holders(programme, within).order_by().annotate(branch=one).values("branch")
    rows = {
        bytes(row["branch"]): (row["n"], row["got"], row["own"] > 0)
        for row in counted.annotate(
            n=Count("pk"),
            got=Count("pk", filter=Q(has_plan=True)),
            own=Count("pk", filter=Q(path=F("branch"))),
        )
    }
    children = Unit.objects.filter(pk__in=[int.from_bytes(path[-STEP:], "big") for path in rows])
    return [Branch(unit, *rows[bytes(unit.path)]) for unit in children.select_related("tier")]


def still_to_issue(programme: Programme) -> Iterator[int]:
    """Yield the units that hold tasks of a programme and have no plan in force, without loading them all."""
    given = Assignment.objects.filter(task__programme=programme).order_by()
    issued = UnitPlan.objects.issued().filter(programme=programme, unit=OuterRef("unit"))
    waiting = given.filter(~Exists(issued), unit__closed__isnull=True).exclude(unit_id=programme.unit_id)
    yield from waiting.values_list("unit_id", flat=True).distinct().iterator(2000)
