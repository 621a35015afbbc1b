"""Periods, who owes which report, what was sent, what was answered, and the totals.

A version that was sent never changes. Two totals stand apart: received (all that was sent in the subtree)
and official (own figures, and those of each child as accepted with what it carried up).
"""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liencap.core.rollup import Layout
from liencap.reports.models.evidence import Evidence as Evidence
from liencap.reports.models.evidence import VersionEvidence as VersionEvidence
from liencap.reports.models.template import ReportTemplate as ReportTemplate


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


class Period(models.Model):
    """A stretch of time that units report on; opening it freezes who owes and on which form."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="periods")
    title = models.CharField(max_length=250)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="periods")

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="period_days"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(form__isnull=False), name="open_period_has_form"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PeriodDue(models.Model):
    """The day by which units of a tier send."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="dues")
    tier = models.ForeignKey("units.Tier", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "tier"], name="one_due_a_tier")]

    def __str__(self) -> str:
        return f"{self.tier_id} {self.due}"


class Obligation(models.Model):
    """A unit owes a report. Frozen at opening: later only the class moves, by a recorded act.

    `parent` is the nearest unit above that owes too, or the programme's own unit; `chain` the ids from the
    top down to the unit, four bytes each, so that a frozen subtree is one range of the index.
    """

    class Class(models.TextChoices):
        ON_TIME = "on_time", _("On time")
        LATE = "late", _("Late")
        LATE_EXTENDED = "late_extended", _("Late with extension")
        EXCUSED = "excused", _("Excused")
        NOT_DUE = "not_due", _("Not due")
        MISSING = "missing", _("Missing")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="obligations")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="obligations")
    parent = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    tier = models.ForeignKey("units.Tier", on_delete=models.PROTECT, related_name="+")
    chain = models.BinaryField(editable=True)
    due = models.DateField()
    cls = models.CharField(max_length=14, choices=Class.choices, null=True)
    extended_to = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["unit__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="one_obligation_a_unit")]
        indexes = [
            models.Index(fields=["period", "chain"], name="obligation_chain"),
            models.Index(fields=["period", "parent"], name="obligation_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id}: {self.unit_id}"

    @property
    def last_day(self) -> datetime.date:
        """Return the day by which this unit sends, extension included."""
        return self.extended_to or self.due

    @property
    def chain_ids(self) -> list[int]:
        """Return the ids from the top down to the unit, as frozen."""
        chain = bytes(self.chain)
        return [int.from_bytes(chain[i : i + 4], "big") for i in range(0, len(chain), 4)]


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

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(current__isnull=False), name="only_drafts_have_no_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.state}"


class ReportVersion(models.Model):
    """A report as sent: never changed. `carried` is the official total of the children at that moment."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    figures = models.BinaryField()
    carried = models.BinaryField()
    reason = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["report", "n"], name="report_version_number")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.n}"


class Draft(models.Model):
    """What the unit is writing, seen by nobody else; `revision` keeps two windows from overwriting."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="draft")
    figures = models.BinaryField(editable=True)
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
    """A version, or one task of it, sent back with the reason."""

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="returns")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=1000)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="return_has_reason")]

    def __str__(self) -> str:
        return self.reason[:60]


class Total(models.Model):
    """One unit's total in a period, packed; proven by `proof.check_totals`."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        OFFICIAL = "official", _("Official")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="totals")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    packed = models.BinaryField(editable=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "unit", "kind"], name="one_total_a_unit")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.unit_id} {self.kind}"


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
