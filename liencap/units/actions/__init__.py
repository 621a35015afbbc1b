"""Every write of the units room, by what it concerns."""

from liencap.units.actions.activation import (
    activate,
    activate_by_passkey,
    activate_by_pin,
    make_slip,
    make_slips,
    prepare_account,
    revoke_slip,
    slip_works,
)
from liencap.units.actions.attributes import end_attribute, note_attribute
from liencap.units.actions.closing import close_unit
from liencap.units.actions.erasing import erase_person
from liencap.units.actions.events import correct_event, record_event
from liencap.units.actions.handing import (
    cancel_hand_over,
    enter_successor,
    hand_over,
    receive_hand_over,
)
from liencap.units.actions.imports import apply_import, drop_import, upload_import
from liencap.units.actions.members import (
    end_membership,
    enter_member,
    enter_members,
    make_member_slips,
)
from liencap.units.actions.renewing import renew_access, take_factors_off
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
    "activate_by_passkey",
    "activate_by_pin",
    "apply_import",
    "appoint",
    "cancel_hand_over",
    "change_tier",
    "close_unit",
    "correct_event",
    "drop_import",
    "end_appointment",
    "end_attribute",
    "end_membership",
    "enter_member",
    "enter_members",
    "enter_person",
    "enter_successor",
    "erase_person",
    "found_body",
    "found_role",
    "found_seat",
    "found_tier",
    "found_unit",
    "hand_over",
    "link_user",
    "make_member_slips",
    "make_slip",
    "make_slips",
    "move_unit",
    "note_attribute",
    "prepare_account",
    "receive_hand_over",
    "record_event",
    "remove_tier",
    "rename_unit",
    "renew_access",
    "revoke_slip",
    "slip_works",
    "take_factors_off",
    "upload_import",
]  # fmt: skip
