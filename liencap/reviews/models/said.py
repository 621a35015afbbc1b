"""What units say in a review, version by version, and how the tier above rates and answers it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liencap.reviews.models.rounds import Review, TaskGroup


class UnitReview(models.Model):
    """A unit owes its part of a review; `parent` and `chain` are frozen at opening, as in a reporting period."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not sent")
        SENT = "sent", pgettext_lazy("review", "Sent")
        RETURNED = "returned", pgettext_lazy("review", "Returned")
        ACCEPTED = "accepted", pgettext_lazy("review", "Accepted")

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="unit_reviews")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="unit_reviews")
    parent = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    tier = models.ForeignKey("units.Tier", on_delete=models.PROTECT, related_name="+")
    chain = models.BinaryField(editable=True)
    due = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    draft = models.JSONField(default=dict, help_text="what the unit is writing, seen by nobody else")
    revision = models.PositiveIntegerField(default=0)
    current = models.ForeignKey("ReviewVersion", on_delete=models.PROTECT, null=True, related_name="+")
    accepted = models.ForeignKey("ReviewVersion", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["unit__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "unit"], name="one_review_a_unit"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(current__isnull=False), name="sent_review_has_version"
            ),
        ]
        indexes = [
            models.Index(fields=["review", "chain"], name="review_chain"),
            models.Index(fields=["review", "parent"], name="review_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.unit_id}"


class ReviewVersion(models.Model):
    """A unit's review as sent: never changed. `values` is all that is printed, figures of that day included."""

    unit_review = models.ForeignKey(UnitReview, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["unit_review", "n"], name="review_version_number")]

    def __str__(self) -> str:
        return f"{self.unit_review_id}/{self.n}"


class Grade(models.Model):
    """A grade of a unit's work on a group, or on the whole, by the unit itself or by the tier above."""

    class By(models.TextChoices):
        SELF = "self", _("The unit itself")
        ABOVE = "above", _("The tier above")

    version = models.ForeignKey(ReviewVersion, on_delete=models.PROTECT, related_name="grades")
    group = models.ForeignKey(TaskGroup, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=5, choices=By.choices)
    code = models.SlugField(max_length=40)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "group", "by"], condition=Q(group__isnull=False), name="one_grade_a_group"
            ),
            models.UniqueConstraint(
                fields=["version", "by"], condition=Q(group__isnull=True), name="one_grade_overall"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.by} {self.code}"


class CauseNamed(models.Model):
    """A cause from the coded list that a version names for a group or for the whole."""

    version = models.ForeignKey(ReviewVersion, on_delete=models.PROTECT, related_name="causes")
    group = models.ForeignKey(TaskGroup, on_delete=models.PROTECT, null=True, related_name="+")
    code = models.SlugField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["version", "code"], name="review_cause")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.code}"


class Lesson(models.Model):
    """A lesson that a version draws; `source` is the lesson of a unit below that it takes over."""

    version = models.ForeignKey(ReviewVersion, on_delete=models.PROTECT, related_name="lessons")
    group = models.ForeignKey(TaskGroup, on_delete=models.PROTECT, null=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    source = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="taken_over")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class FollowUp(models.Model):
    """A task that follows from a version; `source` is the one of a unit below that it takes over."""

    version = models.ForeignKey(ReviewVersion, on_delete=models.PROTECT, related_name="follow_ups")
    group = models.ForeignKey(TaskGroup, on_delete=models.PROTECT, null=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    due = models.DateField(null=True)
    source = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="taken_over")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ReviewReturn(models.Model):
    """A version, or one group of it, sent back with the reason."""

    version = models.ForeignKey(ReviewVersion, on_delete=models.PROTECT, related_name="returns")
    group = models.ForeignKey(TaskGroup, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=1000)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="review_return_has_reason")]

    def __str__(self) -> str:
        return self.reason[:60]
