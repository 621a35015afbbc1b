"""Earlier years of a review: the sheet that is filled in, and cutting an old report into passages."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from liencap.printing.packing import repack
from liencap.reports.models import Indicator, Period
from liencap.reports.numbers import cell_label
from liencap.reviews.judging import World
from liencap.reviews.models import Review, UnitReview
from liencap.reviews.sheet import FIRST, HEAD
from liencap.units.models import Unit
from liencap.units.queries import children

YEARS = 2  # before the term, prefilled
MOST_UNITS = 500
SHORTEST, LONGEST = 40, 4000  # letters of a passage
_LABEL = re.compile(r"^(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-zđA-ZĐ])[.)]\s+\S")


@dataclass(frozen=True, slots=True)
class Column:
    """A figure that a review knows: its head in the sheet and its name."""

    programme: int
    code: str
    cell: str
    name: str

    @property
    def head(self) -> str:
        """Return the code that heads the column."""
        return f"{self.programme}:{self.code}/{self.cell}"


def columns_of(review: Review) -> list[Column]:
    """Return the figures of the programmes under review, each code once as the newest form has it; two queries."""
    programmes = review.subjects.filter(programme__isnull=False).values("programme_id")
    forms = Period.objects.filter(programme__in=programmes, form__isnull=False).values("form_id")
    found: dict[tuple[int, str], Indicator] = {}
    for one in Indicator.objects.filter(form__in=forms).select_related("form").order_by("-form__n", "order"):
        found.setdefault((one.form.programme_id, one.code), one)
    return [
        Column(programme, code, cell, str(one) if len(one.cells) == 1 else f"{one}: {cell_label(cell)}")
        for (programme, code), one in found.items()
        for cell in one.cells
    ]


def world_of(owed: UnitReview, codes: Iterable[str]) -> World:
    """Return what a sheet of a unit is judged against; three queries."""
    units = Unit.objects.all().below(owed.unit).filter(code__in=set(codes))
    columns = {one.head: (one.programme, one.code, one.cell) for one in columns_of(owed.review)}
    return World({unit.code: unit for unit in units}, columns, owed.review.until.year)


def sheet_of(owed: UnitReview) -> bytes:
    """Return the XLSX to fill in: a line for the unit and each unit directly below, and year, a column a figure."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    columns = columns_of(owed.review)
    names = [_("Code of the unit"), _("Unit, with all below it"), _("Year"), *(one.name for one in columns)]
    _write(sheet, 1, [*HEAD, *(one.head for one in columns)])
    _write(sheet, 2, names, bold=True)
    units = [owed.unit, *children(owed.unit).order_by("sort_key", "pk")[:MOST_UNITS]]
    line = FIRST
    for year in range(owed.review.since.year - YEARS, owed.review.since.year):
        for unit in units:
            _write(sheet, line, [unit.code, str(unit), year])
            line += 1
    for place, width in enumerate((14, 44, 8, *(22 for _one in columns)), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"{get_column_letter(len(HEAD) + 1)}{FIRST}"
    sheet.row_dimensions[1].hidden = True
    held = io.BytesIO()
    book.save(held)
    return repack(held.getvalue())


def _write(sheet: Any, line: int, values: list[Any], *, bold: bool = False) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(line, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = (
                "s"  # after the value, which would make a formula of what starts with an equals sign
            )
        if bold:
            cell.font = Font(bold=True)


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage of a text: the heading it stands under and its place."""

    heading: str
    start: int
    end: int


def cut(text: str) -> list[Cut]:
    """Cut a report into passages, one a paragraph of some length, each with the nearest heading above it."""
    heading, found, at = "", list[Cut](), 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        start = at + line.find(words) if words else at
        at += len(line)
        if _is_heading(words):
            heading = words[:300]
        elif len(words) >= SHORTEST:
            found += [
                Cut(heading, n, min(n + LONGEST, start + len(words)))
                for n in range(start, start + len(words), LONGEST)
            ]
    return found


def _is_heading(words: str) -> bool:
    if not words or len(words) > 150 or words.endswith((".", ";", ",")):
        return False
    return bool(_LABEL.match(words)) or words.isupper()
