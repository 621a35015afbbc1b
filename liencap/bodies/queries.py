"""How complete bodies are, computed from what is kept of them; never ticked by hand."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BinaryField,
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Substr

from liencap.bodies.models import PARTS, BodyPapers, BudgetLine, EquipmentLine, Regulation, Requirement
from liencap.units.models import STEP, Appointment, Body, Unit
from liencap.units.queries import holding
from liencap.units.rules import units_by_rule


def with_parts(bodies: "QuerySet[Body]", day: datetime.date) -> "QuerySet[Body]":
    """Add to each body `has_founding` … `has_equipment` and `filled`, the number of seats with a holder, on a day."""
    own = {"body": OuterRef("pk")}
    papers = BodyPapers.objects.filter(**own)
    term = papers.filter(term_since__lte=day).filter(Q(term_until=None) | Q(term_until__gte=day))
    held = Appointment.objects.filter(holding(day), seat__body=OuterRef("pk"))
    held = held.exclude(seat__until__lte=day).order_by()
    filled = held.values("seat__body").annotate(n=Count("seat", distinct=True)).values("n")
    return bodies.annotate(
        has_founding=Case(
            When(~Q(founded_by=""), then=True), default=Exists(papers.filter(document__isnull=False)),
            output_field=BooleanField(),
        ),
        has_regulations=Exists(Regulation.objects.filter(holding(day), **own)),
        has_term=Exists(term),
        has_budget=Exists(BudgetLine.objects.filter(year=day.year, **own)),
        has_equipment=Exists(EquipmentLine.objects.filter(count__gt=0, **own)),
        filled=Coalesce(Subquery(filled, output_field=IntegerField()), 0),
    )  # fmt: skip


def complete_bodies(asked: Requirement, day: datetime.date) -> "QuerySet[Body]":
    """Return the bodies of the kind, existing on a day, that have all that a requirement asks."""
    found = with_parts(bodies_of_kind(asked, day), day)
    wanted: dict[str, Any] = {f"has_{part}": True for part in asked.parts if part != "seats"}
    wanted["filled__gte"] = asked.seats
    return found.filter(**wanted)


def bodies_of_kind(asked: Requirement, day: datetime.date) -> "QuerySet[Body]":
    """Return the bodies of the kind that exist on a day."""
    return Body.objects.filter(papers__kind=asked.kind_id).exclude(until__lte=day)


def units_asked(
    asked: Requirement, within: Unit, day: datetime.date, *, lacking: bool = False
) -> "QuerySet[Unit]":
    """Return the units under one that a requirement asks, with `complete`; only those that are not when `lacking`."""
    whole = Exists(complete_bodies(asked, day).filter(unit=OuterRef("pk")))
    units = units_by_rule(asked.rule, asked.unit).below(within)
    return (units.filter(~whole) if lacking else units).annotate(complete=whole)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of how many units asked under a unit how many have their body complete."""

    unit: Unit
    asked: int
    complete: int
    deeper: bool = False

    @property
    def colour(self) -> str:
        """Return Bootstrap's word for the state."""
        return "success" if self.complete == self.asked else "warning" if self.complete else "danger"


def standing(asked: Requirement, within: Unit, day: datetime.date) -> Standing:
    """Return how a whole subtree stands; one query."""
    units = units_asked(asked, within, day).order_by()
    found = units.aggregate(n=Count("pk"), whole=Count("pk", filter=Q(complete=True)))
    return Standing(within, found["n"], found["whole"])


def branches(asked: Requirement, within: Unit, day: datetime.date) -> list[Standing]:
    """Return how each child of a unit stands with all below it; two queries however big the tree."""
    size = len(bytes(within.path)) + STEP
    one = Substr("path", Value(1), Value(size, IntegerField()), output_field=BinaryField())
    counted = units_asked(asked, within, day).order_by().annotate(branch=one).values("branch")
    rows = counted.annotate(
        n=Count("pk"), whole=Count("pk", filter=Q(complete=True)), own=Count("pk", filter=Q(path=F("branch")))
    ).order_by()
    counts = {bytes(row["branch"]): (row["n"], row["whole"], row["own"] < row["n"]) for row in rows}
    children = Unit.objects.filter(
        pk__in=[int.from_bytes(path[-STEP:], "big") for path in counts if len(path) == size]
    )
    return [Standing(unit, *counts[bytes(unit.path)]) for unit in children.select_related("tier")]


@dataclass(frozen=True, slots=True)
class Gap:
    """What a unit lacks of a requirement: the nearest body, if any, and the parts that are missing."""

    unit: Unit
    asked: Requirement
    body: Body | None
    missing: tuple[str, ...]


def gaps(asked: Requirement, units: Sequence[Unit], day: datetime.date) -> list[Gap]:
    """Say of each unit of a page what its best body lacks; one query."""
    best: dict[int, tuple[Body, tuple[str, ...]]] = {}
    for body in with_parts(bodies_of_kind(asked, day).filter(unit__in=units), day).order_by("pk"):
        missing = missing_parts(body, asked)
        if body.unit_id not in best or len(missing) < len(best[body.unit_id][1]):
            best[body.unit_id] = (body, missing)
    none = (None, tuple(asked.parts))
    return [Gap(unit, asked, *best.get(unit.pk, none)) for unit in units]


def missing_parts(body: Body, asked: Requirement) -> tuple[str, ...]:
    """Return the parts that a body annotated by `with_parts` lacks."""
    there = {part: bool(getattr(body, f"has_{part}", False)) for part in PARTS}
    there["seats"] = getattr(body, "filled", 0) >= asked.seats
    return tuple(part for part in asked.parts if not there[part])


def requirements_on(unit: Unit, day: datetime.date) -> list[Requirement]:
    """Return the running requirements set by a unit or one above it; one query."""
    found = Requirement.objects.filter(holding(day), unit__in=unit.path_ids)
    return list(found.select_related("kind", "unit"))


def asked_of(unit: Unit, day: datetime.date) -> list[Requirement]:
    """Return the running requirements that name a unit."""
    named = []
    for asked in requirements_on(unit, day):
        under_ok = not asked.under or Unit.objects.filter(code=asked.under, pk__in=unit.path_ids).exists()
        if unit.tier.code in asked.tiers and under_ok:
            named.append(asked)
    return named


def gaps_of(unit: Unit, day: datetime.date) -> list[Gap]:
    """Return what a unit lacks of all that is asked of it; a query or two a requirement, of which there are few."""
    return [gaps(asked, [unit], day)[0] for asked in asked_of(unit, day)]
