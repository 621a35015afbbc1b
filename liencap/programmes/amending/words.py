"""What pages about amendments are for, and how the log and the list of jobs call what happens there."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELP: dict[str, str | Promise] = {
    "programmes:amend": _("Choose the later document that changes this plan, or upload it first."),
    "programmes:amends": _(
        "Choose the programme that this document changes; one that it names stands first."
    ),
    "programmes:amendment-proposal": _("Decide every row that waits, check the others, then confirm below."),
    "programmes:amendment-row": _("Say what the document does to which task, then keep the decision."),
    "programmes:amendment": _("See what changed and who has confirmed; give added tasks to units."),
    "programmes:amendment-seen": _("See which units have not confirmed the change, and remind them."),
    "programmes:task-version": _("Read the words that an earlier report answered."),
}
WORDS: dict[str, dict[str, str | Promise]] = {
    "deeds": {
        "propose_amendment": _("read a document against the programme"),
        "amendment_save": _("decided a proposed change"),
        "amendment_aside": _("left a proposed change out"),
        "amendment_back": _("took a proposed change back"),
        "amendment_add": _("added a proposed change"),
        "confirm_amendment": _("confirmed the amendment"),
        "carry_amendment": _("told the units of the amendment"),
        "acknowledge_amendment": _("confirmed having seen the change"),
    },
    "kinds": {"amendment": _("amendment"), "amendment_proposal": _("proposed amendment")},
    "fields": {
        "change": _("kind of change"), "versions": _("versions of tasks"), "like": _("same units as"),
    },
    "jobs": {"carry_amendment": _("Telling the units of an amendment")},
}  # fmt: skip
