"""Read what came back: one file at a time, for a drop in the background or for a unit's own file at once."""

from liencap.audit.actor import SYSTEM, Actor
from liencap.offline import actions, opening, quarantine
from liencap.offline.matching import Outcome, match, outcome_of
from liencap.offline.models import Intake, ReturnedFile
from liencap.reports.models import Report


def read_file(file: ReturnedFile, intake: Intake, *, actor: Actor) -> ReturnedFile | None:
    """Open one file in the child process and write what it is; None for a ZIP, whose files join the list."""
    data = quarantine.get(file.stored)
    try:
        seen = opening.look(data)
        if seen["kind"] == "zip" and file.inside_id is None and intake.report_id is None:
            if inner := opening.unpack(data):
                actions.note_unpacked(file, inner, actor=SYSTEM)
                return None
            raise opening.CannotUse("empty-zip")
        outcome: Outcome = (
            match(seen, intake, actor=actor) if seen["kind"] == "book" else outcome_of("zip-in-zip")
        )
    except opening.CannotUse as refusal:
        outcome = outcome_of(refusal.code, refusal.detail)
    return actions.note_read(file, outcome, actor=SYSTEM)


def take_own(report: Report, name: str, data: bytes, *, actor: Actor) -> ReturnedFile:
    """Take in a unit's own filled workbook and read it at once."""
    unit = report.obligation.unit
    intake = actions.drop_files(unit, [(name, data)], actor=actor, report=report)
    read = read_file(intake.files.get(), intake, actor=actor)
    assert read is not None, "a unit's own ZIP is not unpacked"
    return read
