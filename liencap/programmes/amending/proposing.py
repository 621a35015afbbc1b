"""The rows of an amendment's proposal, made of a reading and the tasks as they stand: values in, new values out.

A row is a dict: id, change (words | replaced | date | rescinded | added), task (its key, None for an added one or one
not found), label, text, due (the last day, ISO), bound, deadlines and owners as proposals have them, words (the
amending document's own, at start to end), after and like (the task before an added one, and the one whose units get
it), open (a person must decide), aside (left out). A later row of a task builds on what an earlier one made of it.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liencap.core.reading.amending import Instruction, label_path
from liencap.programmes import rows as plan_rows
from liencap.programmes.amending.matching import Line, find_line, last_under, pair_lines, same

Row = dict[str, Any]
DATED = ("in", "by", "before", "exact", "")


@dataclass(frozen=True, slots=True)
class Standing:
    """A task as it stands: what rows are made against."""

    key: int
    label: str
    text: str
    due: str | None
    bound: str = ""
    deadlines: list[dict[str, Any]] = field(default_factory=list)
    top: bool = True


def lines_of(tasks: Sequence[Standing], language: str) -> list[Line]:
    """Return tasks as the matching wants them."""
    return [Line(t.key, label_path(t.label, language), t.text, t.top) for t in tasks]


def rows_of_instructions(
    found: Iterable[Instruction], text: str, plan: Mapping[str, Any], tasks: Sequence[Standing]
) -> list[Row]:
    """Propose a row for each instruction; what names no task of the plan waits for a person."""
    language = str(plan.get("language") or "vi")
    lines, standing = lines_of(tasks, language), {task.key: task for task in tasks}
    made: list[Row] = []
    for n, one in enumerate(found):
        key = find_line(one.path, lines)
        change = one.deed
        if change == "added" and key is not None and not one.label:
            change = "words"  # "bổ sung nhiệm vụ 2 như sau": what is there already is given new words
        row = _row(f"a{n}", change, text, one.start, one.end)
        if change == "added":
            made.append(_added(row, one, text, plan, lines, standing))
            continue
        row["task"], row["open"] = key, key is None
        task = standing.get(key) if key is not None else None
        _change(row, one, text, plan, task)
        if task is not None:
            standing[task.key] = _after(task, row)
        made.append(row)
    return made


def rows_of_whole(text: str, plan: Mapping[str, Any], tasks: Sequence[Standing]) -> list[Row]:
    """Propose the differences between the tasks as they stand and a whole new plan, in the new plan's order."""
    language = str(plan.get("language") or "vi")
    fresh = [r for r in plan_rows.rows_of(dict(plan)) if r["kind"] == "task" and not r["aside"]]
    new = [
        Line(i, label_path(r["label"], language), r["text"], r["parent"] is None) for i, r in enumerate(fresh)
    ]
    standing = {task.key: task for task in tasks}
    made: list[Row] = []
    before: int | None = None
    for pair in sorted(pair_lines(lines_of(tasks, language), new), key=lambda p: (p.new is None, p.new or 0)):
        if pair.new is None:
            assert pair.old is not None, "a pair has at least one side"
            row = _row(f"a{len(made)}", "rescinded", text, None, None) | {"task": pair.old, "open": True}
            made.append(row)
            continue
        item = fresh[pair.new]
        row = _row(f"a{len(made)}", "words", text, item["start"], item["end"])
        row |= {"label": item["label"], "text": item["text"], "owners": item["owners"] or None}
        if pair.old is None:
            due, bound = due_text(item["deadlines"])
            row |= {"change": "added", "open": True, "after": before, "like": before}
            made.append(row | {"due": due, "bound": bound, "deadlines": item["deadlines"]})
            continue
        task, before = standing[pair.old], pair.old
        row |= {"task": pair.old, "open": not pair.sure}
        row |= _dates(task, item["text"], item["deadlines"])
        if same(task.text, item["text"]) and row["due"] == task.due:
            continue
        row["change"] = "date" if same(task.text, item["text"]) else "words"
        made.append(row)
    return made


def _row(name: str, change: str, text: str, start: int | None, end: int | None) -> Row:
    words = text[start:end] if start is not None and end is not None else ""
    return {
        "id": name, "change": change, "task": None, "label": "", "text": "", "due": None, "bound": "",
        "deadlines": [], "owners": None, "words": words, "start": start, "end": end, "after": None, "like": None,
        "open": False, "aside": False,
    }  # fmt: skip


