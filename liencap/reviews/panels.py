"""Pieces of this room on the pages of others."""

from typing import Any

from django.http import HttpRequest

from liencap.archive.models import Record
from liencap.programmes.models import Programme, Task
from liencap.reviews import access, queries
from liencap.reviews.models import Carried, FirstPage, PublishedReview, Review, UnitReview
from liencap.reviews.offers import NOT_SENT
from liencap.reviews.publication import KIND
from liencap.units.access import actor_of, can
from liencap.units.models import Seat, Unit


def for_home(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show which reviews the unit has still to send, and how many wait for its answer."""
    rights = {*seat.role.own, *seat.role.below}
    if access.VIEW not in rights:
        return None
    open_ = queries.owed_by(seat.unit_id).filter(review__state=Review.State.OPEN, state__in=NOT_SENT)
    rows = list(open_.order_by("due", "pk")[:5]) if access.WRITE in rights else []
    waiting = queries.waiting_for(seat.unit_id).count() if access.ACCEPT in rights else 0
    return {"rows": rows, "waiting": waiting} if rows or waiting else None


def for_programme(request: HttpRequest, programme: Programme) -> dict[str, Any] | None:
    """Show on a programme's page what last year's review leaves to it, and where the programme itself is reviewed."""
    actor = actor_of(request)
    if not can(actor, access.VIEW, programme.unit):
        return None
    page = (
        FirstPage.objects.filter(programme=programme)
        .select_related("version__unit_review__review", "version__unit_review__unit")
        .defer("version__content", "version__values")
        .first()
    )
    counts = {}
    if page:
        states = list(Carried.objects.filter(programme=programme).values_list("state", flat=True))
        counts = {state: states.count(state) for state in Carried.State.values}
    asked = UnitReview.objects.filter(review__subjects__programme=programme, unit=programme.unit_id)
    reviews = list(asked.select_related("review").order_by("-review__until", "-pk")[:5])
    calls = can(actor, access.CALL, programme.unit) and actor.unit_id == programme.unit_id
    if not (page or reviews or calls):
        return None
    return {"programme": programme, "page": page, "counts": counts, "reviews": reviews, "calls": calls}


def for_task(request: HttpRequest, task: Task) -> dict[str, Any] | None:
    """Show on a task's page from which review it was carried over."""
    found = Carried.objects.filter(task=task).select_related("follow_up__version__unit_review__review")
    carried = found.defer("follow_up__version__content", "follow_up__version__values").first()
    if carried is None or not can(actor_of(request), access.VIEW, task.programme.unit):
        return None
    return {"carried": carried, "owed": carried.follow_up.version.unit_review}


def for_unit(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show on a unit's page the reviews it has sent, to those who may see them."""
    if not can(actor_of(request), access.VIEW, unit):
        return None
    rows = list(queries.owed_by(unit.pk).filter(current__isnull=False)[:5])
    return {"rows": rows} if rows else None


def for_record(request: HttpRequest, record: Record) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Lead from a filed review to its page."""
    if record.source_kind != KIND:
        return None
    made = PublishedReview.objects.defer("values").filter(pk=record.source_id).first()
    return {"pk": made.unit_review_id} if made else None


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show a successor which reviews are to be sent or answered; never what a draft says."""
    rights = {*seat.role.own, *seat.role.below}
    if access.VIEW not in rights:
        return None
    open_ = queries.owed_by(seat.unit_id).filter(review__state=Review.State.OPEN, state__in=NOT_SENT)
    owed = list(open_[:30]) if access.WRITE in rights else []
    answer = list(queries.waiting_for(seat.unit_id)[:30]) if access.ACCEPT in rights else []
    return {"owed": owed, "answer": answer} if owed or answer else None
