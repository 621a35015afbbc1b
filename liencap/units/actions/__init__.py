"""Every write of the units room, by what it concerns."""

from liencap.units.actions.activation import activate, make_slips
from liencap.units.actions.erasing import erase_person
from liencap.units.actions.events import correct_event, record_event
from liencap.units.actions.imports import apply_import, drop_import, upload_import
from liencap.units.actions.seats import (
    appoint,
    end_appointment,
    enter_person,
    found_body,
    found_seat,
    link_user,
)
from liencap.units.actions.tree import (
    change_tier,
    found_role,
    found_tier,
    found_unit,
    move_unit,
    remove_tier,
    rename_unit,
)

__all__ = [
    "activate",
    "apply_import",
    "appoint",
    "change_tier",
    "correct_event",
    "drop_import",
    "end_appointment",
    "enter_person",
    "erase_person",
    "found_body",
    "found_role",
    "found_seat",
    "found_tier",
    "found_unit",
    "link_user",
    "make_slips",
    "move_unit",
    "record_event",
    "remove_tier",
    "rename_unit",
    "upload_import",
]  # fmt: skip
