"""The rows of a workbook's report sheet: what is asked, how it is answered, and what stands there already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, State
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.reports.display import cell_label
from liencap.reports.models import Indicator, Passage, TaskEntry

NOT_APPLICABLE_TOKEN = {"vi": "KAD", "en": "N/A"}
TASK, STATE, REASON, FIGURE, WORDS = "task", "state", "reason", "figure", "words"
Value = str | Decimal | State


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet: `key` names it for ever, `kind` says how it is answered, `scale` a figure's decimals."""

    key: str
    kind: str
    task: int
    label: str
    hint: str = ""
    value: Value = ""
    scale: int = 0


def rows_of(tasks: Sequence[Task], indicators: Iterable[Indicator], content: Content) -> list[Row]:
    """Lay a report out as the lines of a sheet, task by task, in the language of the moment."""
    asked: dict[int, list[Indicator]] = {}
    for indicator in indicators:
        asked.setdefault(indicator.task_id, []).append(indicator)
    rows: list[Row] = []
    for task in tasks:
        state, reason = content.states.get(task.pk, ("", ""))
        name = f"{task.label}: {task.text}" if task.label else task.text
        rows.append(Row(f"task:{task.pk}", TASK, task.pk, name))
        rows.append(
            Row(
                f"state:{task.pk}",
                STATE,
                task.pk,
                _("How far the task is"),
                _("Choose from the list."),
                state,
            )
        )
        rows.append(
            Row(f"reason:{task.pk}", REASON, task.pk, _("Why, when it does not apply"), "", reason)
        )  # fmt: skip
        for indicator in asked.get(task.pk, ()):
            rows += _figures(indicator, content)
        for question, label in Passage.Question.choices:
            words = content.passages.get((task.pk, question), "")
            rows.append(Row(f"words:{task.pk}:{question}", WORDS, task.pk, str(label), "", words))
    return rows


def _figures(indicator: Indicator, content: Content) -> list[Row]:
    """Return a line for each cell of an indicator."""
    found = []
    for cell in indicator.cells:
        extra = cell_label(cell)
        label = f"{indicator} · {extra}" if extra else str(indicator)
        value = content.figures.get((indicator.code, cell), BLANK)
        key = f"figure:{indicator.code}:{cell}"
        found.append(Row(key, FIGURE, indicator.task_id, label, figure_hint(), value, indicator.scale))
    return found


def figure_hint() -> str:
    """Say that nothing, zero and "does not apply" are three things."""
    return _("A number; 0 means none; leave it empty if not known; %(token)s if it does not apply.") % {
        "token": _("N/A")
    }


def state_labels() -> dict[str, str]:
    """Return what the states of a task are called in the language of the moment."""
    return {str(code): str(label) for code, label in TaskEntry.State.choices}


def is_blank(value: Value) -> bool:
    """Say whether a line has no answer."""
    return value is BLANK or value == ""


def is_not_applicable(value: Value) -> bool:
    """Say whether a figure was set aside as not applying."""
    return value is NOT_APPLICABLE
