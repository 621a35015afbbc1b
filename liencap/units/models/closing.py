"""The end of a unit, and which units take its place."""

from django.db import models


class Succession(models.Model):
    """A unit ended on a day: each row names a unit that takes its place; one row without a successor, none does."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, related_name="predecessors"
    )
    day = models.DateField(help_text="the first day without the unit")
    reason = models.CharField(max_length=300, help_text="number and date of the decision, or why")
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "successor"], name="one_succession_a_pair")]

    def __str__(self) -> str:
        return f"{self.unit_id} > {self.successor_id}"
