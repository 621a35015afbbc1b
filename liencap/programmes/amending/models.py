"""What a later document does to a programme: the proposal, the amendment, the versions of tasks, who was told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    """What an amendment does to a task."""

    WORDS = "words", _("Words changed")
    REPLACED = "replaced", _("Replaced")
    DATE = "date", _("Date changed")
    ADDED = "added", _("Added")
    RESCINDED = "rescinded", _("Rescinded")


class AmendmentProposal(models.Model):
    """What a later document seems to do to a programme, as rows a person decides; nothing counts until confirmed.

    `rows` are plain values (see `amending/proposing.py`); `whole` says that the document has no instructions and was
    compared task by task; `revision` keeps two people from overwriting each other.
    """

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="amendment_proposals"
    )
    reading = models.ForeignKey(
        "documents.Reading", on_delete=models.PROTECT, related_name="amendment_proposals"
    )
    whole = models.BooleanField(default=False)
    rows = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "reading"], name="one_amendment_proposal_a_reading")
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} < {self.reading_id}"


class Amendment(models.Model):
    """A later document that changed a programme; `carried` once every unit that holds a changed task was told."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="amendments")
    reading = models.ForeignKey("documents.Reading", on_delete=models.PROTECT, related_name="amendments")
    title = models.CharField(max_length=500)
    number = models.CharField(max_length=80, blank=True)
    date = models.DateField(null=True)
    since = models.DateField()
    at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=200)
    job = models.ForeignKey("work.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    carried = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reading"], name="one_amendment_a_reading")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})" if self.number else self.title


class TaskVersion(models.Model):
    """A task as it stood from a day on; never changed. The first is written at the task's first amendment.

    `words` are the amending document's own, at `start` to `end` of its text; both are empty in a first version.
    """

    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, null=True, related_name="versions")
    change = models.CharField(max_length=10, choices=Change.choices, blank=True)
    label = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    due = models.DateField(null=True)
    bound = models.CharField(max_length=20, blank=True)
    deadlines = models.JSONField(default=list)
    owners = models.JSONField(default=list)
    rescinded = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    since = models.DateField(null=True)

    class Meta:
        ordering = ["task_id", "n"]
        constraints = [models.UniqueConstraint(fields=["task", "n"], name="task_version_number")]

    def __str__(self) -> str:
        return f"{self.task_id}/{self.n}"


class AmendmentNotice(models.Model):
    """A unit that held a changed task is asked to see old and new; `old_due` and `new_due` are its own days."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="notices")
    version = models.ForeignKey(TaskVersion, on_delete=models.PROTECT, related_name="notices")
    assignment = models.ForeignKey("programmes.Assignment", on_delete=models.PROTECT, related_name="notices")
    old_due = models.DateField(null=True)
    new_due = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "version"], name="one_notice_an_assignment")
        ]
        indexes = [models.Index(fields=["amendment", "confirmed_at"], name="amendment_open")]

    def __str__(self) -> str:
        return f"{self.version_id} > {self.assignment_id}"
