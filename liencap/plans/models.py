"""A unit's own plans, their lines, the day by which a programme asks for them, and the office's templates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liencap.core.text import fold, sort_key


class UnitPlanQuerySet(models.QuerySet["UnitPlan"]):
    """Reads of plans for lists."""

    def issued(self) -> "UnitPlanQuerySet":
        """Keep the edition of each plan that is in force."""
        return self.filter(state=UnitPlan.State.ISSUED)

    def matching(self, typed: str) -> "UnitPlanQuerySet":
        """Keep plans whose number, subject or issuer holds every word that was typed, without diacritics."""
        found = self
        for word in fold(typed).split():
            found = found.filter(folded__contains=word)
        return found


class UnitPlan(models.Model):
    """An edition of the plan by which a unit carries out a programme; once issued it never changes.

    The words are those of the paper, in its own language. `values` and the two files are written at issue; of an
    uploaded plan the file as it came stands in `version`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", pgettext_lazy("plan", "Issued")
        REPLACED = "replaced", _("Replaced by a later edition")

    class Way(models.TextChoices):
        COMPOSED = "composed", _("Composed here")
        UPLOADED = "uploaded", _("Uploaded")

    class Form(models.TextChoices):
        STATE = "state", _("Administrative form")
        PARTY = "party", _("Party form")
        ASSOCIATION = "association", _("Association form, with its own motto")
        PLAIN = "plain", _("Plain form, without motto")

    class Language(models.TextChoices):
        VI = "vi", _("Vietnamese")
        EN = "en", _("English")

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="unit_plans")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="unit_plans")
    n = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.COMPOSED)
    revision = models.PositiveIntegerField(default=1)
    reason = models.CharField(
        max_length=300, blank=True, help_text="why this edition replaces the one before"
    )
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.VI)
    form = models.CharField(max_length=12, choices=Form.choices, default=Form.STATE)
    authority = models.CharField(max_length=250, blank=True)
    issuer = models.CharField(max_length=250)
    motto = models.TextField(blank=True)
    number = models.CharField(max_length=80, blank=True)
    date = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=500)
    bases = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    implementation = models.TextField(blank=True)
    recipients = models.TextField(blank=True)
    on_behalf = models.CharField(max_length=250, blank=True)
    signatory_role = models.CharField(max_length=250, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    version = models.ForeignKey(
        "documents.Version", on_delete=models.PROTECT, null=True, related_name="unit_plans"
    )
    matched = models.BooleanField(default=False, help_text="the uploaded plan has been compared")
    docx = models.CharField(max_length=64, blank=True)
    pdf = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    values = models.JSONField(default=dict)
    folded = models.CharField(max_length=900, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    begun_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True)
    issued_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    objects = UnitPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["programme", "state", "unit"], name="unit_plan_standing")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "programme", "n"], name="unit_plan_edition"),
            models.UniqueConstraint(
                fields=["unit", "programme"], condition=Q(state="draft"), name="one_draft_plan"
            ),
            models.UniqueConstraint(
                fields=["unit", "programme"], condition=Q(state="issued"), name="one_plan_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(sha256="") & ~Q(number="") & Q(date__isnull=False)),
                name="issued_plan_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}" if self.number else self.subject

    def derive(self) -> None:
        """Set the columns for search and order."""
        self.folded = fold(f"{self.number} {self.subject} {self.issuer}")[:900]
        self.sort_key = sort_key(self.subject)[:400]


class PlanItem(models.Model):
    """A line of a plan: a task that the unit was given (`assignment`), one of its own, or both, paired.

    An uploaded plan's words stand in `text` with their place; of a composed plan an inherited line has the words
    of its task. Nothing is decided for a person: `open` has to become `taken` or `left`, the latter with a reason.
    """

    class Decision(models.TextChoices):
        OPEN = "open", _("To be decided")
        TAKEN = "taken", _("In the plan")
        LEFT = "left", _("Not taken up")

    plan = models.ForeignKey(UnitPlan, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    assignment = models.ForeignKey(
        "programmes.Assignment", on_delete=models.PROTECT, null=True, related_name="plan_items"
    )
    above = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="below")
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    due = models.DateField(null=True)
    owner = models.CharField(max_length=300, blank=True)
    waiver = models.CharField(max_length=300, blank=True)
    likeness = models.PositiveSmallIntegerField(null=True)
    task = models.ForeignKey(
        "programmes.Task", on_delete=models.PROTECT, null=True, related_name="plan_items"
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "assignment"], condition=Q(assignment__isnull=False), name="inherited_once"
            ),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False) | ~Q(text=""), name="plan_item_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def words(self) -> str:
        """Return what the line says; an inherited one that has no words of its own says its task's."""
        return self.text or (self.assignment.task.text if self.assignment else "")

    @property
    def is_own(self) -> bool:
        """Say whether the unit added the line itself."""
        return self.assignment_id is None

    @property
    def is_later(self) -> bool:
        """Say whether the plan sets a later day than the unit inherited."""
        inherited = self.assignment.due if self.assignment else None
        return bool(inherited and self.due and self.due > inherited)


class PlanCall(models.Model):
    """The day by which each unit that holds tasks of a programme issues its own plan."""

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, related_name="plan_call"
    )
    due = models.DateField()
    changed = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.programme_id} {self.due}"


class PlanTemplate(models.Model):
    """A Word template of a unit for a language; the newest holds, an empty `sha256` means the look from above."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="plan_templates")
    language = models.CharField(max_length=2, choices=UnitPlan.Language.choices)
    sha256 = models.CharField(max_length=64, blank=True)
    filename = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "language", "-id"], name="plan_template_in_use")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.language} {self.filename}"
