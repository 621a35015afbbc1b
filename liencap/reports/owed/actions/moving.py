"""Move a place within an open period: append the signed row, and let chains and totals follow in the same deed."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.core.rollup.layout import Layout
from liencap.reports.actions.telling import tell_changed
from liencap.reports.actions.totals import move_official_between, moved_between
from liencap.reports.models import Obligation, Report, Transfer
from liencap.reports.owed.places import Place, subtree
from liencap.reports.queries import brought_by
from liencap.units.models import Unit

Kind = Transfer.Kind


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a place changes: what happened, from which day on, and who takes the place."""

    kind: str
    day: datetime.date
    reason: str = ""
    successor: Unit | None = None


def taken(owed: Obligation) -> Report:
    """Take a unit's report and obligation until the transaction ends: nobody sends or accepts it meanwhile."""
    found = Report.objects.select_for_update(of=("self", "obligation")).select_related(
        "obligation__period__form", "obligation__unit", "current", "accepted", "acceptance"
    )
    return found.get(obligation_id=owed.pk)


@transaction.atomic(savepoint=False)
def move_place(owed: Obligation, place: Place, cause: Cause, *, actor: Actor) -> Transfer:
    """Put an obligation, with all under it, in another place; what was accepted stays accepted there.

    The totals of the units above move with it: received from the old chain to the new one, official from the
    old unit above to the new one. Locks: the report, the subtree, official totals, received totals deepest first.
    """
    report = taken(owed)
    owed = report.obligation
    old, before = Place(owed.parent_id, bytes(owed.chain)), len(bytes(owed.chain))
    rows = list(subtree(owed).select_for_update().order_by("pk"))
    for row in rows:
        row.chain = place.chain + bytes(row.chain)[before:]
        if row.pk == owed.pk:
            row.parent_id = place.parent_id
    Obligation.objects.bulk_update(rows, ["chain", "parent"], batch_size=300)
    form = owed.period.form
    assert form is not None, "open periods have a form"
    _move_totals(report, form.cells, old, place, actor)
    return append(owed, old, place, cause, actor=actor)


def _move_totals(report: Report, cells: Layout, old: Place, new: Place, actor: Actor) -> None:
    """Let the totals of the units above follow a place that changed; who has sent already is told to send it on."""
    owed = report.obligation
    if old.parent_id != new.parent_id and report.accepted_id is not None:
        brought = brought_by(report, cells)
        move_official_between(owed, cells, old.parent_id, new.parent_id, brought)
        for parent in filter(None, (old.parent_id, new.parent_id)):
            tell_changed(Obligation(period=owed.period, parent_id=parent), actor=actor)
    moved_between(owed, cells, old.chain, new.chain)


def append(owed: Obligation, old: Place, new: Place, cause: Cause, *, actor: Actor) -> Transfer:
    """Append the signed row of a change, and record it with the row's hash."""
    made = Transfer(
        period_id=owed.period_id, obligation=owed, kind=cause.kind, day=cause.day, from_parent_id=old.parent_id,
        to_parent_id=new.parent_id, from_chain=old.chain, to_chain=new.chain, successor=cause.successor,
        reason=cause.reason[:500], by_seat_id=actor.seat_id, at=timezone.now(),
    )  # fmt: skip
    made.sha256 = sha256_of(made)
    made.save()
    record(
        "transfer_obligation", actor=actor, kind="obligation", object_id=owed.pk, unit_id=owed.unit_id,
        old={"parent": old.parent_id},
        new={"parent": new.parent_id, "kind": cause.kind, "day": str(cause.day), "reason": made.reason,
             "successor": cause.successor.pk if cause.successor else None, "sha256": made.sha256},
    )  # fmt: skip
    return made


def sha256_of(row: Transfer) -> str:
    """Return the hash that a row must carry."""
    return digest(
        [
            row.period_id, row.obligation_id, row.kind, str(row.day), row.from_parent_id, row.to_parent_id,
            bytes(row.from_chain).hex(), bytes(row.to_chain).hex(), row.successor_id, row.reason, row.by_seat_id,
        ]
    )  # fmt: skip
