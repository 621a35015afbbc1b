"""Units that a unit above no longer waits for, each with the reason; what it prints names them."""

from django.db import models

from liencap.reports.models.answering import SignedAs
from liencap.reports.models.periods import Obligation


class Gap(models.Model):
    """A unit closed its collection without a report that was owed: which, why, by which seat; never changed."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="gaps")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="gaps")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=8, choices=SignedAs.choices, default=SignedAs.FULL)

    class Meta:
        ordering = ["obligation__unit__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "obligation"], name="one_gap_a_unit"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="gap_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.obligation_id}: {self.reason[:40]}"
