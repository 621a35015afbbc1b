"""Let a person decide about a line: pair, take apart, take up, leave out with a reason, or think again."""

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.core.matching import doubt_between
from liencap.errors import DomainError
from liencap.plans.actions.drafting import lock_draft, moved_on, note
from liencap.plans.models import PlanItem, UnitPlan

MOVED = ("text", "label", "start", "end", "due", "owner", "order", "above")
EMPTY = {"text": "", "label": "", "start": None, "end": None, "due": None, "owner": "", "above": None}
OPEN, TAKEN, LEFT = PlanItem.Decision.OPEN, PlanItem.Decision.TAKEN, PlanItem.Decision.LEFT


@transaction.atomic
def decide(
    item: PlanItem,
    deed: str,
    *,
    revision: int,
    actor: Actor,
    mate: int | None = None,
    reason: str = "",
) -> UnitPlan:
    """Carry out one decision: pair (own line with the inherited line `mate`), unpair, take, leave, reopen or remove."""
    plan = lock_draft(item.plan, revision=revision, actor=actor)
    item = plan.items.select_related("assignment__task").get(pk=item.pk)
    line, before = item.pk, {"decision": item.decision}
    match deed:
        case "pair":
            _pair(plan, item, mate)
        case "unpair":
            _unpair(plan, item)
        case "take":
            _take(plan, item)
        case "leave":
            _leave(item, reason)
        case "reopen":
            _set(item, OPEN if plan.way == UnitPlan.Way.UPLOADED else TAKEN, "")
        case "remove":
            _remove(plan, item)
        case _:
            raise DomainError("no-such-deed", _("There is no such change of a line."))
    moved_on(plan)
    after = {"decision": item.decision if item.pk else None}  # a pair keeps one line of two
    new = {**after, "item": line, "mate": mate, "reason": reason[:300]}
    note(plan, f"plan_line_{deed}", actor, old=before, new=new)
    return plan


def _set(item: PlanItem, decision: PlanItem.Decision, reason: str) -> None:
    item.decision, item.reason = decision, reason
    item.save(update_fields=["decision", "reason"])


def _pair(plan: UnitPlan, own: PlanItem, mate: int | None) -> None:
    """Put the words of an own line beside the inherited line that a person names; a person may overrule a doubt."""
    held = (
        plan.items.select_related("assignment__task").filter(pk=mate or 0, assignment__isnull=False).first()
    )
    if plan.way != UnitPlan.Way.UPLOADED or not own.is_own or held is None or held.text:
        raise DomainError("no-mate", _("Choose a task that was given to you and has no counterpart yet."))
    for name in MOVED:
        setattr(held, name, getattr(own, name))
    own.below.update(above=held)
    own.delete()
    held.decision, held.reason, held.likeness = TAKEN, "", None
    held.save(update_fields=[*MOVED, "decision", "reason", "likeness"])


def _unpair(plan: UnitPlan, held: PlanItem) -> None:
    """Take a pair apart: both sides wait for a decision again."""
    if plan.way != UnitPlan.Way.UPLOADED or held.assignment is None or not held.text:
        raise DomainError("no-pair", _("This line is no pair."))
    own = PlanItem.objects.create(plan=plan, **{name: getattr(held, name) for name in MOVED})
    held.below.update(above=own)
    for name, value in EMPTY.items():
        setattr(held, name, value)
    held.label, held.decision, held.likeness, held.reason = held.assignment.task.label, OPEN, None, ""
    held.save(update_fields=[*EMPTY, "decision", "reason", "likeness"])


def _take(plan: UnitPlan, item: PlanItem) -> None:
    """Take a line up: an own one becomes a task of the unit; an inherited one of an uploaded plan needs a mate."""
    if plan.way == UnitPlan.Way.UPLOADED and not item.text:
        raise DomainError(
            "no-counterpart",
            _(
                "Your plan says nothing of this task: pair it with a line of the plan, or say why it is not taken up."
            ),
        )
    _set(item, TAKEN, "")


def _leave(item: PlanItem, reason: str) -> None:
    """Leave a line out; of a task that was given it has to be said why."""
    reason = reason.strip()[:300]
    if item.assignment_id and not reason:
        raise DomainError("no-reason", _("Say why the task is not taken up."))
    if item.assignment_id and item.text:
        raise DomainError("paired", _("Take the pair apart first."))
    _set(item, LEFT, reason)


def _remove(plan: UnitPlan, item: PlanItem) -> None:
    """Take out a line that the unit added itself."""
    if plan.way != UnitPlan.Way.COMPOSED or not item.is_own:
        raise DomainError(
            "inherited", _("A task that was given stays in the plan or is left out with a reason.")
        )
    item.delete()


def doubt_of(item: PlanItem) -> str:
    """Say what speaks against a pair that a person made: "denial", "number" or nothing."""
    return doubt_between(item.assignment.task.text, item.text) if item.assignment and item.text else ""
