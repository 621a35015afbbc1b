"""What the room offers to pages of the whole house: hits of a search, days of a calendar, duties to be reminded of."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.audit.actor import Actor
from liencap.card import Duty, Event, Hit
from liencap.core.text import fold
from liencap.plans.access import VIEW, WRITE, plans_visible_to
from liencap.plans.models import PlanCall
from liencap.plans.queries import in_force, still_to_issue
from liencap.programmes.models import Assignment, Programme
from liencap.units.models import Seat

KIND = gettext_lazy("Plan of a unit")
CALL = gettext_lazy("Own plan to issue")


def search(actor: Actor, words: str, limit: int) -> list[Hit]:
    """Return issued plans by number, subject and issuer, those with the very words first; one query."""
    found = list(
        plans_visible_to(actor).matching(words).defer("values").order_by("-issued_at", "-pk")[: limit * 4]
    )
    exact = words.casefold().strip()
    found.sort(key=lambda plan: exact not in f"{plan.number} {plan.subject} {plan.issuer}".casefold())
    return [
        Hit(KIND, str(plan), reverse("plans:detail", args=[plan.pk]), f"{plan.unit} · {plan.date:%d/%m/%Y}")
        for plan in found[:limit]
        if fold(words)
    ]


def events(seat: Seat, since: datetime.date, until: datetime.date) -> Iterator[Event]:
    """Yield the days by which the seat's unit is asked for its plan; a query a programme."""
    if VIEW not in {*seat.role.own, *seat.role.below}:
        return
    calls = PlanCall.objects.filter(due__gte=since, due__lte=until).select_related("programme")
    for call in calls:
        held = Assignment.objects.filter(unit_id=seat.unit_id, task__programme=call.programme_id)
        if call.programme.unit_id == seat.unit_id or not held.exists():
            continue
        title = _("Own plan for: %(programme)s") % {"programme": call.programme}
        done = in_force(call.programme, seat.unit) is not None
        yield Event(
            f"plan-call-{call.pk}", CALL, f"✓ {title}" if done else title, reverse("plans:list"), call.due,
            call.due, call.changed, cancelled=call.programme.state != Programme.State.ACTIVE,
        )  # fmt: skip


def duties(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield, for each programme that asks in those days, the units that have issued no plan yet."""
    calls = PlanCall.objects.filter(due__gte=since, due__lte=until, programme__state=Programme.State.ACTIVE)
    for call in calls.select_related("programme"):
        title = _("Issue your own plan for: %(programme)s") % {"programme": call.programme}
        for unit_id in still_to_issue(call.programme):
            yield Duty(
                f"plan-{call.programme_id}-{unit_id}",
                CALL,
                title,
                reverse("plans:list"),
                unit_id,
                call.due,
                WRITE,
            )
