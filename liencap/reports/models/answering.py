"""What units above answered: acceptances line by line, and what a correction changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignedAs(models.TextChoices):
    """In what quality somebody acted in a seat."""

    FULL = "full", _("holder")
    ACTING = "acting", _("acting holder")
    DELEGATE = "delegate", _("delegate")
    BY_ORDER = "order", _("by order")


class Acceptance(models.Model):
    """An act of accepting, never changed; the newest of a report holds the figures that count above.

    `figures` and `carried` are those of the version, but for the lines that were returned: these stay as accepted
    before. `through` says which bulk acceptance it was part of.
    """

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="acceptances")
    version = models.ForeignKey("reports.ReportVersion", on_delete=models.PROTECT, related_name="acceptances")
    figures = models.BinaryField()
    carried = models.BinaryField()
    lines_returned = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=8, choices=SignedAs.choices, default=SignedAs.FULL)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["report", "-id"], name="acceptance_of_report")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.version_id}"


class Correction(models.Model):
    """A line that a version changed against the one before: which, from what to what, and why.

    `key` names the line: "f:CODE/CELL" a figure, "c:CODE/CELL" a figure carried from below, "s:TASK" how far a task
    is, "q:TASK:QUESTION" words. `old` and `new` are plain values, not as a screen writes them.
    """

    version = models.ForeignKey("reports.ReportVersion", on_delete=models.PROTECT, related_name="corrections")
    key = models.CharField(max_length=150)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_correction_a_line")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.key}"
