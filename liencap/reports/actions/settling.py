"""Fix the moment from which a unit's sums show counts of people by a personal attribute."""

from django.utils import timezone

from liencap.reports.models import Gap, Obligation, Period, Settled

LET_OFF = (Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE)


def settle(period: Period, unit_id: int) -> None:
    """Fix the moment, once: the unit goes on with what is in; within the deed that does so.

    No query for forms that count nobody so.
    """
    if period.form is not None and period.form.cells.personal:
        Settled.objects.get_or_create(period=period, unit_id=unit_id, defaults={"at": timezone.now()})


def settle_on_sending(owed: Obligation) -> None:
    """Fix the moment of a unit that sends its own report with what the units below have brought."""
    form = owed.period.form
    below = Obligation.objects.filter(period_id=owed.period_id, parent_id=owed.unit_id)
    if form is not None and form.cells.personal and below.exists():
        settle(owed.period, owed.unit_id)


def settle_when_in(period: Period, unit_id: int) -> None:
    """Fix the moment where every unit directly below is accepted, let off or named as one to go on without."""
    if period.form is None or not period.form.cells.personal:
        return
    open_ = Obligation.objects.filter(period=period, parent_id=unit_id, report__accepted__isnull=True)
    given_up = Gap.objects.filter(unit_id=unit_id, obligation__period=period).values("obligation_id")
    if not open_.exclude(cls__in=LET_OFF).exclude(pk__in=given_up).exists():
        settle(period, unit_id)


def settle_all(period: Period) -> None:
    """Fix the moment for every unit of a period that is closed; a few queries however many units there are."""
    if period.form is None or not period.form.cells.personal:
        return
    owing = Obligation.objects.filter(period=period)
    units = {period.programme.unit_id, *owing.values_list("unit_id", flat=True)}
    now = timezone.now()
    Settled.objects.bulk_create(
        (Settled(period=period, unit_id=pk, at=now) for pk in sorted(units)), batch_size=1000, ignore_conflicts=True
    )  # fmt: skip
