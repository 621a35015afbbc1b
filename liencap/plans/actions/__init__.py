"""Every write of the room."""

from liencap.plans.actions.asking import ask_for_plans
from liencap.plans.actions.deciding import decide
from liencap.plans.actions.drafting import (
    add_own,
    begin_plan,
    change_item,
    drop_draft,
    revise_plan,
    take_in_new,
    write_words,
)
from liencap.plans.actions.issuing import issue_plan
from liencap.plans.actions.styling import reset_template, set_template
from liencap.plans.actions.uploading import match_plan, upload_plan

__all__ = [
    "add_own",
    "ask_for_plans",
    "begin_plan",
    "change_item",
    "decide",
    "drop_draft",
    "issue_plan",
    "match_plan",
    "reset_template",
    "revise_plan",
    "set_template",
    "take_in_new",
    "upload_plan",
    "write_words",
]
