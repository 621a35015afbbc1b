"""Write a report as a workbook that an office fills in without this system."""

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liencap.core.rollup.layout import State
from liencap.offline.rows import (
    CAUSE,
    CHOICE,
    FIGURE,
    NOTE,
    STATE,
    TASK,
    WORDS,
    Row,
    is_not_applicable,
    state_labels,
)
from liencap.offline.sheet import ANSWER, HEAD, PROPERTY
from liencap.reports.display import number_text

DIGITS = 15  # what a spreadsheet program keeps of a number
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_GREY, _BLUE, _YELLOW = "FFF1F3F5", "FFDCE9F7", "FFFFFBE6"


@dataclass(frozen=True, slots=True)
class GivenTask:
    """A task as the list of tasks shows it."""

    label: str
    text: str
    due: datetime.date | None
    set_by: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """All that a workbook says: its key, whom it is for, by when, the tasks, and the lines of the report."""

    key: str
    unit: str
    period: str
    due: datetime.date
    language: str
    tasks: Sequence[GivenTask]
    rows: Sequence[Row]


def make_workbook(form: Workbook) -> bytes:
    """Return the workbook as XLSX; every word of a user is text, whatever it begins with."""
    from openpyxl import Workbook as Book
    from openpyxl.packaging.custom import StringProperty

    with translation.override(form.language):
        book = Book()
        report = book.active
        assert report is not None, "a new book has a sheet"
        _report_sheet(report, form)
        _task_sheet(book.create_sheet(_("Tasks given"), 0), form)
        _help_sheet(book.create_sheet(_("How to fill it in")), form)
        book.active = 1
        for sheet in book.worksheets:
            # Who opens the file stands on the report, not on three sheets at once.
            sheet.sheet_view.tabSelected = sheet is report
        book.custom_doc_props.append(  # type: ignore[attr-defined]  # younger than its stubs
            StringProperty(name=PROPERTY, value=form.key)
        )
        book.properties.title = text_of(f"{form.unit} · {form.period}")[:250]
        book.properties.creator = "Liencap"
        made = io.BytesIO()
        book.save(made)
    return made.getvalue()


