"""What the search finds in this room: passages of the reports that were sent, as they stand now."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liencap.audit.actor import Actor
from liencap.card import Hit
from liencap.reports.models import Passage, Report
from liencap.search.queries import best
from liencap.search.terms import excerpt, question
from liencap.units.access import units_visible_to

KIND, CHUNK = "passage", 500


def passages(actor: Actor, typed: str, limit: int) -> list[Hit]:
    """Find passages of the newest sent versions in the units whose reports the actor's seat may see; no draft."""
    units = units_visible_to(actor, "report.view").order_by().values("pk")
    # Asked of each passage: joined through its version, PostgreSQL takes all reports for one and reads them all first.
    stands = Report.objects.filter(current=OuterRef("version"), obligation__unit__in=units)
    seen = Passage.objects.filter(Exists(stands)).order_by("-pk").only("pk")
    chosen = [row.pk for row in best(seen, KIND, typed, limit)]
    place = "version__report__obligation"
    rows = Passage.objects.select_related(f"{place}__unit", f"{place}__period").in_bulk(chosen)
    found, asked = [], question(typed)
    for row in (rows[pk] for pk in chosen):
        assert row.version is not None, "only sent passages are found"
        report = row.version.report
        where = f"{report.obligation.unit} · {report.obligation.period}"
        url = reverse("reports:report", args=[report.pk])
        found.append(Hit(_("Words of reports"), where, url, excerpt(row.text, asked)))
    return found


def all_texts() -> Iterator[list[tuple[int, str]]]:
    """Yield the passages of all sent versions, a chunk at a time."""
    last = 0
    sent = Passage.objects.filter(version__isnull=False)
    while rows := list(sent.filter(pk__gt=last).order_by("pk").values_list("pk", "text")[:CHUNK]):
        last = rows[-1][0]
        yield rows
