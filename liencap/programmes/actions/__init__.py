"""Every write of the room."""

from liencap.programmes.actions.assigning import assign_task, pass_down, receive_assignment
from liencap.programmes.actions.programmes import create_programme
from liencap.programmes.actions.proposals import edit_proposal, map_tier_words, propose

__all__ = [
    "assign_task",
    "create_programme",
    "edit_proposal",
    "map_tier_words",
    "pass_down",
    "propose",
    "receive_assignment",
]