def text_of(words: str) -> str:
    """Return words as a cell can hold them: no control signs, and nothing that would be read as an escape."""
    return _ESCAPED.sub(r"_x005F_\1", _FORBIDDEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n")))


def _put(sheet: Any, line: int, column: int, words: str, **look: Any) -> Any:
    """Write words as text, never as a formula."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = sheet.cell(line, column)
    cell.value = text_of(words)
    cell.data_type = "s"
    cell.quotePrefix = words[:1] in ("=", "+", "-", "@")
    cell.alignment = Alignment(wrap_text=look.get("wrap", True), vertical="top")
    cell.font = Font(
        name="Times New Roman", size=look.get("size", 12), bold=look.get("bold", False),
        italic=look.get("italic", False),
    )  # fmt: skip
    if fill := look.get("fill"):
        cell.fill = PatternFill("solid", start_color=fill)
    return cell


def _frame(sheet: Any, title: str, widths: dict[str, float], head: int) -> None:
    """Set what every sheet has: title, widths, frozen head, A4 across, and no typing where none is meant."""
    sheet.title = title
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "&P/&N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.protection.sheet = True
    # Widths and heights stay the reader's own.
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _report_sheet(sheet: Any, form: Workbook) -> None:
    widths = {"A": 4.0, "B": 6.0, "C": 52.0, "D": 52.0, "E": 42.0}
    _frame(sheet, _("Report"), widths, HEAD - 1)
    sheet.column_dimensions["A"].hidden = True
    _put(sheet, 1, 1, form.key, wrap=False)
    _put(sheet, 1, 2, f"{_('Report')}: {form.period}", wrap=False, bold=True, size=14)
    _put(sheet, 2, 2, form.unit, wrap=False, bold=True)
    _put(sheet, 3, 2, _("Due on %(day)s") % {"day": date_format(form.due, "SHORT_DATE_FORMAT")}, wrap=False)
    for column, words in enumerate(("#", _("What is asked"), _("Answer"), _("How to answer")), start=2):
        _put(sheet, HEAD - 1, column, words, bold=True, fill=_GREY)
    lists, n = _state_list(sheet), 0
    for line, row in enumerate(form.rows, start=HEAD):
        n += row.kind == TASK
        _put(sheet, line, 1, row.key, wrap=False)
        _line(sheet, line, row, n, lists)


def _line(sheet: Any, line: int, row: Row, n: int, states: Any) -> None:
    """Write one line of the report: a task as a heading, or a question with the cell for its answer."""
    if row.kind == TASK:
        for column, words in ((2, str(n)), (3, row.label), (4, ""), (5, "")):
            _put(sheet, line, column, words, bold=True, fill=_BLUE)
        sheet.cell(line, ANSWER).value = None
        sheet.row_dimensions[line].height = _height(row.label, 40)
        return
    if row.kind == NOTE:
        _put(sheet, line, 3, row.label, italic=True)
        sheet.row_dimensions[line].height = _height(row.label, 40)
        return
    _put(sheet, line, 3, row.label)
    _put(sheet, line, 5, row.hint, italic=True, size=10)
    _answer(sheet, line, row, states)
    if row.kind == WORDS:
        sheet.row_dimensions[line].height = max(48.0, _height(str(row.value), 46))
    elif row.hint:
        sheet.row_dimensions[line].height = max(_height(row.label, 40), _height(row.hint, 34, 14))


def _answer(sheet: Any, line: int, row: Row, states: Any) -> None:
    """Write the cell that is typed in, with what stands there already."""
    from openpyxl.styles import Border, Protection, Side

    shown = state_labels().get(str(row.value), "") if row.kind == STATE else row.value
    cell = _put(sheet, line, ANSWER, "" if isinstance(shown, Decimal | State) else shown, fill=_YELLOW)
    if not cell.value:
        cell.value = None  # setting it anew would make a formula of words that begin with =
    thin = Side(style="thin", color="FFB0B7C0")
    cell.border, cell.protection = Border(thin, thin, thin, thin), Protection(locked=False)
    if row.kind == FIGURE:
        _figure(sheet, cell, row)
    elif row.kind == STATE:
        states.add(cell)
    elif row.kind == CAUSE:
        _causes(sheet, cell, row)
    elif row.kind == CHOICE:
        _options(sheet, cell, row)
    else:
        cell.number_format = "@"


def _figure(sheet: Any, cell: Any, row: Row) -> None:
    """Write a figure: nothing, a number or the token of "does not apply", three different things."""
    from openpyxl.worksheet.datavalidation import DataValidation

    cell.number_format = "#,##0" + ("." + "0" * row.scale if row.scale else "")
    if is_not_applicable(row.value):
        cell.value, cell.data_type = _("N/A"), "s"
    elif isinstance(row.value, Decimal) and len(row.value.as_tuple().digits) <= DIGITS:
        cell.value = row.value
    elif isinstance(row.value, Decimal):
        # A spreadsheet program would round it in silence.
        cell.value, cell.data_type = number_text(row.value), "s"
    place, token = cell.coordinate, _("N/A")
    rule = f'OR(AND(ISNUMBER({place}),{place}>=0),ISNUMBER(SEARCH("{token}",{place})))'
    check = DataValidation("custom", formula1=rule, allow_blank=True, showErrorMessage=True)
    check.errorTitle, check.error = row.label[:32], row.hint[:220]
    check.add(cell)
    sheet.add_data_validation(check)


def _options(sheet: Any, cell: Any, row: Row) -> None:
    """Offer the answers of a choice as a list, where they fit into what a spreadsheet program takes."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = ",".join((*row.options, _("N/A")))
    if len(words) > 250 or any("," in option or '"' in option for option in row.options):
        return
    check = DataValidation("list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    check.errorTitle, check.error = row.label[:32], _("Choose from the list.")
    check.add(cell)
    sheet.add_data_validation(check)


def _causes(sheet: Any, cell: Any, row: Row) -> None:
    """Offer the list of causes that stands on the last sheet: names hold commas, and there may be many."""
    from openpyxl.worksheet.datavalidation import DataValidation

    title, last = _("How to fill it in").replace("'", "''"), len(row.options) + 1
    check = DataValidation(
        "list", formula1=f"'{title}'!$D$2:$D${last}", allow_blank=True, showErrorMessage=True
    )
    check.errorTitle, check.error = row.label[:32], _("Choose from the list.")
    check.add(cell)
    sheet.add_data_validation(check)


def _state_list(sheet: Any) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    words = '"' + ",".join(state_labels().values()) + '"'
    check = DataValidation("list", formula1=words, allow_blank=True, showErrorMessage=True)
    check.errorTitle, check.error = _("How far the task is"), _("Choose from the list.")
    sheet.add_data_validation(check)
    return check


def _task_sheet(sheet: Any, form: Workbook) -> None:
    _frame(sheet, _("Tasks given"), {"A": 6.0, "B": 82.0, "C": 16.0, "D": 40.0}, 3)
    _put(sheet, 1, 1, f"{_('Tasks given')}: {form.unit}", wrap=False, bold=True, size=14)
    for column, words in enumerate(("#", _("Task"), _("Due"), _("Given by")), start=1):
        _put(sheet, 3, column, words, bold=True, fill=_GREY)
    for n, task in enumerate(form.tasks, start=1):
        words = f"{task.label}: {task.text}" if task.label else task.text
        day = date_format(task.due, "SHORT_DATE_FORMAT") if task.due else _("each period")
        for column, said in enumerate((str(n), words, day, task.set_by), start=1):
            _put(sheet, n + 3, column, said)
        sheet.row_dimensions[n + 3].height = _height(words, 62)


def _help_sheet(sheet: Any, form: Workbook) -> None:
    _frame(sheet, _("How to fill it in"), {"A": 6.0, "B": 110.0}, 1)
    _put(sheet, 1, 1, _("How to fill it in"), wrap=False, bold=True, size=14)
    lines = (
        _("This file is for %(unit)s alone. Do not use it for another unit.") % {"unit": form.unit},
        _("Type in the yellow cells of the sheet “%(sheet)s”; the others are locked.")
        % {"sheet": _("Report")},
        _("Say of every task how far it is. When it does not apply, say why on the line below."),
        _(
            "Figures: a number; 0 means none; an empty cell means not known; %(token)s means it does not apply."
        )
        % {"token": _("N/A")},
        _("No formulas, no merged cells, no macros: write the result itself."),
        _("Do not write down the views of named people."),
        _("Save the file as XLSX and send it back. You may rename it: it is known by a key inside."),
        _("What is entered from this file is shown to your unit and can be corrected there."),
    )
    for n, words in enumerate(lines, start=1):
        _put(sheet, n + 1, 1, str(n))
        _put(sheet, n + 1, 2, words)
        sheet.row_dimensions[n + 1].height = _height(words, 100)
    causes = next((row.options for row in form.rows if row.kind == CAUSE), ())
    if causes:
        sheet.column_dimensions["D"].width = 60.0
        _put(sheet, 1, 4, _("Causes to choose from"), wrap=False, bold=True)
    for n, name in enumerate(causes, start=2):
        _put(sheet, n, 4, name)


def _height(words: str, wide: int, line: float = 16.5) -> float:
    """Return the height of a line for words in a column: spreadsheet programs do not stretch it by themselves."""
    lines = sum(1 + len(part) // wide for part in words.split("\n"))
    return min(lines, 24) * line
