"""Keep on which days a unit was reminded of its report; within the deed that reminds."""

from collections.abc import Sequence

from django.db import transaction

from liencap.audit.actor import SYSTEM, Actor
from liencap.reports.models import ObligationAct, Report
from liencap.units.access import today


@transaction.atomic
def note_reminded(keys: Sequence[str], *, actor: Actor) -> int:
    """Keep an act for each report among the things that were reminded of; one a day, however often it runs."""
    assert actor == SYSTEM, "the daily job reminds, and records the run"
    pks = [int(key[7:]) for key in keys if key.startswith("report-") and key[7:].isdecimal()]
    owed = Report.objects.filter(pk__in=pks).values_list("obligation_id", flat=True)
    made = ObligationAct.objects.bulk_create(
        [ObligationAct(obligation_id=pk, kind=ObligationAct.Kind.REMINDED, day=today()) for pk in owed],
        ignore_conflicts=True,
    )
    return len(made)
