"""The congress year of the sample: some units recorded their congress, some plan it, some are silent."""

import datetime

from django.db import transaction

from liencap.audit.actor import Actor
from liencap.demo.reporting import HeadOf
from liencap.programmes.actions.cascade import assign_tasks
from liencap.programmes.actions.conditions import map_event_words
from liencap.programmes.models import Programme, Proposal
from liencap.programmes.queries import Rule
from liencap.programmes.rows import waiting_words
from liencap.units.access import today
from liencap.units.actions import correct_event, record_event
from liencap.units.models import Unit
from liencap.work.actions import run_one

RECORDED = 40


def map_congress(proposal: Proposal, *, actor: Actor) -> None:
    """Say that the plan's "đại hội" means the congress of each unit."""
    words = [word for word in waiting_words(proposal.rows) if word.casefold().startswith("đại hội")]
    map_event_words(proposal, dict.fromkeys(words, "congress"), actor=actor)


@transaction.atomic
def record_congresses(head: HeadOf) -> None:
    """Let areas and cooperatives record their congress on different days; one corrects it, some still plan it."""
    units = list(Unit.objects.filter(tier__code__in=("khu-vuc", "hop-tac-xa")).order_by("path")[:RECORDED])
    day = datetime.timedelta(days=1)
    for n, unit in enumerate(units):
        by = head(unit)
        if by is None or n % 4 == 3:
            continue  # silent: their assignment says what it waits for
        if n % 4 == 1:
            record_event(unit, "congress", today() + (20 + n) * day, state="planned", actor=by)
            continue
        event = record_event(unit, "congress", today() - (3 + n) * day, note=f"{n + 1:02}/BB-ĐH", actor=by)
        if n == 4:
            correct_event(event, event.day + 2 * day, note="05/BB-ĐH, ghi lại ngày", actor=by)


def assign_at_once(programme: Programme, actor: Actor) -> None:
    """Give all tasks of a programme to the provinces as one job."""
    tasks = list(programme.tasks.filter(subtasks=None, set_by=None).order_by("order"))
    assign_tasks(programme, tasks, Rule(tiers=("tinh",)), actor=actor)
    while run_one("demo"):
        pass
