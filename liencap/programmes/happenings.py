"""What the programmes room brings to the calendar and to the reminders."""

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from liencap.card import Event
from liencap.programmes.models import Assignment, Programme, TaskDeadline
from liencap.programmes.queries import occurrences_of
from liencap.units.models import Seat

MOST = 500  # assignments of one unit that a calendar looks at


def events(seat: Seat, since: datetime.date, until: datetime.date) -> Iterator[Event]:
    """Yield due days, windows and recurrences of what the seat's unit was given; what was closed is cancelled.

    Three queries. An assignment keeps its name in the calendar when its day moves.
    """
    if "programme.view" not in {*seat.role.own, *seat.role.below}:
        return
    timed = TaskDeadline.objects.filter(kind__in=[TaskDeadline.Kind.WINDOW, TaskDeadline.Kind.RECURRING])
    dated = Q(due__range=(since, until)) | Q(task__in=timed.values("task"))
    rows = (
        Assignment.objects.owed_by(seat.unit_id)
        .filter(dated)
        .select_related("task__programme")
        .order_by("pk")
    )
    for one in rows.prefetch_related("task__deadlines")[:MOST]:
        if one.due and since <= one.due <= until:
            yield _event(f"assignment-{one.pk}", _("Task due"), one, one.due, one.due)
        for window in one.task.deadlines.all():
            first, last = window.start_date or window.end_date, window.end_date or window.start_date
            if (
                window.kind == TaskDeadline.Kind.WINDOW
                and first
                and last
                and first <= until
                and last >= since
            ):
                name = f"window-{window.pk}-{one.unit_id}"
                yield _event(name, _("Window of an event"), one, first, last, window.event)
        for fall in occurrences_of([one.task], since, until):
            name = f"recurring-{fall.deadline.pk}-{one.unit_id}-{fall.day:%Y%m%d}"
            yield _event(name, _("Recurring task due"), one, fall.day, fall.day)


def _event(
    uid: str, kind: object, one: Assignment, since: datetime.date, until: datetime.date, title: str = ""
) -> Event:
    closed = one.task.programme.state == Programme.State.CLOSED
    text = title or Truncator(one.task.text).chars(100)
    title = f"{one.task.label}: {text}" if one.task.label else text
    place = reverse("programmes:assignment", args=[one.pk])
    return Event(uid, kind, title, place, since, until, one.changed, closed)  # type: ignore[arg-type]  # a lazy text
