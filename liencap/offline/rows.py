"""The rows of a workbook's report sheet: what is asked, how it is answered, and what stands there already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, State
from liencap.offline import causes as coded
from liencap.offline.answers import words_of
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.reports.forming.asking import questions_of
from liencap.reports.forming.controls import controls_of
from liencap.reports.models import Cause, Indicator, TaskEntry
from liencap.reports.numbers import guarded_hint

NOT_APPLICABLE_TOKEN = {"vi": "KAD", "en": "N/A"}
TASK, STATE, REASON, FIGURE, WORDS = "task", "state", "reason", "figure", "words"
CHOICE, DAY, WHY = "choice", "day", "why"
CAUSE, NOTE = "cause", "note"
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
    options: tuple[str, ...] = ()
    indicator: Indicator | None = None
    causes: Sequence[Cause] = ()


def rows_of(
    tasks: Sequence[Task],
    indicators: Iterable[Indicator],
    content: Content,
    *,
    causes: Sequence[Cause] = (),
    notes: Mapping[int, str] | None = None,
) -> list[Row]:
    """Lay a report out as the lines of a sheet, task by task, in the language of the moment.

    `notes` stand under a task and are only read, never answered.
    """
    asked: dict[int, list[Indicator]] = {}
    for indicator in indicators:
        asked.setdefault(indicator.task_id, []).append(indicator)
    rows: list[Row] = []
    form = next((found[0].form for found in asked.values() if found[0].form_id), None)
    for task in tasks:
        rows += _head(task, content)
        for indicator in asked.get(task.pk, ()):
            rows += _figures(indicator, content)
        if notes and notes.get(task.pk):
            rows.append(Row(f"note:{task.pk}", NOTE, task.pk, notes[task.pk]))
        for question in questions_of(form, task.pk):
            words = content.passages.get((task.pk, question.key), "")
            hint = _("At most %(most)s letters.") % {"most": question.most} if question.most else ""
            rows.append(Row(f"words:{task.pk}:{question.key}", WORDS, task.pk, question.label, hint, words))
            if question.key == "cause" and causes:
                rows.append(_cause(task, causes, content))
    return rows


def _head(task: Task, content: Content) -> list[Row]:
    """Return the lines that each task has: its words, how far it is, and why it does not apply."""
    state, reason = content.states.get(task.pk, ("", ""))
    name = f"{task.label}: {task.text}" if task.label else task.text
    how_far, hint = _("How far the task is"), _("Choose from the list.")
    return [
        Row(f"task:{task.pk}", TASK, task.pk, name),
        Row(f"state:{task.pk}", STATE, task.pk, how_far, hint, state),
        Row(f"reason:{task.pk}", REASON, task.pk, _("Why, when it does not apply"), "", reason),
    ]


def _cause(task: Task, causes: Sequence[Cause], content: Content) -> Row:
    """Return the line on which the main cause is chosen."""
    return Row(
        f"cause:{task.pk}", CAUSE, task.pk, _("Main cause, from the list"),
        _("Choose from the list, or leave it empty."),
        coded.named(causes, content.causes.get(task.pk)), options=coded.offered(causes, content), causes=causes,
    )  # fmt: skip


def _figures(indicator: Indicator, content: Content) -> list[Row]:
    """Return a line for each control of an indicator, and one for the reason that a check may ask for."""
    found, name = [], _named(indicator)
    for control in controls_of(indicator):
        code, cell = control.keys[0]
        if control.widget == "number":
            label = " · ".join(filter(None, (name, control.label)))
            said = guarded_hint(indicator)
            hint = " ".join(filter(None, (indicator.help_text, figure_hint(), said)))
            figure = content.figures.get((code, cell), BLANK)
            key = f"figure:{code}:{cell}"
            found.append(Row(key, FIGURE, indicator.task_id, label, hint, figure, indicator.scale))
            continue
        kind, hint = (DAY, _("A day, such as 31/03/2026.")) if control.widget == "date" else (CHOICE, "")
        hint = " ".join(filter(None, (indicator.help_text, hint or _("Choose from the list."))))
        found.append(
            Row(
                f"{kind}:{code}", kind, indicator.task_id, name, hint, words_of(control, content),
                options=tuple(label for _code, label in control.options), indicator=indicator,
            )
        )  # fmt: skip
    if any(check.severity == "warn" for check in indicator.rules):
        words = content.reasons.get(indicator.code, "")
        hint = _("Only where a check finds the number unusual.")
        asked = _("Why: %(name)s") % {"name": name}
        found.append(Row(f"why:{indicator.code}", WHY, indicator.task_id, asked, hint, words))
    return found


def _named(indicator: Indicator) -> str:
    """Name an indicator with what it is counted in."""
    return f"{indicator} ({indicator.measure_name})" if indicator.measure_name else str(indicator)


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
