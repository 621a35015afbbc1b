"""The card of the reports room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel
from liencap.reports import coded
from liencap.reports.answering import words as answering
from liencap.reports.issuing import card as issuing
from liencap.reports.owed.words import DEEDS, FIELDS, HELP, NOTICES


class ReportsConfig(AppConfig):
    """Name the room, its menu line, its pieces of other pages and its permissions."""

    name = "liencap.reports"
    verbose_name = _("Reports")
    card = Card(
        menu=(MenuItem("reports:list", _("Reports"), "report-analytics", 40, "report.view"), *issuing.MENU),
        panels=(
            Panel("frame", "liencap.reports.device.panels.for_frame", "reports/_device.html", 90),
            Panel("home", "liencap.reports.panels.owed", "reports/_owed_panel.html", 10),
            Panel("home", "liencap.reports.panels.waiting", "reports/_waiting_panel.html", 20),
            Panel("home", "liencap.reports.told.panels.late", "reports/told/_late_panel.html", 25),
            Panel(
                "consolidated-draft",
                "liencap.reports.told.panels.to_take_over",
                "reports/told/_take_over_panel.html",
                40,
            ),
            Panel(
                "consolidated-published",
                "liencap.reports.told.panels.late_after",
                "reports/told/_late_after_panel.html",
                40,
            ),
            Panel("home", "liencap.reports.panels.standing", "reports/_standing_panel.html", 30),
            Panel("report", "liencap.reports.owed.panels.for_report", "reports/owed/_report.html", 10),
            Panel("report-write", "liencap.reports.owed.panels.for_writing", "reports/owed/_days.html", 10),
            Panel(
                "report-write",
                "liencap.reports.joint.panels.for_writing",
                "reports/joint/_write_panel.html",
                20,
            ),
            Panel(
                "report", "liencap.reports.joint.panels.for_report", "reports/joint/_report_panel.html", 20
            ),
            Panel(
                "report-write",
                "liencap.reports.recorded.panels.for_report",
                "reports/recorded/_panel.html",
                30,
            ),
            Panel("report", "liencap.reports.recorded.panels.for_report", "reports/recorded/_panel.html", 30),
            Panel(
                "consolidated-draft",
                "liencap.reports.recorded.panels.for_draft",
                "reports/recorded/_panel.html",
                20,
            ),
            Panel("unit", "liencap.reports.panels.for_unit", "reports/_unit_panel.html", 60),
            Panel("handover", "liencap.reports.panels.for_handover", "reports/_handover_panel.html", 10),
            Panel("member", "liencap.reports.panels.for_member", "reports/_member_panel.html", 20),
            Panel("record", "liencap.reports.panels.for_record", "reports/_record_panel.html"),
            Panel("programme", "liencap.reports.panels.for_programme", "reports/_programme_panel.html", 60),
            *issuing.PANELS,
        ),
        search=("liencap.reports.search.passages",),
        texts={"passage": "liencap.reports.search.all_texts"},
        papers=issuing.PAPERS,
        help=issuing.HELP
        | {
            **HELP,
            **answering.HELP,
            "reports:list": _("Write the reports that are due first; one that was returned says why."),
            "reports:write": _(
                "Say how far each task is, fill in the numbers, then check and send; what you type is kept."
            ),
            "reports:send": _(
                "Read it once more; what is sent is never changed, only followed by a new version."
            ),
            "reports:evidence": _("Attach photographs or papers that show what was done."),
            "reports:report": _("Accept the report, or give it back with a reason, whole or a task of it."),
            "reports:inbox": _("Open a report to accept it or give it back."),
            "reports:periods": _(
                "Plan a period, open it when units should report, close it when the time is over."
            ),
            "reports:period-change": _("Mend the name or the days; once the period is open they stand."),
            "reports:period-new": _("Give the days of the period and the due date of each tier."),
            "reports:indicators": _(
                "Say what each task is asked; what is in use stays, a change begins a new version."
            ),
            "reports:indicator": _("Say what is asked, how it adds up, and what is checked before sending."),
            "reports:indicator-new": _("Name the number, its kind and its task; the rest may stay as it is."),
            "reports:asked": _(
                "Choose the questions of this task, in your own words, and whether files are asked."
            ),
            "reports:joint": _(
                "Register what your unit hosted with others; confirm what others hosted with you."
            ),
            "reports:joint-new": _(
                "Name the activity, its partners and its numbers; they count once, at your unit."
            ),
            "reports:joint-activity": _("Keep it right until you send: partners confirm or decline."),
            "reports:recorded": _(
                "Choose for each line the task under which its numbers stand, then keep it."
            ),
            "reports:targets": _(
                "Type what is to be reached; results stand beside it on the page of totals."
            ),
            "reports:rollup": _(
                "Open a figure to see its parts; compose the consolidated report when enough is in."
            ),
            "reports:missing": _("Remind those who have not reported, or give more time with a reason."),
            "reports:parts": _("Open a unit to go down to the figures it adds up."),
            "reports:consolidated": _("Write each task from the passages of the units below, then publish."),
            "reports:compose": _(
                "Quote, merge or summarise what units wrote, or set it aside with a reason; sources stay."
            ),
            "reports:compose-question": _("Read one question over all tasks; open a task to write on it."),
            "reports:causes": _(
                "Keep the list of causes that units choose from, and the length their texts should keep to."
            ),
            "reports:cause-counts": _(
                "See which causes the units named, task by task; open a task to read their words."
            ),
            "reports:passage": _("Read the passage as it was sent, and which published reports drew on it."),
            "reports:passage-redact": _(
                "Take out words that say who thinks what, or what is personal; it cannot be undone."
            ),
            "reports:evidence-take-out": _("Say why; the file itself is no longer handed to anybody."),
            "reports:templates": _("Download a template, change its look in Word, upload it again."),
        },
        permissions=issuing.PERMISSIONS
        | {
            "report.view": _("See reports that were sent"),
            "report.fill": _("Write the unit's report"),
            "report.send": _("Send the unit's report"),
            "report.accept": _("Accept and return reports of the units below"),
            "report.enter-for": _("Enter reports for units below that cannot do so themselves"),
            "report.redact": _("Take words out of reports that were sent"),
            "report.open": _("Open and close reporting periods"),
            "report.causes": _("Keep the list of causes and the lengths of texts"),
            "report.template": _("Change the Word template of the unit's reports"),
        },
        choices=coded.CHOICES,
        events=("liencap.reports.calendar_events.events",),
        follows={
            "move-unit": "liencap.reports.owed.actions.transfers.follow_move",
            "close-unit": "liencap.reports.owed.actions.transfers.follow_close",
            "reminded": "liencap.reports.owed.actions.reminding.note_reminded",
        },
        jobs={
            "open-period": "liencap.reports.jobs.open_",
            "close-period": "liencap.reports.jobs.close",
            "check-totals": "liencap.reports.jobs.check_totals",
            "forget-deliveries": "liencap.reports.jobs.forget_deliveries",
            "erase-taken-out": "liencap.reports.jobs.erase_taken_out",
        },
        daily=("check-totals", "forget-deliveries", "erase-taken-out"),
        duties=(
            "liencap.reports.duties.to_send",
            "liencap.reports.duties.to_do",
            "liencap.reports.told.duties.to_look_at",
        ),
        words={
            "jobs": {
                "open_period": _("Opening a period"),
                "close_period": _("Closing a period"),
                "forget_deliveries": _("Forgetting what devices brought long ago"),
                "erase_taken_out": _("Erasing files taken out of reports"),
            },
            "kinds": {
                **issuing.WORDS["kinds"],
                "joint_activity": _("joint activity"),
                "cause": _("Cause"),
                "length": _("Length of texts"),
            },
            "deeds": issuing.WORDS["deeds"]
            | {
                **DEEDS,
                **answering.DEEDS,
                "order_opening": _("let a period be opened"),
                "order_closing": _("let a period be closed"),
                "deliver": _("brought what was written without a line"),
                "add_cause": _("added a cause to the list"),
                "begin_causes": _("began the list of causes"),
                "change_cause": _("changed a cause of the list"),
                "set_lengths": _("set lengths of texts"),
                "redact_passage": _("took words out of a report that was sent"),
                "take_out_file": _("took a file out of a report that was sent"),
                "erase_file": _("erased a file that was taken out"),
                "flag_late": _("flagged composed tasks for late passages"),
                "look_at_late": _("looked at late passages"),
                "edit_form": _("changed the form"),
                "set_targets": _("set targets"),
                "ask_lines": _("chose the numbers of communication and study that reports show"),
                "register_activity": _("registered a joint activity"),
                "change_activity": _("changed a joint activity"),
                "withdraw_activity": _("took a joint activity back"),
                "answer_activity": _("answered on a joint activity"),
            },
            "fields": issuing.WORDS["fields"] | {**FIELDS, **answering.FIELDS, **coded.FIELDS},
            "values": coded.VALUES,
            "notices": issuing.NOTICES
            | {
                **NOTICES,
                **answering.NOTICES,
                "report-asked": _("A report is asked for"),
                "report-returned": _("Your report was returned"),
                "report-accepted": _("Your report was accepted"),
                "report-waiting": _("Reports wait for your answer"),
                "words-taken-out": _("Words were taken out of a report"),
                "more-time": _("You have more time for a report"),
                "joint-asked": _("You are asked to confirm a joint activity"),
            },
        },
    )
