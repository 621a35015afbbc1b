"""A random sample of evidence and what was found when it was checked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liencap.reviews.models.said import UnitReview

WIDTH = 8  # bytes of an id in `population`


class Sample(models.Model):
    """A draw of files of evidence for a unit's review; seed and population are kept, so that it can be drawn again.

    `population` holds the ids in order, eight bytes each; `digest` is the sha256 over what was drawn from, see
    `core.sampling`.
    """

    unit_review = models.ForeignKey(UnitReview, on_delete=models.PROTECT, related_name="samples")
    n = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=100)
    population = models.BinaryField()
    digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(auto_now_add=True)
    drawn_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["unit_review", "n"], name="sample_number")]

    def __str__(self) -> str:
        return f"{self.unit_review_id}/{self.n}"

    @property
    def ids(self) -> list[int]:
        """Return the ids that were drawn from, in order."""
        raw = bytes(self.population)
        return [int.from_bytes(raw[i : i + WIDTH], "big") for i in range(0, len(raw), WIDTH)]


class SampleItem(models.Model):
    """A file that was drawn, and what its check found."""

    class Result(models.TextChoices):
        OPEN = "open", _("Not checked yet")
        SOUND = "sound", _("In order")
        DOUBTFUL = "doubtful", _("In doubt")
        WRONG = "wrong", _("Does not show what is reported")

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    evidence = models.ForeignKey("reports.Evidence", on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=8, choices=Result.choices, default=Result.OPEN)
    remark = models.CharField(max_length=500, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["sample", "evidence"], name="file_once_a_sample")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.evidence_id} {self.result}"
