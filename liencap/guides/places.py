"""Where the steps of a tour lead: the address of a page that somebody can open, or None when there is none yet."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse

from liencap.archive.access import records_visible_to
from liencap.programmes.access import assignments_visible_to, programmes_visible_to
from liencap.programmes.models import Amendment, Programme, Task
from liencap.reports.models import ConsolidatedReport, Period, Report
from liencap.units.access import actor_of
from liencap.units.models import Unit

Place = Callable[[HttpRequest], str | None]


def page(name: str) -> Place:
    """Return the place of a page without parameters."""
    return lambda _request: reverse(name)


def _unit(request: HttpRequest) -> Unit | None:
    """Return the unit of the seat, or the first that a member belongs to."""
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    if seat is not None:
        return seat.unit  # type: ignore[no-any-return]  # of an untyped attribute
    return next(iter(request.own_units), None)  # type: ignore[attr-defined]  # as above


def _programme(request: HttpRequest) -> Programme | None:
    """Return the programme with which the sample begins."""
    return programmes_visible_to(actor_of(request)).order_by("pk").first()


def programme(request: HttpRequest) -> str | None:
    """The first programme."""
    found = _programme(request)
    return reverse("programmes:detail", args=[found.pk]) if found else None


def document(request: HttpRequest) -> str | None:
    """The document of the first programme."""
    found = _programme(request)
    if found is None:
        return None
    return reverse("documents:detail", args=[found.reading.version.document_id])


def task(request: HttpRequest) -> str | None:
    """A task of the first programme that has a day."""
    tasks = Task.objects.filter(programme=_programme(request), parent=None)
    found = tasks.exclude(deadlines=None).order_by("order").first() or tasks.order_by("order").first()
    return reverse("programmes:task", args=[found.pk]) if found else None


def amendment(request: HttpRequest) -> str | None:
    """The newest amendment of a programme that is seen."""
    seen = programmes_visible_to(actor_of(request)).values("pk")
    found = Amendment.objects.filter(programme__in=seen).order_by("-pk").first()
    return reverse("programmes:amendment", args=[found.pk]) if found else None


def totals(request: HttpRequest) -> str | None:
    """The totals of the first period, as the unit of the seat has them."""
    unit = _unit(request)
    found = Period.objects.filter(obligations__unit=unit).order_by("pk").first() if unit else None
    found = found or Period.objects.filter(programme=_programme(request)).order_by("pk").first()
    return reverse("reports:rollup", args=[found.pk, unit.pk]) if found and unit else None


def published(request: HttpRequest) -> str | None:
    """The newest published report of the unit."""
    found = ConsolidatedReport.objects.filter(unit=_unit(request), published_at__isnull=False)
    newest = found.order_by("-pk").first()
    return reverse("reports:consolidated", args=[newest.pk]) if newest else None


def standing_of_plans(request: HttpRequest) -> str | None:
    """Who has issued a plan under the first programme."""
    found = _programme(request)
    return reverse("plans:standing", args=[found.pk]) if found else None


def own_task(request: HttpRequest) -> str | None:
    """A task that the unit was given."""
    given = assignments_visible_to(actor_of(request)).filter(unit=_unit(request))
    found = given.order_by("task__programme_id", "task__order").first()
    return reverse("programmes:assignment", args=[found.pk]) if found else None


def own_report(request: HttpRequest) -> str | None:
    """The first report that the unit has sent."""
    found = (
        Report.objects.filter(obligation__unit=_unit(request), current__isnull=False).order_by("pk").first()
    )
    return reverse("reports:report", args=[found.pk]) if found else None


def own_unit(request: HttpRequest) -> str | None:
    """The page of the unit."""
    unit = _unit(request)
    return reverse("units:detail", args=[unit.pk]) if unit else None


def record(request: HttpRequest) -> str | None:
    """The newest record of the archive."""
    found = records_visible_to(actor_of(request)).order_by("-pk").first()
    return reverse("archive:record", args=[found.pk]) if found else None


def asked(request: HttpRequest) -> str | None:
    """What a member's unit was asked."""
    unit = _unit(request)
    return reverse("programmes:asked", args=[unit.pk]) if unit else None


def answers(request: HttpRequest) -> str | None:
    """What a member's unit answered."""
    unit = _unit(request)
    return reverse("reports:issued-list", args=[unit.pk]) if unit else None


def issued(request: HttpRequest) -> str | None:
    """What a member's unit issued."""
    unit = _unit(request)
    return reverse("archive:issued", args=[unit.pk]) if unit else None
