"""Begin a plan from what a unit inherited, write its words and lines, revise it later."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.plans.access import WRITE, require_own
from liencap.plans.composition import beginning
from liencap.plans.models import PlanItem, UnitPlan
from liencap.plans.queries import in_force, inherited, is_rescinded, lines
from liencap.programmes.models import Assignment, Programme
from liencap.units.access import seat_of
from liencap.units.models import Unit

WORDS = (
    "form", "authority", "issuer", "motto", "number", "date", "place", "subject", "bases", "purpose",
    "implementation", "recipients", "on_behalf", "signatory_role", "signatory",
)  # fmt: skip


@transaction.atomic
def begin_plan(programme: Programme, unit: Unit, *, actor: Actor, language: str = "") -> UnitPlan:
    """Return the draft of a unit's plan, begun with every task it inherited when there is none."""
    require_own(actor, WRITE, unit)
    require_active(programme)
    known = UnitPlan.objects.filter(programme=programme, unit=unit, state=UnitPlan.State.DRAFT).first()
    if known is not None:
        return known
    if in_force(programme, unit):
        raise DomainError(
            "issued", _("Your unit has issued this plan: replace it by a new edition."), status=409
        )
    plan = beginning(programme, unit, seat_of(actor), actor.name, language or get_language() or "vi")
    plan.n = next_edition(programme, unit)
    plan.save()
    held = list(inherited(programme, unit))
    if not held:
        raise DomainError("nothing-held", _("Your unit holds no task of this programme."))
    PlanItem.objects.bulk_create(_inherited_items(plan, held, 0), batch_size=500)
    note(plan, "begin_plan", actor, new={"programme": programme.pk, "tasks": len(held)})
    return plan


def next_edition(programme: Programme, unit: Unit) -> int:
    """Return the number of the next edition."""
    last = UnitPlan.objects.filter(programme=programme, unit=unit).aggregate(last=Max("n"))["last"]
    return (last or 0) + 1


def _inherited_items(plan: UnitPlan, held: list[Assignment], after: int) -> list[PlanItem]:
    """Return lines for what was given: in a composed plan they are taken up, in an uploaded one a person decides."""
    composed = plan.way == UnitPlan.Way.COMPOSED
    decision = PlanItem.Decision.TAKEN if composed else PlanItem.Decision.OPEN
    return [
        PlanItem(
            plan=plan, order=after + place * 10, assignment=one, decision=decision, label=one.task.label,
            due=one.due if composed else None,
        )
        for place, one in enumerate(held, 1)
    ]  # fmt: skip


def require_active(programme: Programme) -> None:
    """Refuse what comes after the programme's end."""
    if programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)


def lock_draft(plan: UnitPlan, *, revision: int, actor: Actor, permission: str = WRITE) -> UnitPlan:
    """Return the draft locked, or refuse who may not, what is issued and what has moved on."""
    joined = ("unit", "programme__reading__version__document", "version__document")
    locked = UnitPlan.objects.select_for_update(of=("self",)).select_related(*joined).get(pk=plan.pk)
    require_own(actor, permission, locked.unit)
    require_active(locked.programme)
    if locked.state != UnitPlan.State.DRAFT:
        raise DomainError("issued", _("This plan is issued and never changes."), status=409)
    if locked.revision != revision:
        raise DomainError(
            "draft-changed",
            _("The draft was changed in another window. Load the page again before you go on."),
            status=409,
        )
    return locked


def moved_on(plan: UnitPlan, *fields: str) -> UnitPlan:
    """Count the draft's revision up and write the fields that changed."""
    plan.revision += 1
    plan.save(update_fields=["revision", *fields])
    return plan


def note(plan: UnitPlan, deed: str, actor: Actor, *, old: Any = None, new: Any = None) -> None:
    """Record a deed on a plan."""
    record(deed, actor=actor, kind="unit_plan", object_id=plan.pk, unit_id=plan.unit_id, old=old, new=new)


@transaction.atomic
def write_words(plan: UnitPlan, values: dict[str, Any], *, revision: int, actor: Actor) -> UnitPlan:
    """Write the words of the head, the parts and the foot; unknown names are a mistake of the caller."""
    plan = lock_draft(plan, revision=revision, actor=actor)
    assert set(values) <= set(WORDS), "only words"
    for name, value in values.items():
        setattr(plan, name, value)
    plan.derive()
    moved_on(plan, *values, "folded", "sort_key")
    note(plan, "write_plan", actor, new={"revision": plan.revision, "sha256": digest(sorted(values.items()))})
    return plan


@transaction.atomic
def add_own(
    plan: UnitPlan,
    text: str,
    *,
    revision: int,
    actor: Actor,
    due: datetime.date | None = None,
    owner: str = "",
    above: PlanItem | None = None,
) -> PlanItem:
    """Add a task of the unit's own: free-standing, or under one it inherited, whose day then holds it too."""
    plan = lock_draft(plan, revision=revision, actor=actor)
    text = text.strip()
    if not text:
        raise DomainError("empty", _("Say what is to be done."))
    if above is not None and (above.plan_id != plan.pk or above.assignment is None):
        raise DomainError("foreign-line", _("This line does not belong to the plan."))
    _keep_day(due, above.assignment if above else None, "")
    last = plan.items.aggregate(last=Max("order"))["last"] or 0
    item = PlanItem.objects.create(
        plan=plan, order=above.order + 1 if above else last + 10, above=above, text=text, due=due,
        owner=owner.strip()[:300], decision=PlanItem.Decision.TAKEN,
    )  # fmt: skip
    moved_on(plan)
    note(plan, "add_own_task", actor, new={"item": item.pk, "revision": plan.revision})
    return item


