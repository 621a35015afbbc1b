"""Move the stored totals within the transaction of the deed that changes them."""

from liencap.reports.figures import Totals, pack_totals, unpack_totals
from liencap.reports.models import Obligation, Total


def move_official(owed: Obligation, unit_id: int, change: Totals) -> Totals:
    """Add a change to one unit's official total and return the new one."""
    return _move(owed.period_id, unit_id, Total.Kind.OFFICIAL, change)


def move_received(owed: Obligation, change: Totals) -> None:
    """Add a change to the received totals of a unit and all above, deepest first.

    Everyone locks in this order, so that two senders never wait for each other in a circle.
    """
    for unit_id in reversed(owed.chain_ids):
        _move(owed.period_id, unit_id, Total.Kind.RECEIVED, change)


def official_now(owed: Obligation, cells: int) -> Totals:
    """Lock and return the official total of a unit."""
    row = Total.objects.select_for_update().get(
        period_id=owed.period_id, unit_id=owed.unit_id, kind=Total.Kind.OFFICIAL
    )
    return unpack_totals(row.packed, cells)


def _move(period_id: int, unit_id: int, kind: str, change: Totals) -> Totals:
    row = Total.objects.select_for_update().get(period_id=period_id, unit_id=unit_id, kind=kind)
    new = unpack_totals(row.packed, len(change.cells)).plus(change)
    row.packed = pack_totals(new)
    row.save(update_fields=["packed"])
    return new
