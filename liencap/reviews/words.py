"""Numbers in the words of a review that other units are not shown as figures."""

from django.db.models import Q

from liencap.core.rollup.cells import is_small
from liencap.reports.models import Indicator
from liencap.reports.told.checks import Small, Telling, telling_in
from liencap.reviews.content import Content
from liencap.reviews.figures import Row, tables_of
from liencap.reviews.models import UnitReview


def tellings_of(owed: UnitReview, content: Content) -> list[Telling]:
    """Return where the words of a unit's own review say a small figure of its own; a query where none is asked for."""
    texts = [*(part.text for part in content.parts.values())]
    texts += [point.text for point in (*content.lessons, *content.follow_ups)]
    programmes = owed.review.subjects.filter(programme__isnull=False).values("programme_id")
    asked = Indicator.objects.filter(Q(personal=True) | Q(tied=True), form__programme__in=programmes)
    if not any(texts) or not asked.exists():
        return []
    rows = (row for table in tables_of(owed.review, owed.unit, owed.unit_id) for row in table.rows)
    small = [_small(row) for row in rows if row.guarded]
    return [one for text in texts if text for one in telling_in(text, small)]


def _small(row: Row) -> Small:
    numbers = [cell for one in (*row.periods, row.result, row.received) for cell in one.cells]
    return Small(row.name, row.guarded, tuple(sorted({n for n in numbers if n is not None and is_small(n)})))
