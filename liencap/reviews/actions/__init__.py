"""Every write of the room."""

from liencap.reviews.actions.calling import (
    call_review,
    change_review,
    close_review,
    drop_review,
    open_review,
    set_codes,
    set_groups,
)
from liencap.reviews.actions.carrying import leave_carried, propose_follow_ups, set_first_page, take_carried
from liencap.reviews.actions.earlier import apply_figures, drop_figures, upload_figures
from liencap.reviews.actions.judging import accept_review, return_review
from liencap.reviews.actions.old import add_old_report, cut_passages, tie_passage
from liencap.reviews.actions.publishing import publish_review
from liencap.reviews.actions.sampling import check_item, draw_sample
from liencap.reviews.actions.sending import send_review
from liencap.reviews.actions.writing import save_part, save_points, take_over

__all__ = [
    "accept_review",
    "add_old_report",
    "apply_figures",
    "call_review",
    "change_review",
    "check_item",
    "close_review",
    "cut_passages",
    "draw_sample",
    "drop_figures",
    "drop_review",
    "leave_carried",
    "open_review",
    "propose_follow_ups",
    "publish_review",
    "return_review",
    "save_part",
    "save_points",
    "send_review",
    "set_codes",
    "set_first_page",
    "set_groups",
    "take_carried",
    "take_over",
    "tie_passage",
    "upload_figures",
]
