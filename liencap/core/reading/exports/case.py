"""A reading as a case that tests a reader: what the text holds, without places, in the form of an annotation."""

from collections.abc import Iterable
from typing import Any

from liencap.core.reading.model import Deadline, Item, Plan

_FIRST = 6  # words by which an item is known again


def to_case(plan: Plan, name: str) -> dict[str, Any]:
    """Return the case: own data, keys cited, items by their first words, dated times, and who is responsible.

    Two readings of one text are equal in these values exactly when their cases are equal.
    """
    document = plan.document
    return {
        "id": name,
        "document": {
            "type": document.type, "number": document.number, "date": document.date, "issuer": document.issuer,
            "signer": document.signer,
        },
        "citations": list(dict.fromkeys(citation.key for citation in plan.citations)),
        "tasks": [_item(item) for item in plan.tasks],
        "implementation": [_item(item) for item in plan.implementation],
        "table_tasks": [_row(item) for item in plan.table_tasks],
        "deadlines": _times(plan.deadlines),
        "responsible": [{"unit": r.unit, "role": r.role, "task": r.task} for r in plan.responsible],
    }  # fmt: skip


def _item(item: Item) -> dict[str, Any]:
    return {"label": item.label, "starts_with": first_words(item.text), "subtasks": len(item.subtasks)}


def _row(item: Item) -> dict[str, Any]:
    roles = {role: [r.unit for r in item.responsible if r.role == role] for role in ("lead", "support")}
    row = {"label": item.label, "starts_with": first_words(item.text), **roles}
    times = _times(item.deadlines)
    return row | ({"deadline": times[0]} if times else {})


def _times(deadlines: Iterable[Deadline]) -> list[dict[str, Any]]:
    return [
        {"text": " ".join(d.text.split()), "start": d.start_date, "end": d.end_date, "bound": d.bound, "task": d.task}
        for d in deadlines
    ]  # fmt: skip


def first_words(text: str) -> str:
    """Return the first six words of a text, without marks of emphasis and bars of tables."""
    plain = text.translate(dict.fromkeys(map(ord, "*#_|"), None))
    return " ".join(plain.split()[:_FIRST])
