"""A report as it stands on a screen: blocks of tasks with named fields, numbers in the reader's language."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from liencap.core.rollup.cells import Shown
from liencap.core.rollup.checks import Finding
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.reports.forming.asking import evidence_asked, questions_of
from liencap.reports.forming.checking import sentence
from liencap.reports.forming.controls import Control, controls_of, shown, state_of, typed_from
from liencap.reports.forming.controls import figures_in as figures_in
from liencap.reports.models import Evidence, FormVersion, Indicator, TaskEntry
from liencap.reports.numbers import cell_label as cell_label
from liencap.reports.numbers import guarded_hint, kept_text
from liencap.reports.numbers import number_text as number_text
from liencap.reports.numbers import number_typed as number_typed


@dataclass(frozen=True, slots=True)
class Field:
    """A control of an indicator: its name in the form, its label, what is typed and what stood before.

    `shown` is the answer in words, `state` says whether it is a value, a zero, blank, does not apply or is kept back.
    """

    name: str
    label: str
    typed: str
    not_applicable: bool
    error: str
    before: str | None = None
    widget: str = "number"
    options: Sequence[tuple[str, str]] = ()
    shown: str = ""
    state: str = "blank"


@dataclass(frozen=True, slots=True)
class Note:
    """What a check says of an indicator; a block keeps the report from being sent."""

    text: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """An indicator with its fields, what its checks say, and the reason given for it."""

    indicator: Indicator
    fields: list[Field]
    notes: list[Note] = field(default_factory=list)
    reason: str = ""

    @property
    def reason_name(self) -> str:
        """Return the name of the field for the reason."""
        return f"why-{self.indicator.pk}"

    @property
    def guarded_hint(self) -> str:
        """Say what of the figure is hidden from other units and what is not; empty where nothing is."""
        return guarded_hint(self.indicator)

    @property
    def may_warn(self) -> bool:
        """Say whether a check could ask for a reason."""
        return any(check.severity == "warn" for check in self.indicator.rules)

    @property
    def needs_reason(self) -> bool:
        """Say whether a warning stands without a reason."""
        return not self.reason and any(not note.blocks for note in self.notes)


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a task with the words that answer it, and how long they may be (0 for any length)."""

    name: str
    label: str
    text: str
    most: int = 0
    key: str = ""
    error: str = ""

    @property
    def beyond(self) -> int:
        """Return by how many letters the answer is longer than asked."""
        return max(0, len(self.text) - self.most) if self.most else 0


@dataclass(frozen=True, slots=True)
class TaskBlock:
    """One task of a report."""

    task: Task
    state_name: str
    state: str
    state_label: str
    reason_name: str
    reason: str
    indicators: list[IndicatorBlock]
    questions: list[Question]
    files: list[Evidence]
    falls_due: Sequence[datetime.date] = ()
    answered: int = 1
    evidence: str = "optional"
    cause: str = ""

    @property
    def cause_name(self) -> str:
        """Return the name of the field of the coded cause."""
        return f"c-{self.task.pk}"

    @property
    def key(self) -> str:
        """Return the task's id as the names of its fields hold it."""
        return str(self.task.pk)

    @property
    def is_continuous(self) -> bool:
        """Say whether the task goes on all the time."""
        return any(one.bound == "continuous" for one in self.task.deadlines.all())

    @property
    def stale(self) -> bool:
        """Say whether the task was amended since this was written."""
        return bool(self.state) and self.answered < self.task.version


def typed_of(
    content: Content, indicators: Sequence[Indicator], kept: Mapping[tuple[str, str], Shown] | None = None
) -> dict[str, str]:
    """Return the fields of the form that content fills; in the place of what is kept back stands its sign."""
    found: dict[str, str] = {}
    for task, (state, reason) in content.states.items():
        found |= {f"state-{task}": state, f"reason-{task}": reason}
        found[f"v-{task}"] = str(content.answered.get(task, 1))
    for (task, question), text in content.passages.items():
        found[f"q-{task}-{question}"] = text
    found |= {f"c-{task}": str(cause) for task, cause in content.causes.items()}
    for indicator in indicators:
        for control in controls_of(indicator):
            found |= typed_from(control, content.figures)
            if control.keys[0] in (kept or {}):
                found[control.name] = kept_text((kept or {})[control.keys[0]])
        if why := content.reasons.get(indicator.code):
            found[f"why-{indicator.pk}"] = why
    return found


