"""The tours of the sample data: for each role the pages in the order of its work, and what to look at on them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.guides import places
from liencap.guides.places import Place, page
from liencap.units.models import Seat


@dataclass(frozen=True, slots=True)
class Step:
    """A page, its name, and one sentence: what you see, what to try."""

    place: Place
    title: str | Promise
    words: str | Promise


@dataclass(frozen=True, slots=True)
class Tour:
    """The steps of a role; `login` is the sample's sign-in name of somebody who has it."""

    code: str
    label: str | Promise
    login: str
    steps: tuple[Step, ...]


HEAD = Tour(
    "head",
    _("Head of the topmost unit"),
    "sx",
    (
        Step(
            page("home"),
            _("Start page"),
            _("What is due stands first. Try: open the first line and come back."),
        ),
        Step(
            places.document,
            _("The plan as it came"),
            _("The text of the plan, and beside it what was read from it."),
        ),
        Step(
            places.programme,
            _("The programme"),
            _("Each task with its units and days. Try: open a branch of the tree to see who has confirmed."),
        ),
        Step(
            places.task,
            _("One task"),
            _("Its words, its place in the plan, who has it. Try: the link to its place in the text."),
        ),
        Step(
            places.amendment,
            _("The plan was amended"),
            _("A later decision changed some tasks: old and new side by side, and which units have seen it."),
        ),
        Step(
            page("reports:inbox"),
            _("Reports to answer"),
            _("Reports of the units below. Try: open one, and return a single figure with your reason."),
        ),
        Step(
            places.totals,
            _("What it adds up to"),
            _(
                "How many of how many units reported, and the totals. Try: press a number to see what it is made of."
            ),
        ),
        Step(
            places.published,
            _("The published report"),
            _("Printed as Word and PDF and frozen; each figure still leads to its parts."),
        ),
        Step(
            places.standing_of_plans,
            _("Plans of the units below"),
            _("Which unit has issued its own plan, and the plan."),
        ),
        Step(
            page("communication:plan"),
            _("Communication and study"),
            _("The year of what is told and studied. Try: open a line to see how the units stand."),
        ),
        Step(
            page("calendar:month"),
            _("Calendar"),
            _("Everything that is due for this seat. Try: the address for your phone."),
        ),
        Step(
            page("home:audit"),
            _("Audit log"),
            _("Who did what and when; nothing is changed without a trace."),
        ),
    ),
)
SECRETARY = Tour(
    "secretary",
    _("Secretary of a unit"),
    "sx.1.1.1",
    (
        Step(
            page("home"),
            _("Start page"),
            _("The reports you owe and the tasks you were given, soonest first."),
        ),
        Step(
            page("programmes:owed"),
            _("What we have been given"),
            _("Confirm receipt here. Try: tick several tasks and pass them down at once."),
        ),
        Step(
            places.own_task,
            _("A task of your unit"),
            _("What is asked, by when, and where the plan says so."),
        ),
        Step(
            page("reports:list"),
            _("Our reports"),
            _("One report a period. Try: write the open one; nobody sees it before you send."),
        ),
        Step(
            places.own_report,
            _("A report that was sent"),
            _("What was sent never changes; a mistake is corrected by a new version with a reason."),
        ),
        Step(
            page("plans:list"),
            _("Our own plan"),
            _("Compose the plan of your unit from the tasks it was given, and print it in your letterhead."),
        ),
        Step(
            page("communication:owed"),
            _("What we are to tell and study"),
            _("Record what was published and each session that was held: two numbers are enough."),
        ),
        Step(
            places.own_unit,
            _("Our unit"),
            _("Seats and their holders. Try: record an event; tasks that wait for it get their day."),
        ),
        Step(
            page("notices:list"),
            _("Notices"),
            _("What was given, answered or is due soon. A line closes by itself when the thing is done."),
        ),
        Step(page("search:search"), _("Search"), _("Try: type words of a task without their accents.")),
    ),
)
CLERK = Tour(
    "clerk",
    _("Clerk and archive"),
    "sx",
    (
        Step(
            page("documents:list"),
            _("Documents"),
            _("Every document that came in or was made. Try: open one and look at what it leads to."),
        ),
        Step(
            page("documents:letterhead"),
            _("Head of papers"),
            _("Form, body above, issuer and place of what your unit prints. Try: change the place."),
        ),
        Step(
            page("reports:register"),
            _("Register"),
            _("What is issued, and what still waits for number, date and signed copy."),
        ),
        Step(
            places.published,
            _("The published report"),
            _("The clerk enters number and date here and files the signed copy."),
        ),
        Step(
            page("reports:templates"),
            _("Word templates"),
            _("Download the look of the report, change it in Word, upload it again."),
        ),
        Step(
            page("archive:list"),
            _("Archive"),
            _("What was issued is filed by itself. Try: search without accents."),
        ),
        Step(
            places.record,
            _("One record"),
            _("Its files, their fingerprints, where they come from and for how long they are kept."),
        ),
    ),
)
MEMBER = Tour(
    "member",
    _("Member without a seat"),
    "sx.1.1.1-tv",
    (
        Step(
            page("home:member"),
            _("My unit"),
            _("What your unit was asked, what it answered and what came of it."),
        ),
        Step(
            places.asked,
            _("All that the unit was asked"),
            _("The tasks in the words of the plan, with their days."),
        ),
        Step(
            places.answers,
            _("What the unit answered"),
            _("Reports that count, and published ones; drafts are nobody else's business."),
        ),
        Step(
            places.issued,
            _("What the unit issued"),
            _("Plans and reports as they were printed. Try: download one."),
        ),
        Step(
            page("account"), _("My account"), _("Where you are signed in, and how: password, PIN or passkey.")
        ),
    ),
)
TOURS = {tour.code: tour for tour in (HEAD, SECRETARY, CLERK, MEMBER)}


def open_to(request: HttpRequest) -> list[Tour]:
    """Return the tours of the role in which somebody acts; the others need another sign-in."""
    seat: Seat | None = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    if seat is None:
        return [MEMBER] if request.own_units else []  # type: ignore[attr-defined]  # as above
    rights = {*seat.role.own, *seat.role.below}
    first = HEAD if len(seat.unit.path_ids) == 1 and seat.role.is_head else SECRETARY
    return [first, *([CLERK] if "archive.view" in rights and "report.template" in rights else [])]
