"""What the card says of answering, corrections and editions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]
DEEDS: Words = {
    "answer_lines": _("answered a correction line by line"),
    "begin_edition": _("began a new edition"),
    "drop_edition": _("gave up an edition in preparation"),
    "publish_edition": _("published a new edition"),
    "accept_many": _("accepted reports together"),
    "go_on_without": _("closed the collection without missing units"),
    "carry_up": _("sent on what changed below"),
}
FIELDS: Words = {
    "lines": _("lines"),
    "returned": _("returned lines"),
    "figures": _("figures"),
}
NOTICES: Words = {
    "printed-changed": _("Figures of a published report have changed"),
    "figures-changed": _("Figures that your report carries have changed"),
}
HELP: Words = {
    "reports:corrections": _("Open a correction to answer it line by line, then send on what it changed."),
    "reports:carry": _("Read what changed below, then sign: the unit above is asked to accept it."),
    "reports:edition-draft": _("Read what changed, choose how it is printed, then publish."),
    "reports:edition": _("Read what this edition changes; the files above are as they were published."),
}
