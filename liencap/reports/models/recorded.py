"""What of communication and study the office wants to stand in the reports of a period."""

from django.db import models


class AskedLine(models.Model):
    """A line of communication or study whose numbers stand in a period's consolidated reports, under a task.

    Nobody types them again: they are counted from what the units recorded in the days of the period.
    """

    period = models.ForeignKey("reports.Period", on_delete=models.CASCADE, related_name="asked_lines")
    item = models.ForeignKey("communication.Item", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["period", "item"], name="line_asked_once")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.item_id}"
