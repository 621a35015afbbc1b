"""Move the stored totals within the transaction of the deed that changes them."""

from django.db.models import Case, Q, When

from liencap.core.rollup.layout import Layout
from liencap.reports.figures import minus, nothing, plus
from liencap.reports.models import Obligation, Total


def official_now(owed: Obligation) -> bytes:
    """Lock and return the official total of a unit."""
    return bytes(_locked(owed.period_id, owed.unit_id, Total.Kind.OFFICIAL).packed)


def move_official(owed: Obligation, unit_id: int, layout: Layout, *, old: bytes, new: bytes) -> None:
    """Put a new part in the place of the old one in a unit's official total."""
    _move(_locked(owed.period_id, unit_id, Total.Kind.OFFICIAL), layout, old, new)


def move_said(owed: Obligation, layout: Layout, *, old: bytes, new: bytes) -> None:
    """Put what a unit says now in the place of what it said: in its official total, and in all that received it.

    Locked in one query, its official total first and then deepest first: everyone locks in this order, so that two
    senders never wait for each other in a circle. Written in one statement, for the topmost row is everybody's.
    """
    chain = [*reversed(owed.chain_ids)]
    place = Case(
        When(kind=Total.Kind.OFFICIAL, then=0),
        *(When(unit_id=unit_id, then=at) for at, unit_id in enumerate(chain, 1)),
    )
    wanted = Q(kind=Total.Kind.RECEIVED, unit_id__in=chain) | Q(
        kind=Total.Kind.OFFICIAL, unit_id=owed.unit_id
    )
    rows = list(Total.objects.select_for_update().filter(wanted, period_id=owed.period_id).order_by(place))
    assert len(rows) == len(chain) + 1, "totals are made when a period opens"
    for row in rows:
        row.packed = plus(layout, minus(layout, row.packed, old), new)
    Total.objects.bulk_update(rows, ["packed"])


def move_official_between(
    owed: Obligation, layout: Layout, source: int | None, target: int | None, part: bytes
) -> None:
    """Take a part out of one unit's official total and put it into another's; either may be none."""
    empty = nothing(layout)
    for unit_id, old, new in ((source, part, empty), (target, empty, part)):
        if unit_id is not None:
            move_official(owed, unit_id, layout, old=old, new=new)


def moved_between(owed: Obligation, layout: Layout, source: bytes, target: bytes) -> None:
    """Take all that a unit received out of the received totals above it and put it into those of another chain.

    Deepest first, then by id, as every deed locks; units that stand in both chains keep what they have.
    """
    part = bytes(_locked(owed.period_id, owed.unit_id, Total.Kind.RECEIVED).packed)
    empty = nothing(layout)
    steps = [(*one, part, empty) for one in _above(source)] + [(*one, empty, part) for one in _above(target)]
    both = {unit for _depth, unit in _above(source)} & {unit for _depth, unit in _above(target)}
    for _depth, unit_id, old, new in sorted(steps, key=lambda step: (-step[0], step[1])):
        if unit_id not in both:
            _move(_locked(owed.period_id, unit_id, Total.Kind.RECEIVED), layout, old, new)


def _above(chain: bytes) -> list[tuple[int, int]]:
    """Return the depth and id of each unit above the last of a chain."""
    return [(at, int.from_bytes(chain[at : at + 4], "big")) for at in range(0, len(chain) - 4, 4)]


def _locked(period_id: int, unit_id: int, kind: str) -> Total:
    return Total.objects.select_for_update().get(period_id=period_id, unit_id=unit_id, kind=kind)


def _move(row: Total, layout: Layout, old: bytes, new: bytes) -> None:
    row.packed = plus(layout, minus(layout, row.packed, old), new)
    row.save(update_fields=["packed"])
