"""Make a proposal of a reading and let a person mend it."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.text import fold
from liencap.documents.models import Reading
from liencap.errors import DomainError
from liencap.programmes import rows as pure
from liencap.programmes.models import Proposal, TierWord
from liencap.units.access import require
from liencap.units.models import Tier

PERIODS = ("programme-year", "plan-period")


@transaction.atomic
def propose(reading: Reading, *, actor: Actor) -> Proposal:
    """Return the proposal of a reading, made of what was found when there is none yet."""
    document = reading.version.document
    require(actor, "programme.edit", document.unit)
    if reading.state != Reading.State.READ:
        raise DomainError("not-read", _("The document has not been read."))
    period = next((p for p in reading.plan["periods"] if p["bound"] in PERIODS and p["end_date"]), None) or {}
    values = {
        "unit": document.unit, "title": document.title, "rows": pure.rows_of(reading.plan),
        "since": day(period.get("start_date")), "until": day(period.get("end_date")),
    }  # fmt: skip
    proposal, made = Proposal.objects.get_or_create(reading=reading, defaults=values)
    if made:
        new = {"reading": reading.pk, "rows": len(proposal.rows)}
        _record("propose", proposal, actor, new=new)
    return proposal


@transaction.atomic
def edit_proposal(
    proposal: Proposal,
    *,
    revision: int,
    deed: str,
    row: str = "",
    values: dict[str, Any] | None = None,
    actor: Actor,
) -> Proposal:
    """Make one edit of a proposal's rows: save, aside, back, merge, split, up, down, owner, add, task-of or link."""
    proposal = lock_proposal(proposal, revision=revision, actor=actor)
    values = values or {}
    try:
        before: dict[str, Any] = next((r for r in proposal.rows if r["id"] == row), {})
        proposal.rows = _edited(proposal, deed, row, values)
    except pure.RowProblem as problem:
        raise DomainError(str(problem), _SENTENCES[str(problem)]()) from problem
    proposal.revision += 1
    proposal.save(update_fields=["rows", "revision"])
    after: dict[str, Any] = next((r for r in proposal.rows if r["id"] == row), {})
    _record(f"proposal-{deed}", proposal, actor, old=before, new=after or values)
    return proposal


def lock_proposal(proposal: Proposal, *, revision: int, actor: Actor) -> Proposal:
    """Return the proposal locked, or refuse who may not, what is confirmed and what has moved on."""
    locked = Proposal.objects.select_for_update().select_related("unit", "reading").get(pk=proposal.pk)
    require(actor, "programme.edit", locked.unit)
    if locked.confirmed:
        raise DomainError("confirmed", _("The proposal has been confirmed and is closed."), status=409)
    if locked.revision != revision:
        raise DomainError(
            "moved-on",
            _("Somebody changed the proposal meanwhile. Look at it again and repeat your change."),
            status=409,
        )
    return locked


def _edited(proposal: Proposal, deed: str, row: str, values: dict[str, Any]) -> list[pure.Row]:
    rows, source = proposal.rows, proposal.reading.text
    match deed:
        case "save":
            return pure.change(rows, row, values)
        case "aside" | "back":
            return pure.change(rows, row, {"aside": deed == "aside"})
        case "merge":
            return pure.merge(rows, row)
        case "split":
            return pure.split(rows, row, values.get("at", 0), source)
        case "up" | "down":
            return pure.move(rows, row, -1 if deed == "up" else 1)
        case "owner":
            return pure.name_owner(rows, row, values.get("at", 0), values.get("words", ""))
        case "task-of":
            return pure.task_of(rows, row)
        case "link":
            return pure.link(rows, row, values.get("words", ""))
        case "add":
            return pure.add(rows, values.get("words", ""), values.get("start"), source)
    raise pure.RowProblem("no-such-deed")


_SENTENCES = {
    "no-such-row": lambda: _("There is no such row in the proposal."),
    "no-neighbour": lambda: _("There is no row beside it to do this with."),
    "no-break": lambda: _("The text has no line or sentence that ends there."),
    "not-in-source": lambda: _(
        "These words do not stand in the document. Select them in the text or copy them from it."
    ),
    "no-such-owner": lambda: _("This task has no such unit to name."),
    "has-task": lambda: _("A task carries out this direction already."),
    "no-such-deed": lambda: _("There is no such change of a row."),
}


@transaction.atomic
def map_tier_words(proposal: Proposal, mapping: dict[str, Tier | None], *, actor: Actor) -> None:
    """Remember which tier each of the plan's words means; an empty answer forgets it."""
    require(actor, "programme.edit", proposal.unit)
    for words, tier in mapping.items():
        if tier is None:
            TierWord.objects.filter(folded=fold(words)).delete()
        else:
            TierWord.objects.update_or_create(
                folded=fold(words), defaults={"words": words[:120], "tier": tier}
            )
    new = {words: tier.code if tier else None for words, tier in mapping.items()}
    _record("map-tier-words", proposal, actor, new=new)


def day(iso: str | None) -> datetime.date | None:
    """Return a full ISO day; a month alone is no day."""
    try:
        return datetime.date.fromisoformat(iso or "")
    except ValueError:
        return None


def _record(
    action: str,
    proposal: Proposal,
    actor: Actor,
    *,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    record(
        action,
        actor=actor,
        kind="proposal",
        object_id=proposal.pk,
        unit_id=proposal.unit_id,
        old=old,
        new=new,
    )
