"""Every write of the room: papers of bodies, their lines, and what is asked of units."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.bodies.models import (
    PARTS,
    BodyKind,
    BodyPapers,
    BudgetLine,
    EquipmentLine,
    Regulation,
    Requirement,
)
from liencap.bodies.search import KIND, text_of
from liencap.core.text import fold
from liencap.documents.access import documents_visible_to
from liencap.documents.models import Document
from liencap.errors import DomainError, NotAllowed
from liencap.search.actions import index_texts
from liencap.units.access import require, today
from liencap.units.models import Body, Tier, Unit


@transaction.atomic
def keep_kind(name: str, *, actor: Actor, name_en: str = "") -> BodyKind:
    """Add a kind of body to those the organisation keeps; the topmost unit's list."""
    top = Unit.objects.filter(placements__parent=None, placements__until=None, pk=actor.unit_id or 0).first()
    if actor != SYSTEM:
        if top is None:
            raise NotAllowed("top-only", _("Only the topmost unit keeps the list of kinds."))
        require(actor, "body.ask", top)
    code = slugify(fold(name))[:50]
    if not code:
        raise DomainError("kind-name", _("Give the kind a name."))
    if BodyKind.objects.filter(code=code).exists():
        raise DomainError("kind-twice", _("This kind is kept already."))
    kind = BodyKind.objects.create(code=code, name=name, name_en=name_en)
    record("keep_body_kind", actor=actor, kind="body_kind", object_id=kind.pk, new={"name": name})
    return kind


@transaction.atomic
def describe_body(
    body: Body, *, actor: Actor, kind: BodyKind | None = None, document: Document | None = None,
    founded_by: str = "", term_since: datetime.date | None = None, term_until: datetime.date | None = None,
) -> BodyPapers:  # fmt: skip
    """Say what kind a body is, which document founded it, and its term."""
    require(actor, "body.edit", body.unit)
    _judge_document(document, actor)
    if term_since and term_until and term_until < term_since:
        raise DomainError("term-days", _("The term ends before it begins."))
    if body.founded_by != founded_by:
        body.founded_by = founded_by
        body.save(update_fields=["founded_by"])
    new = {"kind": kind, "document": document, "term_since": term_since, "term_until": term_until}
    papers, _made = BodyPapers.objects.update_or_create(body=body, defaults=new)
    index_texts(KIND, [(body.pk, text_of(body, str(kind or "")))], actor=actor)
    _record("describe_body", body, actor, new | {"founded_by": founded_by})
    return papers


@transaction.atomic
def add_regulation(
    body: Body, title: str, *, since: datetime.date, actor: Actor, document: Document | None = None
) -> Regulation:
    """Put a regulation into force; it takes the place of the one of the same title."""
    require(actor, "body.edit", body.unit)
    _judge_document(document, actor)
    same = body.regulations.filter(title=title, until=None)
    if same.filter(since__gt=since).exists():
        raise DomainError("regulation-later", _("A later regulation of this title is in force."))
    same.update(until=since)
    made = Regulation.objects.create(body=body, title=title, document=document, since=since)
    _record("add_regulation", body, actor, {"title": title, "since": since})
    return made


@transaction.atomic
def end_regulation(regulation: Regulation, *, until: datetime.date, actor: Actor) -> None:
    """Take a regulation out of force."""
    require(actor, "body.edit", regulation.body.unit)
    if regulation.until is not None:
        raise DomainError("regulation-over", _("This regulation is no longer in force."))
    regulation.until = max(until, regulation.since)
    regulation.save(update_fields=["until"])
    _record("end_regulation", regulation.body, actor, {"title": regulation.title, "until": regulation.until})


