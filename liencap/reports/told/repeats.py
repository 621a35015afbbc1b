"""Where else the words of a passage stand: what its unit and the units above wrote themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from liencap.reports.models import Passage, PassageSource
from liencap.units.models import Unit


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that was sent and says the words too; `begin` and `end` are where, as the words are kept nowhere."""

    passage: Passage
    begin: int
    end: int

    @property
    def unit(self) -> Unit:
        """Return the unit that says it."""
        assert self.passage.version is not None, "a repeat was sent"
        return self.passage.version.report.obligation.unit

    @property
    def url(self) -> str:
        """Return the address at which these very words can be taken out, with them already chosen."""
        where = reverse("reports:passage-redact", args=[self.passage.pk])
        return f"{where}?begin={self.begin}&end={self.end}"


def repeats_of(passage: Passage, words: str) -> list[Repeat]:
    """Return where else the words stand in sent reports of the period, one a report, task and question, newest first.

    Looked at are the unit's own report, those of the units above it, and what was made of the passage by link.
    """
    version = passage.version
    assert version is not None, "only sent passages are taken words from"
    owed = version.report.obligation
    line = {
        "version__report__obligation__period": owed.period_id,
        "version__report__obligation__unit__in": owed.chain_ids,
    }
    found = _joined(Passage.objects.filter(Q(**line) | Q(pk__in=_drawn(passage)), text__contains=words))
    places = {(version.report_id, passage.task_id, passage.question)}
    return list(_first_of_each(found.order_by("-version__n", "pk"), words, places))


def _first_of_each(
    found: Iterable[Passage], words: str, places: set[tuple[int, int, str]]
) -> Iterable[Repeat]:
    for one in found:
        assert one.version is not None, "joined passages were sent"
        place, begin = (one.version.report_id, one.task_id, one.question), one.text.find(words)
        if place not in places and begin >= 0:  # SQLite finds words of another case too
            places.add(place)
            yield Repeat(one, begin, begin + len(words))


def _joined(passages: QuerySet[Passage]) -> QuerySet[Passage]:
    sent = passages.filter(version__isnull=False)
    return sent.select_related(
        "task", "version__report__obligation__unit", "version__report__obligation__period"
    )


def _drawn(passage: Passage) -> set[int]:
    """Return the passages further up that were made of this one, or of one made of it; a query a tier."""
    found: set[int] = set()
    below = {passage.pk}
    while below:
        links = PassageSource.objects.filter(Q(source__in=below) & ~Q(passage__in=found))
        below = set(links.values_list("passage_id", flat=True))
        found |= below
    return found
