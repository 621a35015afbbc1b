"""Match a file that was read with the form that was handed out, and judge it; nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation

from liencap.audit.actor import Actor
from liencap.offline import amended
from liencap.offline.access import RIGHT
from liencap.offline.judging import SHOWN, blame_checks, judge, plain_of
from liencap.offline.keys import FormKey, opened
from liencap.offline.models import Intake, IssuedForm, ReturnedFile
from liencap.offline.queries import OWING, asked_of, newest_issues
from liencap.offline.rows import Row, rows_of
from liencap.reports.content import Content
from liencap.reports.forming.sending import judged as checked
from liencap.reports.models import Period
from liencap.units.access import can

State = ReturnedFile.State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a file came to."""

    state: str
    code: str = ""
    detail: str = ""
    issued: int | None = None
    content: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[list[str]] = field(default_factory=list)
    problem_count: int = 0


def outcome_of(code: str, detail: str = "") -> Outcome:
    """Return the outcome of a file that cannot be used."""
    return Outcome(State.REFUSED, code, detail)


def same_as(file: ReturnedFile) -> ReturnedFile | None:
    """Return an earlier file of the same drop with the same bytes."""
    earlier = ReturnedFile.objects.filter(intake_id=file.intake_id, sha256=file.sha256, pk__lt=file.pk)
    return earlier.exclude(state=State.UNPACKED).order_by("pk").first()


def match(read: Mapping[str, Any], intake: Intake, *, actor: Actor) -> Outcome:
    """Say for which report a workbook is and what it says; who may not see a unit does not learn of it."""
    key = opened(read["key"])
    if key is None or (read["noted"] and read["noted"] != read["key"]):
        return outcome_of("key-broken")
    issued = _issued(key)
    if issued is None:
        return outcome_of("key-broken")
    owed = issued.report.obligation
    if intake.report_id is not None:
        if issued.report_id != intake.report_id:
            return outcome_of("other-report")
    elif owed.unit_id == actor.unit_id or not can(actor, RIGHT, owed.unit):
        return outcome_of("not-yours")
    if owed.period.state != Period.State.OPEN:
        return outcome_of("period-closed")
    if intake.report_id is None and issued.report.state not in OWING:
        return outcome_of("sent-meanwhile")
    if key.form != owed.period.form_id:
        return outcome_of("wrong-form")
    return _judged(read, issued, partial=intake.report_id is not None)


def _issued(key: FormKey) -> IssuedForm | None:
    joined = IssuedForm.objects.select_related(
        "report__obligation__unit", "report__obligation__period__form", "report__obligation__period__programme",
        "report__current__form",
    )  # fmt: skip
    return joined.filter(
        report__obligation__period_id=key.period,
        report__obligation__unit_id=key.unit,
        form_id=key.form,
        n=key.n,
    ).first()


def _judged(read: Mapping[str, Any], issued: IssuedForm, *, partial: bool) -> Outcome:
    """Judge the answers against what the unit is asked today."""
    form = issued.report.obligation.period.form
    assert form is not None, "open periods have a form"
    aside = amended.lines_of(issued)
    judged = judge(
        read, form_rows(issued, Content()), form.cells, language=issued.language, partial=partial, aside=aside.keys
    )  # fmt: skip
    judged.content.answered.update({task: aside.words.get(task, 1) for task in judged.content.states})
    if not partial:
        for task in aside.amended:
            judged.blame(f"task:{task}", "amended")
    if not partial and not judged.problems and form.checks:
        owed = issued.report.obligation
        asked = asked_of([owed])[owed.unit_id].indicators
        blame_checks(judged, checked(owed, judged.content, asked, required=True))
    older = not partial and newest_issues([issued.report_id])[issued.report_id] > issued.n
    return Outcome(
        State.WRONG if judged.problems else State.READY,
        "older-issue" if older else "",
        ", ".join(read["beside"])[:300], issued.pk,
        plain_of(judged.content) | aside.plain | {"caused": judged.caused}, judged.places,
        [list(problem) for problem in judged.problems[:SHOWN]], len(judged.problems),
    )  # fmt: skip


def form_rows(issued: IssuedForm, content: Content, language: str = "") -> list[Row]:
    """Return the lines of a form with the answers of some content."""
    owed = issued.report.obligation
    asked = asked_of([owed])[owed.unit_id]
    with translation.override(language or issued.language):
        return rows_of(asked.tasks, asked.indicators, content, causes=asked.causes)