def _change(row: Row, one: Instruction, text: str, plan: Mapping[str, Any], task: Standing | None) -> None:
    """Fill in what an instruction makes of a task."""
    old = task.text if task else ""
    row |= {"text": old, "due": task.due if task else None, "bound": task.bound if task else ""}
    row["deadlines"] = list(task.deadlines) if task else []
    if one.deed == "date":
        row |= moved(row["deadlines"], one.date, one.bound, text[one.new_start : one.new_end])
        row["open"] = row["open"] or one.date is None
    elif one.deed == "phrase":
        row["change"] = "words"
        row["text"] = old.replace(one.old, one.new) if one.old else old
        row["open"] = row["open"] or not one.old or one.old not in old
        row["hint"] = [one.old, one.new]
        if task is not None:
            said = [
                d for d in _inside(plan, "deadlines", one.start, one.end) if (d["text"] or "?") in one.new
            ]
            if said and row["text"] != old:
                kept = [d for d in task.deadlines if (d["text"] or "") in row["text"]]
                row |= _dates(task, row["text"], [*kept, *said])
    elif one.deed != "rescinded":
        row["text"] = text[one.new_start : one.new_end]
        inside = _inside(plan, "deadlines", one.new_start, one.new_end)
        row["owners"] = _owners(plan, one.new_start, one.new_end)
        row |= _dates(task, row["text"], inside)


def _added(
    row: Row, one: Instruction, text: str, plan: Mapping[str, Any], lines: list[Line],
    standing: Mapping[int, Standing],
) -> Row:  # fmt: skip
    """Fill in a new task: its words, days, owners, and where it goes."""
    after = find_line(one.after, lines) or last_under(one.after, lines)
    label = one.label or ".".join(map(str, one.path))
    above, dot, _last = standing[after].label.rpartition(".") if after is not None else ("", "", "")
    deadlines = _inside(plan, "deadlines", one.new_start, one.new_end)
    due, bound = due_text(deadlines)
    return row | {
        "label": f"{above}{dot}{label}" if label.isdecimal() else label, "text": text[one.new_start : one.new_end],
        "deadlines": deadlines, "due": due, "bound": bound, "after": after, "like": after,
        "owners": _owners(plan, one.new_start, one.new_end),
    }  # fmt: skip


def _dates(task: Standing | None, text: str, deadlines: list[dict[str, Any]]) -> Row:
    """Return the days of new words; where they state none, a day that a person once set by hand stays."""
    due, bound = due_text(deadlines)
    if due is None and task is not None and task.due is not None:
        stated = [d["text"] for d in task.deadlines if plan_rows.deadline_kind(d) == "due" and d["text"]]
        if not stated or any(words in text for words in stated):
            kept = [d for d in task.deadlines if plan_rows.deadline_kind(d) == "due"]
            return {"due": task.due, "bound": task.bound, "deadlines": [*deadlines, *kept]}
    return {"due": due, "bound": bound, "deadlines": deadlines}


def moved(deadlines: list[dict[str, Any]], day: str | None, bound: str, words: str) -> Row:
    """Return days with one new last day in place of the old one; windows and conditions stay."""
    kept = [d for d in deadlines if plan_rows.deadline_kind(d) != "due"]
    if day is None:
        return {"due": None, "bound": "", "deadlines": kept}
    bound = bound if bound in ("by", "before", "in") else "by"
    one = {
        "kind": "due", "start_date": None, "end_date": day, "bound": bound, "event": None, "tier": None,
        "recurrence": None, "text": words, "start": None, "end": None,
    }  # fmt: skip
    due, bound = due_text([one])
    return {"due": due, "bound": bound, "deadlines": [*kept, one]}


def due_text(deadlines: Iterable[Mapping[str, Any]]) -> tuple[str | None, str]:
    """Return the last day that binds the task itself as ISO text; "before" a day means the day before it."""
    found = []
    for one in deadlines:
        try:
            end = datetime.date.fromisoformat(one["end_date"] or "")
        except ValueError:
            continue
        if plan_rows.deadline_kind(dict(one)) == "due" and (one["bound"] or "") in DATED:
            day = end - datetime.timedelta(days=one["bound"] == "before")
            found.append((day.isoformat(), str(one["bound"] or "by")))
    return max(found) if found else (None, "")


def _inside(plan: Mapping[str, Any], name: str, start: int, end: int) -> list[dict[str, Any]]:
    """Return what the reading found inside a span, with the keys that a proposal keeps."""
    found = [one for one in plan.get(name, ()) if start <= one["start"] and one["end"] <= end]
    keys = plan_rows.DEADLINE_KEYS
    return [{key: one.get(key) for key in keys} for one in found] if name == "deadlines" else found


def _owners(plan: Mapping[str, Any], start: int, end: int) -> list[dict[str, Any]] | None:
    """Return who does it as the new words say, None where they say nothing and the old ones stay."""
    found = _inside(plan, "responsible", start, end)
    code = [{"code": one["unit_key"]} if one.get("unit_key") else {} for one in found]
    return [
        {"role": one["role"], "words": one["unit"]} | more for one, more in zip(found, code, strict=True)
    ] or None


def _after(task: Standing, row: Row) -> Standing:
    return Standing(task.key, task.label, row["text"], row["due"], row["bound"], row["deadlines"], task.top)


def new_row(name: str, text: str, start: int, end: int) -> Row:
    """Return a row of words that a person found in the document and has still to decide on."""
    words = text[start:end]
    return _row(name, "words", text, start, end) | {"text": words, "open": True}
