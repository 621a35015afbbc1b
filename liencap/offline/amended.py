"""Tasks that were amended or rescinded after a workbook was handed out: their answers stay out, old and new shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from liencap.offline.causes import with_kept
from liencap.offline.models import IssuedForm, ReturnedFile
from liencap.offline.queries import asked_of
from liencap.offline.rows import rows_of
from liencap.programmes.models import TaskVersion
from liencap.reports.content import Content
from liencap.reports.queries import Sheet

LATE = {"task-amended", "foreign-task"}  # why a file was refused that was read before a task changed


@dataclass(frozen=True, slots=True)
class Aside:
    """What of a workbook is not read: the keys of its lines and the tasks, amended ones apart.

    `words` are the versions of tasks that it was handed out with.
    """

    keys: frozenset[str]
    tasks: list[int]
    amended: list[int]
    words: Mapping[int, int]

    @property
    def plain(self) -> dict[str, list[int]]:
        """Return what a file's content keeps of it."""
        return {"left": self.tasks} if self.tasks else {}


def lines_of(issued: IssuedForm) -> Aside:
    """Return which lines of a workbook stand under words that are in force no more.

    A workbook from before words were kept is taken to hold the words of today.
    """
    owed = issued.report.obligation
    asked = asked_of([owed])[owed.unit_id]
    words = {int(task): n for task, n in issued.words.items()}
    amended = [t for t in asked.tasks if words.get(t.pk, t.version) < t.version]
    gone = [t for t in asked.over if t.pk in words]
    indicators = asked_of([owed], over=True)[owed.unit_id].indicators if gone else asked.indicators
    with translation.override(issued.language):
        rows = rows_of([*amended, *gone], indicators, Content(), causes=asked.causes)
    keys = frozenset(row.key for row in rows)
    known = {t.pk: t.version for t in asked.tasks} | words
    return Aside(keys, [t.pk for t in (*amended, *gone)], [t.pk for t in amended], known)


@dataclass(frozen=True, slots=True)
class Left:
    """A task that the file does not answer any more: the words it was handed out with, and those in force."""

    task: int
    label: str
    at: str
    old: str
    new: str
    rescinded: bool


def left_of(file: ReturnedFile) -> list[Left]:
    """Return the tasks of a file whose answers stay out, or for which it was refused; none costs no query."""
    ids = {int(task) for task in file.content.get("left", ())}
    late = file.code in LATE
    if file.issued is None or not (ids or late):
        return []
    owed = file.issued.report.obligation
    asked = asked_of([owed])[owed.unit_id]
    if late:
        said = {int(task): n for task, n in file.content.get("answered", {}).items()}
        ids |= {t.pk for t in asked.tasks if said.get(t.pk, t.version) < t.version}
        ids |= {t.pk for t in asked.over if t.pk in said}
    older = {(v.task_id, v.n): v.text for v in _versions(ids)}
    found = []
    for task in (*asked.tasks, *asked.over):
        if task.pk in ids:
            n = file.issued.words.get(str(task.pk), 1)
            at = file.places.get(f"state:{task.pk}", "")
            old = older.get((task.pk, n), task.text)
            found.append(Left(task.pk, task.label, at, old, task.text, task in asked.over))
    return found


def _versions(tasks: Iterable[int]) -> "QuerySet[TaskVersion]":
    return TaskVersion.objects.filter(task__in=tasks)


def joined(content: Content, sheet: Sheet, file: Mapping[str, Any], words: Mapping[str, int]) -> Content:
    """Return what a draft says once a workbook fills it: of tasks that it does not answer, what stands there now."""
    left = {int(task) for task in file.get("left", ())}
    answered = {int(task) for task in words} or {task.pk for task in sheet.tasks}
    kept = {task.pk for task in sheet.tasks if task.pk in left or task.pk not in answered}
    content = with_kept(content, file, sheet.content)
    if not kept:
        return content
    old, codes = sheet.content, {i.code for i in sheet.indicators if i.task_id in kept}
    return Content(
        content.states | {t: said for t, said in old.states.items() if t in kept},
        content.passages | {key: text for key, text in old.passages.items() if key[0] in kept},
        content.figures | {key: n for key, n in old.figures.items() if key[0] in codes},
        content.answered | {t: n for t, n in old.answered.items() if t in kept},
        content.reasons | {code: words for code, words in old.reasons.items() if code in codes},
        content.causes | {t: cause for t, cause in old.causes.items() if t in kept},
    )
