"""What the reports room has for a seat's calendar: the unit's own due days, and the periods it reports on or set."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liencap.audit.models import Entry
from liencap.card import Event
from liencap.reports.models import Obligation, Period, PeriodDue
from liencap.units.models import Seat

MOST = 500
Day = datetime.date


def events(seat: Seat, since: Day, until: Day) -> Iterator[Event]:
    """Yield due days with their extensions, periods, and the tiers' due days in periods that the unit set."""
    if "report.view" not in {*seat.role.own, *seat.role.below}:
        return
    yield from _owed(seat, since, until)
    yield from _periods(seat, since, until)
    yield from _set_by_us(seat, since, until)


def _owed(seat: Seat, since: Day, until: Day) -> Iterator[Event]:
    """Yield the day by which the unit sends; who is excused owes nothing any more."""
    here = Q(extended_to__isnull=True, due__range=(since, until)) | Q(extended_to__range=(since, until))
    found = Obligation.objects.filter(here, unit_id=seat.unit_id, period__form__isnull=False).order_by(
        "due", "pk"
    )
    rows = list(found.select_related("period__programme", "report")[:MOST])
    changed = _changed("obligation", [row.pk for row in rows])
    opened = _changed("period", {row.period_id for row in rows})
    for row in rows:
        said = {"period": row.period.title, "programme": row.period.programme.title}
        title = gettext("Report for %(period)s: %(programme)s") % said
        if row.extended_to:
            title = gettext("%(what)s (extended)") % {"what": title}
        yield Event(
            f"report-{row.pk}", _("Report due"), title, reverse("reports:report", args=[row.report.pk]),
            row.last_day, row.last_day, changed.get(row.pk) or opened.get(row.period_id) or _morning(row.due),
            cancelled=row.cls == Obligation.Class.EXCUSED,
        )  # fmt: skip


def _periods(seat: Seat, since: Day, until: Day) -> Iterator[Event]:
    """Yield the stretch of time that is reported on, once the period is open."""
    mine = Q(programme__unit_id=seat.unit_id) | Q(
        pk__in=Obligation.objects.filter(unit_id=seat.unit_id).values("period_id")
    )
    found = Period.objects.filter(mine, since__lte=until, until__gte=since, form__isnull=False)
    rows = list(found.select_related("programme").order_by("since", "pk")[:MOST])
    changed = _changed("period", [row.pk for row in rows])
    for row in rows:
        yield Event(
            f"period-{row.pk}", _("Reporting period"), f"{row.title}: {row.programme.title}",
            reverse("reports:rollup", args=[row.pk, seat.unit_id]), row.since, row.until,
            changed.get(row.pk) or _morning(row.since),
        )  # fmt: skip


def _set_by_us(seat: Seat, since: Day, until: Day) -> Iterator[Event]:
    """Yield, to the unit that set a period, the day by which each tier sends."""
    found = PeriodDue.objects.filter(period__programme__unit_id=seat.unit_id, due__range=(since, until))
    rows = list(found.select_related("period__programme", "tier").order_by("due", "pk")[:MOST])
    changed = _changed("period", {row.period_id for row in rows})
    for row in rows:
        said = {"tier": row.tier, "period": row.period.title, "programme": row.period.programme.title}
        title = gettext("%(tier)s sends the report for %(period)s: %(programme)s") % said
        yield Event(
            f"period-due-{row.pk}", _("Reports of the units below due"), title, reverse("reports:periods"),
            row.due, row.due, changed.get(row.period_id) or _morning(row.due),
        )  # fmt: skip


def _changed(kind: str, pks: Iterable[int]) -> dict[int, datetime.datetime]:
    """Return when something was last done to rows, as the log has it; one query."""
    entries = Entry.objects.filter(kind=kind, object_id__in=list(pks)).order_by()
    found = entries.values_list("object_id").annotate(at=Max("at"))
    return {pk: at for pk, at in found if pk is not None}


def _morning(day: Day) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
