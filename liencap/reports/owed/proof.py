"""Prove that the obligations of a period are those that were frozen, but for what transfer rows say."""

from collections.abc import Iterable

from liencap.audit.actions import digest
from liencap.audit.models import Entry
from liencap.reports.models import Obligation, Period, Transfer

Row = list[int | str | None]
Kind = Transfer.Kind


def frozen_rows(owed: Iterable[Obligation]) -> list[Row]:
    """Return what is frozen of obligations, by unit: unit, unit above, tier, due day."""
    rows: list[Row] = [[o.unit_id, o.parent_id, o.tier_id, str(o.due)] for o in owed]
    return sorted(rows, key=lambda row: row[0] or 0)


def rows_before(period: Period) -> list[Row]:
    """Take every transfer row of a period back and return the obligations as they were when it was opened."""
    owed = {o.pk: o for o in Obligation.objects.filter(period=period)}
    for moved in Transfer.objects.filter(period=period).order_by("-pk"):
        if moved.kind == Kind.JOINED:
            del owed[moved.obligation_id]
        else:
            owed[moved.obligation_id].parent_id = moved.from_parent_id
    return frozen_rows(owed.values())


def is_as_frozen(period: Period) -> bool:
    """Say whether the obligations, transfers taken back, have the digest that the log holds of the opening."""
    entry = Entry.objects.filter(action="open_period", kind="period", object_id=period.pk).last()
    return entry is not None and entry.new["sha256"] == digest(rows_before(period))
