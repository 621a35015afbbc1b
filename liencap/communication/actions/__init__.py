"""Every write of the room."""

from liencap.communication.actions.channels import add_channel, close_channel
from liencap.communication.actions.handing import confirm_seen, hand_out, pass_item_down
from liencap.communication.actions.items import cancel_item, change_item, plan_item
from liencap.communication.actions.questions import (
    answer_questions,
    ask,
    forward_questions,
    redact_question,
)
from liencap.communication.actions.recording import (
    attach_file,
    record_done,
    record_not_applicable,
    remove_file,
    take_back,
)
from liencap.communication.actions.sessions import (
    cancel_session,
    hold_session,
    move_session,
    plan_session,
    record_held,
)

__all__ = [
    "add_channel",
    "answer_questions",
    "ask",
    "attach_file",
    "cancel_item",
    "cancel_session",
    "change_item",
    "close_channel",
    "confirm_seen",
    "forward_questions",
    "hand_out",
    "hold_session",
    "move_session",
    "pass_item_down",
    "plan_item",
    "plan_session",
    "record_done",
    "record_held",
    "record_not_applicable",
    "redact_question",
    "remove_file",
    "take_back",
]
