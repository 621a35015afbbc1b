"""Read a later document against a programme, let a person decide, and write the tasks' new versions."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.reading.amending import read_amendments
from liencap.documents.models import Reading
from liencap.errors import DomainError, crash_point
from liencap.programmes.actions.versions import write_versions
from liencap.programmes.amending import proposing
from liencap.programmes.amending.queries import standing_tasks
from liencap.programmes.models import Amendment, AmendmentProposal, Change, Programme, Task
from liencap.programmes.search import KIND, text_of
from liencap.search.actions import index_texts
from liencap.units.access import require, today
from liencap.work.actions import enqueue

EDITABLE = ("change", "task", "label", "text", "due", "after", "like")


@transaction.atomic
def propose_amendment(programme: Programme, reading: Reading, *, actor: Actor) -> AmendmentProposal:
    """Return what a document seems to do to a programme; a second time the proposal that there is."""
    require(actor, "programme.edit", programme.unit)
    require(actor, "document.view", reading.version.document.unit)
    if programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    if reading.state != Reading.State.READ:
        raise DomainError("not-read", _("The document has not been read."))
    if reading.pk == programme.reading_id:
        raise DomainError(
            "own-plan", _("This is the plan that the programme was made of; choose a later document.")
        )
    tasks = standing_tasks(programme)
    found = read_amendments(reading.text, language=reading.plan.get("language"))
    if found:
        rows = proposing.rows_of_instructions(found, reading.text, reading.plan, tasks)
    else:
        rows = proposing.rows_of_whole(reading.text, reading.plan, tasks)
    proposal, made = AmendmentProposal.objects.get_or_create(
        programme=programme, reading=reading, defaults={"rows": rows, "whole": not found}
    )
    if made:
        _record("propose-amendment", proposal, actor, new={"reading": reading.pk, "rows": len(rows)})
    return proposal


@transaction.atomic
def edit_amendment(
    proposal: AmendmentProposal, *, revision: int, deed: str, row: str = "", values: dict[str, Any] | None = None,
    actor: Actor,
) -> AmendmentProposal:  # fmt: skip
    """Make one edit: save a row's decision, leave it out, take it back, or add one of the document's words."""
    proposal = _locked(proposal, revision=revision, actor=actor)
    before = next((one for one in proposal.rows if one["id"] == row), None)
    if before is None and deed != "add":
        raise DomainError("no-such-row", _("There is no such row in the proposal."))
    match deed, before:
        case "add", _nothing:
            after = _new_row(proposal, values or {})
            proposal.rows = [*proposal.rows, after]
        case "aside", dict():
            after = before | {"aside": True, "open": False}
        case "back", dict():
            after = before | {"aside": False}
        case "save", dict():
            after = _decided(proposal, before, values or {})
        case _unknown:
            raise DomainError("bad-edit", _("This change was not understood."))
    proposal.rows = [after if one["id"] == after["id"] else one for one in proposal.rows]
    if deed == "save" and after["task"] is not None and after["change"] != Change.RESCINDED:
        # Paired by hand: that nothing of the new plan matched the old task is no longer so.
        proposal.rows = [one for one in proposal.rows if not _waits_alone(one, after)]
    proposal.revision += 1
    proposal.save(update_fields=["rows", "revision"])
    _record(f"amendment-{deed}", proposal, actor, old=before or {}, new=after)
    return proposal


def _waits_alone(one: dict[str, Any], chosen: dict[str, Any]) -> bool:
    same = one["task"] == chosen["task"] and one["id"] != chosen["id"]
    return bool(same and one["open"] and one["change"] == Change.RESCINDED)


def _decided(proposal: AmendmentProposal, row: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return a row as a person decided it; a day set by hand takes the place of the one that was read."""
    after = row | {key: values[key] for key in EDITABLE if key in values} | {"open": False, "aside": False}
    if after["change"] not in Change.values:
        raise DomainError("bad-edit", _("This change was not understood."))
    after["after"], after["like"] = after["after"] or None, after["like"] or None
    if after["change"] == Change.ADDED:
        after["task"] = None
    elif not after["task"]:
        raise DomainError("no-task-chosen", _("Choose the task that this is about."))
    chosen = [after["task"], after["after"], after["like"]]
    known = set(proposal.programme.tasks.values_list("pk", flat=True))
    if any(pk not in known for pk in chosen if pk):
        raise DomainError("foreign-task", _("This task belongs to another programme."))
    if after["change"] != Change.RESCINDED and not after["text"].strip():
        raise DomainError("no-words", _("Write what is to be done."))
    if after["due"] != row["due"]:
        after |= proposing.moved(after["deadlines"], after["due"], "by", "")
    return after


