"""Earlier years: figures from a sheet and passages of old reports, imported and never accepted here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liencap.reviews.models.rounds import TaskGroup
from liencap.reviews.models.said import UnitReview


class FigureImport(models.Model):
    """One uploaded sheet of a unit: read and judged first, applied when a person confirms."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("waits for confirmation")
        APPLIED = "applied", _("applied")
        DROPPED = "dropped", _("dropped")

    unit_review = models.ForeignKey(UnitReview, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=240)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREVIEW)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class FigureCell(models.Model):
    """A cell of an uploaded sheet and what importing it would do; of wrong ones nothing is imported."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        ERROR = "error", _("error")

    batch = models.ForeignKey(FigureImport, on_delete=models.CASCADE, related_name="cells")
    order = models.PositiveIntegerField()
    place = models.CharField(max_length=60, help_text="sheet and cell as the spreadsheet names them")
    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, null=True, related_name="+")
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, null=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=60, blank=True)
    cell = models.CharField(max_length=40, blank=True)
    old = models.DecimalField(max_digits=28, decimal_places=9, null=True)
    number = models.DecimalField(max_digits=28, decimal_places=9, null=True)
    typed = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["order"]
        indexes = [models.Index(fields=["batch", "state", "order"], name="figure_cell_state")]

    def __str__(self) -> str:
        return f"{self.place} {self.state}"


class EarlierFigure(models.Model):
    """A unit's figure of an earlier year, with all below it, as its paper of that year had it. It is never added up."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="earlier_figures")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    cell = models.CharField(max_length=40)
    number = models.DecimalField(max_digits=28, decimal_places=9)
    batch = models.ForeignKey(FigureImport, on_delete=models.PROTECT, related_name="figures")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "programme", "year", "code", "cell"], name="one_earlier_figure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.code} {self.year}"


class OldReport(models.Model):
    """A report of an earlier year that a unit uploads to its review; its passages are cut once it is read."""

    unit_review = models.ForeignKey(UnitReview, on_delete=models.PROTECT, related_name="old_reports")
    version = models.ForeignKey("documents.Version", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    cut = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.year}"


class OldPassage(models.Model):
    """A passage of an old report, with its place in the text; a person ties it to a group, or sets it aside."""

    report = models.ForeignKey(OldReport, on_delete=models.PROTECT, related_name="passages")
    order = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    group = models.ForeignKey(TaskGroup, on_delete=models.PROTECT, null=True, related_name="old_passages")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="old_passage_place")
        ]

    def __str__(self) -> str:
        return self.text[:80]
