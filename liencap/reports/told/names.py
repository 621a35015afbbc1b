"""Names of a unit's own people in what it writes: passages speak of the work, not of the views of named persons."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from liencap.core.stated import name_candidates
from liencap.core.text import fold
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.units.models import Appointment, Membership, Person, Unit


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands in a text and among the unit's people."""

    task: Task | None
    name: str

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        return _("“%(name)s” is among the people of your unit: write about the work, not about who thinks what.") % {
            "name": self.name
        }  # fmt: skip


def named_in(content: Content, unit: Unit) -> list[Named]:
    """Return the people of a unit whose names stand in its words; a query if anything there can be a name."""
    found: dict[str, str] = {}
    for text in content.passages.values():
        for start, end in name_candidates(text):
            found.setdefault(fold(text[start:end]), text[start:end])
    if not found:
        return []
    seated = Appointment.objects.filter(seat__unit=unit).values("person_id")
    joined = Membership.objects.filter(unit=unit).values("person_id")
    people = Person.objects.filter(Q(pk__in=seated) | Q(pk__in=joined), folded__in=found)
    return [Named(None, found[name]) for name in sorted(set(people.values_list("folded", flat=True)))]
