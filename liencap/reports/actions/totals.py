"""Move the stored totals within the transaction of the deed that changes them."""

from liencap.core.rollup.layout import Layout
from liencap.reports.figures import minus, plus
from liencap.reports.models import Obligation, Total


def official_now(owed: Obligation) -> bytes:
    """Lock and return the official total of a unit."""
    return bytes(_locked(owed.period_id, owed.unit_id, Total.Kind.OFFICIAL).packed)


def move_official(owed: Obligation, unit_id: int, layout: Layout, *, old: bytes, new: bytes) -> None:
    """Put a new part in the place of the old one in a unit's official total."""
    _move(_locked(owed.period_id, unit_id, Total.Kind.OFFICIAL), layout, old, new)


def move_received(owed: Obligation, layout: Layout, *, old: bytes, new: bytes) -> None:
    """Put a new part in the place of the old one in the received totals of a unit and all above.

    Deepest first: everyone locks in this order, so that two senders never wait for each other in a circle.
    """
    for unit_id in reversed(owed.chain_ids):
        _move(_locked(owed.period_id, unit_id, Total.Kind.RECEIVED), layout, old, new)


def _locked(period_id: int, unit_id: int, kind: str) -> Total:
    return Total.objects.select_for_update().get(period_id=period_id, unit_id=unit_id, kind=kind)


def _move(row: Total, layout: Layout, old: bytes, new: bytes) -> None:
    row.packed = plus(layout, minus(layout, row.packed, old), new)
    row.save(update_fields=["packed"])
