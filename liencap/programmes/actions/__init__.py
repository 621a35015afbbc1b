"""Every write of the room."""

from liencap.programmes.actions.amending import confirm_amendment, edit_amendment, propose_amendment
from liencap.programmes.actions.assigning import (
    assign_task,
    pass_down,
    receive_assignment,
    receive_assignments,
)
from liencap.programmes.actions.carrying import acknowledge_amendment, assign_like
from liencap.programmes.actions.cascade import assign_tasks, pass_down_all, resume_cascade, stop_cascade
from liencap.programmes.actions.conditions import add_condition, map_event_words, set_condition
from liencap.programmes.actions.directions import link_task, make_task, unlink_task
from liencap.programmes.actions.programmes import create_programme
from liencap.programmes.actions.proposals import edit_proposal, map_tier_words, propose

__all__ = [
    "acknowledge_amendment",
    "add_condition",
    "assign_like",
    "assign_task",
    "assign_tasks",
    "confirm_amendment",
    "create_programme",
    "edit_amendment",
    "edit_proposal",
    "link_task",
    "make_task",
    "map_event_words",
    "map_tier_words",
    "pass_down",
    "pass_down_all",
    "propose",
    "propose_amendment",
    "receive_assignment",
    "receive_assignments",
    "resume_cascade",
    "set_condition",
    "stop_cascade",
    "unlink_task",
]  # fmt: skip
