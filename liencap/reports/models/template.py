"""The Word templates in which offices print their consolidated reports."""

from django.db import models


class ReportTemplate(models.Model):
    """A template of a unit for one language; the newest holds, an empty `sha256` means the look from above again."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="report_templates")
    language = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64, blank=True)
    filename = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "language", "-id"], name="template_in_use")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.language} {self.filename}"
