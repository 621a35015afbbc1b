"""Which Word template prints a unit's report."""

import datetime
from dataclasses import dataclass

from liencap.documents import store
from liencap.reports.models import ReportTemplate
from liencap.reports.printing.word import default_template
from liencap.units.models import Unit


@dataclass(frozen=True, slots=True)
class InUse:
    """The template that prints a unit's reports in a language; without a row it is the built-in one."""

    language: str
    row: ReportTemplate | None

    @property
    def data(self) -> bytes:
        """Return its bytes."""
        return store.get(self.row.sha256) if self.row else default_template(self.language)


def in_use(unit: Unit, language: str, at: datetime.datetime | None = None) -> InUse:
    """Return the template of the unit, else of the nearest unit above that has one, today or at a moment; one query."""
    newest: dict[int, ReportTemplate] = {}
    rows = ReportTemplate.objects.filter(unit_id__in=unit.path_ids, language=language).order_by("pk")
    rows = rows.filter(made_at__lte=at) if at is not None else rows
    for row in rows.select_related("unit"):
        newest[row.unit_id] = row
    held = (newest[pk] for pk in reversed(unit.path_ids) if pk in newest and newest[pk].sha256)
    return InUse(language, next(held, None))
