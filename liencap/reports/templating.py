"""Which Word template prints a unit's report."""

import datetime
from dataclasses import dataclass

from liencap.documents import store
from liencap.documents.queries import template_in_use
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
    rows = ReportTemplate.objects.filter(language=language)
    rows = rows.filter(made_at__lte=at) if at is not None else rows
    return InUse(language, template_in_use(rows, unit))
