"""How an indicator is filled in: its controls, what is typed in them as figures, and figures as words."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, State
from liencap.reports.models import Indicator
from liencap.reports.numbers import cell_label, number_advice, number_text, number_typed

Figures = dict[tuple[str, str], Decimal | State]
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})")
NONE = "n/a"  # what a list sends for "does not apply"; no code of an option holds a slash


@dataclass(frozen=True, slots=True)
class Control:
    """One control of the form: its name, the name of its "does not apply" box, the cells it fills, what it offers."""

    name: str
    skip: str
    keys: tuple[tuple[str, str], ...]
    label: str
    widget: Literal["number", "date", "list"]
    options: tuple[tuple[str, str], ...] = ()


def controls_of(indicator: Indicator) -> list[Control]:
    """Return the controls of an indicator: one a cell, or a list for a choice and for yes or no."""
    keys = tuple((indicator.code, cell) for cell in indicator.cells)
    name, skip = f"f-{indicator.pk}-0", f"na-{indicator.pk}-0"
    if indicator.kind == Indicator.Kind.CHOICE:
        return [Control(name, skip, keys, "", "list", tuple(indicator.labelled_options))]
    if indicator.kind == Indicator.Kind.YES_NO:
        return [Control(name, skip, keys, "", "list", (("yes", _("Yes")), ("no", _("No"))))]
    if indicator.kind == Indicator.Kind.DATE:
        return [Control(name, skip, keys, "", "date")]
    return [
        Control(f"f-{indicator.pk}-{i}", f"na-{indicator.pk}-{i}", (key,), cell_label(key[1]), "number")
        for i, key in enumerate(keys)
    ]


def figures_in(control: Control, typed: Mapping[str, str]) -> tuple[Figures, str]:
    """Read one control: the figures of its cells, and what is wrong with it in the user's words."""
    text = typed.get(control.name, "").strip()
    skipped = bool(typed.get(control.skip)) or text == NONE
    if skipped:
        both = text not in ("", NONE)
        said = _("Give an answer or tick that it does not apply, not both.") if both else ""
        return dict.fromkeys(control.keys, NOT_APPLICABLE), said
    if not text:
        return dict.fromkeys(control.keys, BLANK), ""
    if control.widget == "list":
        return _chosen(control, text)
    number = _day(text) if control.widget == "date" else number_typed(text)
    if number is not None:
        return {control.keys[0]: number}, ""
    if control.widget == "date":
        return {control.keys[0]: BLANK}, _("Write a day that exists, such as 2026-03-31.")
    return {control.keys[0]: BLANK}, number_advice(text)


def _chosen(control: Control, text: str) -> tuple[Figures, str]:
    options = [code for code, _label in control.options]
    if text not in options:
        return dict.fromkeys(control.keys, BLANK), _("Choose one of the answers in the list.")
    if len(control.keys) == 1:
        return {control.keys[0]: Decimal(text == "yes")}, ""
    return {(code, cell): Decimal(cell == text) for code, cell in control.keys}, ""


def _day(text: str) -> Decimal | None:
    """Read a day as the browser's calendar sends it, or as it is written here; None when there is no such day."""
    found = DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day, other_day, other_month, other_year = (int(n) if n else 0 for n in found.groups())
    try:
        said = datetime.date(year or other_year, month or other_month, day or other_day)
    except ValueError:
        return None
    return Decimal(said.toordinal())


def state_of(control: Control, figures: Mapping[tuple[str, str], Decimal | State]) -> str:
    """Say which of the four things a control says: "value", "zero", "blank" or "not_applicable"."""
    figure = figures.get(control.keys[0], BLANK)
    if isinstance(figure, State):
        return figure.name.lower()
    return "value" if figure or control.widget != "number" else "zero"


def typed_from(control: Control, figures: Mapping[tuple[str, str], Decimal | State]) -> dict[str, str]:
    """Return what the form holds where a report says these figures."""
    figure = figures.get(control.keys[0], BLANK)
    if isinstance(figure, State):
        if figure is not NOT_APPLICABLE:
            return {}
        return {control.name: NONE} if control.widget == "list" else {control.skip: "1"}
    if control.widget == "date":
        return {control.name: datetime.date.fromordinal(int(figure)).isoformat()}
    if control.widget == "list" and len(control.keys) == 1:
        return {control.name: "yes" if figure else "no"}
    if control.widget == "list":
        chosen = next((cell for code, cell in control.keys if figures.get((code, cell)) == 1), "")
        return {control.name: chosen}
    return {control.name: number_text(figure)}


def shown(control: Control, typed: Mapping[str, str]) -> str:
    """Say in words what stands in a control; nothing when it is blank, the text itself when it cannot be read."""
    figures, problem = figures_in(control, typed)
    text = typed.get(control.name, "")
    state = state_of(control, figures)
    if problem or state == "blank":
        return text
    if state == "not_applicable":
        return _("does not apply")
    if control.widget == "list":
        return dict(control.options).get(text, text)
    if control.widget == "date":
        return day_text(figures[control.keys[0]])
    return text


def day_text(number: Decimal | State | None) -> str:
    """Write the day of an ordinal number; nothing when there is none."""
    if number is None or isinstance(number, State):
        return ""
    return date_format(datetime.date.fromordinal(int(number)), "SHORT_DATE_FORMAT")
