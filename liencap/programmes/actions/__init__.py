"""Every write of the room."""

from liencap.programmes.actions.amending import confirm_amendment, edit_amendment, propose_amendment
from liencap.programmes.actions.assigning import assign_task, pass_down, receive_assignment
from liencap.programmes.actions.carrying import acknowledge_amendment, assign_like
from liencap.programmes.actions.programmes import create_programme
from liencap.programmes.actions.proposals import edit_proposal, map_tier_words, propose

__all__ = [
    "acknowledge_amendment",
    "assign_like",
    "assign_task",
    "confirm_amendment",
    "create_programme",
    "edit_amendment",
    "edit_proposal",
    "map_tier_words",
    "pass_down",
    "propose",
    "propose_amendment",
    "receive_assignment",
]
