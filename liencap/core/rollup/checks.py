"""Judge figures by the checks of a form: in range, never falling, parts that make up a whole, required."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from liencap.core.rollup.figures import Figure, Figures
from liencap.core.rollup.layout import BLANK, Layout, Measure, State

CheckKind = Literal["required", "range", "rises", "parts"]
Severity = Literal["warn", "block"]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule on one indicator; a warning may be sent with a reason, a block may not.

    `low` and `high` bound a range (of the percentage for a ratio), `parts` are the codes that add up to this one.
    """

    code: str
    kind: CheckKind
    severity: Severity = "warn"
    low: Decimal | None = None
    high: Decimal | None = None
    parts: tuple[str, ...] = ()

    @classmethod
    def from_plain(cls, row: Mapping[str, Any]) -> Check:
        """Read a check from the plain values that `plain` wrote."""
        bounds = {k: None if row.get(k) is None else Decimal(row[k]) for k in ("low", "high")}
        return cls(row["code"], row["kind"], row["severity"], **bounds, parts=tuple(row.get("parts", ())))

    def plain(self) -> dict[str, Any]:
        """Write a check as plain values for JSON."""
        texts = {k: None if v is None else str(v) for k, v in (("low", self.low), ("high", self.high))}
        return {**asdict(self), **texts, "parts": list(self.parts)}


class Finding(NamedTuple):
    """A check that figures do not pass: what they say, and what it was held against."""

    check: Check
    cell: str
    said: Decimal | None = None
    against: Decimal | None = None


def judge(
    layout: Layout, checks: Iterable[Check], figures: Figures, before: Mapping[str, Decimal] | None = None
) -> tuple[Finding, ...]:
    """Return the checks that figures do not pass, in order; blank and not applicable are only missed if required.

    `before` gives by code what must not be fallen below. A check of an indicator that is not in the layout is none.
    """
    measures = {m.code: m for m in layout.measures}
    found = []
    for check in checks:
        measure = measures.get(check.code)
        finding = measure and _judge_one(check, measure, measures, figures, before or {})
        if finding:
            found.append(finding)
    return tuple(found)


def worth(measure: Measure, figures: Figures) -> Decimal | None:
    """Return the one number an indicator says: its value, or the percentage of a ratio; None when it says none."""
    said = [figures.get((measure.code, cell), BLANK) for cell in measure.cells]
    numbers = [_number(figure) for figure in said]
    if measure.tree_axis == "ratio":
        above, below = numbers
        return above * 100 / below if above is not None and below else None
    return numbers[0] if measure.kind != "choice" else None


def _judge_one(
    check: Check,
    measure: Measure,
    measures: Mapping[str, Measure],
    figures: Figures,
    before: Mapping[str, Decimal],
) -> Finding | None:
    if check.kind == "required":
        blank = [c for c in measure.cells if figures.get((measure.code, c), BLANK) is BLANK]
        return Finding(check, blank[0]) if blank else None
    if (said := worth(measure, figures)) is None:
        return None
    cell, against = measure.cells[0], None
    if check.kind == "range":
        if check.low is not None and said < check.low:
            against = check.low
        elif check.high is not None and said > check.high:
            against = check.high
    elif check.kind == "rises":
        earlier = before.get(check.code)
        against = earlier if earlier is not None and said < earlier else None
    else:
        whole = _sum(check, measures, figures)
        against = whole if whole is not None and whole != said else None
    return None if against is None else Finding(check, cell, said, against)


def _sum(check: Check, measures: Mapping[str, Measure], figures: Figures) -> Decimal | None:
    """Add up the parts; one that is blank leaves the sum open, one that does not apply adds nothing."""
    total = Decimal(0)
    for code in check.parts:
        measure = measures.get(code)
        figure = BLANK if measure is None else figures.get((code, measure.cells[0]), BLANK)
        if figure is BLANK:
            return None
        total += _number(figure) or 0
    return total


def _number(figure: Figure) -> Decimal | None:
    return None if isinstance(figure, State) or not isinstance(figure, Decimal | int) else Decimal(figure)
