"""Periods, their due dates, and who owes which report."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.asking import FormVersion


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
    top down to the unit, four bytes each, so that a frozen subtree is one range of the index.
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
    def chain_ids(self) -> list[int]:
        """Return the ids from the top down to the unit, as frozen."""
        chain = bytes(self.chain)
        return [int.from_bytes(chain[i : i + 4], "big") for i in range(0, len(chain), 4)]
