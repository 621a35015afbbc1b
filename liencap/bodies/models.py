"""The papers of a unit's bodies, and which units owe a complete body of a kind."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liencap.units.rules import Rule

# What can be asked of a body, in the order of a page.
PARTS = ("founding", "regulations", "seats", "term", "budget", "equipment")
PART_LABELS = {
    "founding": _("Founding document"),
    "regulations": _("Regulations in force"),
    "seats": _("Seats filled"),
    "term": _("Running term"),
    "budget": _("Budget of the year"),
    "equipment": _("Equipment"),
}


class BodyKind(models.Model):
    """A kind of body that the organisation keeps: a steering committee, a helpers' group."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name


class BodyPapers(models.Model):
    """What is kept of one body besides its seats: kind, founding document, term."""

    body = models.OneToOneField("units.Body", on_delete=models.CASCADE, related_name="papers")
    kind = models.ForeignKey(BodyKind, on_delete=models.PROTECT, null=True, related_name="bodies")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    term_since = models.DateField(null=True)
    term_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(term_since=None) | Q(term_until=None) | Q(term_until__gte=F("term_since")),
                name="body_term_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.kind_id}"


class Regulation(models.Model):
    """A regulation of a body, in force from `since` to the day before `until`."""

    body = models.ForeignKey("units.Body", on_delete=models.CASCADE, related_name="regulations")
    title = models.CharField(max_length=300)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="body_regulation_days"
            )
        ]

    def __str__(self) -> str:
        return self.title


class BudgetLine(models.Model):
    """Money of a body in a year: what for, from where, planned and spent, in whole units of the currency."""

    body = models.ForeignKey("units.Body", on_delete=models.CASCADE, related_name="budget_lines")
    year = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=300)
    source = models.CharField(max_length=200, blank=True)
    planned = models.DecimalField(max_digits=18, decimal_places=0)
    spent = models.DecimalField(max_digits=18, decimal_places=0, null=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0) & (Q(spent=None) | Q(spent__gte=0)), name="body_money"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.purpose}"


class EquipmentLine(models.Model):
    """Things that a body has."""

    class Condition(models.TextChoices):
        GOOD = "good", _("Good")
        WORN = "worn", _("Worn")
        BROKEN = "broken", _("Broken")

    body = models.ForeignKey("units.Body", on_delete=models.CASCADE, related_name="equipment_lines")
    what = models.CharField(max_length=300)
    count = models.PositiveIntegerField()
    condition = models.CharField(max_length=6, choices=Condition.choices, default=Condition.GOOD)
    since = models.DateField(null=True)

    class Meta:
        ordering = ["what", "pk"]

    def __str__(self) -> str:
        return f"{self.count} {self.what}"


class Requirement(models.Model):
    """A unit asks for a complete body of a kind in each unit of some tiers below it; ended, never erased."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="body_requirements")
    kind = models.ForeignKey(BodyKind, on_delete=models.PROTECT, related_name="requirements")
    tiers = models.JSONField(default=list, help_text="codes of tiers")
    under = models.CharField(max_length=40, blank=True)
    parts = models.JSONField(default=list)
    seats = models.PositiveSmallIntegerField(default=0, help_text="the least number of filled seats")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.kind)

    @property
    def rule(self) -> Rule:
        """Return which units are asked."""
        return Rule(tiers=tuple(self.tiers), under=self.under)
