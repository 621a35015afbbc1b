"""What the card of the reports room says of the way to a numbered paper."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.card import MenuItem, Panel

PANELS = (
    Panel("home", "liencap.reports.issuing.panels.to_comment", "reports/issuing/_to_comment_panel.html", 12),
    Panel("home", "liencap.reports.issuing.panels.to_number", "reports/issuing/_to_number_panel.html", 25),
    Panel("consolidated-draft", "liencap.reports.issuing.panels.for_draft", "reports/issuing/_draft_panel.html"),
    Panel(
        "consolidated-published", "liencap.reports.issuing.panels.for_published",
        "reports/issuing/_published_panel.html",
    ),
)  # fmt: skip
MENU = (MenuItem("reports:register", _("Register"), "book", 43, "report.register"),)
PERMISSIONS: dict[str, str | Promise] = {
    "report.register": _("Number issued reports and file their signed copies"),
}
PAPERS = {
    "consolidated_report": "liencap.reports.issuing.papers.REPORTS",
    "report_edition": "liencap.reports.issuing.papers.EDITIONS",
}
HELP: dict[str, str | Promise] = {
    "reports:draft-send": _(
        "Choose who should see the report before it is published, and by when they answer."
    ),
    "reports:drafts": _("Open a draft to comment on it by section, or to say that you have no remark."),
    "reports:draft": _(
        "Comment by section when you were asked; the author answers each comment with a reason."
    ),
    "reports:draft-changes": _("See what became of the draft before, section by section."),
    "reports:adopt": _("Enter body, day and minutes of the meeting; attach the minutes if you have them."),
    "reports:register": _("Number what stands first, then file its signed copy."),
    "reports:register-of": _("See what the unit has issued, by number and year."),
    "reports:register-enter": _("Check the suggested number, enter the day of issue, then print the paper."),
    "reports:issue": _("Print the numbered paper, have it signed, then file the signed copy."),
    "reports:present": _(
        "Go on with the arrow keys, F fills the screen, P prints; each page says one thing."
    ),
    "reports:copy": _("Look at each difference on the paper itself, then say what it is."),
}
NOTICES: dict[str, str | Promise] = {"draft-to-comment": _("Your comment on a draft is asked for")}
WORDS: dict[str, dict[str, str | Promise]] = {
    "deeds": {
        "send_draft": _("sent the draft for comments"),
        "comment_on_draft": _("commented on the draft"),
        "withdraw_comment": _("took a comment back"),
        "agree_to_draft": _("had no remark on the draft"),
        "answer_comment": _("answered a comment"),
        "close_round": _("closed the round of comments"),
        "adopt_report": _("recorded the adoption"),
        "await_number": _("put the paper into the register"),
        "register_report": _("entered number and day"),
        "file_signed_copy": _("filed the signed copy"),
        "remark_on_copy": _("remarked on the signed copy"),
    },
    "kinds": {"draft_comment": _("comment on a draft"), "report_edition": _("edition of a report")},
    "fields": {
        "round": _("round"),
        "draft": _("draft"),
        "recipients": _("recipients"),
        "answer": _("answer"),
        "body": _("body"),
        "day": _("day"),
        "minutes": _("minutes"),
        "votes": _("votes"),
        "symbol": _("number and mark"),
        "differences": _("differences"),
        "remark": _("remark"),
    },
}
