"""What the search, the calendar and the reminders find in this room."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from liencap.audit.actor import Actor
from liencap.bodies.access import bodies_visible_to
from liencap.bodies.models import BodyPapers
from liencap.card import Duty, Event, Hit
from liencap.search.queries import best
from liencap.units.models import Body, Seat

KIND, CHUNK = "body", 500


def bodies(actor: Actor, typed: str, limit: int) -> list[Hit]:
    """Find bodies of the units that the actor's seat may see."""
    return [
        Hit(_("Bodies"), str(row), reverse("bodies:body", args=[row.pk]), str(row.unit))
        for row in best(bodies_visible_to(actor).order_by("name", "pk"), KIND, typed, limit)
    ]


def text_of(body: Body, kind: str) -> str:
    """Return what a body is found by."""
    return f"{body.name} {body.name_en} {kind} {body.founded_by}"


def all_texts() -> Iterator[list[tuple[int, str]]]:
    """Yield the texts of all bodies, a chunk at a time."""
    last = 0
    while rows := list(
        Body.objects.filter(pk__gt=last).order_by("pk").select_related("papers__kind")[:CHUNK]
    ):
        last = rows[-1].pk
        yield [(row.pk, text_of(row, str(_kind(row) or ""))) for row in rows]


def _kind(body: Body) -> object:
    papers: BodyPapers | None = getattr(body, "papers", None)
    return papers.kind if papers else None


def _ending(since: datetime.date, until: datetime.date) -> "QuerySet[BodyPapers]":
    ending = BodyPapers.objects.filter(term_until__range=(since, until))
    running = ending.exclude(body__until__lte=timezone.localdate())
    return running.select_related("body__unit").order_by("term_until", "pk")


def events(seat: Seat, since: datetime.date, until: datetime.date) -> Iterator[Event]:
    """Yield the ends of terms in the seat's unit."""
    if "body.view" not in {*seat.role.own, *seat.role.below}:
        return
    for papers in _ending(since, until).filter(body__unit=seat.unit_id):
        if papers.term_until:
            yield Event(
                f"body-term-{papers.body_id}", _("Ends of terms"), _title(papers.body),
                reverse("bodies:body", args=[papers.body_id]), papers.term_until, papers.term_until,
                datetime.datetime.combine(papers.term_since or papers.term_until, datetime.time(), datetime.UTC),
            )  # fmt: skip


def duties(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield the terms that end: somebody renews them."""
    for papers in _ending(since, until):
        assert papers.term_until is not None, "the range names a day"
        yield Duty(
            f"body-term-{papers.body_id}", _("Ends of terms"), _title(papers.body),
            reverse("bodies:body", args=[papers.body_id]), papers.body.unit_id, papers.term_until, "body.edit",
        )  # fmt: skip


def _title(body: Body) -> str:
    return _now("Term of %(body)s ends") % {"body": body}
