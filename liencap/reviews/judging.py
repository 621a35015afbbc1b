"""Judge each cell of a sheet of earlier years: what importing it would do, or what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.units.models import Unit

LARGEST = Decimal(10) ** 18
YEARS = (1900, 2200)
PLAIN, BROKEN = re.compile(r"-?\d+"), re.compile(r"-?\d+[.,]\d+")
PROBLEMS: dict[str, str | Promise] = {
    "unknown-column": _("The head of this column names no figure of the review: download the sheet again."),
    "no-unit": _("The line has no code of a unit."),
    "unknown-unit": _("No unit of yours has this code."),
    "bad-year": _("Write the year with four digits, not later than the end of the term."),
    "formula": _("The cell holds a formula: write the number itself."),
    "not-number": _("This is not a number."),
    "unclear": _("Where the decimals begin is unclear: write the number without signs between the digits."),
    "negative": _("A figure is not below nought."),
    "too-large": _("This number is too large."),
    "theirs": _("The unit itself has entered another figure; ask it to change it."),
    "twice": _("The same figure stands in the sheet twice."),
}
REFUSED: dict[str, str | Promise] = {
    "empty": _("The file is empty."),
    "wrong-type": _("This is not an Excel workbook (XLSX)."),
    "old-excel": _("This is a workbook of an old kind (XLS): save it as XLSX."),
    "broken": _("The workbook is broken and cannot be opened."),
    "macros": _("The workbook holds macros: save it as XLSX without macros."),
    "too-large": _("The file unpacks to more than a sheet of figures can need."),
    "too-many-rows": _("The sheet has more lines than can be imported at once."),
    "foreign": _("This is not the sheet for earlier years: download it from this page and fill it."),
    "no-figures": _("The sheet holds no figure yet."),
    "secrecy-mark": _("The sheet carries a secrecy mark. It was not stored and no copy was kept."),
}
UNREAD = _("The file could not be read within its limits.")


@dataclass(frozen=True, slots=True)
class Judged:
    """A cell with what it says: where it stands, whose figure it is, the number, or the problem."""

    place: str
    typed: str
    unit: Unit | None = None
    programme: int | None = None
    year: int | None = None
    code: str = ""
    cell: str = ""
    number: Decimal | None = None
    problem: str = ""

    @property
    def key(self) -> tuple[int, int, int, str, str] | None:
        """Return which figure it is, of a sound cell."""
        if self.problem or self.unit is None or self.programme is None or self.year is None:
            return None
        return (self.unit.pk, self.programme, self.year, self.code, self.cell)


@dataclass(frozen=True, slots=True)
class World:
    """What a sheet is judged against: units by code, the columns that the review knows, and the latest year."""

    units: Mapping[str, Unit]
    columns: Mapping[str, tuple[int, str, str]]
    latest: int


def judge(sheet: Mapping[str, Any], world: World) -> list[Judged]:
    """Return every figure cell of a sheet in its order; no query."""
    heads = dict(sheet["head"])
    seen: set[tuple[int, int, int, str, str]] = set()
    found = []
    for line, unit_code, year, cells in sheet["lines"]:
        unit, in_year = world.units.get(unit_code.strip()), _year(year, world.latest)
        for column, kind, text in cells:
            place = f"{letter(column)}{line}"
            known = world.columns.get(heads.get(column, ""))
            number, problem = _number(kind, text)
            wrong = _wrong(known, unit_code, unit, in_year) or problem
            if wrong or known is None or unit is None:
                found.append(Judged(place, text, unit, year=in_year, problem=wrong))
                continue
            one = Judged(place, text, unit, known[0], in_year, known[1], known[2], number)
            key = one.key
            assert key is not None, "it is sound"
            if key in seen:
                one = Judged(place, text, unit, known[0], in_year, known[1], known[2], number, "twice")
            else:
                seen.add(key)
            found.append(one)
    return found


def _wrong(known: object, code: str, unit: Unit | None, year: int | None) -> str:
    if known is None:
        return "unknown-column"
    if not code.strip():
        return "no-unit"
    if unit is None:
        return "unknown-unit"
    return "" if year else "bad-year"


def _year(text: str, latest: int) -> int | None:
    year = int(text) if re.fullmatch(r"\d{4}", text.strip()) else 0
    return year if YEARS[0] <= year <= min(latest, YEARS[1]) else None


def _number(kind: str, text: str) -> tuple[Decimal | None, str]:
    """Read a cell's number, or say what is wrong; a text that could be two numbers is refused rather than guessed."""
    if kind == "f":
        return None, "formula"
    if kind not in ("n", "s"):
        return None, "not-number"
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if kind == "s" and not PLAIN.fullmatch(bare):
        if not BROKEN.fullmatch(bare):
            return None, "unclear" if re.fullmatch(r"-?[\d.,]+", bare) else "not-number"
        bare = bare.replace(",", ".")
        if len(bare.partition(".")[2]) == 3:
            return None, "unclear"
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None, "not-number"
    if not number.is_finite():
        return None, "not-number"
    if abs(number) >= LARGEST:
        return None, "too-large"
    return (round(number, 9), "") if number >= 0 else (None, "negative")


def letter(column: int) -> str:
    """Return the letters of a column, counted from nought, as the spreadsheet names it."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
