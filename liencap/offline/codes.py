"""Say in the user's words what is wrong with a file or a cell."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILES: dict[str, Promise] = {
    "empty": _("The file is empty (0 bytes)."),
    "wrong-type": _("The file is not an Excel workbook (XLSX)."),
    "locked-office": _(
        "The file is locked by a password or in the old XLS format: save it as XLSX without a password."
    ),
    "broken-zip": _("The file is damaged and cannot be opened: ask for it again."),
    "broken": _("The file is damaged and cannot be opened: ask for it again."),
    "password": _("The file is protected by a password: remove the password and send it again."),
    "too-large": _("The file is too large to be one of our forms."),
    "zip-bomb": _("The file unpacks to far more than a form needs and was not opened."),
    "xml-bomb": _("The file holds XML made to exhaust the machine and was not opened."),
    "too-many-rows": _("The file has more than %(detail)s lines: it is not the form as it was handed out."),
    "too-many-files": _("The ZIP holds more than %(detail)s files: send them in parts."),
    "empty-zip": _("The ZIP holds no file."),
    "zip-in-zip": _("A ZIP inside a ZIP is not opened: send its files directly."),
    "macros": _("The file holds macros: save it as an ordinary workbook (XLSX) and send it again."),
    "embedded": _("The file holds other files or links to other workbooks: remove them and send it again."),
    "secrecy-mark": _("The file carries the secrecy mark “%(detail)s”. No copy was kept."),
    "foreign": _("This is not a form that was handed out here."),
    "key-broken": _("The key inside the form was changed, so it cannot be said whose form it is."),
    "not-yours": _("This form is not for a unit that you may enter reports for."),
    "other-report": _("This form is for another report, not for the one you are writing."),
    "period-closed": _("The period is no longer open."),
    "sent-meanwhile": _("The unit has already sent its report for this period."),
    "wrong-form": _("The form is older than the indicators of the period: hand out a new one."),
    "duplicate": _("The same file as “%(detail)s”."),
    "older-issue": _("An older form: the unit was handed a newer one later. Take it only if you are sure."),
    "twice": _("Another file here is for the same unit: choose which one counts."),
    "has-account": _("The unit has an account of its own: say how its head agreed."),
    "task-amended": _("A task was amended after this file was read: hand out a new form."),
    "foreign-task": _(
        "A task was rescinded after this file was read: drop it in again, what it says of the others is entered."
    ),
    "unread": _("The file could not be read."),
}
CELLS: dict[str, Promise] = {
    "formula": _("A formula stands here: write the result itself."),
    "not-text": _("A yes or no of the spreadsheet stands here: write a number or words."),
    "cell-error": _("The spreadsheet shows an error here."),
    "date": _("The spreadsheet has made a date of this: write it as a number, or as text."),
    "percent": _("Write the number without the percent sign."),
    "not-number": _("“%(typed)s” is not a number of zero or more."),
    "negative": _("Write a number of zero or more."),
    "scale_loss": _("More decimal places than are asked for."),
    "overflow": _("This number is too large."),
    "not_a_number": _("This is not a number."),
    "half_pair": _("Give both numbers or neither."),
    "zero_denominator": _("The whole cannot be zero."),
    "bad-state": _("“%(typed)s” is not in the list: choose how far the task is."),
    "state-missing": _("Say how far the task is."),
    "reason-missing": _("Say why the task does not apply."),
    "reason-alone": _("A reason is given, but not how far the task is."),
    "too-long": _("The text is too long."),
    "line-missing": _("The line of this question is missing in the file."),
    "double": _("This line stands twice."),
    "not-asked": _("The unit is no longer asked this."),
    "not-in-list": _("“%(typed)s” is not in the list."),
    "not-day": _("“%(typed)s” is not a day that exists."),
    "block-required": _("This is asked for and may not be left empty."),
    "block-range": _("%(typed)s: this is outside what the form allows."),
    "block-rises": _("%(typed)s: this may not be less than in the period before."),
    "block-parts": _("%(typed)s: the parts must add up to this."),
    "warn-required": _("This is asked for: fill it in, or say why not on the line below."),
    "warn-range": _(
        "%(typed)s: this is outside what is expected. If it is right, say why on the line below."
    ),
    "warn-rises": _("%(typed)s: less than in the period before. If it is right, say why on the line below."),
    "warn-parts": _("%(typed)s: the parts do not add up to this. If it is right, say why on the line below."),
    "outside": _("This stands outside the cells for answers and would be lost: move it or delete it."),
    "amended": _("The task was amended after the form was handed out: answer its new words on a new form."),
    "merged": _("These cells are merged: undo it, or one of them is lost."),
}
_OF_CHILD = {"timeout": "too-large", "memory": "too-large", "crash": "unread", "refused": "unread"}


def code_of(code: str) -> str:
    """Return the code of a refusal that we have words for."""
    code = _OF_CHILD.get(code, code)
    return code if code in FILES else "unread"


def file_words(code: str, detail: str = "") -> str:
    """Say what is wrong with a file."""
    return str(FILES.get(code, FILES["unread"])) % {"detail": detail} if code else ""


def cell_words(code: str, typed: str = "") -> str:
    """Say what is wrong with a cell."""
    return str(CELLS.get(code, CELLS["not-number"])) % {"typed": typed}
