"""Judge what a workbook says against what is asked: the report's content, and every problem by its cell."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.utils import translation

from liencap.core.rollup import check
from liencap.core.rollup.checks import Finding
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, Layout, State
from liencap.core.text import fold
from liencap.offline.answers import against, read_answer
from liencap.offline.causes import cause_of
from liencap.offline.rows import (
    CAUSE,
    CHOICE,
    DAY,
    FIGURE,
    NOT_APPLICABLE_TOKEN,
    REASON,
    STATE,
    TASK,
    WHY,
    WORDS,
    Row,
    state_labels,
)
from liencap.reports.content import Content
from liencap.reports.display import number_typed
from liencap.reports.models import TaskEntry

CELL = re.compile(r"![A-Z]+([0-9]+)")
SHOWN = 20_000  # problems that are kept; all are counted
LONGEST = {REASON: 500, WHY: 500, WORDS: 20_000}
_TOKENS = {fold(t) for t in (*NOT_APPLICABLE_TOKEN.values(), "n/a", "na", "không áp dụng", "not applicable")}
_CELLS = {"f": "formula", "b": "not-text", "e": "cell-error", "d": "date", "p": "percent"}


class Found(NamedTuple):
    """A problem: where it stands ("" when nowhere), its code, the line it concerns, and what was typed."""

    at: str
    code: str
    key: str
    typed: str


@dataclass(slots=True)
class Judged:
    """What a workbook says, where each answer stands, what is wrong, and on which tasks it has a line for a cause."""

    content: Content
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Found] = field(default_factory=list)
    caused: list[int] = field(default_factory=list)

    def blame(self, key: str, code: str, typed: str = "", at: str = "") -> None:
        """Note a problem where the line of this key stands."""
        self.problems.append(Found(at or self.places.get(key, ""), code, key, typed[:80]))


def judge(
    read: Mapping[str, Any],
    rows: Sequence[Row],
    layout: Layout,
    *,
    language: str,
    partial: bool,
    aside: Container[str] = (),
) -> Judged:
    """Return what a workbook says of the lines that are asked; `partial` lets a draft leave tasks open.

    Lines whose key is in `aside` are known and not read.
    """
    judged = Judged(Content())
    given: dict[str, tuple[str, str]] = {}
    rows = [row for row in rows if row.key not in aside]
    asked = {row.key for row in rows}
    for line, key, kind, text in read["lines"]:
        at = f"{read['sheet']}!D{line}"
        if key in aside:
            judged.places[key] = at
        elif key not in asked:
            if kind:
                judged.blame(key, "not-asked", text, at=at)
        elif key in given:
            judged.blame(key, "double", at=at)
        else:
            judged.places[key], given[key] = at, (kind, text)
            if kind and key.startswith("task:"):
                judged.blame(key, "outside", text)
    for line, _kind, text in read["loose"]:
        judged.blame("", "outside", text, at=f"{read['sheet']}!D{line}")
    for ref in read["merged"]:
        judged.blame("", "merged", at=f"{read['sheet']}!{ref}")
    _read_rows(judged, rows, given, language)
    _judge_whole(judged, rows, layout, partial=partial)
    judged.problems.sort(key=_line)
    return judged


def _line(found: Found) -> int:
    """Return the line of the sheet, so that a reader mends it from the top down; what stands nowhere comes first."""
    at = CELL.search(found.at)
    return int(at[1]) if at else 0


def _read_rows(judged: Judged, rows: Sequence[Row], given: dict[str, tuple[str, str]], language: str) -> None:
    """Read each asked line by its kind."""
    reasons: dict[int, str] = {}
    states: dict[int, str] = {}
    said = judged.content
    with translation.override(language):
        known = _state_words()
        for row in rows:
            if row.key not in given:
                if row.kind != CAUSE:  # forms handed out before there was a list have none
                    judged.blame(row.key, "line-missing")
                continue
            kind, text = given[row.key]
            if row.kind == FIGURE:
                code, cell = row.key.split(":")[1:]
                said.figures[code, cell] = _figure(judged, row, kind, text)
            elif row.kind in (CHOICE, DAY):
                said.figures.update(_answer(judged, row, kind, text))
            elif row.kind != TASK:
                words = _words(judged, row, kind, text)
                if row.kind == STATE and words:
                    states[row.task] = known.get(fold(words), "")
                    if not states[row.task]:
                        judged.blame(row.key, "bad-state", words)
                elif row.kind == REASON:
                    reasons[row.task] = words
                elif row.kind == WHY and words:
                    said.reasons[row.key.split(":")[1]] = words
                elif row.kind == CAUSE:
                    _cause(judged, row, words)
                elif row.kind == WORDS and words:
                    said.passages[row.task, row.key.split(":")[2]] = words
    for task, state in states.items():
        if state:
            said.states[task] = (state, reasons.get(task, ""))
    for task, reason in reasons.items():
        if reason and not states.get(task):
            judged.blame(f"reason:{task}", "reason-alone", reason)


def _state_words() -> dict[str, str]:
    """Return the states by what they are called in every language of the forms, and by their codes."""
    known = {fold(code): str(code) for code in TaskEntry.State.values}
    for language in NOT_APPLICABLE_TOKEN:
        with translation.override(language):
            known |= {fold(label): code for code, label in state_labels().items()}
    return known


def _figure(judged: Judged, row: Row, kind: str, text: str) -> Decimal | State:
    """Read a figure; what is none counts as blank and is named."""
    if kind in _CELLS:
        judged.blame(row.key, _CELLS[kind], text)
        return BLANK
    if kind == "s" and not text.strip():
        return BLANK
    if kind == "s" and fold(text.strip()) in _TOKENS:
        return NOT_APPLICABLE
    number = number_typed(text) if kind == "s" else _decimal(text)
    if kind and number is None:
        judged.blame(row.key, "not-number", text)
    return BLANK if number is None else number


def _answer(judged: Judged, row: Row, kind: str, text: str) -> dict[tuple[str, str], Decimal | State]:
    """Read a choice or a day; what is none counts as blank and is named."""
    assert row.indicator is not None, "such a line has its indicator"
    if kind in ("f", "e", "b"):
        judged.blame(row.key, _CELLS[kind], text)
        text = ""
    figures, readable = read_answer(row.indicator, kind, text, skips=_TOKENS)
    if not readable:
        judged.blame(row.key, "not-day" if row.kind == DAY else "not-in-list", text)
    return figures


def blame_checks(judged: Judged, findings: Iterable[Finding]) -> None:
    """Name the cells that a check of the form does not let pass, or not without a reason."""
    for found in findings:
        code = found.check.code
        if found.check.severity == "warn" and judged.content.reasons.get(code, "").strip():
            continue
        keys = (f"figure:{code}:{found.cell}", f"choice:{code}", f"day:{code}")
        key = next((key for key in keys if key in judged.places), keys[0])
        judged.blame(key, f"{found.check.severity}-{found.check.kind}", against(found))
    judged.problems.sort(key=_line)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _words(judged: Judged, row: Row, kind: str, text: str) -> str:
    """Read words; a number typed where words are asked is its digits."""
    if kind in ("f", "e", "d"):
        judged.blame(row.key, _CELLS[kind], text)
        return ""
    words = text.replace("\r\n", "\n").strip()
    if len(words) > LONGEST.get(row.kind, 200):
        judged.blame(row.key, "too-long", words)
        return ""  # said once: that it is in no list follows
    return words


def _cause(judged: Judged, row: Row, words: str) -> None:
    """Note the chosen cause; an empty cell says that there is none."""
    judged.caused.append(row.task)
    cause = cause_of(row.causes, words) if words else None
    if cause is not None:
        judged.content.causes[row.task] = cause
    elif words:
        judged.blame(row.key, "not-in-list", words)


def _judge_whole(judged: Judged, rows: Sequence[Row], layout: Layout, *, partial: bool) -> None:
    """Find what no single cell shows: pairs, decimals, tasks of which nothing is said."""
    wrong = {p.key.split(":")[1] for p in judged.problems if p.key.startswith("figure:")}
    for problem in check(layout, judged.content.figures):
        if problem.code == "half_pair" and problem.measure in wrong:
            continue  # the other half is there, but cannot be read
        judged.blame(f"figure:{problem.measure}:{problem.cell}", problem.code)
    blamed = {problem.key for problem in judged.problems}
    for row in rows:
        if row.kind != STATE or partial:
            continue
        state, reason = judged.content.states.get(row.task, ("", ""))
        if not state and row.key not in blamed:
            judged.blame(row.key, "state-missing")
        elif state == TaskEntry.State.NOT_APPLICABLE and not reason:
            judged.blame(f"reason:{row.task}", "reason-missing")


def plain_of(content: Content) -> dict[str, Any]:
    """Write content as JSON can keep it."""
    return {
        **({"answered": {str(task): n for task, n in content.answered.items()}} if content.answered else {}),
        "states": {str(task): list(said) for task, said in content.states.items()},
        "passages": {f"{task}:{question}": words for (task, question), words in content.passages.items()},
        "figures": {f"{code}:{cell}": _plain(value) for (code, cell), value in content.figures.items()},
        "reasons": content.reasons,
        **(
            {"causes": {str(task): cause for task, cause in content.causes.items()}} if content.causes else {}
        ),
    }


def _plain(value: Decimal | State) -> str:
    return value.name if isinstance(value, State) else str(value)


def content_from(plain: Mapping[str, Any]) -> Content:
    """Read content as `plain_of` wrote it."""

    def figure(text: str) -> Decimal | State:
        return State[text] if text in State.__members__ else Decimal(text)

    def pair(key: str) -> tuple[str, str]:
        code, _colon, cell = key.rpartition(":")
        return code, cell

    passages: dict[tuple[int, str], str] = {}
    for key, words in plain.get("passages", {}).items():
        task, question = pair(key)
        passages[int(task), question] = words
    return Content(
        {int(task): (state, reason) for task, (state, reason) in plain.get("states", {}).items()},
        passages,
        {pair(key): figure(text) for key, text in plain.get("figures", {}).items()},
        {int(task): n for task, n in plain.get("answered", {}).items()},
        reasons=dict(plain.get("reasons", {})),
        causes={int(task): cause for task, cause in plain.get("causes", {}).items()},
    )
