"""Say deeds, kinds, fields and jobs in the office's words; what has no words yet is shown as its code, spaced."""

import functools
import re

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap import card

DEEDS: dict[str, str | Promise] = {
    "accept_report": _("accepted the report"),
    "activate": _("activated the account"),
    "add_authenticator_app": _("turned an authenticator app on"),
    "add_login_names": _("added sign-in names"),
    "attach_evidence": _("attached a file"),
    "remove_evidence": _("took a file off"),
    "add_passkey": _("added a passkey"),
    "apply_import": _("carried out the import"),
    "appoint": _("appointed"),
    "assign_task": _("assigned the task"),
    "begin_consolidated_report": _("began the consolidated report"),
    "check_totals": _("proved the totals of the period"),
    "close_period": _("closed the period"),
    "compose_task": _("composed a task of the consolidated report"),
    "confirm_proposal": _("confirmed the proposal"),
    "connect_sign_in": _("connected a sign-in"),
    "create_programme": _("made the programme"),
    "create_user": _("made the account"),
    "create_users": _("made accounts"),
    "disconnect_sign_in": _("disconnected a sign-in"),
    "drop_import": _("dropped the import"),
    "end_appointment": _("ended the appointment"),
    "enter_people": _("entered people"),
    "enter_person": _("entered the person"),
    "erase_person": _("erased the person"),
    "erase_user": _("erased the account"),
    "file_record": _("filed the record"),
    "extend_obligation": _("gave more time"),
    "forget": _("destroyed the keys of personal values"),
    "found_body": _("founded the body"),
    "found_role": _("made the role"),
    "found_seat": _("founded the seat"),
    "found_tier": _("made the tier"),
    "found_unit": _("founded the unit"),
    "link_user": _("linked the account"),
    "make_recovery_codes": _("made recovery codes"),
    "make_slips": _("made activation slips"),
    "map_tier_words": _("mapped words to tiers"),
    "move_unit": _("moved the unit"),
    "note_fixity": _("found a file damaged or missing"),
    "order_check": _("had the archive's files checked"),
    "open_period": _("opened the period"),
    "pass_down": _("passed down"),
    "plan_period": _("planned the period"),
    "proposal_add": _("added a proposed task"),
    "proposal_aside": _("set a proposed task aside"),
    "proposal_back": _("took a proposed task back"),
    "proposal_change": _("changed a proposed task"),
    "proposal_down": _("moved a proposed task down"),
    "proposal_merge": _("merged proposed tasks"),
    "proposal_split": _("split a proposed task"),
    "proposal_up": _("moved a proposed task up"),
    "propose": _("proposed"),
    "publish_consolidated_report": _("published the consolidated report"),
    "read_document": _("read the document"),
    "read_personal": _("was shown personal data"),
    "receive_assignment": _("received the task"),
    "refuse_reading": _("could not read the document"),
    "remove_authenticator_app": _("turned an authenticator app off"),
    "remove_passkey": _("removed a passkey"),
    "rename_unit": _("renamed the unit"),
    "return_report": _("returned the report"),
    "save_draft": _("saved the draft"),
    "send_report": _("sent the report"),
    "set_indicators": _("set the indicators"),
    "set_language": _("chose a language"),
    "set_template": _("changed the Word template"),
    "set_password": _("changed the password"),
    "upload_document": _("uploaded the document"),
    "upload_import": _("uploaded an import"),
}
KINDS: dict[str, str | Promise] = {
    "appointment": _("appointment"),
    "assignment": _("assignment"),
    "body": _("body"),
    "consolidated_report": _("consolidated report"),
    "document": _("document"),
    "entry": _("entry of the log"),
    "form_version": _("set of indicators"),
    "import": _("import"),
    "key": _("key"),
    "obligation": _("duty to report"),
    "period": _("period"),
    "person": _("person"),
    "programme": _("programme"),
    "proposal": _("proposal"),
    "record": _("record of the archive"),
    "report": _("report"),
    "role": _("role"),
    "seat": _("seat"),
    "slip": _("activation slip"),
    "task": _("task"),
    "tier": _("tier"),
    "unit": _("unit"),
    "user": _("account"),
}
FIELDS: dict[str, str | Promise] = {
    "accepted": _("accepted"),
    "checked": _("totals checked"),
    "below": _("rights over the units below"),
    "class": _("in time or late"),
    "code": _("code"),
    "confirmed_by": _("confirmed by"),
    "count": _("count"),
    "digest": _("fingerprint"),
    "differing": _("totals that differ"),
    "docx": _("fingerprint of the Word file"),
    "due": _("due"),
    "dues": _("due days"),
    "extended_to": _("extended to"),
    "filename": _("file name"),
    "form": _("form"),
    "ids": _("fingerprint"),
    "kind": _("kind"),
    "language": _("language"),
    "layout": _("layout"),
    "made": _("made"),
    "missing": _("missing"),
    "moved": _("units moved"),
    "n": _("version"),
    "name": _("name"),
    "name_en": _("English name"),
    "names": _("sign-in names"),
    "obligations": _("duties to report"),
    "own": _("rights in the own unit"),
    "parent": _("unit above"),
    "pdf": _("fingerprint of the PDF file"),
    "people": _("numbers of the people"),
    "period": _("period"),
    "person": _("person"),
    "problems": _("problems"),
    "rank": _("rank"),
    "reading": _("reading"),
    "reason": _("reason"),
    "reference": _("reference"),
    "source": _("source"),
    "files": _("fingerprints of the files"),
    "file": _("file name"),
    "fixity": _("state of the file"),
    "reports": _("reports"),
    "reports_sha256": _("fingerprint of the reports"),
    "refusal": _("refusal"),
    "revision": _("revision"),
    "role": _("role"),
    "rows": _("rows"),
    "seat": _("seat"),
    "sha256": _("fingerprint"),
    "since": _("since"),
    "state": _("state"),
    "task": _("task"),
    "tasks": _("tasks"),
    "title": _("title"),
    "totals": _("totals"),
    "units": _("units"),
    "until": _("until"),
    "user": _("account"),
    "users": _("accounts"),
    "version": _("version"),
    "what": _("what"),
    "appointment": _("appointment"),
    "appointments": _("appointments"),
    "asks": _("what is asked"),
    "causes": _("causes"),
    "cells": _("cells"),
    "changed": _("changed"),
    "checks": _("checks"),
    "date": _("date"),
    "decision": _("decision"),
    "deed": _("deed"),
    "drawn": _("drawn"),
    "follow_up": _("follow-up task"),
    "follow_ups": _("follow-up tasks"),
    "grades": _("grades"),
    "group": _("group of tasks"),
    "groups": _("groups of tasks"),
    "members": _("members"),
    "new": _("new"),
    "partners": _("partners"),
    "passage": _("passage"),
    "passages": _("passages"),
    "plan": _("plan"),
    "population": _("how many there were"),
    "programme": _("programme"),
    "renamed": _("renamed"),
    "renewed": _("renewed"),
    "result": _("result"),
    "retired": _("retired"),
    "same": _("unchanged"),
    "seats": _("seats"),
    "seed": _("seed of the draw"),
    "subjects": _("what is reviewed"),
    "targets": _("targets"),
    "tier": _("tier"),
    "unit_review": _("review of a unit"),
    "withdrawn": _("withdrawn"),
    "wrong": _("wrong"),
}
# Fields whose value is a code, and the words for the codes.
CODED = {"answer", "class", "decision", "kind", "language", "reason", "role", "state", "what"}
VALUES: dict[str, str | Promise] = {
    "asked": _("The person asked for it"),
    "ended": _("The data is no longer needed"),
    "entry": _("entry of the log"),
    "import": _("import"),
    "slips": _("activation slips"),
    "mistake": _("The person was entered by mistake"),
    "vi": _("Vietnamese"),
    "en": _("English"),
}
ACTORS: dict[str, str | Promise] = {
    "system": _("the system"),
    "slip": _("the holder of an activation slip"),
}
JOBS: dict[str, str | Promise] = {
    "check_fixity": _("Checking the files of the archive"),
    "check_totals": _("Proving the totals"),
    "destroy_keys": _("Finishing erasures"),
    "read_document": _("Reading a document"),
    "refresh_statistics": _("Counting rows for the database"),
    "seal": _("Sealing the audit log"),
}
# A newer room brings its own words on its card.
for _name, _table in (
    ("deeds", DEEDS), ("kinds", KINDS), ("fields", FIELDS), ("values", VALUES), ("jobs", JOBS),
):  # fmt: skip
    _table.update((code.replace("-", "_"), said) for code, said in card.words(_name).items())


