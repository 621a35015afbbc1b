"""Figures named in a text by reference: `{trees}` is the official total of an indicator as it stands when it is shown.

A cell is named after a stroke (`{members/denominator}`, `{members/share}` for the ratio), the received total by
`{trees|received}`. What is frozen at publication holds the value with the way to its parts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from liencap.core.rollup.cells import HIDDEN
from liencap.core.rollup.totals import TotalCell
from liencap.reports.display import cell_label, number_text
from liencap.reports.models import ConsolidatedReport, Indicator, Total
from liencap.reports.numbers import kept_text
from liencap.reports.printing.values import Cited

if TYPE_CHECKING:
    from liencap.reports.consolidation import Figures

MARK = re.compile(r"\{([a-z0-9][a-z0-9_-]*(?:/[a-z]+)?(?:\|received)?)\}")
SHARE = "share"


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure that a text may name: how it is written, what it is called, its value now, where its parts are."""

    key: str
    caption: str
    text: str
    task: int
    code: str
    cell: str
    kind: str

    @property
    def mark(self) -> str:
        """Return what stands in the text."""
        return "{" + self.key + "}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text on screen: plain words, or a figure with the way to its parts; `gone` names none."""

    text: str
    url: str = ""
    title: str = ""
    gone: bool = False


def known(figures: "Figures") -> dict[str, Reference]:
    """Return every figure that a text of the report may name, by key; no queries."""
    totals: dict[str, Mapping[tuple[str, str], TotalCell]] = {
        kind: cells for _name, kind, cells, _ref in figures.rows if kind != "unit"
    }
    found: dict[str, Reference] = {}
    for task, indicators in figures.indicators.items():
        for indicator in indicators:
            for kind in (Total.Kind.OFFICIAL, Total.Kind.RECEIVED):
                for one in _of(indicator, task, kind, totals[kind]):
                    found[one.key] = one
    return found


def _of(
    indicator: Indicator, task: int, kind: str, cells: Mapping[tuple[str, str], TotalCell]
) -> list[Reference]:
    tail = "|received" if kind == Total.Kind.RECEIVED else ""
    said = _("received") if tail else ""
    found = []
    for cell in indicator.cells:
        held = cells.get((indicator.code, cell))
        text = number_text(held.sum) if held is not None and held.values else "–"
        text = _kept(held) or text
        key = indicator.code if cell == "value" else f"{indicator.code}/{cell}"
        caption = " · ".join(filter(None, [str(indicator), cell_label(cell), said]))
        found.append(Reference(key + tail, caption, text, task, indicator.code, cell, kind))
    if indicator.tree_axis == Indicator.TreeAxis.RATIO and len(indicator.cells) == 2:
        part, whole = (cells.get((indicator.code, cell)) for cell in indicator.cells)
        share = share_of(part, whole)
        caption = " · ".join(filter(None, [str(indicator), _("share"), said]))
        text = f"{number_text(share)} %" if share is not None else "–"
        text = kept_text(HIDDEN) if _kept(part) or _kept(whole) else text
        key = f"{indicator.code}/{SHARE}{tail}"
        found.append(Reference(key, caption, text, task, indicator.code, indicator.cells[0], kind))
    return found


def _kept(cell: TotalCell | None) -> str:
    """Return what stands in the place of a figure that is kept back; nothing where it is shown."""
    return kept_text(cell.shown) if cell is not None else ""


def share_of(part: TotalCell | None, whole: TotalCell | None) -> Decimal | None:
    """Return part of whole in percent with one decimal; None without both."""
    if part is None or whole is None or not whole.values or not whole.sum or part.sum is None:
        return None
    return (100 * part.sum / whole.sum).quantize(Decimal("0.1"))


def resolved(text: str, figures: Mapping[str, Reference]) -> tuple[str, tuple[Cited, ...]]:
    """Put values in the place of references; return the text and which of its stretches is which figure."""
    out, cited, last = "", [], 0
    for mark in MARK.finditer(text):
        one = figures.get(mark[1])
        if one is None:
            continue
        out += text[last : mark.start()]
        cited.append(Cited(len(out), len(out) + len(one.text), f"{one.code}/{one.cell}", one.kind))
        out, last = out + one.text, mark.end()
    return out + text[last:], tuple(cited)


def pieces(report: ConsolidatedReport, text: str, figures: Mapping[str, Reference]) -> list[Piece]:
    """Cut a text of a draft for the screen: words, and figures as they stand now."""
    found, last = [], 0
    for mark in MARK.finditer(text):
        found.append(Piece(text[last : mark.start()]))
        one, last = figures.get(mark[1]), mark.end()
        if one is None:
            found.append(Piece(mark[0], title=_("No figure has this name."), gone=True))
            continue
        found.append(Piece(one.text, url_of(report, one.kind, f"{one.code}/{one.cell}"), one.caption))
    return [one for one in (*found, Piece(text[last:])) if one.text]


def frozen_pieces(report: ConsolidatedReport, text: str, cited: Sequence[Cited]) -> list[Piece]:
    """Cut a published text for the screen: words, and figures as they were frozen."""
    found, last = [], 0
    for one in cited:
        found += [
            Piece(text[last : one.start]),
            Piece(text[one.start : one.end], url_of(report, one.kind, one.code)),
        ]
        last = one.end
    return [one for one in (*found, Piece(text[last:])) if one.text]


def url_of(report: ConsolidatedReport, kind: str, code: str) -> str:
    """Lead from a figure to its parts."""
    return reverse("reports:parts", args=[report.period_id, report.unit_id, kind, *code.split("/", 1)])
