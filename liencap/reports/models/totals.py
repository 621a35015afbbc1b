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
