"""The card of the reviews room."""

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel

HERE = "liencap.reviews"
HELP: dict[str, str | Promise] = {
    "reviews:list": _("Write the review that is due first, or call one for a programme of yours."),
    "reviews:inbox": _("Open the oldest, read it, rate the unit's work, then accept or return it."),
    "reviews:codes": _("Write the grades from the best to the worst, and the causes that units choose from."),
    "reviews:new": _(
        "Choose what is reviewed and set a day for each tier, the lowest first; then look at the groups."
    ),
    "reviews:edit": _("Change what must change; nobody below sees it before it is opened."),
    "reviews:review": _("Look at the groups and the days; open the review when they are right."),
    "reviews:groups": _("Write the same name beside tasks that are to be rated together."),
    "reviews:write": _("Go through the parts from the top; send when every part is rated."),
    "reviews:write-whole": _(
        "Choose the grade, say in a few sentences what came of the work, tick the causes."
    ),
    "reviews:write-group": _(
        "Compare with the figures and what the units below say, then rate and describe."
    ),
    "reviews:write-points": _(
        "One lesson or task a line; take over from the units below what holds for all."
    ),
    "reviews:send": _("Look once more at the grades; after sending, changes need a reason."),
    "reviews:unit": _("Compare both grades; print it, or open what stands below."),
    "reviews:figures": _("Compare the result with the target; columns with a star are imported."),
    "reviews:timeline": _("Open a line to see the document, period or report itself."),
    "reviews:standing": _("Open a unit to read its review or to go further down."),
    "reviews:samples": _("Say how many files, draw, then open the draw and check file by file."),
    "reviews:sample": _(
        "Open each file, say what the check found; draw again to see that nothing was chosen."
    ),
    "reviews:carry": _("Choose the next programme and tick the tasks that it is to take over."),
    "reviews:first-page": _(
        "Make each proposed task a task of the programme, or leave it out with a reason."
    ),
    "reviews:carried-take": _("Mend the words and the day if needed, then make it a task."),
    "reviews:earlier": _("Download the sheet, fill what you know, upload it; add old reports below."),
    "reviews:earlier-preview": _("Look at the wrong cells first; confirm when there are none."),
    "reviews:old": _("Choose for each passage the group it speaks of; the others are left out."),
}
DEEDS: dict[str, str | Promise] = {
    "accept_review": _("accepted the review"),
    "add_old_report": _("added a report of an earlier year"),
    "add_task": _("added a task to the programme"),
    "apply_figures": _("imported figures of earlier years"),
    "call_review": _("prepared a review"),
    "change_review": _("changed a prepared review"),
    "check_sample_item": _("noted the check of a drawn file"),
    "close_review": _("closed the review"),
    "cut_passages": _("cut an old report into passages"),
    "draw_sample": _("drew a sample of evidence"),
    "drop_figures": _("dropped figures of earlier years"),
    "drop_review": _("threw a prepared review away"),
    "leave_carried": _("left a proposed task out"),
    "open_review": _("opened the review"),
    "propose_follow_ups": _("proposed follow-up tasks"),
    "publish_review": _("published the review"),
    "return_review": _("returned the review"),
    "send_review": _("sent the review"),
    "set_first_page": _("set the programme's first page"),
    "set_review_codes": _("set grades and causes"),
    "set_review_groups": _("set the groups of the review"),
    "take_carried": _("made a proposed task a task"),
    "take_over_point": _("took over a line from below"),
    "tie_passage": _("sorted a passage of an old report"),
    "upload_figures": _("uploaded figures of earlier years"),
    "write_review": _("wrote a part of the review"),
    "write_review_points": _("wrote lessons and follow-up tasks"),
}
WORDS: dict[str, dict[str, str | Promise]] = {
    "deeds": DEEDS,
    "kinds": {
        "review": _("review"),
        "unit_review": _("review of a unit"),
        "published_review": _("published review"),
        "review_codes": _("grades and causes"),
        "review_sample": _("sample of evidence"),
        "figure_import": _("figures of earlier years"),
    },
    "notices": {
        "review-asked": _("A review is asked for"),
        "review-returned": _("Your review was returned"),
        "review-accepted": _("Your review was accepted"),
        "review-waiting": _("Reviews wait for your answer"),
    },
}


class ReviewsConfig(AppConfig):
    """Name the room and what it brings to the others."""

    name = HERE
    verbose_name = _("Reviews")
    card = Card(
        menu=(MenuItem("reviews:list", _("Reviews"), "clipboard-check", 46, "review.view"),),
        panels=(
            Panel("home", f"{HERE}.panels.for_home", "reviews/_home_panel.html", 18),
            Panel("programme", f"{HERE}.panels.for_programme", "reviews/_programme_panel.html", 5),
            Panel("task", f"{HERE}.panels.for_task", "reviews/_task_panel.html", 60),
            Panel("unit", f"{HERE}.panels.for_unit", "reviews/_unit_panel.html", 65),
            Panel("record", f"{HERE}.panels.for_record", "reviews/_record_panel.html"),
            Panel("handover", f"{HERE}.panels.for_handover", "reviews/_handover_panel.html", 45),
        ),
        permissions={
            "review.view": _("See reviews that were sent"),
            "review.call": _("Call, open and close reviews"),
            "review.write": _("Write the unit's review and enter earlier years"),
            "review.send": _("Send the unit's review"),
            "review.accept": _("Accept and return reviews of the units below, draw samples"),
            "review.codes": _("Set the grades and causes of reviews"),
        },
        papers={"published_review": f"{HERE}.publication.SOURCE"},
        events=(f"{HERE}.offers.events",),
        duties=(f"{HERE}.offers.duties",),
        help=HELP,
        words=WORDS,
        choices={"review_sample.result": "reviews.SampleItem.result"},
    )
