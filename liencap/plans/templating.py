"""Which Word template prints a unit's plan."""

from dataclasses import dataclass

from liencap.documents import store
from liencap.documents.queries import template_in_use
from liencap.plans.models import PlanTemplate
from liencap.plans.printing import default_template
from liencap.units.models import Unit


@dataclass(frozen=True, slots=True)
class InUse:
    """The template that prints a unit's plans in a language; without a row it is the built-in one."""

    language: str
    row: PlanTemplate | None

    @property
    def data(self) -> bytes:
        """Return its bytes."""
        return store.get(self.row.sha256) if self.row else default_template(self.language)


def in_use(unit: Unit, language: str) -> InUse:
    """Return the template of the unit, else of the nearest unit above that has one; one query."""
    return InUse(language, template_in_use(PlanTemplate.objects.filter(language=language), unit))
