"""Say in the user's words why a file cannot be read; the codes are those of the reader's formats."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "empty": _("The file is empty."),
    "wrong-type": _("The file is not a text, web page, Word or PDF document."),
    "needs-libreoffice": _(
        "The file is in an older or open office format: save it as DOCX or PDF and send it again."
    ),
    "broken-zip": _("The file is damaged: it begins as an office document but cannot be unpacked."),
    "broken": _("The file is damaged and cannot be opened."),
    "password": _("The file is protected by a password: remove the password and send it again."),
    "scan-without-text": _(
        "The file holds only pictures of pages: send the original file or a PDF with text."
    ),
    "too-large": _("The file is too large to be read."),
    "too-long": _("The text has more than twelve million characters: send its parts one by one."),
    "zip-bomb": _("The file unpacks to far more than a document needs and was not opened."),
    "xml-bomb": _("The file holds XML made to exhaust the machine and was not opened."),
    "missing-extra": _("A library for this format is not installed on the server."),
}
_OF_CHILD = {"timeout": "too-large", "memory": "too-large", "crash": "broken", "refused": "broken"}


def code_of(code: str) -> str:
    """Return the reader's code for a failure of the child process, or the code itself."""
    return _OF_CHILD.get(code, code)


def sentence(code: str) -> Promise:
    """Return the sentence for a code."""
    return SENTENCES.get(code) or SENTENCES["broken"]
