"""Periods, their due dates, and who owes which report."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.asking import FormVersion


def usual_reminders() -> list[int]:
    """Return the days around the last one on which a unit is reminded where nothing else was chosen."""
    return [-7, -3, -1, 1, 7]


class Period(models.Model):
    """A stretch of time that units report on; opening it freezes who owes and on which form."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="periods")
    title = models.CharField(max_length=250)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="periods")
    rule = models.JSONField(default=dict, help_text="who owes: empty means the holders of tasks")
    lock_days = models.PositiveSmallIntegerField(
        null=True,
        help_text="days after its last day on which a unit can still send; none means until closing",
    )
    reminders = models.JSONField(
        default=usual_reminders, help_text="days before (negative) and after the last day of a unit"
    )

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="period_days"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(form__isnull=False), name="open_period_has_form"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PeriodDue(models.Model):
    """The day by which units of a tier send."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="dues")
    tier = models.ForeignKey("units.Tier", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "tier"], name="one_due_a_tier")]

    def __str__(self) -> str:
        return f"{self.tier_id} {self.due}"


class Obligation(models.Model):
    """A unit owes a report. Frozen at opening: later only the class moves, by a recorded act.

    `parent` is the nearest unit above that owes too, or the programme's own unit; `chain` the ids from the
    top down to the unit, four bytes each, so that a subtree is one range of the index. Both are the place that
    holds: as frozen, or where the last transfer row put the unit; `ledger.Transfer` keeps every place before.
    """

    class Class(models.TextChoices):
        ON_TIME = "on_time", _("On time")
        LATE = "late", _("Late")
        LATE_EXTENDED = "late_extended", _("Late with extension")
        EXCUSED = "excused", _("Excused")
        NOT_DUE = "not_due", _("Not due")
        MISSING = "missing", _("Missing")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="obligations")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="obligations")
    parent = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    tier = models.ForeignKey("units.Tier", on_delete=models.PROTECT, related_name="+")
    chain = models.BinaryField(editable=True)
    due = models.DateField()
    cls = models.CharField(max_length=14, choices=Class.choices, null=True)
    extended_to = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    reopened_to = models.DateField(null=True, help_text="a locked report was opened again until this day")
    covers_since = models.DateField(null=True, help_text="the unit reports from this day of the period on")
    covers_until = models.DateField(null=True, help_text="the unit's last day within the period")

    class Meta:
        ordering = ["unit__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="one_obligation_a_unit")]
        indexes = [
            models.Index(fields=["period", "chain"], name="obligation_chain"),
            models.Index(fields=["period", "parent"], name="obligation_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id}: {self.unit_id}"

    @property
    def last_day(self) -> datetime.date:
        """Return the day by which this unit sends, extension included."""
        return self.extended_to or self.due

    @property
    def locked_from(self) -> datetime.date | None:
        """Return the first day on which nothing can be sent any more; none while there is no such day."""
        if self.period.lock_days is None:
            return None
        last = self.last_day + datetime.timedelta(days=self.period.lock_days)
        return max(last, self.reopened_to or last) + datetime.timedelta(days=1)

    def is_locked_on(self, day: datetime.date) -> bool:
        """Say whether sending has ended for this unit by a day."""
        return self.locked_from is not None and self.locked_from <= day

    @property
    def is_partial(self) -> bool:
        """Say whether the unit reports on a part of the period alone."""
        return self.covers_since is not None or self.covers_until is not None

    @property
    def chain_ids(self) -> list[int]:
        """Return the ids from the top down to the unit."""
        chain = bytes(self.chain)
        return [int.from_bytes(chain[i : i + 4], "big") for i in range(0, len(chain), 4)]
