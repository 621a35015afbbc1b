"""The form of a programme and the indicators it asks for."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liencap.core.rollup import Layout


class FormVersion(models.Model):
    """The indicators of a programme as they stood; `layout` is the core's, as plain values."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="forms")
    n = models.PositiveIntegerField()
    layout = models.JSONField(default=list)

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["programme", "n"], name="form_version_number")]

    def __str__(self) -> str:
        return f"{self.programme_id}/{self.n}"

    @cached_property
    def cells(self) -> Layout:
        """Return the measures of the form and the place of each cell in the packed bytes."""
        return Layout.from_plain(self.layout)


class Indicator(models.Model):
    """A number that a task asks for, and how it adds over time and over the tree."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("Number")
        MONEY = "money", _("Money")
        PERCENTAGE = "percentage", _("Percentage")

    class TimeAxis(models.TextChoices):
        SUM = "sum", _("Is summed")
        LAST = "last", _("The last one counts")
        AVERAGE = "average", _("The average counts")
        MAX = "max", _("The highest counts")
        NONE = "none", _("Is not added")

    class TreeAxis(models.TextChoices):
        SUM = "sum", _("Is summed")
        RATIO = "ratio", _("Ratio of sums")
        NONE = "none", _("Is not added")

    form = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="indicators")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="indicators")
    order = models.PositiveIntegerField()
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.NUMBER)
    scale = models.PositiveSmallIntegerField(default=0)
    time_axis = models.CharField(max_length=8, choices=TimeAxis.choices, default=TimeAxis.SUM)
    tree_axis = models.CharField(max_length=8, choices=TreeAxis.choices, default=TreeAxis.SUM)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="indicator_code")]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name
