"""The lines of a workbook that are answered by choosing or by a day, and the reasons that checks ask for."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from liencap.core.rollup.checks import Finding
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, State
from liencap.core.text import fold
from liencap.reports.content import Content
from liencap.reports.forming.controls import DAY, NONE, Control, controls_of, day_text, figures_in, typed_from
from liencap.reports.models import Indicator
from liencap.reports.numbers import number_text

EPOCH = datetime.date(1899, 12, 30)  # day 0 of spreadsheets
SIGNS = {"range": "≠", "rises": "<", "parts": "≠"}


def words_of(control: Control, content: Content) -> str:
    """Return how a choice or a day stands in the workbook; nothing when it is blank."""
    figure = content.figures.get(control.keys[0], BLANK)
    if figure is NOT_APPLICABLE:
        return _("N/A")
    if control.widget == "date":
        return day_text(figure)
    typed = typed_from(control, content.figures).get(control.name, "")
    return dict(control.options).get(typed, "")


def read_answer(
    indicator: Indicator, kind: str, text: str, *, skips: Iterable[str]
) -> tuple[dict[tuple[str, str], Decimal | State], bool]:
    """Read the cell of a choice or a day in the language of the moment: its figures, and whether it could be read."""
    (control,) = controls_of(indicator)
    said = text.strip()
    if fold(said) in skips:
        said = NONE
    elif control.widget == "list":
        known = {fold(label): code for code, label in control.options} | {
            fold(c): c for c, _l in control.options
        }
        said = known.get(fold(said), said)
    elif kind in ("d", "n") and said.split(".")[0].isdecimal():
        said = _of_serial(said)
    elif not DAY.fullmatch(said):
        said = said.split("T")[0]
    figures, problem = figures_in(control, {control.name: said})
    return figures, not problem


def _of_serial(text: str) -> str:
    """Return the day of a spreadsheet's number of days; the text itself when there is none."""
    try:
        return (EPOCH + datetime.timedelta(int(text.split(".")[0]))).isoformat()
    except (OverflowError, ValueError):
        return text


def against(finding: Finding) -> str:
    """Write what a check found without words: 12 > 10."""
    if finding.said is None or finding.against is None:
        return ""
    sign = SIGNS[finding.check.kind]
    if finding.check.kind == "range":
        sign = "<" if finding.said < finding.against else ">"
    return f"{number_text(finding.said)} {sign} {number_text(finding.against)}"
