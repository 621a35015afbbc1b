"""Consolidated reports, from the first sentence to publication."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.periods import Period


class ConsolidatedReport(models.Model):
    """What a unit says of itself and all below in a period; frozen with its printed files at publication."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being composed")
        PUBLISHED = "published", _("Published")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="consolidated")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="consolidated_reports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    values = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    docx = models.CharField(max_length=64, blank=True)
    pdf = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="one_consolidated_a_unit"),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(sha256="") & ~Q(docx="") & ~Q(pdf=""),
                name="published_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.period}"
