"""Add a task to a programme under way that no line of its plan holds."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.models import Programme, Task
from liencap.programmes.search import KIND, text_of
from liencap.search.actions import index_texts
from liencap.units.access import require


@transaction.atomic
def add_task(
    programme: Programme, text: str, *, actor: Actor, label: str = "", due: datetime.date | None = None
) -> Task:
    """Add a task of the programme's own, in the last place; it is assigned like the others."""
    found = Programme.objects.select_for_update(of=("self",)).select_related("unit")
    programme = found.get(pk=programme.pk)
    require(actor, "programme.edit", programme.unit)
    if programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    if not text.strip():
        raise DomainError("empty-task", _("Write what is to be done."))
    last = programme.tasks.order_by("-order").values_list("order", flat=True).first()
    task = Task.objects.create(
        programme=programme, order=(last or 0) + 1, label=label.strip()[:120], text=text.strip(), due=due,
        bound="by" if due else "", confirmed_by=actor.name[:200],
    )  # fmt: skip
    index_texts(KIND, [(task.pk, text_of(task))], actor=actor)
    record(
        "add_task", actor=actor, kind="programme", object_id=programme.pk, unit_id=programme.unit_id,
        new={"task": task.pk, "title": task.text[:200], "due": str(due or "")},
    )  # fmt: skip
    return task
