"""Every write of the units room, by what it concerns."""

from liencap.units.actions.activation import activate, make_slips
from liencap.units.actions.erasing import erase_person
from liencap.units.actions.imports import apply_import, drop_import, upload_import
from liencap.units.actions.members import (
    end_membership,
    enter_member,
    enter_members,
    make_member_slips,
)
from liencap.units.actions.seats import (
    appoint,
    end_appointment,
    enter_person,
    found_body,
    found_seat,
    link_user,
)
from liencap.units.actions.tree import found_role, found_tier, found_unit, move_unit, rename_unit

__all__ = [
    "activate",
    "apply_import",
    "appoint",
    "drop_import",
    "end_appointment",
    "end_membership",
    "enter_member",
    "enter_members",
    "enter_person",
    "erase_person",
    "found_body",
    "found_role",
    "found_seat",
    "found_tier",
    "found_unit",
    "link_user",
    "make_member_slips",
    "make_slips",
    "move_unit",
    "rename_unit",
    "upload_import",
]  # fmt: skip
