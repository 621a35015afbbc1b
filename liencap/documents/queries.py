"""What a document page shows of a reading."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.documents.models import Letterhead, Reading, Version
from liencap.units.models import Unit
from liencap.units.queries import path_to

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

NAME = 64  # characters of a sha256

PROBLEMS: dict[str, Promise] = {
    "direction-without-task": _("No task carries out this direction."),
    "number-blank": _("The number is left blank."),
    "date-blank": _("The day is left blank."),
    "no-task": _("No task was found."),
    "empty": _("The text is empty."),
    "date-impossible": _("The calendar has no such day."),
    "window-reversed": _("This stretch of time ends before it begins."),
    "year-missing": _(
        "The year of this date is unknown: the text does not say it, and the document has no date."
    ),
    "date-outside-phase": _("This date lies outside the stretch of time given above it."),
    "label-repeated": _("This number stands here a second time."),
    "label-missing": _("Before this number one is left out."),
    "table-differs": _("The text gives another date for this than the table."),
    "lookalike-repaired": _(
        "Letters of another alphabet stood in this symbol; they were read as Latin ones."
    ),
}


def counts(reading: Reading) -> list[tuple[Promise, int]]:
    """Return what was found, by kind, and how often."""
    return [(label, n) for name, label in FOUND if (n := len(reading.plan.get(name, ())))]


def problems(reading: Reading) -> list[dict[str, Any]]:
    """Return what a person should look at, each with the words it stands on."""
    return [
        {"message": message_of(one), "words": reading.text[one["start"] : one["end"]][:200]}
        for one in reading.problems[:50]
    ]


def message_of(problem: dict[str, Any]) -> Promise | str:
    """Return a problem's sentence in the reader's language; one that is not known stays as it was said."""
    return PROBLEMS.get(problem["code"]) or str(problem["message"])


def newest(document_id: int) -> Version:
    """Return a document's newest version with its reading and job."""
    versions = Version.objects.select_related(
        "reading__job", "uploaded_by_seat__role", "uploaded_by_seat__unit"
    )
    return versions.filter(document_id=document_id).order_by("-n")[0]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a paper: its form, the body above, who issues it, where; and in whose name it is signed."""

    form: str
    authority: str
    issuer: str
    place: str
    on_behalf: str = ""


LINES = ("authority", "issuer", "place", "on_behalf")


def letterhead_kept(unit: Unit) -> tuple[str, dict[str, str]]:
    """Return the form of the nearest unit that keeps a head, empty when none does, and the unit's own lines.

    Two queries.
    """
    form, own, _above = _kept(unit)
    return form, {name: getattr(own, name) for name in LINES} if own else {}


def _kept(unit: Unit) -> tuple[str, Letterhead | None, list[Unit]]:
    """Return the form that counts, what the unit keeps itself, and the units above it down to itself."""
    above = path_to(unit)
    kept = {one.unit_id: one for one in Letterhead.objects.filter(unit__in=above)}
    form = next((kept[one.pk].form for one in reversed(above) if one.pk in kept), "")
    return form, kept.get(unit.pk), above


def letterhead_of(unit: Unit) -> Head:
    """Return the head of a unit's papers; two queries.

    What the unit did not set comes from the tree: its name, the name of the unit above, and the form of the
    nearest unit above that has one.
    """
    form, own, above = _kept(unit)
    parent = str(above[-2]) if len(above) > 1 else ""
    return Head(
        form or Letterhead.Form.PLAIN, own.authority if own and own.authority else parent,
        own.issuer if own and own.issuer else str(unit), own.place if own else "",
        own.on_behalf if own else "",
    )  # fmt: skip


def letterhead_given(unit: Unit) -> dict[str, str]:
    """Return what a unit set itself, and the form that counts for it."""
    own = Letterhead.objects.filter(unit=unit).first()
    given = {name: getattr(own, name) for name in LINES} if own else {}
    return {"form": letterhead_of(unit).form, **given}


def template_in_use(rows: "QuerySet[Any]", unit: Unit) -> Any:
    """Return the Word template of the unit, else of the nearest unit above that has one, else None; one query.

    `rows` are a room's templates of one language; a row without bytes goes back to the one from above.
    """
    newest = {
        row.unit_id: row for row in rows.filter(unit__in=unit.path_ids).select_related("unit").order_by("pk")
    }
    held = (newest[pk] for pk in reversed(unit.path_ids) if pk in newest and newest[pk].sha256)
    return next(held, None)


def is_named(sha256: str, *, apart_from: QuerySet[Any]) -> bool:
    """Return whether any row of any room names bytes by their sha256, leaving out the given rows of one table.

    It looks in every column that is wide enough for the name, so that a room that begins to keep files need not be
    told of; a query a column.
    """
    for model in apps.get_models():
        wide = [f for f in model._meta.concrete_fields if isinstance(f, CharField) and f.max_length == NAME]
        rows = model._default_manager.all()
        if model is apart_from.model:
            rows = rows.exclude(pk__in=apart_from.values("pk"))
        if any(rows.filter(**{field.attname: sha256}).exists() for field in wide):
            return True
    return False
