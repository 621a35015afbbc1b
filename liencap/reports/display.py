"""A report as it stands on a screen: blocks of tasks with named fields, numbers in the reader's language."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.core.rollup.layout import NOT_APPLICABLE, State
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.reports.models import Evidence, Indicator, Passage, TaskEntry

VI_NUMBER = re.compile(r"([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?")
EN_NUMBER = re.compile(r"([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")


def number_text(number: Decimal | State | None) -> str:
    """Write a number for reading and for typing again; blank is nothing."""
    if isinstance(number, State) or number is None:
        return _("n/a") if number is NOT_APPLICABLE else ""
    return number_format(number, decimal_pos=max(0, -int(number.as_tuple().exponent)), force_grouping=True)


def number_typed(typed: str) -> Decimal | None:
    """Read a number as people of the reader's language write it; None when it is none.

    Where a sign could be a decimal point elsewhere (1.5 in Vietnamese), it is refused rather than guessed.
    """
    typed = re.sub(r"[\s\u00a0\u202f]", "", typed)
    vietnamese = (get_language() or "vi") == "vi"
    if not (VI_NUMBER if vietnamese else EN_NUMBER).fullmatch(typed):
        return None
    group, point = (".", ",") if vietnamese else (",", ".")
    return Decimal(typed.replace(group, "").replace(point, "."))


def cell_label(cell: str) -> str:
    """Name a cell of an indicator; the only cell needs no name."""
    words = {"value": "", "numerator": _("part"), "denominator": _("whole"), "weight": _("weight")}
    return words.get(cell, cell)


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of an indicator: its name in the form, its label, what is typed and what stood before."""

    name: str
    label: str
    typed: str
    not_applicable: bool
    error: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """An indicator with its fields."""

    indicator: Indicator
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a task with the words that answer it."""

    name: str
    label: str
    text: str


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


def names_of(indicator: Indicator) -> list[tuple[str, str, tuple[str, str]]]:
    """Return the name of the field, the name of its "does not apply" box and the key of each cell."""
    return [
        (f"f-{indicator.pk}-{i}", f"na-{indicator.pk}-{i}", (indicator.code, cell))
        for i, cell in enumerate(indicator.cells)
    ]


def typed_of(content: Content, indicators: Sequence[Indicator]) -> dict[str, str]:
    """Return the fields of the form that content fills."""
    found: dict[str, str] = {}
    for task, (state, reason) in content.states.items():
        found |= {f"state-{task}": state, f"reason-{task}": reason}
        found[f"v-{task}"] = str(content.answered.get(task, 1))
    for (task, question), text in content.passages.items():
        found[f"q-{task}-{question}"] = text
    for indicator in indicators:
        for name, skip, key in names_of(indicator):
            figure = content.figures.get(key)
            if figure is NOT_APPLICABLE:
                found[skip] = "1"
            elif not isinstance(figure, State):
                found[name] = number_text(figure)
    return found


def blocks_of(
    tasks: Sequence[Task],
    indicators: Sequence[Indicator],
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    before: Content | None = None,
    *,
    files: Iterable[Evidence] = (),
    falls_due: Mapping[int, Sequence[datetime.date]] | None = None,
) -> list[TaskBlock]:
    """Lay out a report task by task, from what is typed in its fields."""
    attached: dict[int, list[Evidence]] = {}
    for file in files:
        attached.setdefault(file.task_id, []).append(file)
    by_task: dict[int, list[IndicatorBlock]] = {}
    for indicator in indicators:
        fields = [
            Field(
                name, cell_label(key[1]), typed.get(name, ""), bool(typed.get(skip)),
                (errors or {}).get(name, ""), number_text(before.figures.get(key)) if before else None,
            )
            for name, skip, key in names_of(indicator)
        ]  # fmt: skip
        by_task.setdefault(indicator.task_id, []).append(IndicatorBlock(indicator, fields))
    labels = dict(TaskEntry.State.choices)
    return [
        TaskBlock(
            task, f"state-{task.pk}", (state := typed.get(f"state-{task.pk}", "")),
            str(labels.get(TaskEntry.State(state), "")) if state in labels else "",
            f"reason-{task.pk}", typed.get(f"reason-{task.pk}", ""), by_task.get(task.pk, []),
            [
                Question(f"q-{task.pk}-{q}", str(label), typed.get(f"q-{task.pk}-{q}", ""))
                for q, label in Passage.Question.choices
            ],
            attached.get(task.pk, []), (falls_due or {}).get(task.pk, ()),
            int(said) if (said := typed.get(f"v-{task.pk}", "")).isdecimal() and len(said) < 6 else task.version,
        )
        for task in tasks
    ]  # fmt: skip


def changes(old: Content, new: Content) -> int:
    """Count the figures that differ between two versions."""
    return sum(old.figures.get(key) != number for key, number in new.figures.items())
