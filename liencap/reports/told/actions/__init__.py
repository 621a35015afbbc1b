"""Every write of the narrative workbench."""

from liencap.reports.told.actions.causes import add_cause, begin_causes, change_cause, set_lengths
from liencap.reports.told.actions.composing import (
    add_sentence,
    compose_task,
    drop_sentence,
    locked_draft,
    move_sentence,
    requote,
    rewrite_sentence,
    set_aside,
    take_back,
    undo_step,
)
from liencap.reports.told.actions.late import flag_late, look_at_late
from liencap.reports.told.actions.linking import link_sources
from liencap.reports.told.actions.redacting import erase_taken_out, redact_passage, take_out_file

__all__ = [
    "add_cause",
    "add_sentence",
    "begin_causes",
    "change_cause",
    "compose_task",
    "drop_sentence",
    "erase_taken_out",
    "flag_late",
    "link_sources",
    "locked_draft",
    "look_at_late",
    "move_sentence",
    "redact_passage",
    "requote",
    "rewrite_sentence",
    "set_aside",
    "set_lengths",
    "take_back",
    "take_out_file",
    "undo_step",
]
