"""The annex that says of each unit what became of its report, in the words of the paper."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liencap.reports.models import Gap, Obligation, Period, Report, Transfer
from liencap.reports.printing.values import Row, Table
from liencap.reports.queries import below, chain_of
from liencap.units.models import Unit

Class = Obligation.Class
MOST = 300  # units further down that are named: more than these are no list that anybody reads
UNREAD = [
    *(f"report__current__{name}" for name in ("figures", "carried", "joint", "warnings", "reason")),
    *(f"report__acceptance__{name}" for name in ("figures", "carried")),
]
UNEVEN = (Class.LATE, Class.LATE_EXTENDED, Class.EXCUSED, Class.NOT_DUE)


@dataclass(frozen=True, slots=True)
class Known:
    """What is read once for all rows: gaps by the unit that named them, and who followed whom."""

    gaps: Counter[int]
    without: frozenset[int]
    heirs: dict[int, list[Unit]]
    before: dict[int, list[tuple[Unit, datetime.date]]]


def annexes_of(period: Period, unit: Unit) -> tuple[Table, ...]:
    """Return the annex of a unit's paper: every unit directly below it, and further down those with something to say.

    Further down a report that was sent in time for the whole period stands in its parent's, and a missing one among
    the missing. Four queries, and one more where units are left out; rows are read of the units that are named alone.
    """
    found, left_out = named_in(period, unit)
    if not found:
        return ()
    known = _known(period, found)
    rows = [
        Row(
            str(o.unit) if o.parent_id == unit.pk else f"{o.unit} ({o.parent or '–'})",
            (state_of(o, known), sent_of(o), part_of(o, period, known)),
            ref=f"report:{o.report.pk}" if o.report.current_id else "",
        )
        for o in found
    ]
    columns = (_("State of the report"), _("Day sent"), _("Days of the period it covers"))
    note = ""
    if left_out:
        note = ngettext(
            "%(n)s unit further down is not named here", "%(n)s units further down are not named here", left_out
        ) % {"n": left_out}  # fmt: skip
    return (Table(_("State of the units' reports"), columns, tuple(rows), note),)


def named_in(period: Period, unit: Unit) -> tuple[list[Obligation], int]:
    """Return the obligations that the annex names, those directly below first, and how many it leaves out."""
    joined = (
        "unit",
        "parent",
        "report__current__sent_by_seat__unit",
        "report__acceptance",
    )
    gaps = Gap.objects.filter(obligation__period=period).order_by()
    of_unit = gaps.filter(unit=OuterRef("unit")).values("unit").annotate(n=Count("pk")).values("n")
    inside = below(period, chain_of(period, unit)).select_related(*joined).defer(*UNREAD)
    inside = inside.annotate(
        gaps_named=Coalesce(Subquery(of_unit), 0), gone_on=Exists(gaps.filter(obligation=OuterRef("pk")))
    )
    partial = Q(covers_since__isnull=False) | Q(covers_until__isnull=False)
    named = Exists(gaps.filter(unit=OuterRef("unit")))
    deeper = inside.exclude(parent=unit).filter(Q(cls__in=UNEVEN) | partial | named)
    # Who reports on a part of the period comes first, so that it is named however many were late.
    first = deeper.order_by(Case(When(partial, then=0), default=1), "unit__sort_key", "pk")[: MOST + 1]
    found = list(first)
    left_out = deeper.order_by().count() - MOST if len(found) > MOST else 0
    direct = inside.filter(parent=unit).order_by("unit__sort_key", "pk")
    return [*direct, *found[:MOST]], left_out


def _known(period: Period, found: Sequence[Obligation]) -> Known:
    owed, units = [one.pk for one in found], [one.unit_id for one in found]
    gaps = Counter({one.unit_id: one.gaps_named for one in found})  # type: ignore[attr-defined]  # set by named_in
    without = frozenset(one.pk for one in found if one.gone_on)  # type: ignore[attr-defined]  # set by named_in
    heirs: dict[int, list[Unit]] = {}
    before: dict[int, list[tuple[Unit, datetime.date]]] = {}
    rows = Transfer.objects.filter(period=period, kind=Transfer.Kind.SUCCEEDED).order_by("pk")
    ours = Q(obligation__in=owed) | Q(successor__in=units)
    for row in rows.filter(ours).select_related("successor", "obligation__unit"):
        if row.successor:
            heirs.setdefault(row.obligation_id, []).append(row.successor)
            before.setdefault(row.successor.pk, []).append((row.obligation.unit, row.day))
    return Known(gaps, without, heirs, before)


def state_of(owed: Obligation, known: Known) -> str:
    """Say what became of a report."""
    report = owed.report
    if report.current_id is None:
        if owed.cls in (Class.EXCUSED, Class.NOT_DUE):
            return str(Class(owed.cls).label)
        missing = str(Class.MISSING.label) if owed.cls == Class.MISSING else _("Not sent")
        return (
            _("%(missing)s; gone on without it") % {"missing": missing}
            if owed.pk in known.without
            else missing
        )
    if report.accepted_id is None:
        return _("Returned") if report.state == Report.State.RETURNED else _("Sent, not accepted yet")
    words = _("Accepted")
    if gaps := known.gaps[owed.unit_id]:
        words = ngettext("Accepted without %(n)s unit", "Accepted without %(n)s units", gaps) % {"n": gaps}
    if report.accepted_id != report.current_id:
        return _("%(accepted)s; a correction waits") % {"accepted": words}
    lines = report.acceptance.lines_returned if report.acceptance else 0
    if lines:
        return ngettext(
            "%(accepted)s but for %(n)s line", "%(accepted)s but for %(n)s lines", lines
        ) % {"accepted": words, "n": lines}  # fmt: skip
    return words


def sent_of(owed: Obligation) -> str:
    """Say whether the first report came in time, and when the one in force was sent."""
    version = owed.report.current
    if version is None:
        return "–"
    day = date_format(localtime(version.sent_at).date(), "SHORT_DATE_FORMAT")
    seat = version.sent_by_seat
    if seat is not None and seat.unit_id != owed.unit_id:
        day += "; " + _("signed by %(unit)s in its stead") % {"unit": seat.unit}
    if owed.cls in (Class.ON_TIME, Class.LATE, Class.LATE_EXTENDED):
        return f"{Class(owed.cls).label}, {day}"
    return day


def part_of(owed: Obligation, period: Period, known: Known) -> str:
    """Say which days a report covers, and whose place a unit took or who took its own."""
    words = _("Whole period")
    if owed.is_partial:
        since, until = (owed.covers_since or period.since, owed.covers_until or period.until)
        words = _("Partial: %(since)s – %(until)s") % {
            "since": date_format(since, "SHORT_DATE_FORMAT"), "until": date_format(until, "SHORT_DATE_FORMAT"),
        }  # fmt: skip
    if heirs := known.heirs.get(owed.pk):
        words += "; " + _("predecessor of %(units)s") % {"units": ", ".join(map(str, heirs))}
    for unit, day in known.before.get(owed.unit_id, ()):
        words += "; " + _("successor of %(unit)s from %(day)s") % {
            "unit": unit, "day": date_format(day, "SHORT_DATE_FORMAT"),
        }  # fmt: skip
    return words
