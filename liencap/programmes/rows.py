"""The rows of a proposal: plain values in, new values out; no row is ever invented.

A row is a dict: id, kind (task | direction), label, text, start, end, parent (a row id or None), aside (set
aside: does not enter the programme), deadlines, owners, optional, product, and of a direction `links`: the
ids of the tasks that carry it out. Deadlines have the shape of the reader's contract; an owner is a role, the
plan's words and, where the reader knew the unit by its name, its code.
"""

import re
from collections.abc import Iterator
from typing import Any

from liencap.core.timing import Wait, wait_of

Row = dict[str, Any]
DEADLINE_KEYS = (
    "kind", "start_date", "end_date", "bound", "event", "tier", "recurrence", "text", "start", "end",
)  # fmt: skip
_BREAK = re.compile(r"\n+|(?<=[.;])\s+(?=\S)")


class RowProblem(Exception):
    """An edit that cannot be made: a stable code."""


def rows_of(plan: dict[str, Any]) -> list[Row]:
    """Propose rows: directions, tasks, table rows; items on implementation begin set aside."""
    made: list[Row] = []
    for name, short, aside in (
        ("tasks", "ta", False),
        ("table_tasks", "tb", False),
        ("implementation", "im", True),
    ):
        for item in plan.get(name, ()):
            made.extend(_task_rows(item, f"{short}{len(made)}", None, aside))
    by_label: dict[str, str] = {}
    for row in made:
        by_label.setdefault(row["label"], row["id"])
    directions: list[Row] = []
    for one in plan.get("lists", ()):
        if one["role"] == "directions":
            for item in one["items"]:
                row = _row(item, f"d{len(directions)}", "direction", None, False)
                row["links"] = [by_label[label] for label in item["tasks"] if label in by_label]
                directions.append(row)
    return directions + made


def _row(item: dict[str, Any], name: str, kind: str, parent: str | None, aside: bool) -> Row:
    return {
        "id": name, "kind": kind, "parent": parent, "aside": aside,
        "label": item["label"], "text": item["text"],
        "start": item["start"], "end": item["end"], "optional": bool(item.get("optional")),
        "product": item.get("product") or "", "links": [],
        "deadlines": [{k: d.get(k) for k in DEADLINE_KEYS} for d in item.get("deadlines", ())],
        "owners": [
            {"role": r["role"], "words": r["unit"]} | ({"code": r["unit_key"]} if r.get("unit_key") else {})
            for r in item.get("responsible", ())
        ],
    }  # fmt: skip


def _task_rows(item: dict[str, Any], name: str, parent: str | None, aside: bool) -> Iterator[Row]:
    waiting: list[tuple[dict[str, Any], str, str | None]] = [(item, name, parent)]
    while waiting:
        one, own, above = waiting.pop()
        row = _row(one, own, "task", above, aside)
        below = one.get("subtasks", ())
        # What a sub-task owns is not repeated on the task above it.
        held = {(d["start"], d["end"]) for sub in below for d in sub.get("deadlines", ())}
        row["deadlines"] = [d for d in row["deadlines"] if (d["start"], d["end"]) not in held]
        yield row
        waiting.extend((sub, f"{own}.{n}", own) for n, sub in reversed(list(enumerate(below))))


def find(rows: list[Row], name: str) -> int:
    """Return the place of a row."""
    for place, row in enumerate(rows):
        if row["id"] == name:
            return place
    raise RowProblem("no-such-row")


def change(rows: list[Row], name: str, values: dict[str, Any]) -> list[Row]:
    """Return the rows with new values in one of them."""
    place = find(rows, name)
    return [*rows[:place], rows[place] | values, *rows[place + 1 :]]


def name_owner(rows: list[Row], name: str, at: int, words: str) -> list[Row]:
    """Return the rows with other words for the owner that stands at a place, counted from one."""
    owners = list(rows[find(rows, name)]["owners"])
    if not 1 <= at <= len(owners) or not words.strip():
        raise RowProblem("no-such-owner")
    owners[at - 1] = {"role": owners[at - 1]["role"], "words": words.strip()[:300]}
    return change(rows, name, {"owners": owners})


def move(rows: list[Row], name: str, step: int) -> list[Row]:
    """Return the rows with one exchanged with its neighbour of the same kind above (-1) or below (1)."""
    place = find(rows, name)
    same = [i for i, row in enumerate(rows) if row["kind"] == rows[place]["kind"]]
    at = same.index(place) + step
    if not 0 <= at < len(same):
        raise RowProblem("no-neighbour")
    moved = list(rows)
    moved[place], moved[same[at]] = moved[same[at]], moved[place]
    return moved


def merge(rows: list[Row], name: str) -> list[Row]:
    """Return the rows with one joined with the next of its kind; links and sub-tasks follow."""
    place = find(rows, name)
    one = rows[place]
    after = next((row for row in rows[place + 1 :] if row["kind"] == one["kind"] and not row["aside"]), None)
    if after is None:
        raise RowProblem("no-neighbour")
    joined = one | {
        "text": f"{one['text']}\n{after['text']}",
        "start": min(one["start"], after["start"]) if _placed(one, after) else one["start"],
        "end": max(one["end"], after["end"]) if _placed(one, after) else one["end"],
        "product": "; ".join(filter(None, (one["product"], after["product"]))),
        "deadlines": one["deadlines"] + after["deadlines"],
        "owners": one["owners"] + [owner for owner in after["owners"] if owner not in one["owners"]],
        "links": list(dict.fromkeys(one["links"] + after["links"])),
        "optional": one["optional"] and after["optional"],
    }
    out = []
    for row in rows:
        if row is after:
            continue
        row = joined if row is one else row
        parent = one["id"] if row["parent"] == after["id"] else row["parent"]
        links = list(dict.fromkeys(one["id"] if link == after["id"] else link for link in row["links"]))
        out.append(row | {"parent": None if row["id"] == parent else parent, "links": links})
    return out