def _keep_day(due: datetime.date | None, held: Assignment | None, waiver: str) -> None:
    """Refuse a day later than the inherited one without a waiver."""
    if due and held and held.due and due > held.due and not waiver.strip():
        raise DomainError(
            "loosened",
            _("You inherited %(day)s. A later day needs a waiver: say who allowed it and why.")
            % {"day": held.due},
        )


@transaction.atomic
def change_item(item: PlanItem, values: dict[str, Any], *, revision: int, actor: Actor) -> PlanItem:
    """Change a line's day, who does it and its waiver; the words only of what the unit added itself."""
    plan = lock_draft(item.plan, revision=revision, actor=actor)
    item = plan.items.select_related("assignment", "above__assignment").get(pk=item.pk)
    own = item.is_own
    held = item.assignment or (item.above.assignment if item.above else None)
    due, waiver = values.get("due"), str(values.get("waiver", ""))[:300]
    if plan.way == UnitPlan.Way.COMPOSED:
        _keep_day(due, held, waiver)
    old = {"due": str(item.due or ""), "owner": item.owner}
    item.due, item.owner, item.waiver = due, str(values.get("owner", "")).strip()[:300], waiver.strip()
    text = str(values.get("text", "")).strip()
    if own and text:
        item.text, item.task = text, item.task if text == item.text else None
    item.save(update_fields=["due", "owner", "waiver", "text", "task"])
    moved_on(plan)
    new = {"item": item.pk, "due": str(due or ""), "owner": item.owner, "waiver": item.waiver}
    note(plan, "change_plan_line", actor, old=old, new=new)
    return item


@transaction.atomic
def take_in_new(plan: UnitPlan, *, revision: int, actor: Actor) -> int:
    """Add what the unit was given since the draft was begun; return how many lines."""
    plan = lock_draft(plan, revision=revision, actor=actor)
    missing = list(not_yet_in(plan))
    last = plan.items.aggregate(last=Max("order"))["last"] or 0
    PlanItem.objects.bulk_create(_inherited_items(plan, missing, last), batch_size=500)
    moved_on(plan)
    note(plan, "take_in_new_tasks", actor, new={"tasks": len(missing)})
    return len(missing)


def not_yet_in(plan: UnitPlan) -> Any:
    """Return what the unit holds that no line of its draft names."""
    return inherited(plan.programme, plan.unit).exclude(plan_items__plan=plan)


@transaction.atomic
def drop_draft(plan: UnitPlan, *, revision: int, actor: Actor) -> None:
    """Throw a draft away, to begin another way; an uploaded file stays among the documents."""
    plan = lock_draft(plan, revision=revision, actor=actor)
    note(plan, "drop_plan_draft", actor, old={"n": plan.n, "way": plan.way, "lines": plan.items.count()})
    plan.delete()


@transaction.atomic
def revise_plan(plan: UnitPlan, reason: str, *, actor: Actor) -> UnitPlan:
    """Begin a new edition of the plan in force, with its words and lines; the old one holds until it is issued."""
    old = UnitPlan.objects.select_for_update(of=("self",)).select_related("unit", "programme").get(pk=plan.pk)
    require_own(actor, WRITE, old.unit)
    require_active(old.programme)
    if old.state != UnitPlan.State.ISSUED:
        raise DomainError("not-in-force", _("Only the plan in force is replaced."), status=409)
    if not reason.strip():
        raise DomainError("no-reason", _("Say why the plan is replaced."))
    drafts = UnitPlan.objects.filter(programme=old.programme, unit=old.unit, state=UnitPlan.State.DRAFT)
    if drafts.exists():
        raise DomainError("draft-there", _("A draft of the next edition has been begun already."), status=409)
    made = UnitPlan(
        unit=old.unit, programme=old.programme, n=next_edition(old.programme, old.unit), language=old.language,
        reason=reason.strip()[:300], **{name: getattr(old, name) for name in WORDS if name not in ("number", "date")},
    )  # fmt: skip
    made.derive()
    made.save()
    _copy_lines(old, made)
    note(made, "revise_plan", actor, old={"plan": old.pk}, new={"n": made.n, "reason": made.reason})
    return made


def _copy_lines(old: UnitPlan, new: UnitPlan) -> None:
    """Copy the lines; a composed edition says inherited tasks in the words of the plan they come from.

    A task that an amendment has rescinded since stays in the edition that named it.
    """
    copies: dict[int, PlanItem] = {}
    kept = [item for item in lines(old) if not is_rescinded(item)]
    for item in kept:
        copies[item.pk] = PlanItem(
            plan=new, order=item.order, assignment=item.assignment, decision=item.decision, reason=item.reason,
            label=item.label, text="" if item.assignment_id else item.text, due=item.due, owner=item.owner,
            waiver=item.waiver, task=item.task,
        )  # fmt: skip
        if item.is_later and not item.waiver and item.assignment:
            copies[item.pk].due = item.assignment.due
    made = PlanItem.objects.bulk_create(copies.values(), batch_size=500)
    hung = []
    for item, copy in zip(kept, made, strict=True):
        if item.above_id in copies:
            copy.above = copies[item.above_id]
            hung.append(copy)
    PlanItem.objects.bulk_update(hung, ["above"], batch_size=500)
