"""What a form asks of a task beside figures: which questions, in which words, how long, and evidence."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from liencap.reports.models import FormVersion, Passage


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is asked of a task: its key, its words, and the letters it may take (0 for any)."""

    key: str
    label: str
    most: int = 0


def questions_of(form: FormVersion | None, task_id: int) -> list[Asked]:
    """Return the questions asked of a task, in the order in which all questions stand; all where nothing is set."""
    said = _said(form, task_id).get("questions")
    english, found = get_language() == "en", []
    for key, usual in Passage.Question.choices:
        if said is not None and key not in said:
            continue
        own = (said or {}).get(key, {})
        words = (own.get("en") if english else "") or own.get("vi") or ""
        found.append(Asked(key, words or str(usual), int(own.get("most", 0))))
    return found


def evidence_asked(form: FormVersion | None, task_id: int) -> str:
    """Return "none", "optional" or "required"."""
    return str(_said(form, task_id).get("evidence", "optional"))


def _said(form: FormVersion | None, task_id: int) -> dict[str, Any]:
    said: dict[str, Any] = (form.asks if form else {}).get(str(task_id), {})
    return said