def said_of(kind: str, field: str) -> dict[str, str | Promise]:
    """Return the words for the codes that the log holds in a field of a kind; "field.part" where values nest.

    They are the choices of the model of that kind, those that a card names, and values that a card words as
    "kind.field.code"; a code of only one meaning in the whole log stands under itself in VALUES.
    """
    return _all_choices().get(f"{kind}.{field}") or (VALUES if field in CODED else {})


@functools.cache
def _all_choices() -> dict[str, dict[str, str | Promise]]:
    found: dict[str, dict[str, str | Promise]] = {"record.source": KINDS}
    for model in apps.get_models():
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()
        for one in model._meta.concrete_fields:
            if one.choices:
                found.setdefault(f"{kind}.{one.name}", {}).update(one.flatchoices)
    for place, path in ((k, v) for one in card.cards() for k, v in one.choices.items()):
        owner, _dot, name = path.rpartition(".")
        named = dict(apps.get_model(owner)._meta.get_field(name).flatchoices)
        found[place] = named | found.get(place, {})
    for code, said in card.words("values").items():
        place, dot, value = code.rpartition(".")
        if dot:
            found.setdefault(place, {})[value] = said
    return found


def words(table: dict[str, str | Promise], code: str) -> str:
    """Return the words for a code; rooms write it with - or _."""
    code = code.replace("-", "_")
    return str(table[code]) if code in table else code.replace("_", " ")
