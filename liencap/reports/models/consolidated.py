"""Consolidated reports: what their author composed, and what was published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.periods import Period
from liencap.reports.models.reporting import Passage


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


class ComposedTask(models.Model):
    """The author's own text on a task."""

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.CASCADE, related_name="texts")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "task"], name="one_text_a_task")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.task_id}"


class ComposedPassage(models.Model):
    """What the author did with a passage from the tray."""

    class Choice(models.TextChoices):
        QUOTE = "quote", _("Quote")
        MERGE = "merge", _("Taken up in the text")
        ASIDE = "aside", _("Set aside")

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.CASCADE, related_name="choices")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=6, choices=Choice.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "passage"], name="one_choice_a_passage")]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.choice}"
