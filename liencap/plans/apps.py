"""The card of the plans room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class PlansConfig(AppConfig):
    """Name the room, its menu line, its pieces of other pages and its permissions."""

    name = "liencap.plans"
    verbose_name = _("Plans of units")
    card = Card(
        menu=(MenuItem("plans:list", _("Plans of units"), "clipboard-list", 37, "plan.view"),),
        panels=(
            Panel("home", "liencap.plans.panels.for_home", "plans/_home_panel.html", 12),
            Panel("programme", "liencap.plans.panels.for_programme", "plans/_programme_panel.html", 40),
            Panel("unit", "liencap.plans.panels.for_unit", "plans/_unit_panel.html", 55),
            Panel("handover", "liencap.plans.panels.for_handover", "plans/_handover_panel.html", 30),
            Panel("member", "liencap.plans.panels.for_member", "plans/_member_panel.html", 30),
            Panel("record", "liencap.plans.panels.for_record", "plans/_record_panel.html"),
        ),
        permissions={
            "plan.view": _("See plans that units have issued"),
            "plan.write": _("Write or upload the unit's own plan"),
            "plan.issue": _("Issue the unit's own plan"),
            "plan.ask": _("Ask units for their plans by a day"),
            "plan.template": _("Change the Word template of the unit's plans"),
        },
        search=("liencap.plans.offers.search",),
        events=("liencap.plans.offers.events",),
        duties=("liencap.plans.offers.duties",),
        help={
            "plans:list": _("Begin a plan from the tasks you were given, or upload the one you have issued."),
            "plans:detail": _(
                "Decide line by line until nothing is open, then issue; an issued plan is downloaded and passed down."
            ),
            "plans:upload": _("Choose the signed plan as Word or PDF; then compare it with the tasks you were given."),
            "plans:words": _("Check the head and the bases, then keep the words and go back to the lines."),
            "plans:item": _("Say who in your unit does it and by which day, then keep the line."),
            "plans:add": _("Write the task in one sentence, choose what it belongs to, and keep it."),
            "plans:preview": _("Read it as it will stand on paper; print it for signing, then enter number and date."),
            "plans:standing": _("Choose a unit to go down; filter by “not issued” to see whom to remind."),
            "plans:ask": _("Choose a day that leaves the units enough time; they are reminded until they are done."),
            "plans:templates": _("Download the template, change its look in Word, and upload it again."),
        },
        choices={"unit_plan.decision": "plans.PlanItem.decision"},
        words={
            "deeds": {
                "add_own_task": _("added a task of the unit's own to the plan"),
                "ask_for_plans": _("set the day for the units' own plans"),
                "begin_plan": _("began the unit's own plan"),
                "change_plan_line": _("changed a line of the plan"),
                "drop_plan_draft": _("threw the draft of the plan away"),
                "issue_plan": _("issued the unit's own plan"),
                "match_plan": _("compared the uploaded plan with the tasks given"),
                "plan_line_leave": _("left a line of the plan out"),
                "plan_line_pair": _("paired two lines of the plan"),
                "plan_line_remove": _("took a line off the plan"),
                "plan_line_reopen": _("thought again about a line of the plan"),
                "plan_line_take": _("took a line of the plan up"),
                "plan_line_unpair": _("took a pair of lines apart"),
                "revise_plan": _("began a new edition of the plan"),
                "set_own_tasks": _("set tasks of the unit's own"),
                "set_plan_template": _("set the Word template for plans"),
                "take_in_new_tasks": _("took new tasks into the plan"),
                "upload_plan": _("uploaded the unit's own plan"),
                "write_plan": _("wrote the words of the plan"),
            },
            "kinds": {"unit_plan": _("own plan")},
            "fields": {
                "edition": _("edition"), "inherited": _("tasks given"), "item": _("line"),
                "mate": _("paired with"), "number": _("number"), "own_lines": _("own lines"),
                "own_tasks": _("own tasks"),
                "owner": _("who does it"), "paired": _("paired"), "replaced": _("replaced"), "waiver": _("waiver"),
                "way": _("way"),
            },
        },
    )  # fmt: skip
