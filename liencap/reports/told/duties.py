"""What a unit owes its readers: to look at passages that came after the text was written."""

import datetime
from collections.abc import Iterator

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liencap.card import Duty
from liencap.reports.models import ConsolidatedReport
from liencap.ui.paging import in_chunks


def to_look_at(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield the consolidated reports with late passages that nobody has looked at, from the day of the first."""
    waiting = ConsolidatedReport.objects.filter(late__isnull=False, late__looked_at=None)
    for chunk in in_chunks(waiting.distinct().select_related("period")):
        days = dict(
            ConsolidatedReport.objects.filter(pk__in=[one.pk for one in chunk], late__looked_at=None)
            .values_list("pk")
            .annotate(first=Min("late__at"))
        )
        for report in chunk:
            day = timezone.localdate(days[report.pk])
            if since <= day <= until:
                yield Duty(
                    f"late-{report.pk}", _("Late passages to look at"), report.period.title,
                    reverse("reports:consolidated", args=[report.pk]), report.unit_id, day, "report.fill",
                )  # fmt: skip
