"""What a document page shows of a reading."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.documents.models import Reading, Version

FOUND: tuple[tuple[str, Promise], ...] = (
    ("tasks", _("Tasks")),
    ("table_tasks", _("Rows of task tables")),
    ("implementation", _("Items on implementation")),
    ("deadlines", _("Deadlines and windows of events")),
    ("periods", _("Terms and periods")),
    ("citations", _("Cited documents")),
    ("responsible", _("Responsible units")),
    ("people", _("People")),
    ("bodies", _("Bodies")),
)


PROBLEMS: dict[str, Promise] = {
    "direction-without-task": _("No task carries out this direction."),
    "number-blank": _("The number is left blank."),
    "no-tasks": _("No task was found."),
}


def counts(reading: Reading) -> list[tuple[Promise, int]]:
    """Return what was found, by kind, and how often."""
    return [(label, n) for name, label in FOUND if (n := len(reading.plan.get(name, ())))]


def problems(reading: Reading) -> list[dict[str, Any]]:
    """Return what a person should look at, each with the words it stands on."""
    return [
        {
            "message": PROBLEMS.get(one["code"], one["message"]),
            "words": reading.text[one["start"] : one["end"]][:200],
        }
        for one in reading.problems[:50]
    ]


def newest(document_id: int) -> Version:
    """Return a document's newest version with its reading and job."""
    versions = Version.objects.select_related(
        "reading__job", "uploaded_by_seat__role", "uploaded_by_seat__unit"
    )
    return versions.filter(document_id=document_id).order_by("-n")[0]
