"""What the log, the notices and the pages of the ledger are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

DEEDS: Words = {
    "ask_more_time": _("asked for more time"),
    "carry_in_stead": _("sent a report on in another unit's stead"),
    "change_plan": _("changed the plan of the period"),
    "close_in_period": _("noted a closed unit in a period"),
    "declare_not_due": _("declared a report not due"),
    "drop_plan": _("took back the plan of the period"),
    "excuse_obligation": _("excused from reporting"),
    "extend_many": _("gave many more time"),
    "join_period": _("let a unit report from now on"),
    "name_exception": _("named an exception to who reports"),
    "owe_again": _("took an excuse back"),
    "refuse_more_time": _("refused more time"),
    "reopen_obligation": _("opened a locked report again"),
    "set_who_owes": _("chose who reports"),
    "transfer_obligation": _("noted a change of the tree in a period"),
}
FIELDS: Words = {
    "branch": _("branch"),
    "exceptions": _("exceptions"),
    "lock_days": _("days until it is locked"),
    "owes": _("reports"),
    "reminders": _("days of reminding"),
    "reopened_to": _("open again until"),
    "rule": _("who reports"),
    "successor": _("successor"),
}
NOTICES: Words = {
    "more-time-asked": _("A unit asks for more time"),
    "more-time-refused": _("Your request for more time was refused"),
    "report-excused": _("You need not report"),
    "sent-in-stead": _("Another unit sent your report on"),
    "report-reopened": _("You can send a report again"),
}
HELP: Words = {
    "reports:owed": _(
        "See who has reported, who is late and who is excused; open a unit to see why, or give more time."
    ),
    "reports:owed-branches": _("Open a branch to see who of it has still to report."),
    "reports:owed-one": _("Read what was agreed on this report, by whom and why; act if it is yours to."),
    "reports:carry-in-stead": _(
        "Say why you send the report on in the other unit's stead; the unit above it is asked to accept it."
    ),
    "reports:period-who": _(
        "Choose who reports, look at how many that are, then open the period: from then on it is frozen."
    ),
}
