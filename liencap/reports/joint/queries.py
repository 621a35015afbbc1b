"""Which joint activities a report names, what they add to the host's figures, and how they read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from liencap.core.rollup.cells import HIDDEN
from liencap.core.rollup.layout import State
from liencap.core.text import next_prefix
from liencap.reports.forming.counting import cell_name
from liencap.reports.models import (
    Indicator,
    JointActivity,
    JointPartner,
    Obligation,
    Period,
    ReportVersion,
)
from liencap.reports.numbers import kept_text, number_text
from liencap.reports.queries import chain_of
from liencap.units.models import Unit

BESIDE = 60
TOLD = 200

Figures = dict[tuple[str, str], Decimal | State]
Row = dict[str, Any]  # an activity as a version keeps it, see `row_of`


def activities_of(period: Period, unit_id: int) -> QuerySet[JointActivity]:
    """Return the activities that a unit hosts or takes part in, newest first; those taken back are left out."""
    taking = JointPartner.objects.filter(unit_id=unit_id).exclude(state=JointPartner.State.DECLINED)
    found = JointActivity.objects.filter(
        Q(host_id=unit_id) | Q(pk__in=taking.values("activity_id")), period=period, withdrawn=False
    )
    return found.select_related("host", "task").prefetch_related("partners__unit").order_by("-pk")


def named_in(period: Period, unit_id: int) -> QuerySet[JointActivity]:
    """Return all activities a unit is named in, also those it declined, for its own page."""
    mine = Q(host_id=unit_id) | Q(partners__unit_id=unit_id)
    found = JointActivity.objects.filter(mine, period=period, withdrawn=False).distinct()
    return found.select_related("host", "task").prefetch_related("partners__unit").order_by("-pk")


def frozen(owed: Obligation) -> list[Row]:
    """Return the activities of a report as its version keeps them; the host's are counted, a partner's are not."""
    return [
        row_of(one, counted=one.host_id == owed.unit_id) for one in activities_of(owed.period, owed.unit_id)
    ]


def row_of(activity: JointActivity, *, counted: bool = True) -> Row:
    """Return an activity as plain values; its host and partners come with it."""
    taking = [p.unit for p in activity.partners.all() if p.state != JointPartner.State.DECLINED]
    return {
        "activity": activity.pk,
        "title": activity.title,
        "host": str(activity.host),
        "partners": [str(unit) for unit in taking],
        "counted": counted,
        "figures": activity.figures,
    }


def with_joint(
    figures: Mapping[tuple[str, str], Decimal | State], rows: Iterable[Mapping[str, Any]]
) -> Figures:
    """Add what is counted at this unit to what it typed; a cell that says nothing then says the joint figure."""
    return _shifted(figures, rows, 1)


def without_joint(
    figures: Mapping[tuple[str, str], Decimal | State], rows: Iterable[Mapping[str, Any]]
) -> Figures:
    """Take the joint figures out of a version again: what the unit typed itself."""
    return _shifted(figures, rows, -1)


def _shifted(
    figures: Mapping[tuple[str, str], Decimal | State], rows: Iterable[Mapping[str, Any]], sign: int
) -> Figures:
    found = dict(figures)
    for row in rows:
        for one in row["figures"] if row["counted"] else ():
            key = one["code"], one["cell"]
            said = found.get(key)
            base = Decimal(0) if said is None or isinstance(said, State) else said
            found[key] = base + sign * Decimal(one["number"])
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """An activity as one of its units sees it: what it adds, in words, and this unit's own part in it."""

    activity: JointActivity
    hosts: bool
    figures: list[str]
    partners: list[JointPartner]
    own: JointPartner | None


def shown(activities: Iterable[JointActivity], unit: Unit, period: Period) -> list[Shown]:
    """Lay activities out for a unit; one query, and one more for activities whose partners were not read."""
    assert period.form is not None, "only opened periods have activities"
    names = {i.code: i for i in period.form.indicators.all()}
    found = []
    for one in activities:
        partners = list(one.partners.all())
        own = next((p for p in partners if p.unit_id == unit.pk), None)
        hosts = one.host_id == unit.pk
        found.append(Shown(one, hosts, figure_words(one.figures, names, own=hosts), partners, own))
    return found


def figure_words(
    rows: Iterable[Mapping[str, str]], names: Mapping[str, Indicator], *, own: bool = False
) -> list[str]:
    """Write figures as "name · cell: number"; people counted by a personal attribute only for their `own` host."""
    words = []
    for row in rows:
        indicator = names.get(row["code"])
        seen = own or indicator is None or not indicator.guarded
        label = [str(indicator), cell_name(indicator, row["cell"])] if indicator else [row["code"], ""]
        number = number_text(Decimal(row["number"])) if seen else kept_text(HIDDEN)
        words.append(f"{' · '.join(filter(None, label))}: {number}")
    return words


def beside(owed: Obligation) -> list[Unit]:
    """Return the units that report to the same unit, for choosing partners."""
    found = Obligation.objects.filter(period_id=owed.period_id, parent_id=owed.parent_id).exclude(
        unit_id=owed.unit_id
    )
    return [one.unit for one in found.select_related("unit").order_by("unit__sort_key", "pk")[:BESIDE]]


def addable(period: Period, task_id: int) -> list[Indicator]:
    """Return the indicators of a task to which a joint activity can add."""
    return list(
        Indicator.objects.filter(
            form_id=period.form_id, task_id=task_id, tree_axis__in=("sum", "ratio"),
            kind__in=("number", "money", "percentage"),
        ).order_by("order")
    )  # fmt: skip


def told_below(period: Period, unit: Unit, chain: bytes | None = None) -> dict[int, list[Row]]:
    """Return by task the activities that a unit or one below it hosts, as its report that stands says; three queries.

    What a host has entered or changed since it sent is its own until it sends again.
    """
    chain = chain or chain_of(period, unit)
    hosts = Obligation.objects.filter(
        period=period, chain__gte=chain, chain__lt=next_prefix(chain), report__current__isnull=False
    )
    held = JointActivity.objects.filter(period=period, host__in=hosts.values("unit_id")).order_by("pk")
    known = {pk: (task, host) for pk, task, host in held.values_list("pk", "task_id", "host_id")[:TOLD]}
    said = ReportVersion.objects.filter(
        report__current=F("pk"), report__obligation__period=period,
        report__obligation__unit__in={host for _task, host in known.values()},
    )  # fmt: skip
    rows = [row for joint in said.values_list("joint", flat=True) for row in joint]
    found: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: int(row["activity"])):
        if row["counted"] and row["activity"] in known:
            found.setdefault(known[row["activity"]][0], []).append(row)
    return found


def note_of(activities: Sequence[Row], names: Mapping[str, Indicator]) -> str:
    """Say in a printed table which activities were held together and are counted once."""
    parts = []
    for one in activities:
        figures = "; ".join(figure_words(one["figures"], names))
        words = _("“%(title)s” (%(host)s with %(partners)s)") % {
            "title": one["title"],
            "host": one["host"],
            "partners": ", ".join(one["partners"]),
        }
        parts.append(f"{words}: {figures}" if figures else words)
    return (
        _("Held together, counted once at the host: %(activities)s") % {"activities": "; ".join(parts)}
        if parts
        else ""
    )
