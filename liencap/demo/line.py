"""Run the line on a plan: read it, make a programme of it, pass it down, report, add up."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from liencap.audit.actor import Actor
from liencap.core.text import fold
from liencap.demo.files import NotThere, given_plan, sample_plan
from liencap.demo.publishing import printed_files, publish_from_above
from liencap.demo.reporting import report_upwards
from liencap.demo.sheets import programme_sheet, totals_by_part
from liencap.documents.actions import upload_document
from liencap.documents.models import Reading
from liencap.errors import DomainError
from liencap.programmes import rows as pure
from liencap.programmes.actions.assigning import assign_task
from liencap.programmes.actions.programmes import create_programme
from liencap.programmes.actions.proposals import map_tier_words, propose
from liencap.programmes.models import Programme, Proposal
from liencap.programmes.queries import Rule
from liencap.units.models import Seat, Tier, Unit
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
REPORTING = ("tinh", "khu-vuc", "hop-tac-xa")


def head_of(unit: Unit) -> Actor | None:
    """Return the holder of a unit's head seat as an actor."""
    seat = Seat.objects.filter(unit=unit, role__is_head=True, appointments__until__isnull=True).first()
    appointment = (
        seat.appointments.select_related("person").filter(until__isnull=True).first() if seat else None
    )
    if seat is None or appointment is None:
        return None
    return Actor(appointment.person.user_id, seat.pk, unit.pk, appointment.person.name)


def run_line(root: Unit, plan: str | None, out: str | None, *, step: Step, say: Say) -> None:
    """Run the whole line and leave its files in `out`; what cannot be read is said and ends it."""
    actor = head_of(root)
    assert actor is not None, "the root's head seat is filled"
    data, name = given_plan(plan) if plan else (sample_plan(), "Kế hoạch công tác năm 2026.docx")
    with step(f"Reading {name}"):
        reading = _read(root, data, name, actor)
    with step("Programme, every task confirmed by demo"):
        programme = _programme(reading, actor)
    with step("Assigning its tasks to 430 units"):
        tasks = list(programme.tasks.filter(parent=None).order_by("order"))
        for task in tasks:
            assign_task(task, Rule(tiers=REPORTING), actor=actor)
    with step("Reports of the units, sent and accepted tier by tier"):
        period = report_upwards(programme, actor, head_of)
    with step("Consolidated report, published as Word and PDF"):
        published = publish_from_above(period, root, actor)
    say(f"  {len(tasks)} tasks, {programme.directions.count()} directions")
    if out:
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.json").write_text(json.dumps(reading.plan, ensure_ascii=False, indent=1), "utf-8")
        (folder / "programme.xlsx").write_bytes(programme_sheet(programme))
        totals = json.dumps(totals_by_part(period, root), ensure_ascii=False, indent=1)
        (folder / "totals.json").write_text(totals, "utf-8")
        for file, printed in printed_files(published).items():
            (folder / file).write_bytes(printed)
        say(f"  files in {folder}: " + ", ".join(sorted(p.name for p in folder.iterdir())))


def _read(root: Unit, data: bytes, name: str, actor: Actor) -> Reading:
    try:
        version = upload_document(root, data, name, actor=actor)
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
    proposal = Proposal.objects.get(pk=proposal.pk)
    title = str(reading.plan["document"].get("subject") or proposal.title)[:500]
    try:
        return create_programme(
            proposal, revision=proposal.revision, actor=actor, title=title, confirmed_by="confirmed by demo"
        )
    except DomainError as refusal:
        raise NotThere(f"no task was found in this document. {refusal}") from None


def _tier(words: str, tiers: dict[str, Tier]) -> Tier | None:
    """Return the sample tier that a plan's word for a level means."""
    said = fold(words)
    return next((tiers[code] for keys, code in WORDS if any(key in said for key in keys)), None)
