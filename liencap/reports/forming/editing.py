"""One indicator as the editor's form shows it, and the rows of a form after a change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.text import slugify

from liencap.core.rollup.checks import Check
from liencap.core.text import fold
from liencap.programmes.models import Programme, Task
from liencap.reports.forming.personal import COUNTED
from liencap.reports.forming.values import TEXTS, IndicatorInput, continued, inputs_of, seen_of
from liencap.reports.models import FormVersion, Indicator

ADDED = (Indicator.Kind.NUMBER, Indicator.Kind.MONEY)


class Editing:
    """The newest form of a programme as the next edit begins with it.

    `rows` are what an edit changes; a form in use is continued in a version of its own, `before` is the version that
    the edited one continues.
    """

    def __init__(self, programme: Programme) -> None:
        found = list(FormVersion.objects.filter(programme=programme)[:2])
        self.form = found[0] if found else None
        kept = inputs_of(self.form)
        self.in_use = self.form is not None and self.form.periods.exists()
        self.seen = seen_of(self.form, kept)
        self.rows = continued(kept) if self.in_use else kept
        self.before = self.form if self.in_use else (found[1] if len(found) > 1 else None)
        self.asks: dict[str, Any] = dict(self.form.asks) if self.form else {}

    @property
    def number(self) -> int:
        """Return the number of the version that an edit ends in."""
        return (self.form.n if self.form else 0) + (1 if self.in_use or self.form is None else 0)

    def row(self, code: str) -> IndicatorInput | None:
        """Return an indicator of the form."""
        return next((row for row in self.rows if row.code == code), None)

    def with_row(self, row: IndicatorInput, old: str, place: int | None) -> list[IndicatorInput]:
        """Return the rows with one put in the place of the one of an old code, or at a place counted from 1."""
        rows = [one for one in self.rows if one.code != old]
        at = next((i for i, one in enumerate(self.rows) if one.code == old), len(rows))
        rows.insert(at if place is None else max(0, min(place - 1, len(rows))), row)
        return rows

    def without(self, code: str) -> list[IndicatorInput]:
        """Return the rows without one, which sums of parts then leave out too."""
        return [
            replace(
                row, checks=tuple(c for c in (_less(check, code) for check in row.checks) if c is not None)
            )
            for row in self.rows
            if row.code != code
        ]

    def new_code(self, name: str) -> str:
        """Return a code for a new indicator that no row has."""
        base, taken = slugify(fold(name))[:50] or "x", {"new"} | {row.code for row in self.rows}
        return next(c for c in (base, *(f"{base}-{n}" for n in range(2, 10**6))) if c not in taken)


def _less(check: Check, code: str) -> Check | None:
    """Take a code out of the parts of a check; None where nothing is left to add up."""
    if check.kind != "parts" or code not in check.parts:
        return check
    parts = tuple(part for part in check.parts if part != code)
    return replace(check, parts=parts) if parts else None


def initial_of(row: IndicatorInput | None, place: int) -> dict[str, Any]:
    """Return what the form shows of an indicator; of none, what a new one begins with."""
    if row is None:
        return {"kind": "number", "time_axis": "sum", "added": True, "place": place, "continues": "same"}
    checks = {check.kind: check for check in row.checks}
    in_range, parts = checks.get("range"), checks.get("parts")
    kind = Indicator.Kind.PERCENTAGE if row.tree_axis == Indicator.TreeAxis.RATIO else row.kind
    return {
        "name": row.name, "task": row.task.pk, "kind": kind, "scale": row.scale, "time_axis": row.time_axis,
        "added": row.tree_axis != Indicator.TreeAxis.NONE, "tiers": list(row.tiers), "place": place,
        "personal": row.personal,
        "options": "\n".join(" | ".join(filter(None, (vi, en))) for _code, vi, en in row.options),
        "required": checks["required"].severity if "required" in checks else "",
        "low": in_range and in_range.low, "high": in_range and in_range.high,
        "range": in_range.severity if in_range else "warn",
        "rises": checks["rises"].severity if "rises" in checks else "",
        "parts": list(parts.parts) if parts else [], "sums": parts.severity if parts else "block",
        "before": row.before, "factor": row.factor,
        "continues": "break" if row.breaks else ("factor" if row.factor != "1" else "same"),
        **{name: getattr(row, name) for name in TEXTS},
    }  # fmt: skip


def input_from(said: Mapping[str, Any], code: str, kept: IndicatorInput | None) -> IndicatorInput:
    """Return an indicator from the cleaned form; what the form does not show of the same kind stays."""
    kind, task = said["kind"], said["task"]
    assert isinstance(task, Task)
    tree = Indicator.TreeAxis.SUM
    if kind == Indicator.Kind.PERCENTAGE:
        tree = Indicator.TreeAxis.RATIO
    elif kind == Indicator.Kind.DATE or (kind in ADDED and not said["added"]):
        tree = Indicator.TreeAxis.NONE
    time = said["time_axis"]
    if kind == Indicator.Kind.DATE and time in ("sum", "average"):
        time = Indicator.TimeAxis.LAST
    cells = kept.cells if kept and kept.kind == kind and kind in ADDED else ("value",)
    return IndicatorInput(
        task=task, code=code, name=said["name"], kind=kind, scale=said["scale"] if kind in ADDED else 0,
        cells=cells, tree_axis=tree, time_axis=time, tiers=tuple(said["tiers"]),
        options=options_of(said["options"], kept) if kind == Indicator.Kind.CHOICE else (),
        checks=tuple(_checks(said, code, kind)), personal=said["personal"] and kind in COUNTED,
        before=said.get("before") or "", breaks=said.get("continues") == "break",
        factor=said["factor"] if said.get("continues") == "factor" else "1",
        **{name: said[name] for name in TEXTS},
    )  # fmt: skip


def options_of(typed: str, kept: IndicatorInput | None) -> tuple[tuple[str, str, str], ...]:
    """Read options, one a line, the English after a bar; one that was there before keeps its code."""
    known = {vi: code for code, vi, _en in kept.options} if kept else {}
    found: list[tuple[str, str, str]] = []
    for line in typed.splitlines():
        vi, _bar, en = (part.strip() for part in line.partition("|"))
        base = known.get(vi) or slugify(fold(vi))[:40] or "x"
        taken = {code for code, _vi, _en in found} | (
            {*known.values()} - {base} if vi not in known else set()
        )
        code = next(c for c in (base, *(f"{base}-{n}" for n in range(2, 999))) if c not in taken)
        if vi:
            found.append((code, vi[:100], en[:100]))
    return tuple(found)


def _checks(said: Mapping[str, Any], code: str, kind: str) -> Sequence[Check]:
    found = [Check(code, "required", said["required"])] if said["required"] else []
    if kind in (Indicator.Kind.DATE, Indicator.Kind.CHOICE, Indicator.Kind.YES_NO):
        return found
    if said["low"] is not None or said["high"] is not None:
        found.append(Check(code, "range", said["range"], said["low"], said["high"]))
    if said["rises"]:
        found.append(Check(code, "rises", said["rises"]))
    if said["parts"]:
        found.append(Check(code, "parts", said["sums"], parts=tuple(said["parts"])))
    return found
