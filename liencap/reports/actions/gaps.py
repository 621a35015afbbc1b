"""Go on without reports that are missing, by name and with a reason."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reports.access import quality_of, require_own
from liencap.reports.actions.settling import settle_when_in
from liencap.reports.models import Gap, Period
from liencap.reports.queries import missing_below
from liencap.units.models import Unit


@transaction.atomic
def go_on_without(period: Period, unit: Unit, reasons: Mapping[int, str], *, actor: Actor) -> list[Gap]:
    """Close a unit's collection without the reports of the named obligations, each with its reason.

    Nothing is blocked by it: one that comes late is received as ever, and flagged.
    """
    require_own(actor, "report.accept", unit)
    if not reasons or not all(reason.strip() for reason in reasons.values()):
        raise DomainError("reason-missing", _("Choose the units and say why you go on without them."))
    found = {owed.pk: owed for owed in missing_below(period, unit).filter(pk__in=reasons)}
    if found.keys() != reasons.keys():
        raise DomainError(
            "not-missing", _("A chosen unit is not missing any more; load the page again."), status=409
        )
    known = set(Gap.objects.filter(unit=unit, obligation__in=found).values_list("obligation_id", flat=True))
    quality = quality_of(actor)
    made = Gap.objects.bulk_create(
        Gap(
            unit=unit, obligation_id=pk, reason=reasons[pk].strip()[:500], by_seat_id=actor.seat_id, signed_as=quality
        )
        for pk in found
        if pk not in known
    )  # fmt: skip
    rows = [[gap.obligation_id, gap.reason] for gap in made]
    record(
        "go_on_without", actor=actor, kind="period", object_id=period.pk, unit_id=unit.pk,
        new={"count": len(rows), "sha256": digest(rows)},
    )  # fmt: skip
    settle_when_in(period, unit.pk)
    return made
