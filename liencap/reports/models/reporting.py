"""Reports, the versions that were sent, drafts, answers and returns."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.answering import SignedAs
from liencap.reports.models.asking import FormVersion
from liencap.reports.models.periods import Obligation


class Report(models.Model):
    """What one unit says in one period; its words stand in the versions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not sent")
        SENT = "sent", _("Sent")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")
        CONSOLIDATED = "consolidated", _("Consolidated")

    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="report")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    current = models.ForeignKey("ReportVersion", on_delete=models.PROTECT, null=True, related_name="+")
    accepted = models.ForeignKey("ReportVersion", on_delete=models.PROTECT, null=True, related_name="+")
    acceptance = models.ForeignKey("Acceptance", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(current__isnull=False), name="only_drafts_have_no_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.state}"


class ReportVersion(models.Model):
    """A report as sent: never changed. `carried` is the official total of the children at that moment.

    `warnings` are the checks it was sent over with the reason given, `joint` the joint activities it names: rows as
    `forming.checking.frozen` and `joint.queries.frozen` write them.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    figures = models.BinaryField()
    carried = models.BinaryField()
    reason = models.CharField(max_length=500, blank=True)
    warnings = models.JSONField(default=list)
    joint = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=8, choices=SignedAs.choices, default=SignedAs.FULL)

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["report", "n"], name="report_version_number")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.n}"


class Draft(models.Model):
    """What the unit is writing, seen by nobody else; `revision` keeps two windows from overwriting.

    `reasons` says by indicator why a figure that a check warns of is right.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="draft")
    figures = models.BinaryField(editable=True)
    reasons = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.report_id} r{self.revision}"


class TaskEntry(models.Model):
    """How far a task is, in a draft or in a version that was sent; `answered` is the version of the task it answers."""

    class State(models.TextChoices):
        DONE = "done", _("Done")
        UNDER_WAY = "under_way", _("Under way")
        NOT_BEGUN = "not_begun", _("Not begun")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, null=True, related_name="entries")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="entries")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="entries")
    state = models.CharField(max_length=16, choices=State.choices)
    reason = models.CharField(max_length=500, blank=True)
    answered = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["task__order", "task_id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "task"], name="one_entry_a_version"),
            models.UniqueConstraint(fields=["draft", "task"], name="one_entry_a_draft"),
            models.CheckConstraint(
                condition=Q(version__isnull=True) ^ Q(draft__isnull=True), name="entry_in_one_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"


class Passage(models.Model):
    """The unit's words on a task, in answer to one question."""

    class Question(models.TextChoices):
        RESULT = "result", _("Results")
        CAUSE = "cause", _("Causes")
        DIFFICULTY = "difficulty", _("Difficulties")
        PROPOSAL = "proposal", _("Proposals")

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, null=True, related_name="passages")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="passages")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="passages")
    question = models.CharField(max_length=10, choices=Question.choices)
    cause = models.ForeignKey("reports.Cause", on_delete=models.PROTECT, null=True, related_name="passages")
    text = models.TextField()

    class Meta:
        ordering = ["task__order", "task_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "task", "question"], name="one_passage_a_version"),
            models.UniqueConstraint(fields=["draft", "task", "question"], name="one_passage_a_draft"),
            models.CheckConstraint(
                condition=Q(version__isnull=True) ^ Q(draft__isnull=True), name="passage_in_one_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.question}: {self.text[:60]}"


class Return(models.Model):
    """A version, a task of it, or one line of it, sent back with the reason; `settled_by` is the next version.

    `key` names the line as in a correction; it is empty where the whole task or the whole report came back.
    """

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="returns")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=1000)
    settled_by = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, null=True, related_name="settles")
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="return_has_reason")]

    def __str__(self) -> str:
        return self.reason[:60]