@transaction.atomic
def set_budget_line(
    body: Body, *, year: int, purpose: str, planned: Decimal, actor: Actor, source: str = "",
    spent: Decimal | None = None, line: BudgetLine | None = None,
) -> BudgetLine:  # fmt: skip
    """Add a line of a body's budget, or change one."""
    require(actor, "body.edit", body.unit)
    new = {"year": year, "purpose": purpose, "source": source, "planned": planned, "spent": spent}
    made: BudgetLine = _keep_line(BudgetLine, body, line, new)
    _record("set_budget_line", body, actor, new)
    return made


@transaction.atomic
def set_equipment_line(
    body: Body, *, what: str, count: int, condition: str, actor: Actor, since: datetime.date | None = None,
    line: EquipmentLine | None = None,
) -> EquipmentLine:  # fmt: skip
    """Add a line of a body's equipment, or change one."""
    require(actor, "body.edit", body.unit)
    new = {"what": what, "count": count, "condition": condition, "since": since}
    made: EquipmentLine = _keep_line(EquipmentLine, body, line, new)
    _record("set_equipment_line", body, actor, new)
    return made


def _keep_line(model: type[models.Model], body: Body, line: Any, values: dict[str, Any]) -> Any:
    if line is None:
        return model._default_manager.create(body=body, **values)
    assert line.body_id == body.pk, "access fetched the line by its body"
    for name, value in values.items():
        setattr(line, name, value)
    line.save(update_fields=[*values])
    return line


@transaction.atomic
def remove_line(line: BudgetLine | EquipmentLine, *, actor: Actor) -> None:
    """Take a line of budget or equipment away; the log keeps it."""
    require(actor, "body.edit", line.body.unit)
    body, said = line.body, str(line)
    line.delete()
    _record("remove_body_line", body, actor, {"title": said})


@transaction.atomic
def ask_for_bodies(
    unit: Unit, kind: BodyKind, *, tiers: Sequence[Tier], parts: Sequence[str], actor: Actor, seats: int = 0,
    under: str = "",
) -> Requirement:  # fmt: skip
    """Ask every unit of some tiers below for a complete body of a kind."""
    require(actor, "body.ask", unit)
    assert set(parts) <= set(PARTS), "the form offers these"
    if not tiers or not parts:
        raise DomainError("asks-nothing", _("Choose at least one tier and one thing that a body needs."))
    if under and not Unit.objects.all().below(unit).filter(code=under).exists():
        raise DomainError(
            "under-unknown", _("There is no unit below yours with the code “%(code)s”.") % {"code": under}
        )
    kept = [part for part in PARTS if part in parts]
    made = Requirement.objects.create(
        unit=unit, kind=kind, tiers=[tier.code for tier in tiers], under=under, parts=kept,
        seats=seats if "seats" in kept else 0, since=today(),
    )  # fmt: skip
    record(
        "ask_for_bodies", actor=actor, kind="body_requirement", object_id=made.pk, unit_id=unit.pk,
        new={"kind": kind.name, "tiers": made.tiers, "parts": kept},
    )  # fmt: skip
    return made


@transaction.atomic
def end_requirement(asked: Requirement, *, actor: Actor) -> None:
    """Ask no longer."""
    require(actor, "body.ask", asked.unit)
    if asked.until is not None:
        raise DomainError("requirement-over", _("This is no longer asked."))
    asked.until = today()
    asked.save(update_fields=["until"])
    record(
        "end_requirement", actor=actor, kind="body_requirement", object_id=asked.pk, unit_id=asked.unit_id,
        new={"until": str(asked.until)},
    )  # fmt: skip


def _judge_document(document: Document | None, actor: Actor) -> None:
    """Refuse a document that the actor may not see: naming it would show that it exists."""
    if document is None or actor == SYSTEM:
        return
    if not documents_visible_to(actor).filter(pk=document.pk).exists():
        raise NotAllowed("not-allowed", _("Your seat does not see this document."))


def _record(deed: str, body: Body, actor: Actor, new: dict[str, Any]) -> None:
    said = {name: "" if value is None else str(value) for name, value in new.items()}
    record(deed, actor=actor, kind="body", object_id=body.pk, unit_id=body.unit_id, new=said)
