"""Run the line on a plan: read it, make a programme of it, pass it down, report, add up."""

import datetime
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

from django.db import transaction

from liencap.audit.actions import seal_entries
from liencap.audit.actor import SYSTEM, Actor
from liencap.core.text import fold
from liencap.demo.amending import DECISION, amend_plan
from liencap.demo.amending import NAME as DECISION_NAME
from liencap.demo.amending import TITLE as DECISION_TITLE
from liencap.demo.bodies import bodies
from liencap.demo.calendar import CLOSING, clock_on, quarters
from liencap.demo.coming import prepare_next, print_its_own_way, send_in_other_ways
from liencap.demo.english import NAME, PLAN, TITLE
from liencap.demo.events import assign_at_once, map_congress, record_congresses
from liencap.demo.files import NotThere, given_plan, sample_plan
from liencap.demo.forming import change_form, hold_together
from liencap.demo.indicators import indicators_for
from liencap.demo.notices import live_with_notices
from liencap.demo.offline import report_by_file
from liencap.demo.owed import keep_ledger
from liencap.demo.people import FULL
from liencap.demo.plans import own_plans
from liencap.demo.publishing import printed_files, publish_upwards
from liencap.demo.rarer import come_to_the_rarer
from liencap.demo.reporting import HeadOf, report_closed_quarter, report_open_quarter
from liencap.demo.reviews import review_years
from liencap.demo.sheets import programme_sheet, totals_by_part
from liencap.demo.told import set_up, tell
from liencap.documents.actions import set_letterhead, upload_document
from liencap.documents.models import Reading
from liencap.errors import DomainError
from liencap.programmes import rows as pure
from liencap.programmes.actions.assigning import assign_task, pass_down, receive_assignment
from liencap.programmes.actions.programmes import create_programme
from liencap.programmes.actions.proposals import map_tier_words, propose
from liencap.programmes.models import Assignment, Programme, Proposal, Task
from liencap.programmes.queries import Rule
from liencap.reports.forming.actions import set_indicators
from liencap.reports.models import ConsolidatedReport, Period
from liencap.units.access import today
from liencap.units.models import Appointment, Tier, Unit
from liencap.units.queries import holding
from liencap.work.actions import run_one

Step = Callable[[str], AbstractContextManager[None]]
Say = Callable[[str], None]
# What plans call their levels, and the sample federation's tier for each, lowest last.
WORDS = (
    (("trung uong", "khoi", "toan quoc", "national", "dai hoi xiii"), "lien-hiep"),
    (("tinh", "tren co so", "provin", "state"), "tinh"),
    (("huyen", "khu vuc", "district", "area"), "khu-vuc"),
    (("co so", "hop tac xa", "xa", "cooperative", "local"), "hop-tac-xa"),
    (("chi bo", "to hop tac", "chi doan", "group", "branch"), "to-hop-tac"),
)


def head_of(unit: Unit) -> Actor | None:
    """Return who holds a unit's head seat today as an actor; nobody where the holder has no account."""
    held = Appointment.objects.filter(holding(today()), kind=Appointment.Kind.FULL, seat__unit=unit)
    found = held.filter(seat__role__is_head=True).select_related("person").first()
    if found is None or found.person.user_id is None:
        return None
    return Actor(found.person.user_id, found.seat_id, unit.pk, found.person.name)


def run_line(root: Unit, plan: str | None, out: str | None, *, step: Step, say: Say) -> None:
    """Run the whole line and leave its files in `out`; what cannot be read is said and ends it."""
    head = cache(head_of)
    actor = head(root)
    assert actor is not None, "the root's head seat is filled"
    closed, coming = quarters(today())
    data, name = given_plan(plan) if plan else (sample_plan(), "Kế hoạch công tác năm 2026.docx")
    with clock_on(closed.since + datetime.timedelta(days=6)):
        with step(f"Reading {name}"):
            reading = _read(root, data, name, actor)
        with step("Programme, every task confirmed by demo"):
            programme = _programme(reading, actor)
        tasks = list(programme.tasks.filter(parent=None).order_by("order"))
        with step("Assigning its tasks to provinces, areas and the cooperatives of three provinces"):
            hand_out(tasks, actor, head)
        with step("Congresses recorded by some units"):
            record_congresses(head)
        if plan is None:
            with step("A second plan, in English, for the ten provinces"):
                english(root, actor)
    set_letterhead(root, form="state", place="Sông Xanh", actor=actor)
    set_indicators(programme, indicators_for(tasks), actor=actor)
    set_up(root, actor)
    with step(f"Reports of {closed.title}: on time, late, returned, corrected, missing"):
        period = report_closed_quarter(programme, closed, actor, head)
    with step("Consolidated reports of an area, a province and the federation, as Word and PDF"):
        while seal_entries(actor=SYSTEM, limit=5000):
            pass  # so that the head of the log can be printed
        with clock_on(closed.until + datetime.timedelta(days=CLOSING)):
            published = publish_upwards(period, root, head)
    with step(f"Reports of {coming.title}, under way"):
        change_form(programme, actor)
        running = report_open_quarter(programme, coming, actor, head)
        hold_together(running, head)
    go_on(programme, running, root, actor, head, min(coming.dues.values()), step, given=plan is not None)
    say(f"  {len(tasks)} tasks, {programme.directions.count()} directions")
    if out:
        write_files(Path(out), reading, programme, published)
        say(f"  files in {out}: " + ", ".join(sorted(p.name for p in Path(out).iterdir())))


