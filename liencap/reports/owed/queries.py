"""The ledger as a screen shows it: how many of each state, by tier and by branch, and the rows of a list."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BinaryField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Substr
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from liencap.core.text import next_prefix
from liencap.reports.models import Obligation, ObligationAct, Period, ReportVersion, Transfer
from liencap.reports.queries import below, chain_of, within
from liencap.units.models import Tier, Unit

Class, Kind = Obligation.Class, ObligationAct.Kind
OPEN, OVERDUE = "open", "overdue"
# How a ledger is counted: the classes that are judged, and of those not judged yet what is late already.
STATES: dict[str, str | Promise] = {
    Class.ON_TIME: Class.ON_TIME.label,
    Class.LATE: Class.LATE.label,
    Class.LATE_EXTENDED: Class.LATE_EXTENDED.label,
    OPEN: _("Not sent, in time"),
    OVERDUE: _("Not sent, overdue"),
    Class.MISSING: Class.MISSING.label,
    Class.EXCUSED: Class.EXCUSED.label,
    Class.NOT_DUE: Class.NOT_DUE.label,
}
RECEIVED = (Class.ON_TIME, Class.LATE, Class.LATE_EXTENDED)
LET_OFF = (Class.EXCUSED, Class.NOT_DUE)


def with_state(rows: QuerySet[Obligation], day: datetime.date) -> QuerySet[Obligation]:
    """Add to obligations the `standing` by which they are counted on a day, and their `last` day."""
    last = Coalesce("extended_to", "due", output_field=DateField())
    return rows.annotate(
        last=last,
        standing=Case(
            When(cls__isnull=False, then=F("cls")),
            When(last__lt=day, then=Value(OVERDUE)),
            default=Value(OPEN),
            output_field=CharField(),
        ),
    )


@dataclass(slots=True)
class Line:
    """A line of the count: a tier or a branch, how many of each state, and the rates with their denominator."""

    of: Tier | Unit | None
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def expected(self) -> int:
        """Return how many owe: all but the excused and those not due."""
        return sum(n for state, n in self.counts.items() if state not in LET_OFF)

    @property
    def received(self) -> int:
        """Return how many have sent."""
        return sum(self.counts[state] for state in RECEIVED)

    @property
    def cells(self) -> list[tuple[str, str | Promise, int]]:
        """Return each state with its label and count, in their order."""
        return [(state, label, self.counts[state]) for state, label in STATES.items()]


def by_tier(period: Period, unit: Unit, day: datetime.date) -> list[Line]:
    """Count the obligations below a unit by tier, the lowest first, the sum last; two queries beside its place."""
    rows: Any = with_state(below(period, chain_of(period, unit)), day).order_by()
    tiers = Tier.objects.in_bulk()
    lines: dict[int, Line] = {}
    whole = Line(None)
    counted = rows.values_list("tier_id", "standing")
    for tier, state, n in counted.annotate(n=Count("pk")):
        lines.setdefault(tier, Line(tiers[tier])).counts[state] += n
        whole.counts[state] += n
    return [*sorted(lines.values(), key=lambda line: -getattr(line.of, "rank", 0)), whole]


def by_branch(period: Period, unit: Unit, day: datetime.date) -> list[Line]:
    """Count the obligations below a unit by the unit directly below that they stand under, itself included."""
    chain = chain_of(period, unit)
    rows: Any = with_state(below(period, chain), day).order_by()  # the checker knows no added columns
    step = Substr("chain", len(chain) + 1, 4, output_field=BinaryField())
    counted = rows.annotate(branch=step).values_list("branch", "standing").annotate(n=Count("pk"))
    found: dict[int, Counter[str]] = {}
    for branch, state, n in counted:
        found.setdefault(int.from_bytes(bytes(branch), "big"), Counter())[state] += n
    units = Unit.objects.filter(pk__in=found).order_by("sort_key", "pk")
    return [Line(one, found[one.pk]) for one in units]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a ledger's list is narrowed to; `branch` is a unit below, with all under it."""

    state: str = ""
    tier: Tier | None = None
    branch: Unit | None = None

    def query(self) -> dict[str, str]:
        """Return the filter as it stands in an address."""
        said = {"state": self.state, "tier": self.tier.pk if self.tier else ""}
        said["branch"] = self.branch.pk if self.branch else ""
        return {name: str(value) for name, value in said.items() if value}


