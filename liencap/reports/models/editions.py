"""Later editions of a published report; the first is the published report itself and never changes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.consolidated import ConsolidatedReport


class Edition(models.Model):
    """All printed anew, or a page of what changed; frozen with its files at publication.

    `values` is what was printed. `standing` is the whole report as it stands with this edition, against which the
    next one is compared.
    """

    class Kind(models.TextChoices):
        FULL = "full", _("New edition")
        ERRATA = "errata", _("Errata page")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        PUBLISHED = "published", _("Published")

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.PROTECT, related_name="editions")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(max_length=500, blank=True)
    values = models.JSONField(default=dict)
    standing = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    docx = models.CharField(max_length=64, blank=True)
    pdf = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["report", "n"], name="edition_number"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(state="draft"), name="one_edition_in_preparation"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(sha256="") & ~Q(docx="") & ~Q(pdf="") & ~Q(reason=""),
                name="edition_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} / {self.n}"
