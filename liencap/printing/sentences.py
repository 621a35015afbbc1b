"""Say in the user's words what speaks against a Word template."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEMS: dict[str, str | Promise] = {
    "not-a-docx": _("This file is not a Word document (DOCX)."),
    "zip-bomb": _("The file unpacks to more than a template can need."),
    "odd-package": _("The file names its parts in a way Word does not: save it again in Word."),
    "odd-encoding": _("A part of the file is not written as Word writes it: save it again in Word."),
    "doctype": _("A part of the file declares a document type: save it again in Word."),
    "macro": _("The file holds macros: save it as DOCX without macros."),
    "external-relation": _(
        "The file points outside itself: replace linked pictures and links by plain ones."
    ),
    "embedded-object": _("The file holds an embedded object or control: take it out."),
    "field": _("The file holds a field that would fetch something from outside: take it out."),
    "tag-error": _("A mark in braces cannot be read; perhaps it is broken over two fonts."),
    "not-allowed": _("A mark in braces does more than print, choose or repeat."),
    "unknown-name": _("A mark in braces names something that is not there to print."),
    "does-not-fill": _("The template cannot be filled with a trial paper."),
}
OTHER = _("The template could not be tried within its limits.")


def in_words(problem: dict[str, str]) -> dict[str, str]:
    """Return a problem with its sentence, its place and the template's own words where they help."""
    code = problem["code"]
    detail = (
        problem["message"] if code in ("tag-error", "not-allowed", "unknown-name", "does-not-fill") else ""
    )
    return {"sentence": str(PROBLEMS.get(code, OTHER)), "place": problem["place"], "detail": detail}
