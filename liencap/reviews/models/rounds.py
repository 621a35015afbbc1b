"""A review as it is called: over which term, of which programmes and directives, in which groups of tasks, by when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class CodeList(models.Model):
    """The grades and causes of an organisation: a unit's own list holds for it and all below, the newest counts.

    `grades` are {code, name, name_en, value}, the best first, `causes` {code, name, name_en}. A review keeps the list
    that held when it was opened.
    """

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="review_codes")
    grades = models.JSONField(default=list)
    causes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.unit_id} {len(self.grades)}+{len(self.causes)}"


class Review(models.Model):
    """A mid-term or final review that a unit calls; opening it freezes who writes, the groups and the codes."""

    class Kind(models.TextChoices):
        MID_TERM = "mid-term", _("Mid-term review")
        FINAL = "final", _("Final review")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", pgettext_lazy("review", "Open")
        CLOSED = "closed", _("Closed")

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="reviews_called")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    tiers = models.JSONField(default=list, help_text="codes of the tiers that write")
    under = models.CharField(max_length=40, blank=True, help_text="code of the unit under which they stand")
    codes = models.JSONField(default=dict, help_text="the grades and causes, frozen at opening")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="review_days")]

    def __str__(self) -> str:
        return self.title


class ReviewDue(models.Model):
    """The day by which units of a tier send their review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="dues")
    tier = models.ForeignKey("units.Tier", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "tier"], name="one_review_due_a_tier")]

    def __str__(self) -> str:
        return f"{self.tier_id} {self.due}"


class Subject(models.Model):
    """What is reviewed: a programme of ours, a directive that is kept here, or one known by its citation alone."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="subjects")
    order = models.PositiveSmallIntegerField()
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, null=True, related_name="review_subjects"
    )
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, related_name="review_subjects"
    )
    words = models.CharField(max_length=500, blank=True, help_text="the directive as it is cited")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "programme"], name="programme_once_a_review"),
            models.CheckConstraint(
                condition=Q(programme__isnull=False) | Q(document__isnull=False) | ~Q(words=""),
                name="subject_names_something",
            ),
        ]

    def __str__(self) -> str:
        if self.programme:
            return self.programme.title
        if self.document:
            return " ".join(filter(None, (self.document.number, self.document.title)))
        return self.words

    @property
    def is_directive(self) -> bool:
        """Say whether it is a directive that programmes carry out, not a programme itself."""
        return self.programme_id is None


class TaskGroup(models.Model):
    """A group of tasks that is rated as one; a directive has one group without tasks."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="groups")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="groups")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    tasks = models.ManyToManyField("programmes.Task", related_name="review_groups")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return (self.title_en if get_language() == "en" else "") or self.title