def rows_of(period: Period, unit: Unit, wanted: Wanted, day: datetime.date) -> QuerySet[Obligation]:
    """Return the obligations below a unit that a filter wants, in Vietnamese order."""
    rows: Any = with_state(below(period, chain_of(period, unit)), day)
    if wanted.state:
        rows = rows.filter(standing=wanted.state)
    if wanted.tier:
        rows = rows.filter(tier=wanted.tier)
    if wanted.branch:
        rows = rows.filter(within(chain_of(period, wanted.branch)))
    found: QuerySet[Obligation] = rows.select_related("unit", "parent", "tier", "report__current", "period")
    return found


def add_acts(page: Iterable[Obligation]) -> None:
    """Set on the obligations of a page `given`, the newest act of a unit above, `asked` and `reminded`; two queries."""
    rows = list(page)
    acts = ObligationAct.objects.filter(obligation__in=rows).select_related("by_seat__unit", "by_seat__role")
    given: dict[int, ObligationAct] = {}
    asked: dict[int, ObligationAct] = {}
    for act in acts.exclude(kind=Kind.REMINDED).order_by("pk"):
        if act.kind == Kind.ASKED:
            asked[act.obligation_id] = act
        else:
            given[act.obligation_id] = act
            if act.answers_id:
                asked.pop(act.obligation_id, None)
    reminded = ObligationAct.objects.filter(obligation__in=rows, kind=Kind.REMINDED).order_by()
    last = dict(reminded.values_list("obligation_id").annotate(Max("day")))
    for row in rows:
        row.given = given.get(row.pk)  # type: ignore[attr-defined]  # for the template
        row.asked = asked.get(row.pk)  # type: ignore[attr-defined]  # for the template
        row.reminded = last.get(row.pk)  # type: ignore[attr-defined]  # for the template


def first_sent(page: Iterable[Obligation]) -> dict[int, datetime.date]:
    """Return by obligation the local day of the first sending, which decided between on time and late; one query."""
    found = ReportVersion.objects.filter(report__obligation__in=list(page), n=1)
    return {owed: localtime(at).date() for owed, at in found.values_list("report__obligation", "sent_at")}


def open_request(owed: Obligation) -> ObligationAct | None:
    """Return a unit's request for more time that nobody has answered."""
    return owed.acts.filter(kind=Kind.ASKED, answered_by__isnull=True).first()


def requests_below(period: Period, unit: Unit) -> QuerySet[Obligation]:
    """Return the obligations directly below a unit that ask for more time."""
    waiting = ObligationAct.objects.filter(
        obligation=OuterRef("pk"), kind=Kind.ASKED, answered_by__isnull=True
    )
    return Obligation.objects.filter(Exists(waiting), period=period, parent=unit).select_related("unit")


def heirs_of(owed: Obligation) -> list[Unit]:
    """Return the units that took a closed unit's place in a period."""
    rows = owed.transfers.filter(kind=Transfer.Kind.SUCCEEDED).select_related("successor").order_by("pk")
    return [row.successor for row in rows if row.successor]


def parent_due(owed: Obligation) -> datetime.date | None:
    """Return the day by which the unit above has to send its own report; none where it owes none."""
    above = Obligation.objects.filter(period_id=owed.period_id, unit_id=owed.parent_id or 0).first()
    return above.last_day if above else None


def transfers_of(period: Period, unit: Unit) -> QuerySet[Transfer]:
    """Return the changes of place in a period that touch a unit or what stands under it, newest first."""
    chain = chain_of(period, unit)
    inside = Q(obligation__chain__gt=chain, obligation__chain__lt=next_prefix(chain))
    touched = inside | Q(from_parent=unit) | Q(to_parent=unit)
    found = Transfer.objects.filter(touched, period=period).order_by("-pk")
    return found.select_related("obligation__unit", "from_parent", "to_parent", "successor", "by_seat__role")