def _new_row(proposal: AmendmentProposal, values: dict[str, Any]) -> dict[str, Any]:
    """Return a row of words that a person found in the document; what they do is decided next."""
    words = str(values.get("words") or "").strip().replace("\r\n", "\n")
    start = proposal.reading.text.find(words) if words else -1
    if start < 0:
        raise DomainError(
            "not-in-source",
            _("These words do not stand in the document. Select them in the text or copy them from it."),
        )
    taken = {row["id"] for row in proposal.rows}
    name = next(f"n{n}" for n in range(len(taken) + 1) if f"n{n}" not in taken)
    return proposing.new_row(name, proposal.reading.text, start, start + len(words))


def _locked(proposal: AmendmentProposal, *, revision: int, actor: Actor) -> AmendmentProposal:
    locked = AmendmentProposal.objects.select_for_update(of=("self",)).select_related(
        "programme__unit", "reading__version__document"
    )
    found = locked.get(pk=proposal.pk)
    require(actor, "programme.edit", found.programme.unit)
    if found.confirmed:
        raise DomainError("confirmed", _("The amendment has been confirmed and is closed."), status=409)
    if found.programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    if found.revision != revision:
        raise DomainError(
            "moved-on",
            _("Somebody changed the proposal meanwhile. Look at it again and repeat your change."),
            status=409,
        )
    return found


@transaction.atomic
def confirm_amendment(
    proposal: AmendmentProposal, *, revision: int, actor: Actor, since: datetime.date | None = None,
    confirmed_by: str = "",
) -> Amendment:  # fmt: skip
    """Write the new versions of the tasks; a job then tells every unit that holds one."""
    proposal = _locked(proposal, revision=revision, actor=actor)
    rows = [row for row in proposal.rows if not row["aside"]]
    if waiting := sum(row["open"] for row in rows):
        raise DomainError(
            "undecided",
            _("Rows that wait for your decision: %(n)s. Decide each of them, or leave it out.")
            % {"n": waiting},
        )
    if not rows:
        raise DomainError("no-change", _("Nothing is changed: there is no row to confirm."))
    document = proposal.reading.version.document
    amendment = Amendment.objects.create(
        programme=proposal.programme, reading=proposal.reading, title=document.title, number=document.number,
        date=document.date, since=since or document.date or today(), at=timezone.now(),
        confirmed_by=(confirmed_by or actor.name)[:200],
    )  # fmt: skip
    written = write_versions(amendment, rows)
    touched = Task.objects.filter(versions__amendment=amendment).distinct()
    index_texts(KIND, [(task.pk, text_of(task)) for task in touched], actor=actor)
    proposal.confirmed = True
    proposal.save(update_fields=["confirmed"])
    unit = proposal.programme.unit_id
    args = {"amendment": amendment.pk, "language": get_language()}
    amendment.job = enqueue("carry-amendment", args, actor=actor, key=str(amendment.pk), unit_id=unit)
    amendment.save(update_fields=["job"])
    new = {"programme": proposal.programme_id, "versions": written, "since": str(amendment.since)}
    record("confirm-amendment", actor=actor, kind="amendment", object_id=amendment.pk, unit_id=unit, new=new)
    crash_point("amend-before-commit")
    return amendment


def _record(
    action: str, proposal: AmendmentProposal, actor: Actor, *, old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    record(
        action, actor=actor, kind="amendment-proposal", object_id=proposal.pk, unit_id=proposal.programme.unit_id,
        old=old, new=new,
    )  # fmt: skip
