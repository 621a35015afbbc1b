"""The card of the programmes room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel
from liencap.programmes.amending.words import HELP, WORDS


class ProgrammesConfig(AppConfig):
    """Name the room, its menu line, its permissions and its piece of the document page."""

    name = "liencap.programmes"
    verbose_name = _("Programmes")
    card = Card(
        menu=(MenuItem("programmes:list", _("Programmes"), "list-check", 35, "programme.view"),),
        panels=(
            Panel("document", "liencap.programmes.panels.for_document", "programmes/_document_panel.html"),
            Panel("unit", "liencap.programmes.panels.for_unit", "programmes/_unit_panel.html"),
            Panel("home", "liencap.programmes.panels.for_home", "programmes/_home_panel.html", 15),
            Panel("home", "liencap.programmes.panels.start", "programmes/_start_panel.html", 40),
            Panel(
                "handover", "liencap.programmes.panels.for_handover", "programmes/_handover_panel.html", 20
            ),
            Panel("member", "liencap.programmes.panels.for_member", "programmes/_member_panel.html", 15),
            Panel("unit-event", "liencap.programmes.panels.for_event", "programmes/_event_said.html"),
            Panel("record", "liencap.programmes.panels.for_record", "programmes/_record_panel.html"),
            Panel(
                "programme",
                "liencap.programmes.amending.panels.for_programme",
                "programmes/_amendments_panel.html",
                20,
            ),
            Panel(
                "assignment-top",
                "liencap.programmes.amending.panels.for_assignment",
                "programmes/_told_panel.html",
            ),
            Panel("task", "liencap.programmes.amending.panels.for_task", "programmes/_versions_panel.html"),
            Panel(
                "document",
                "liencap.programmes.amending.panels.for_document",
                "programmes/_amends_panel.html",
                60,
            ),
            Panel(
                "home",
                "liencap.programmes.amending.panels.for_home",
                "programmes/_amended_home_panel.html",
                12,
            ),
            Panel(
                "handover",
                "liencap.programmes.amending.panels.for_handover",
                "programmes/_amended_handover_panel.html",
            ),
            Panel(
                "member",
                "liencap.programmes.amending.panels.for_member",
                "programmes/_amended_member_panel.html",
                60,
            ),
        ),
        search=("liencap.programmes.search.tasks",),
        texts={"task": "liencap.programmes.search.all_texts"},
        permissions={
            "programme.view": _("See programmes and assignments"),
            "programme.edit": _("Prepare proposals and confirm programmes"),
            "programme.assign": _("Assign tasks and pass them down"),
            "programme.receive": _("Confirm receipt of assignments"),
        },
        jobs={
            "cascade": "liencap.programmes.jobs.cascade",
            "count-days": "liencap.programmes.jobs.count",
            "carry-amendment": "liencap.programmes.amending.jobs.carry",
        },
        daily=("count-days",),
        events=("liencap.programmes.happenings.events",),
        duties=("liencap.programmes.duties.to_confirm",),
        follows={
            "unit-event": "liencap.programmes.actions.conditions.follow_event",
            "close-unit": "liencap.programmes.actions.succeeding.follow_close",
        },
        help=HELP
        | {
            "programmes:list": _("Open a programme to see its tasks; a new one begins with a document."),
            "programmes:task": _("Read the words of the plan; assign the task to more units if you set it."),
            "programmes:assign": _("Choose which units, look at them, then assign."),
            "programmes:assignment": _(
                "Confirm receipt first; then pass the task down or report on it when the period opens."
            ),
            "programmes:pass-down": _(
                "Choose units below yours, add sub-tasks of your own if you need them, then pass it down."
            ),
            "programmes:branch": _("Open a branch to go further down."),
            "programmes:proposal": _(
                "Compare each row with the text, mend what was misread, then confirm the programme."
            ),
            "programmes:proposal-row": _("Mend the words, dates and owners, then keep them."),
            "programmes:proposal-part": _("Press the place after which the row is cut in two."),
            "programmes:owed": _("Confirm what you were given; tick tasks to pass several down at once."),
            "programmes:detail": _("Tick tasks and assign them at once, or open one to assign it alone."),
            "programmes:direction": _(
                "Make a task of a direction that has none, or link the task that carries it out."
            ),
            "programmes:condition": _("Choose the event and how long after it; then press Confirm."),
            "programmes:task-events": _(
                "See who has not recorded the event yet; remind them or record it for them."
            ),
            "programmes:assign-many": _("Choose the units, look at the preview, then assign."),
            "programmes:pass-many": _("Choose the units below, look at the preview, then pass down."),
            "programmes:cascade": _("Wait or leave the page; you can stop and go on later."),
        },
        choices={"amendment.versions.change": "programmes.TaskVersion.change"},
        words={
            "deeds": WORDS["deeds"]
            | {
                "set_condition": _("said what the task waits for"),
                "follow_event": _("counted days from the event"),
                "count_days": _("counted days anew"),
                "map_event_words": _("mapped words to events"),
                "make_task": _("made a task of a direction"),
                "link_task": _("linked a task to a direction"),
                "unlink_task": _("unlinked a task from a direction"),
                "proposal_task_of": _("made a proposed task of a direction"),
                "proposal_link": _("linked or unlinked a proposed task"),
                "order_cascade": _("ordered tasks for many units"),
                "stop_cascade": _("stopped the cascade"),
                "resume_cascade": _("let the cascade go on"),
                "finish_cascade": _("finished the cascade"),
                "receive_assignments": _("received several tasks"),
                "inherit_tasks": _("took over the tasks of a closed unit"),
            },
            "kinds": WORDS["kinds"] | {"direction": _("direction"), "cascade": _("cascade")},
            "fields": WORDS["fields"]
            | {
                "wait": _("distance"),
                "wait_unit": _("counted in"),
                "reaches_below": _("counts for the units below"),
                "moved_days": _("days that changed"),
                "assignments": _("assignments"),
                "cascade": _("cascade"),
                "waiver": _("waiver"),
            },
            "notices": {"assigned": _("New or changed tasks")},
            "jobs": WORDS["jobs"]
            | {"cascade": _("Carrying tasks down"), "count_days": _("Counting days from events")},
        },
    )
