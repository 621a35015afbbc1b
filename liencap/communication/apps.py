"""The card of the communication room."""

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel

HERE = "liencap.communication"
HELP: dict[str, str | Promise] = {
    "communication:plan": _(
        "Open a line to see who carries it out, or plan a new one with the buttons above."
    ),
    "communication:month": _("Open a line to record it; go on to the next month with the arrows."),
    "communication:owed": _("Take the first line: open it and record what your unit did."),
    "communication:channels": _("Add the channels your unit has; lines and records choose from this list."),
    "communication:item-new": _(
        "Fill in the title and the last day; the rest can follow before you hand it out."
    ),
    "communication:item": _(
        "Hand it out if it is new; later look who is missing and answer what was unclear."
    ),
    "communication:item-edit": _(
        "Change what must change and say why; every unit that holds it sees old and new."
    ),
    "communication:hand-out": _("Choose tiers or codes, look at the units, then hand it out."),
    "communication:share": _(
        "Record what your unit did; if there is no need, say why it does not concern you."
    ),
    "communication:share-done": _("Tick the channels, check the day, record."),
    "communication:share-attach": _("Choose a photograph or document and say what it shows."),
    "communication:session-plan": _("Set the day; hour and place help those who are to come."),
    "communication:session": _("When it is over, record how many came."),
    "communication:session-held": _("Two numbers are enough; add what was unclear, one question a line."),
    "communication:session-held-now": _("Two numbers are enough; add what was unclear, one question a line."),
    "communication:questions": _("Open a group: answer it for all, or forward it to the unit above."),
    "communication:question": _("Write the answer once; every unit that holds this line sees it."),
    "communication:standing": _("Go down to a branch, or open the list of those missing."),
    "communication:missing": _("Remind these units; whoever records it leaves this list."),
}
WORDS: dict[str, dict[str, str | Promise]] = {
    "deeds": {
        "add_channel": _("added a channel"),
        "close_channel": _("closed a channel"),
        "plan_item": _("planned a line of communication or study"),
        "change_item": _("changed a line of communication or study"),
        "cancel_item": _("cancelled a line of communication or study"),
        "hand_out_item": _("handed out a line of communication or study"),
        "pass_item_down": _("passed down a line of communication or study"),
        "confirm_seen": _("confirmed the new version"),
        "record_done": _("recorded it as done"),
        "record_not_applicable": _("recorded it as not applicable"),
        "take_back": _("opened it again"),
        "attach_file": _("attached a file"),
        "remove_file": _("took a file off"),
        "plan_session": _("planned a session"),
        "move_session": _("moved a session"),
        "cancel_session": _("cancelled a session"),
        "hold_session": _("recorded a session as held"),
        "ask_questions": _("sent what was unclear"),
        "forward_questions": _("forwarded questions"),
        "answer_questions": _("answered questions"),
        "redact_question": _("took the words of a question out"),
    },
    "kinds": {
        "channel": _("channel"),
        "communication_item": _("line of communication or study"),
        "communication_share": _("share of a line"),
        "communication_session": _("session"),
        "communication_question": _("question"),
    },
    "fields": {
        "audience": _("for whom"),
        "came": _("came"),
        "channels": _("channels"),
        "day": _("day"),
        "discuss": _("questions to discuss"),
        "document": _("document"),
        "done_on": _("done on"),
        "expected": _("should attend"),
        "material": _("materials"),
        "message": _("message"),
        "names_checked": _("names checked"),
        "place": _("place"),
        "question": _("question"),
        "sessions_each": _("sessions a unit"),
        "unit": _("unit"),
    },
    "jobs": {"hand_out_item": _("Handing out a line of communication or study")},
}


class CommunicationConfig(AppConfig):
    """Name the room and what it brings to the others."""

    name = HERE
    verbose_name = _("Communication and study")
    card = Card(
        menu=(
            MenuItem(
                "communication:plan", _("Communication and study"), "speakerphone", 38, "communication.view"
            ),
        ),
        panels=(
            Panel("home", f"{HERE}.panels.for_home", "communication/_home_panel.html", 20),
            Panel("unit", f"{HERE}.panels.for_unit", "communication/_unit_panel.html", 55),
            Panel("document", f"{HERE}.panels.for_document", "communication/_document_panel.html", 60),
            Panel("handover", f"{HERE}.panels.for_handover", "communication/_handover_panel.html", 40),
            Panel("member", f"{HERE}.panels.for_member", "communication/_member_panel.html", 40),
        ),
        permissions={
            "communication.view": _("See communication and study"),
            "communication.plan": _("Plan communication and study and hand it down"),
            "communication.record": _("Record what the unit published and held"),
            "communication.answer": _("Answer and forward what was unclear"),
            "communication.redact": _("Take out questions that name people"),
        },
        jobs={"hand_out_item": f"{HERE}.jobs.hand_out_item"},
        search=(f"{HERE}.offers.search",),
        events=(f"{HERE}.offers.events",),
        duties=(f"{HERE}.offers.duties",),
        help=HELP,
        words=WORDS,
        choices={
            "communication_item.kind": "communication.Item.kind",
            "communication_item.state": "communication.Item.state",
            "communication_session.mode": "communication.Session.mode",
            "communication_session.state": "communication.Session.state",
            "communication_share.state": "communication.Share.state",
        },
    )
