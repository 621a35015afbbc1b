"""The form of a programme: the indicators it asks for, how it checks them, and what they aim at."""

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liencap.core.rollup import Layout
from liencap.core.rollup.checks import Check


class FormVersion(models.Model):
    """The indicators of a programme as they stood; `layout` and `checks` are the core's, as plain values.

    `asks` says by the id of a task what is asked beside figures, where it is not all questions and evidence at will:
    {"questions": {QUESTION: {"vi": words, "en": words, "most": letters}}, "evidence": "none" or "required"}.
    A form that a period is open on never changes.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="forms")
    n = models.PositiveIntegerField()
    layout = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    asks = models.JSONField(default=dict)

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["programme", "n"], name="form_version_number")]

    def __str__(self) -> str:
        return f"{self.programme_id}/{self.n}"

    @cached_property
    def cells(self) -> Layout:
        """Return the measures of the form and the place of each cell in the packed bytes."""
        return Layout.from_plain(self.layout)

    @cached_property
    def rules(self) -> tuple[Check, ...]:
        """Return the checks of the form in order."""
        return tuple(Check.from_plain(row) for row in self.checks)


class Indicator(models.Model):
    """A number that a task asks for, and how it adds over time and over the tree.

    `options` of a choice are rows {"code", "vi", "en"}, a cell each; `tiers` are codes of tiers, empty for all.
    `personal` ones count people by a personal attribute: figures from 1 to 9 of other units are not shown. `tied` ones
    are declared a sum with such a one, which they would tell.
    It continues `before` of the version before (the same code when empty): here = there x factor, unless it breaks.
    """

    class Kind(models.TextChoices):
        NUMBER = "number", _("Number")
        MONEY = "money", _("Money")
        PERCENTAGE = "percentage", _("Percentage")
        YES_NO = "yes_no", _("Yes or no")
        DATE = "date", _("Date")
        CHOICE = "choice", _("Choice from a list")

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
    measured_in = models.CharField(max_length=40, blank=True)
    measured_in_en = models.CharField(max_length=40, blank=True)
    help = models.CharField(max_length=500, blank=True)
    help_en = models.CharField(max_length=500, blank=True)
    options = models.JSONField(default=list)
    tiers = models.JSONField(default=list)
    before = models.CharField(max_length=60, blank=True)
    factor = models.CharField(max_length=40, default="1")
    breaks = models.BooleanField(default=False)
    personal = models.BooleanField(default=False)
    tied = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="indicator_code")]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name

    @property
    def measure_name(self) -> str:
        """Return what it is counted in, in the reader's language."""
        return (self.measured_in_en if get_language() == "en" else "") or self.measured_in

    @property
    def help_text(self) -> str:
        """Return how to count it, in the reader's language."""
        return (self.help_en if get_language() == "en" else "") or self.help

    @property
    def labelled_options(self) -> list[tuple[str, str]]:
        """Return the options of a choice as (code, label in the reader's language)."""
        english = get_language() == "en"
        return [(o["code"], (o.get("en") if english else "") or o["vi"]) for o in self.options]

    @property
    def guarded(self) -> bool:
        """Say whether its figures may be kept back: it counts people by a personal attribute, or would tell one."""
        return self.personal or self.tied

    @property
    def rules(self) -> list[Check]:
        """Return its checks; the form comes with it or costs a query."""
        return [check for check in self.form.rules if check.code == self.code] if self.form_id else []

    @property
    def is_required(self) -> bool:
        """Say whether it may not be left blank."""
        return any(check.kind == "required" and check.severity == "block" for check in self.rules)

    def asked_of(self, tier: str) -> bool:
        """Say whether units of a tier are asked for it."""
        return not self.tiers or tier in self.tiers


class Target(models.Model):
    """What an indicator is to reach: for a whole programme or one period of it, for one unit with all below it.

    `amount` is in the indicator's own measure; of a percentage it is percent, of yes or no the number of units. Of a
    whole programme it is in the measure of the form that was the newest when it was set; none for older rows.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="targets")
    code = models.SlugField(max_length=60)
    period = models.ForeignKey("reports.Period", on_delete=models.PROTECT, null=True, related_name="targets")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=24, decimal_places=9)

    class Meta:
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code", "period", "unit"], name="one_target_a_period"
            ),
            models.UniqueConstraint(
                fields=["programme", "code", "unit"], condition=Q(period=None), name="one_target_a_programme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"
