"""Say deeds, kinds and jobs in the office's words; what has no words yet is shown as its code, spaced."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: dict[str, str | Promise] = {
    "accept_report": _("accepted the report"),
    "appoint": _("appointed"),
    "assign_task": _("assigned the task"),
    "confirm_proposal": _("confirmed the proposal"),
    "create_programme": _("made the programme"),
    "create_user": _("made the account"),
    "end_appointment": _("ended the appointment"),
    "enter_person": _("entered the person"),
    "found_role": _("made the role"),
    "found_seat": _("founded the seat"),
    "found_tier": _("made the tier"),
    "found_unit": _("founded the unit"),
    "link_user": _("linked the account"),
    "open_period": _("opened the period"),
    "pass_down": _("passed down"),
    "propose": _("proposed"),
    "publish_consolidated_report": _("published the consolidated report"),
    "read_document": _("read the document"),
    "map_tier_words": _("mapped words to tiers"),
    "receive_assignment": _("received the task"),
    "refuse_reading": _("could not read the document"),
    "rename_unit": _("renamed the unit"),
    "return_report": _("returned the report"),
    "send_report": _("sent the report"),
    "set_language": _("chose a language"),
    "set_password": _("changed the password"),
    "upload_document": _("uploaded the document"),
}
KINDS: dict[str, str | Promise] = {
    "appointment": _("appointment"),
    "assignment": _("assignment"),
    "document": _("document"),
    "person": _("person"),
    "programme": _("programme"),
    "proposal": _("proposal"),
    "report": _("report"),
    "role": _("role"),
    "seat": _("seat"),
    "task": _("task"),
    "tier": _("tier"),
    "unit": _("unit"),
    "user": _("account"),
}
JOBS: dict[str, str | Promise] = {
    "read_document": _("Reading a document"),
    "seal": _("Sealing the audit log"),
}


def words(table: dict[str, str | Promise], code: str) -> str:
    """Return the words for a code; rooms write it with - or _."""
    code = code.replace("-", "_")
    return str(table[code]) if code in table else code.replace("_", " ")
