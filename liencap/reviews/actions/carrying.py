"""Propose follow-up tasks to the next programme, and make them tasks there or leave them."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.actions.adding import add_task
from liencap.programmes.models import Programme, Task
from liencap.reviews.access import WRITE, programmes_to_carry_into, require_own
from liencap.reviews.models import Carried, FirstPage, FollowUp, UnitReview
from liencap.units.access import require


@transaction.atomic
def set_first_page(owed: UnitReview, programme: Programme, *, actor: Actor) -> FirstPage:
    """Let a review's groups of tasks stand on the first page of a later programme of the same unit."""
    require_own(actor, WRITE, owed.unit)
    require(actor, "programme.edit", programme.unit)
    if owed.current is None:
        raise DomainError("not-sent", _("Send the review first; a draft is seen by nobody else."), status=409)
    if not programmes_to_carry_into(owed).filter(pk=programme.pk).exists():
        raise DomainError("other-programme", _("Choose a later programme of your own unit."))
    page, made = FirstPage.objects.update_or_create(programme=programme, defaults={"version": owed.current})
    record(
        "set_first_page", actor=actor, kind="programme", object_id=programme.pk, unit_id=programme.unit_id,
        new={"unit_review": owed.pk, "version": owed.current.n, "made": made},
    )  # fmt: skip
    return page


@transaction.atomic
def propose_follow_ups(
    owed: UnitReview, programme: Programme, follow_ups: Sequence[FollowUp], *, actor: Actor
) -> list[Carried]:
    """Propose follow-up tasks of the version that stands to a programme; one that is there already stays as it is."""
    page = set_first_page(owed, programme, actor=actor)
    if any(one.version_id != page.version_id for one in follow_ups):
        raise DomainError("foreign-task", _("A task belongs to another review."))
    made = []
    # A later version of the review says the same tasks again: what stands in the programme is not proposed twice.
    there = Carried.objects.filter(programme=programme, follow_up__version__unit_review=owed)
    said = set(there.values_list("follow_up__text", flat=True))
    for one in (one for one in follow_ups if one.text not in said):
        carried, new = Carried.objects.get_or_create(follow_up=one, programme=programme)
        made += [carried] if new else []
    record(
        "propose_follow_ups", actor=actor, kind="programme", object_id=programme.pk, unit_id=programme.unit_id,
        new={"unit_review": owed.pk, "follow_ups": [one.follow_up_id for one in made]},
    )  # fmt: skip
    return made


@transaction.atomic
def take_carried(
    carried: Carried, text: str, *, actor: Actor, label: str = "", due: datetime.date | None = None
) -> Task:
    """Make a proposed task a task of the programme, in the words a person confirms; the link to the review stays."""
    carried = _open(carried, actor)
    task = add_task(carried.programme, text, label=label, due=due, actor=actor)
    carried.state, carried.task = Carried.State.TAKEN, task
    carried.save(update_fields=["state", "task"])
    _note("take_carried", carried, actor, {"task": task.pk})
    return task


@transaction.atomic
def leave_carried(carried: Carried, reason: str, *, actor: Actor) -> Carried:
    """Leave a proposed task out of the programme, with the reason."""
    carried = _open(carried, actor)
    if not reason.strip():
        raise DomainError("reason-missing", _("Say why it is not taken up."))
    carried.state, carried.reason = Carried.State.LEFT, reason.strip()[:300]
    carried.save(update_fields=["state", "reason"])
    _note("leave_carried", carried, actor, {"reason": carried.reason})
    return carried


def _open(carried: Carried, actor: Actor) -> Carried:
    found = Carried.objects.select_for_update(of=("self",)).select_related("programme__unit", "follow_up")
    carried = found.get(pk=carried.pk)
    require(actor, "programme.edit", carried.programme.unit)
    if carried.state != Carried.State.PROPOSED:
        raise DomainError("decided", _("This has been decided already."), status=409)
    return carried


def _note(action: str, carried: Carried, actor: Actor, new: dict[str, object]) -> None:
    record(
        action, actor=actor, kind="programme", object_id=carried.programme_id,
        unit_id=carried.programme.unit_id, new={"follow_up": carried.follow_up_id, **new},
    )  # fmt: skip
