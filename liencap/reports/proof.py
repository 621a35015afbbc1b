"""Prove the stored totals of a period: compute the whole tree anew and compare bit for bit."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models.functions import Coalesce

from liencap.core.rollup.sweep import Period as Figures
from liencap.core.rollup.sweep import roll_up
from liencap.core.tree import tree_as_of
from liencap.reports.figures import nothing, plus, totals_of
from liencap.reports.models import Obligation, Period, Total

DAY = datetime.date(1, 1, 1)  # a frozen tree knows no days
Differing = list[tuple[int, str]]


def recomputed(period: Period) -> dict[tuple[int, str], bytes]:
    """Compute all totals of a period anew from the versions, over the tree as frozen in the obligations.

    Received totals come from the sweep over whole trees, which shares no line with the adding of one report at a time.
    """
    assert period.form is not None, "only opened periods have totals"
    cells = period.form.cells
    held = Obligation.objects.filter(period=period).annotate(
        accepted=Coalesce("report__acceptance__figures", "report__accepted__figures"),
        carried=Coalesce("report__acceptance__carried", "report__accepted__carried"),
    )
    rows = held.values_list(
        "unit_id", "parent_id", "chain", "report__current__figures", "accepted", "carried"
    )
    above: dict[int, int | None] = {}
    said: dict[int, bytes] = {}
    found: dict[tuple[int, str], bytes] = {}

    def add(unit_id: int, totals: bytes) -> None:
        key = unit_id, Total.Kind.OFFICIAL
        found[key] = plus(cells, found.get(key, nothing(cells)), totals)

    for unit, parent, chain, own, accepted, carried in rows.order_by().iterator(2000):
        ids = [int.from_bytes(bytes(chain)[i : i + 4], "big") for i in range(0, len(chain), 4)]
        above.update(zip(ids, [None, *ids], strict=False))
        if own is not None:
            said[unit] = bytes(own)
            add(unit, totals_of(cells, own))
        if parent is not None and accepted is not None:
            add(parent, plus(cells, totals_of(cells, accepted), carried))
    tree = tree_as_of(((unit, over, DAY, None) for unit, over in above.items()), DAY)
    (swept,) = roll_up(cells, [Figures(tree, said, {})])
    return found | {(unit, Total.Kind.RECEIVED): totals for unit, totals in swept.packed()}


def check_totals(period: Period) -> Differing:
    """Return the unit and kind of every stored total that differs from the recomputed one, or is not there."""
    assert period.form is not None, "only opened periods have totals"
    anew, empty = recomputed(period), nothing(period.form.cells)
    stored = Total.objects.filter(period=period).values_list("unit_id", "kind", "packed")
    found = []
    for unit, kind, packed in stored.order_by("unit_id", "kind").iterator(2000):
        if bytes(packed) != anew.pop((unit, kind), empty):
            found.append((unit, kind))
    return found + [key for key, totals in sorted(anew.items()) if totals != empty]


def proven(period: Period) -> Differing:
    """Return what differs for certain: a report sent while the totals were read is no difference.

    Without a difference nobody is kept from writing; only when one shows, all is read again at one moment.
    """
    found = check_totals(period)
    if found:
        with _one_moment():
            found = check_totals(period)
    return found


@contextmanager
def _one_moment() -> Iterator[None]:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
