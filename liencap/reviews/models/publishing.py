"""A review as its head published it: frozen with its files, filed, and waiting in the register for its number."""

from django.db import models
from django.db.models import Q

from liencap.reviews.models.said import ReviewVersion, UnitReview


class PublishedReview(models.Model):
    """A final version as it was printed, the grades from above beside the unit's own; it never changes.

    A later version that is published is a later edition and replaces the one before.
    """

    unit_review = models.ForeignKey(UnitReview, on_delete=models.PROTECT, related_name="published")
    version = models.OneToOneField(ReviewVersion, on_delete=models.PROTECT, related_name="published")
    n = models.PositiveIntegerField()
    values = models.JSONField()
    sha256 = models.CharField(max_length=64)
    docx = models.CharField(max_length=64)
    pdf = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["unit_review", "n"], name="review_edition_number"),
            models.CheckConstraint(
                condition=~Q(sha256="") & ~Q(docx="") & ~Q(pdf=""), name="published_review_is_frozen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_review_id} / {self.n}"