def _field(
    control: Control,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    before: Content | None,
    closed: Collection[tuple[str, str]],
    kept: Collection[tuple[str, str]],
) -> Field:
    """Lay out one control; a closed one is compared with nothing."""
    figures, _problem = figures_in(control, typed)
    old = (
        shown(control, typed_from(control, before.figures))
        if before and control.keys[0] not in closed
        else None
    )
    return Field(
        control.name, control.label, typed.get(control.name, ""), bool(typed.get(control.skip)),
        errors.get(control.name, ""), old, control.widget, control.options, shown(control, typed),
        "kept" if control.keys[0] in kept else state_of(control, figures),
    )  # fmt: skip


def blocks_of(
    tasks: Sequence[Task],
    indicators: Sequence[Indicator],
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    before: Content | None = None,
    *,
    files: Iterable[Evidence] = (),
    falls_due: Mapping[int, Sequence[datetime.date]] | None = None,
    form: FormVersion | None = None,
    findings: Iterable[Finding] = (),
    closed: Collection[tuple[str, str]] = (),
    kept: Collection[tuple[str, str]] = (),
) -> list[TaskBlock]:
    """Lay out a report task by task, from what is typed in its fields; `form` says which questions are asked.

    Of `closed` figures nothing is said but what stands there, in the place of those that are `kept` back a sign.
    """
    attached = _by_their_task(files)
    fields = {
        i.code: [_field(control, typed, errors or {}, before, closed, kept) for control in controls_of(i)]
        for i in indicators
    }
    by_task = _by_task(_with_notes(indicators, findings, closed), fields, typed)
    labels = dict(TaskEntry.State.choices)
    return [
        TaskBlock(
            task, f"state-{task.pk}", (state := typed.get(f"state-{task.pk}", "")),
            str(labels.get(TaskEntry.State(state), "")) if state in labels else "",
            f"reason-{task.pk}", typed.get(f"reason-{task.pk}", ""), by_task.get(task.pk, []),
            _questions(form, task, typed, errors or {}),
            attached.get(task.pk, []), (falls_due or {}).get(task.pk, ()),
            int(said) if (said := typed.get(f"v-{task.pk}", "")).isdecimal() and len(said) < 6 else task.version,
            evidence_asked(form, task.pk), typed.get(f"c-{task.pk}", ""),
        )
        for task in tasks
    ]  # fmt: skip


def _questions(
    form: FormVersion | None, task: Task, typed: Mapping[str, str], errors: Mapping[str, str]
) -> list[Question]:
    found = []
    for asked in questions_of(form, task.pk):
        name = f"q-{task.pk}-{asked.key}"
        text = typed.get(name, "")
        found.append(Question(name, asked.label, text, asked.most, asked.key, errors.get(name, "")))
    return found


def _by_their_task(files: Iterable[Evidence]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = {}
    for file in files:
        found.setdefault(file.task_id, []).append(file)
    return found


def _by_task(
    noted: Iterable[tuple[Indicator, list[Note]]], fields: Mapping[str, list[Field]], typed: Mapping[str, str]
) -> dict[int, list[IndicatorBlock]]:
    found: dict[int, list[IndicatorBlock]] = {}
    for indicator, notes in noted:
        row = IndicatorBlock(indicator, fields[indicator.code], notes, typed.get(f"why-{indicator.pk}", ""))
        found.setdefault(indicator.task_id, []).append(row)
    return found


def notes_by_indicator(
    indicators: Sequence[Indicator], findings: Iterable[Finding]
) -> list[tuple[Indicator, list[Note]]]:
    """Pair each indicator that is checked with what its checks say."""
    return [(i, notes) for i, notes in _with_notes(indicators, findings) if i.rules]


def _with_notes(
    indicators: Sequence[Indicator], findings: Iterable[Finding], closed: Collection[tuple[str, str]] = ()
) -> list[tuple[Indicator, list[Note]]]:
    notes: dict[str, list[Note]] = {}
    for found in findings:
        if any(found.check.code == code for code, _cell in closed):
            continue
        notes.setdefault(found.check.code, []).append(Note(sentence(found), found.check.severity == "block"))
    return [(i, notes.get(i.code, [])) for i in indicators]


def stuck(blocks: Iterable[TaskBlock]) -> list[IndicatorBlock]:
    """Return the indicators that keep a report from being sent: blocks, and warnings without a reason."""
    return [
        row
        for block in blocks
        for row in block.indicators
        if row.needs_reason or any(note.blocks for note in row.notes)
    ]


def changes(old: Content, new: Content) -> int:
    """Count the figures that differ between two versions."""
    return sum(old.figures.get(key) != number for key, number in new.figures.items())
