"""Reads of the lines that a period asks for, and of what the units recorded of them in its days."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liencap.communication.models import Item
from liencap.communication.standing import Branch, Sums, between
from liencap.reports.models import AskedLine, Period
from liencap.reports.printing.values import Row, RowKind, Table
from liencap.units.models import Unit


def offered(period: Period) -> QuerySet[Item]:
    """Return the lines that the programme's unit handed out for days of the period."""
    found = Item.objects.filter(unit=period.programme.unit_id, state=Item.State.ISSUED)
    return found.touching(period.since, period.until).select_related("task").order_by("until", "pk")


def tasks_under(period: Period, items: Iterable[int]) -> dict[int, int]:
    """Return for ids of lines the id of the task under which each stands in a period's reports; one query."""
    found = AskedLine.objects.filter(period=period, item__in=items)
    return dict(found.values_list("item_id", "task_id"))


def asked_lines(period: Period) -> QuerySet[AskedLine]:
    """Return what a period asks for, in the order of the lines' days; a line that was cancelled since is left out."""
    found = AskedLine.objects.filter(period=period, item__state=Item.State.ISSUED)
    return found.select_related("item", "task").order_by("item__until", "item_id")


@dataclass(frozen=True, slots=True)
class Counted:
    """A line with what a unit and all below it did of it in the days of a period."""

    line: AskedLine
    whole: Sums
    parts: tuple[Branch, ...]


def counted(lines: Iterable[AskedLine], period: Period, unit: Unit) -> list[Counted]:
    """Count each line over a unit with all below it; lines that nobody there holds are left out. Three queries."""
    asked = list(lines)
    if not asked:
        return []
    found = between([one.item_id for one in asked], unit, period.since, period.until)
    parts = {one.pk: tuple(found.get(one.item_id, ())) for one in asked}
    return [
        Counted(one, sum((part.sums for part in parts[one.pk]), Sums()), parts[one.pk])
        for one in asked
        if parts[one.pk]
    ]


def tables_of(period: Period, unit: Unit) -> dict[int, list[Table]]:
    """Lay out for each task the numbers of its lines: a row a branch, then all of them; four queries, or one."""
    found: dict[int, list[Table]] = {}
    for one in counted(asked_lines(period), period, unit):
        found.setdefault(one.line.task_id, []).append(_table(one, period, unit))
    return found


def _table(one: Counted, period: Period, unit: Unit) -> Table:
    item, sessions = one.line.item, one.line.item.by_sessions
    columns = [_("Units that hold it"), _("Units that did it")]
    if sessions:
        columns += [_("Sessions held"), _("Should attend"), _("Came")]
    rows = [
        _row(str(part.unit), part.sums, "unit", f"line:{item.pk}:{part.unit.pk}", sessions=sessions)
        for part in one.parts
    ]
    rows.append(
        _row(_("All together"), one.whole, "official", f"line:{item.pk}:{unit.pk}", sessions=sessions)
    )
    days = {name: date_format(getattr(period, name), "SHORT_DATE_FORMAT") for name in ("since", "until")}
    note = _("As the units recorded it for %(since)s – %(until)s; not typed into reports.") % days
    return Table(f"{item.get_kind_display()}: {item.title}", tuple(columns), tuple(rows), note)


def _row(name: str, sums: Sums, kind: RowKind, ref: str, *, sessions: bool) -> Row:
    numbers = [sums.units, sums.done]
    if sessions:
        numbers += [sums.held, sums.expected, sums.came]
    said = tuple(str(n) for n in numbers)
    return Row(name, said, kind, said, ref)
