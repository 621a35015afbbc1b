"""Every write on the way from a draft to a numbered paper."""

from liencap.reports.issuing.actions.adopting import adopt_report
from liencap.reports.issuing.actions.drafts import (
    Asked,
    agree_to_draft,
    answer_comment,
    close_round,
    comment_on_draft,
    send_draft,
    withdraw_comment,
)
from liencap.reports.issuing.actions.registering import (
    await_number,
    file_signed_copy,
    register_report,
    remark_on_copy,
)

__all__ = [
    "Asked",
    "adopt_report",
    "agree_to_draft",
    "answer_comment",
    "await_number",
    "close_round",
    "comment_on_draft",
    "file_signed_copy",
    "register_report",
    "remark_on_copy",
    "send_draft",
    "withdraw_comment",
]
