"""Take in the plan that a unit has issued on paper and compare it with the tasks it was given."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.core.matching import Line, match
from liencap.documents.actions import upload_document
from liencap.documents.models import Reading
from liencap.errors import DomainError
from liencap.plans.access import WRITE, require_own
from liencap.plans.actions.drafting import lock_draft, moved_on, next_edition, note, require_active
from liencap.plans.composition import beginning
from liencap.plans.models import PlanItem, UnitPlan
from liencap.plans.queries import in_force, inherited
from liencap.programmes.models import Assignment, Programme
from liencap.programmes.rows import deadline_kind, rows_of
from liencap.units.access import seat_of
from liencap.units.models import Unit

DATED = ("in", "by", "before", "exact", "")


def upload_plan(
    programme: Programme,
    unit: Unit,
    data: bytes,
    filename: str,
    *,
    actor: Actor,
    no_secrecy: bool = False,
    reason: str = "",
) -> UnitPlan:
    """Keep a unit's own plan as a document that is read in the background, and begin its comparison.

    The file is looked at in a child process, so it is taken in before the short transaction.
    """
    require_own(actor, WRITE, unit)
    require_active(programme)
    _require_free(programme, unit, reason)
    version = upload_document(unit, data, filename, actor=actor, no_secrecy=no_secrecy)
    with transaction.atomic():
        _require_free(programme, unit, reason)
        plan = beginning(programme, unit, seat_of(actor), actor.name, get_language() or "vi")
        plan.way, plan.version, plan.n = UnitPlan.Way.UPLOADED, version, next_edition(programme, unit)
        plan.reason = reason.strip()[:300]
        plan.bases = plan.purpose = plan.implementation = plan.recipients = plan.signatory = ""
        plan.signatory_role = plan.on_behalf = ""
        plan.save()
        note(plan, "upload_plan", actor, new={"programme": programme.pk, "sha256": version.sha256})
    return plan


def _require_free(programme: Programme, unit: Unit, reason: str) -> None:
    """Refuse a second draft, and a new edition without a reason."""
    if UnitPlan.objects.filter(programme=programme, unit=unit, state=UnitPlan.State.DRAFT).exists():
        raise DomainError(
            "draft-there",
            _("Your unit has begun a draft of this plan: go on with it, or throw it away first."),
            status=409,
        )
    if not reason.strip() and in_force(programme, unit):
        raise DomainError("no-reason", _("Say why the plan is replaced."))


@transaction.atomic
def match_plan(plan: UnitPlan, *, revision: int, actor: Actor) -> UnitPlan:
    """Pair the tasks of the uploaded plan with the inherited ones; what stays alone on either side waits for a person.

    The head of the file gives number, date, issuer, subject and who signed. Again it begins from the file anew.
    """
    plan = lock_draft(plan, revision=revision, actor=actor)
    reading = Reading.objects.filter(version=plan.version).first() if plan.version_id else None
    if reading is None or reading.state != Reading.State.READ:
        raise DomainError("not-read", _("The document has not been read."))
    rows = [row for row in rows_of(reading.plan) if row["kind"] == "task" and not row["aside"]]
    held = list(inherited(plan.programme, plan.unit))
    paired = _write_lines(plan, rows, held)
    _take_head(plan, reading)
    plan.matched = True
    moved_on(plan, "matched", "number", "date", "issuer", "subject", "signatory", "signatory_role", "language",
             "folded", "sort_key")  # fmt: skip
    new = {
        "inherited": len(held),
        "own_lines": len(rows),
        "paired": paired,
        "revision": plan.revision,
    }
    note(plan, "match_plan", actor, new=new)
    return plan


def _write_lines(plan: UnitPlan, rows: list[dict[str, Any]], held: list[Assignment]) -> int:
    """Write the lines of the file in its order, each with its mate if there is one, then what has none; count pairs."""
    plan.items.all().delete()
    found = match(
        [Line(str(one.pk), one.task.text, one.task.label) for one in held],
        [Line(row["id"], row["text"], row["label"]) for row in rows],
    )
    mates = {pair.own: pair for pair in found.pairs}
    by_key = {str(one.pk): one for one in held}
    made: dict[str, PlanItem] = {}
    for place, row in enumerate(rows, 1):
        item = made[row["id"]] = _item(plan, row, place * 10)
        if pair := mates.get(row["id"]):
            item.assignment, item.decision = by_key.pop(pair.inherited), PlanItem.Decision.TAKEN
            item.likeness = round(pair.likeness * 100)
    after = len(rows) * 10
    rest = [
        PlanItem(plan=plan, order=after + place * 10, assignment=one, label=one.task.label)
        for place, one in enumerate(by_key.values(), 1)
    ]
    PlanItem.objects.bulk_create([*made.values(), *rest], batch_size=500)
    _hang(rows, made)
    return len(found.pairs)


def _item(plan: UnitPlan, row: dict[str, Any], order: int) -> PlanItem:
    owners = "; ".join(owner["words"] for owner in row["owners"])
    return PlanItem(
        plan=plan, order=order, label=row["label"][:120], text=row["text"], start=row["start"], end=row["end"],
        due=_due(row["deadlines"]), owner=owners[:300],
    )  # fmt: skip


def _hang(rows: list[dict[str, Any]], made: dict[str, PlanItem]) -> None:
    """Hang sub-tasks of the file under theirs."""
    hung = []
    for row in rows:
        if row["parent"] in made:
            made[row["id"]].above = made[row["parent"]]
            hung.append(made[row["id"]])
    PlanItem.objects.bulk_update(hung, ["above"], batch_size=500)


def _due(deadlines: list[dict[str, Any]]) -> datetime.date | None:
    """Return the last day that binds the task itself; "before" a day means the day before it."""
    found = []
    for one in deadlines:
        day = _day(one["end_date"])
        if day and deadline_kind(one) == "due" and (one["bound"] or "") in DATED:
            found.append(day - datetime.timedelta(days=one["bound"] == "before"))
    return max(found, default=None)


def _day(iso: str | None) -> datetime.date | None:
    """Return a full ISO day; a month alone is no day."""
    try:
        return datetime.date.fromisoformat(iso or "")
    except ValueError:
        return None


def _take_head(plan: UnitPlan, reading: Reading) -> None:
    """Take over what the file says of itself; what it does not say stays to be entered."""
    said = reading.plan["document"]
    plan.number = (said.get("number") or "")[:80]
    plan.date = _day(said.get("date"))
    plan.issuer = (said.get("issuer") or plan.issuer)[:250]
    plan.subject = " ".join((said.get("subject") or plan.subject).split())[:500]
    plan.signatory = (said.get("signer") or "")[:200]
    plan.signatory_role = (said.get("signer_role") or "")[:250]
    plan.language = "en" if reading.plan.get("language") == "en" else "vi"
    plan.derive()
