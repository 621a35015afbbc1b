"""An indicator and a target as a person enters them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from liencap.core.rollup import Measure
from liencap.core.rollup.checks import Check
from liencap.core.rollup.layout import PAIRS
from liencap.programmes.models import Task
from liencap.reports.models import FormVersion, Indicator, Period
from liencap.units.models import Unit

TEXTS = ("name_en", "measured_in", "measured_in_en", "help", "help_en")
SAME = {"before": "", "factor": "1", "breaks": False}


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """An indicator as a person enters it; a ratio of sums always has its two cells, a choice one for each option.

    `options` are (code, Vietnamese, English). `before`, `factor` and `breaks` say how it continues the form before.
    """

    task: Task
    code: str
    name: str
    name_en: str = ""
    kind: str = Indicator.Kind.NUMBER
    scale: int = 0
    cells: tuple[str, ...] = ("value",)
    tree_axis: str = Indicator.TreeAxis.SUM
    time_axis: str = Indicator.TimeAxis.SUM
    measured_in: str = ""
    measured_in_en: str = ""
    help: str = ""
    help_en: str = ""
    options: tuple[tuple[str, str, str], ...] = ()
    tiers: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    before: str = ""
    factor: str = "1"
    breaks: bool = False
    personal: bool = False

    def title(self, english: bool) -> str:
        """Return the name in the reader's language."""
        return (self.name_en if english else "") or self.name

    def measure(self) -> Measure:
        """Return the core's measure; ValueError when it cannot be added up so."""
        cells = tuple(code for code, _vi, _en in self.options) or PAIRS.get(self.tree_axis, self.cells)
        plain: dict[str, Any] = {
            "code": self.code, "scale": self.scale, "kind": self.kind, "time_axis": self.time_axis,
            "tree_axis": self.tree_axis, "cells": cells, "personal": self.personal,
        }  # fmt: skip
        return Measure(**plain)

    def row(self, form: FormVersion, order: int, *, tied: bool = False) -> Indicator:
        """Return the unsaved row of a form."""
        return Indicator(
            form=form, task=self.task, order=order, code=self.code, name=self.name, kind=self.kind,
            scale=self.scale, time_axis=self.time_axis, tree_axis=self.tree_axis,
            cells=list(self.measure().cells), tiers=list(self.tiers), before=self.before,
            factor=str(Fraction(self.factor)), breaks=self.breaks, personal=self.personal,
            tied=tied,
            options=[{"code": code, "vi": vi, "en": en} for code, vi, en in self.options],
            **{name: getattr(self, name) for name in TEXTS},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetInput:
    """A target as a person enters it; no period means the whole programme, no amount takes the target away."""

    code: str
    unit: Unit
    amount: Decimal | None
    period: Period | None = None


def inputs_of(form: FormVersion | None) -> list[IndicatorInput]:
    """Return the indicators of a form as they would be entered; one query."""
    if form is None:
        return []
    checks: dict[str, list[Check]] = {}
    for check in form.rules:
        checks.setdefault(check.code, []).append(check)
    return [
        IndicatorInput(
            task=i.task, code=i.code, name=i.name, kind=i.kind, scale=i.scale, cells=tuple(i.cells),
            tree_axis=i.tree_axis, time_axis=i.time_axis, tiers=tuple(i.tiers), before=i.before,
            factor=i.factor, breaks=i.breaks, personal=i.personal, checks=tuple(checks.get(i.code, ())),
            options=tuple((o["code"], o["vi"], o.get("en", "")) for o in i.options),
            **{name: getattr(i, name) for name in TEXTS},
        )
        for i in form.indicators.select_related("task")
    ]  # fmt: skip


def continued(rows: Sequence[IndicatorInput]) -> list[IndicatorInput]:
    """Return the indicators as the next version begins with them: each the same as before."""
    return [replace(row, before="", factor="1", breaks=False) for row in rows]


def seen_of(form: FormVersion | None, rows: Sequence[IndicatorInput]) -> str:
    """Return a short mark of what a form says, by which two windows do not overwrite each other."""
    said = [{**asdict(replace(row, task=None)), "task": row.task.pk} for row in rows]  # type: ignore[arg-type]  # the task stands beside
    body = json.dumps([form.pk if form else 0, form.asks if form else {}, said], default=str, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()[:16]
