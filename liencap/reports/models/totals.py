"""The stored totals of units in a period."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.periods import Period


class Total(models.Model):
    """One unit's total in a period, packed; proven by `proof.check_totals`."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        OFFICIAL = "official", _("Official")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="totals")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    packed = models.BinaryField(editable=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "unit", "kind"], name="one_total_a_unit")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.unit_id} {self.kind}"


class Settled(models.Model):
    """From when the sums of a unit in a period show counts of people by a personal attribute; never changed.

    Until then the sum would tell with each report that comes in what it holds; see `queries.kept`.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="settled")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="settled_once")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.unit_id} {self.at}"
