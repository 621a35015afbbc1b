"""Find names of the roster in words that may not record the views of named people."""

import re

from django.db.models import Q

from liencap.core.text import fold
from liencap.units.models import Person, Unit

# Words by which Vietnamese and English texts introduce a person by one name only.
TITLES = ("ong", "ba", "anh", "chi", "co", "chu", "bac", "dong chi", "dc", "mr", "mrs", "ms", "comrade")


def names_in(text: str, unit: Unit) -> list[str]:
    """Return the people of the unit, or of a unit above it, whom a text names; two queries at most.

    A whole name counts wherever it stands, a given name only after a word of address.
    """
    said = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    if len(said) < 4:
        return []
    seats = Q(appointments__seat__unit__in=unit.path_ids)
    people = Person.objects.filter(seats, erased=False).distinct().order_by("sort_key", "pk")
    found = []
    for person in people[:500]:
        words = person.folded.split()
        whole = len(words) > 1 and f" {' '.join(words)} " in said
        called = words and any(f" {title} {words[-1]} " in said for title in TITLES)
        if whole or called:
            found.append(person.name)
    return found
