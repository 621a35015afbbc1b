"""Files that show the work done, attached to a task of a report and frozen with each version that is sent."""

from django.db import models


class Evidence(models.Model):
    """A file on one task of a unit's report; `removed` ones stay only in the versions that were sent with them.

    `taken_out` says why nobody is handed the file any more; its name under which it is kept stays for the hash.
    """

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="evidence")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200)
    filename = models.CharField(max_length=255)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    removed = models.BooleanField(default=False)
    taken_out = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["task__order", "task_id", "pk"]

    def __str__(self) -> str:
        return self.caption


class VersionEvidence(models.Model):
    """A file that went with a sent version."""

    version = models.ForeignKey(
        "reports.ReportVersion", on_delete=models.PROTECT, related_name="evidence_links"
    )
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="version_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "evidence"], name="evidence_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.evidence_id}"