def go_on(
    programme: Programme,
    running: Period,
    root: Unit,
    actor: Actor,
    head: HeadOf,
    due: datetime.date,
    step: Step,
    *,
    given: bool,
) -> None:
    """Live on in the open quarter: a later decision unless the plan was given, reports by file, notices, own plans."""
    if not given:
        later_decision(programme, root, actor, head, step)
    with step("Cooperatives of one area report by file"):
        report_by_file(running, head)
    with step("Old notices read, reminders of today"):
        live_with_notices(due - datetime.timedelta(days=10), actor)
    with step("Own plans of provinces: composed, uploaded, draft, none"):
        own_plans(programme, head)
    with step("Last year reviewed and carried over; a mid-term review under way"):
        review_years(programme, running, head)
    with step("Words of an area: folded, quoted, set aside, one late, one number wrong"):
        tell(running, head)
    with step("Who owes: excuses, requests, a lock, a move and a merger"):
        keep_ledger(running, actor, head)
        come_to_the_rarer(running, head)
    with step("A delegate, a device, a workbook, many accepted together; the next quarter prepared"):
        send_in_other_ways(running, head)
        print_its_own_way(head)
        prepare_next(programme, running, actor)
    with step("Bodies, complete and not"), transaction.atomic():
        bodies(root, actor, head, today() - datetime.timedelta(days=1))


def hand_out(tasks: list[Task], actor: Actor, head: HeadOf) -> None:
    """Assign every task to the provinces, the areas, and the cooperatives that report themselves.

    Most of the provinces and areas confirm, one passes down.
    """
    for task in tasks:
        assign_task(task, Rule(tiers=("tinh", "khu-vuc")), actor=actor)
        for province in FULL:
            assign_task(task, Rule(tiers=("hop-tac-xa",), under=province), actor=actor)
    given = Assignment.objects.filter(task__in=tasks, unit__tier__code__in=("tinh", "khu-vuc"))
    with transaction.atomic():
        for assignment in given.select_related("unit", "task__programme").order_by("pk"):
            by = head(assignment.unit)
            if by is not None and assignment.pk % 7:
                receive_assignment(assignment, actor=by)
    first = (
        given.filter(unit__code="SX.1", due__isnull=False).select_related("unit", "task__programme").first()
    )
    chair = head(first.unit) if first else None
    if first is not None and first.due is not None and chair is not None:
        earlier = first.due - datetime.timedelta(days=10)
        rule = Rule(tiers=("khu-vuc",))
        pass_down(first, rule, actor=chair, due=earlier, subtasks=["Gửi danh sách người phụ trách về tỉnh."])


def english(root: Unit, actor: Actor) -> Programme:
    """Read the English plan and give its tasks to the provinces."""
    programme = _programme(_read(root, PLAN.encode(), NAME, actor, title=TITLE), actor)
    assign_at_once(programme, actor)
    return programme


def later_decision(programme: Programme, root: Unit, actor: Actor, head: HeadOf, step: Step) -> None:
    """Read a decision against the plan and tell the units, of which some have seen it."""
    with step("A later decision amends five tasks; some units have seen it"):
        decision = _read(root, DECISION.encode(), DECISION_NAME, actor, title=DECISION_TITLE)
        amend_plan(programme, decision, actor, head)


def write_files(folder: Path, reading: Reading, programme: Programme, published: ConsolidatedReport) -> None:
    """Leave the plan, the programme, every total with its parts and the printed report in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").write_text(json.dumps(reading.plan, ensure_ascii=False, indent=1), "utf-8")
    (folder / "programme.xlsx").write_bytes(programme_sheet(programme))
    totals = json.dumps(totals_by_part(published.period, published.unit), ensure_ascii=False, indent=1)
    (folder / "totals.json").write_text(totals, "utf-8")
    for file, printed in printed_files(published).items():
        (folder / file).write_bytes(printed)


def _read(root: Unit, data: bytes, name: str, actor: Actor, *, title: str = "") -> Reading:
    try:
        version = upload_document(root, data, name, title=title, actor=actor)
    except DomainError as refusal:
        raise NotThere(f"{name}: {refusal}") from None
    while run_one("demo"):
        pass
    reading = Reading.objects.select_related("version__document").get(version=version)
    if reading.state != Reading.State.READ:
        raise NotThere(f"{name}: {reading.message or reading.code or 'this file could not be read.'}")
    return reading


def _programme(reading: Reading, actor: Actor) -> Programme:
    proposal = propose(reading, actor=actor)
    tiers = {tier.code: tier for tier in Tier.objects.all()}
    map_tier_words(proposal, {w: _tier(w, tiers) for w in pure.tier_words(proposal.rows)}, actor=actor)
    map_congress(proposal, actor=actor)
    proposal = Proposal.objects.get(pk=proposal.pk)
    title = str(reading.plan["document"].get("subject") or proposal.title)[:500]
    try:
        return create_programme(
            proposal, revision=proposal.revision, actor=actor, title=title, confirmed_by="demo (dữ liệu mẫu)"
        )
    except DomainError as refusal:
        raise NotThere(f"no task was found in this document. {refusal}") from None


def _tier(words: str, tiers: dict[str, Tier]) -> Tier | None:
    """Return the sample tier that a plan's word for a level means."""
    said = fold(words)
    return next((tiers[code] for keys, code in WORDS if any(key in said for key in keys)), None)
