"""What happened over the term of a review, in the order of days."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.programmes.models import Amendment
from liencap.reports.models import ConsolidatedReport, Period
from liencap.reviews.models import Review, UnitReview
from liencap.units.models import Unit, UnitEvent

MOST = 200  # of each kind; a term of five years of months has sixty periods


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on a day: what kind of thing, its title, and where it opens (empty where it has no page)."""

    day: datetime.date
    kind: str | Promise
    title: str
    url: str = ""
    icon: str = "calendar-event"


def timeline(review: Review, unit: Unit) -> list[Moment]:
    """Return plans, periods, amendments, published reports and the unit's events, the earliest first; six queries."""
    term = (review.since, review.until)
    subjects = list(review.subjects.select_related("programme__reading__version__document", "document"))
    programmes = [one.programme for one in subjects if one.programme]
    found = []
    for one in subjects:
        document = one.programme.reading.version.document if one.programme else one.document
        if document and document.date:
            url = reverse("programmes:detail", args=[one.programme.pk]) if one.programme else ""
            found.append(Moment(document.date, _("Document"), str(one), url, "file-text"))
    own = [p.pk for p in programmes]
    found += _periods(own, term, unit) + _amendments(own, term) + _published(own, term, unit)
    found += _events(unit, term) + _reviews(review, unit)
    return sorted(found, key=lambda moment: moment.day)


Term = tuple[datetime.date, datetime.date]


def _periods(programmes: list[int], term: Term, unit: Unit) -> list[Moment]:
    periods = Period.objects.filter(
        Q(programme__unit=unit) | Q(obligations__unit=unit), programme__in=programmes, form__isnull=False,
        since__lte=term[1], until__gte=term[0],
    ).distinct()  # fmt: skip
    return [
        Moment(
            p.until,
            _("Reporting period"),
            p.title,
            reverse("reports:rollup", args=[p.pk, unit.pk]),
            "chart-bar",
        )
        for p in periods.order_by("until")[:MOST]
    ]


def _amendments(programmes: list[int], term: Term) -> list[Moment]:
    found = Amendment.objects.filter(programme__in=programmes, since__range=term).order_by("since")
    return [Moment(one.date or one.since, _("Amendment"), str(one), "", "pencil") for one in found[:MOST]]


def _published(programmes: list[int], term: Term, unit: Unit) -> list[Moment]:
    found = ConsolidatedReport.objects.filter(
        unit=unit, period__programme__in=programmes, published_at__isnull=False,
        period__since__lte=term[1], period__until__gte=term[0],
    ).select_related("period", "unit").defer("values")  # fmt: skip
    moments = []
    for one in found.order_by("published_at")[:MOST]:
        assert one.published_at is not None, "the filter asks for it"
        day = timezone.localdate(one.published_at)
        url = reverse("reports:consolidated", args=[one.pk])
        moments.append(
            Moment(day, _("Consolidated report published"), one.period.title, url, "report-analytics")
        )
    return moments


def _events(unit: Unit, term: Term) -> list[Moment]:
    held = UnitEvent.objects.filter(
        unit=unit, day__range=term, state=UnitEvent.State.HELD, replaced_by__isnull=True
    )
    return [
        Moment(one.day, _("Event of the unit"), f"{one.get_kind_display()} {one.note}".strip(), "", "flag")
        for one in held.order_by("day")[:MOST]
    ]


def _reviews(review: Review, unit: Unit) -> list[Moment]:
    """Return the other reviews that the unit sent over the term."""
    sent = UnitReview.objects.filter(
        unit=unit, current__isnull=False, review__until__gte=review.since, review__until__lte=review.until
    ).exclude(review=review)
    return [
        Moment(
            timezone.localdate(one.current.sent_at) if one.current else one.due, one.review.get_kind_display(),
            one.review.title, reverse("reviews:unit", args=[one.pk]), "clipboard-check",
        )
        for one in sent.select_related("review", "current").order_by("review__until")[:MOST]
    ]  # fmt: skip