def _placed(*rows: Row) -> bool:
    return all(row["start"] is not None for row in rows)


def breaks(text: str) -> list[int]:
    """Return where a text can be split: after a line or a sentence."""
    return [match.end() for match in _BREAK.finditer(text) if match.end() < len(text)]


def split(rows: list[Row], name: str, at: int, source: str) -> list[Row]:
    """Return the rows with one cut in two at a break; each deadline goes with its words."""
    place = find(rows, name)
    row = rows[place]
    if at not in breaks(row["text"]):
        raise RowProblem("no-break")
    head, tail = row["text"][:at].rstrip(), row["text"][at:]
    exact = row["start"] is not None and source[row["start"] : row["end"]] == row["text"]
    cut = row["start"] + at if exact else None
    first, second = dict(row), dict(row)
    first |= {"text": head, "end": row["start"] + len(head) if exact else row["end"]}
    second |= {"id": fresh(rows), "label": "", "text": tail, "start": cut if exact else row["start"]}
    if cut is not None:
        first["deadlines"] = [d for d in row["deadlines"] if d["start"] is None or d["start"] < cut]
        second["deadlines"] = [d for d in row["deadlines"] if d["start"] is not None and d["start"] >= cut]
    else:
        second["deadlines"] = []
    return [*rows[:place], first, second, *rows[place + 1 :]]


def add(rows: list[Row], words: str, start: int | None, source: str) -> list[Row]:
    """Return the rows with a task made of words of the source, put in the order of the source."""
    words = words.strip().replace("\r\n", "\n")
    if start is None or source[start : start + len(words)] != words:
        start = source.find(words)
    if not words or start < 0:
        raise RowProblem("not-in-source")
    item = {"label": "", "text": words, "start": start, "end": start + len(words)}
    row = _row(item, fresh(rows), "task", None, False)
    place = next(
        (
            i
            for i, r in enumerate(rows)
            if r["kind"] == "task" and r["start"] is not None and r["start"] > start
        ),
        len(rows),
    )
    return [*rows[:place], row, *rows[place:]]


def fresh(rows: list[Row]) -> str:
    """Return an id that no row has."""
    taken = {row["id"] for row in rows}
    return next(name for n in range(len(rows) + 1) if (name := f"n{n}") not in taken)


def tier_words(rows: list[Row]) -> list[str]:
    """Return the plan's words for tiers, each once, in order."""
    words = (d["tier"] for row in rows if not row["aside"] for d in row["deadlines"] if d["tier"])
    return list(dict.fromkeys(words))


def deadline_kind(deadline: dict[str, Any]) -> str:
    """Return what a deadline means for its task: due, event-window, conditional or recurring."""
    if deadline["kind"] == "event-window":
        return "event-window"
    if deadline["kind"] in ("conditional", "recurring"):
        return str(deadline["kind"])
    if deadline["bound"] == "conditional":
        return "conditional"
    return "recurring" if deadline["bound"] in ("recurring", "continuous") else "due"


def waiting_words(rows: list[Row]) -> list[str]:
    """Return the plan's words for events that tasks wait for, each once, in order."""
    found = []
    for row in rows:
        if not row["aside"] and row["kind"] == "task":
            found += [wait.words for one in row["deadlines"] if (wait := wait_in(one)) is not None]
    return list(dict.fromkeys(found))


def wait_in(deadline: dict[str, Any]) -> Wait | None:
    """Return how long after which event a deadline lies; None when it hangs on none."""
    if deadline_kind(deadline) != "conditional" and deadline["bound"] != "relative":
        return None
    wait = wait_of(deadline["text"] or deadline["event"] or "", deadline["event"] or "")
    return Wait(wait.n, wait.unit, wait.words[:200]) if wait.words else None


def task_of(rows: list[Row], name: str) -> list[Row]:
    """Return the rows with a task made of a direction: its words and place, linked to it, after the tasks above it."""
    place = find(rows, name)
    one = rows[place]
    if one["kind"] != "direction" or one["links"]:
        raise RowProblem("has-task")
    task = one | {
        "id": fresh(rows), "kind": "task", "parent": None, "links": [], "aside": False, "label": one["label"],
    }  # fmt: skip
    linked = [*rows[:place], one | {"links": [task["id"]]}, *rows[place + 1 :]]
    return [*linked, task]


def link(rows: list[Row], name: str, task: str) -> list[Row]:
    """Return the rows with a task put among those that carry out a direction, or taken off when it is among them."""
    one = rows[find(rows, name)]
    if one["kind"] != "direction" or rows[find(rows, task)]["kind"] != "task":
        raise RowProblem("no-such-row")
    links = [link for link in one["links"] if link != task]
    return change(rows, name, {"links": links if len(links) < len(one["links"]) else [*links, task]})
