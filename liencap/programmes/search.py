"""What the search finds in this room: the words of tasks."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liencap.audit.actor import Actor
from liencap.card import Hit
from liencap.programmes.access import VIEW, programmes_visible_to
from liencap.programmes.models import Assignment, Task
from liencap.search.queries import best
from liencap.search.terms import excerpt, question
from liencap.units.access import units_visible_to

KIND, CHUNK = "task", 500


def tasks(actor: Actor, typed: str, limit: int) -> list[Hit]:
    """Find tasks of programmes that the actor's seat may see; what a unit set itself, by that unit and its holders."""
    units = units_visible_to(actor, VIEW).order_by().values("pk")
    held = Assignment.objects.filter(task=OuterRef("pk"), unit__in=units)
    seen = Task.objects.filter(programme__in=programmes_visible_to(actor).order_by().values("pk")).filter(
        Q(set_by=None) | Q(set_by__in=units) | Exists(held)
    )
    rows = best(seen.select_related("programme").order_by("-programme_id", "order", "pk"), KIND, typed, limit)
    asked = question(typed)
    return [
        Hit(
            _("Tasks"), excerpt(f"{row.label}: {row.text}" if row.label else row.text, asked),
            reverse("programmes:task", args=[row.pk]), str(row.programme),
        )
        for row in rows
    ]  # fmt: skip


def text_of(task: Task) -> str:
    """Return what a task is found by."""
    return f"{task.label} {task.text} {task.product}"


def all_texts() -> Iterator[list[tuple[int, str]]]:
    """Yield the texts of all tasks, a chunk at a time."""
    last = 0
    while rows := list(Task.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = rows[-1].pk
        yield [(row.pk, text_of(row)) for row in rows]
