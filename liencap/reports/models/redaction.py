"""Words that were taken out of a version that was sent."""

from django.db import models
from django.db.models import Q

from liencap.reports.models.reporting import Passage, ReportVersion

MARK = "[…]"  # what stands where words were taken out


def without(text: str, words: str) -> str:
    """Return a text in which a mark stands for each occurrence of the words."""
    return text.replace(words, MARK)


class Redaction(models.Model):
    """That words were taken out of what a version says on one question of a task, or a file of it: why, by whom.

    The words themselves are kept nowhere. The version keeps the hash under which it was sent; `sha256` is the hash of
    what it has said since, so that what stands can still be proved. Without a question it is a file of the task.
    """

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="redactions")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=10, choices=Passage.Question.choices, blank=True)
    count = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="redaction_has_reason")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.task_id}: {self.reason[:60]}"
