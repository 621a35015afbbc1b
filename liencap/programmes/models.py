"""Proposals, programmes, their directions and tasks, and the assignments of tasks to units."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from liencap.core.text import fold, sort_key
from liencap.programmes.amending.models import Amendment as Amendment
from liencap.programmes.amending.models import AmendmentNotice as AmendmentNotice
from liencap.programmes.amending.models import AmendmentProposal as AmendmentProposal
from liencap.programmes.amending.models import Change as Change
from liencap.programmes.amending.models import TaskVersion as TaskVersion
from liencap.programmes.unserved import Limit, unserved
from liencap.programmes.waiting import condition_words

CASCADE_STEP = 2000  # units that get one task in one transaction


class Proposal(models.Model):
    """What a reading suggests, as rows a person edits; nothing of it counts until confirmed.

    `rows` is a list of tasks and directions in order (see `rows.py`); `revision` grows by one with each
    edit, so that two people cannot overwrite each other.
    """

    reading = models.OneToOneField("documents.Reading", on_delete=models.PROTECT, related_name="proposal")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=500)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    rows = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    confirmed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Reads of programmes for lists."""

    def matching(self, typed: str) -> "ProgrammeQuerySet":
        """Keep programmes whose title holds what was typed, without diacritics."""
        return self.filter(folded__contains=fold(typed)) if typed.strip() else self


class Programme(models.Model):
    """The tasks that a unit set from one plan, over a stretch of time."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Under way")
        CLOSED = "closed", _("Closed")

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="programmes")
    reading = models.ForeignKey("documents.Reading", on_delete=models.PROTECT, related_name="programmes")
    title = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    created = models.DateTimeField(auto_now_add=True)
    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="programme_days",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        """Set the columns for search and order."""
        self.folded = fold(self.title)[:500]
        self.sort_key = sort_key(self.title)[:400]


class Task(models.Model):
    """One thing to be done; the span is where its words stand in the plan."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tasks")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="subtasks")
    set_by = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    order = models.PositiveIntegerField()
    label = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    due = models.DateField(null=True)
    bound = models.CharField(max_length=20, blank=True)
    tier_words = models.JSONField(default=list)
    optional = models.BooleanField(default=False)
    product = models.CharField(max_length=500, blank=True)
    confirmed_by = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)  # of its words, see amending/models.py
    rescinded = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["programme", "order"], name="task_order")]

    def __str__(self) -> str:
        text = Truncator(self.text).chars(80)
        return f"{self.label}: {text}" if self.label else text

    @property
    def limits(self) -> list[Limit]:
        """Return what Liencap does not serve in this task."""
        return unserved(self.text)


class Direction(models.Model):
    """A general direction of the plan, with the tasks that carry it out."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="directions")
    order = models.PositiveIntegerField()
    label = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    tasks = models.ManyToManyField(Task, through="DirectionTask", related_name="directions")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.label} {self.text[:60]}"


class DirectionTask(models.Model):
    """A task carries out a direction."""

    direction = models.ForeignKey(Direction, on_delete=models.CASCADE, related_name="links")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="direction_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["direction", "task"], name="direction_task_once")]

    def __str__(self) -> str:
        return f"{self.direction_id}-{self.task_id}"


class WaitUnit(models.TextChoices):
    """What the distance from an event is counted in."""

    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class TaskDeadline(models.Model):
    """A stretch of time that a task names; only kind `due` binds the task itself."""

    class Kind(models.TextChoices):
        DUE = "due", _("Due")
        WINDOW = "event-window", _("Window of an event")
        CONDITIONAL = "conditional", _("Depends on an event")
        RECURRING = "recurring", _("Recurring")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    bound = models.CharField(max_length=20, blank=True)
    recurrence = models.CharField(max_length=40, blank=True)
    event = models.CharField(max_length=300, blank=True)
    tier_words = models.CharField(max_length=120, blank=True)
    tier = models.ForeignKey("units.Tier", on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=500, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    # A condition that a person confirmed: n days, weeks or months after (before, when negative) an event of the unit.
    event_kind = models.CharField(max_length=20, blank=True)
    wait = models.SmallIntegerField(default=0)
    wait_unit = models.CharField(max_length=8, choices=WaitUnit.choices, default=WaitUnit.DAYS)
    reaches_below = models.BooleanField(default=False)
    condition_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.text[:60]}"

    @property
    def may_wait(self) -> bool:
        """Say whether the words could hang on an event."""
        return self.kind == self.Kind.CONDITIONAL or self.bound in ("conditional", "relative")

    @property
    def recurs(self) -> bool:
        """Say whether it stands in every period that it falls in."""
        return self.kind == self.Kind.RECURRING or self.bound == "continuous"

    @property
    def condition(self) -> str:
        """Say what the task waits for; empty where no person confirmed it."""
        return condition_words(self.event_kind, self.wait, self.wait_unit) if self.event_kind else ""


class TaskOwner(models.Model):
    """Who leads or supports a task: the plan's words, and what they mean here."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Leads")
        SUPPORT = "support", _("Supports")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="owners")
    role = models.CharField(max_length=8, choices=Role.choices)
    words = models.CharField(max_length=300)
    unit = models.ForeignKey("units.Unit", on_delete=models.SET_NULL, null=True, related_name="+")
    tier = models.ForeignKey("units.Tier", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["role", "pk"]

    def __str__(self) -> str:
        return f"{self.role} {self.words[:60]}"


class TierWord(models.Model):
    """The tier that a plan's word means, mapped once by a person and remembered."""

    folded = models.CharField(max_length=120, unique=True)
    words = models.CharField(max_length=120)
    tier = models.ForeignKey("units.Tier", on_delete=models.CASCADE, related_name="plan_words")

    def __str__(self) -> str:
        return f"{self.words} = {self.tier_id}"


class EventWord(models.Model):
    """The kind of event that a plan's words mean, mapped once by a person and remembered."""

    folded = models.CharField(max_length=200, unique=True)
    words = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.words} = {self.kind}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads of assignments over the tree."""

    def owed_by(self, unit_id: int) -> "AssignmentQuerySet":
        """Keep what one unit has to do."""
        return self.filter(unit_id=unit_id).in_force()

    def in_force(self) -> "AssignmentQuerySet":
        """Leave out tasks that an amendment rescinded: they are no longer owed."""
        return self.filter(task__rescinded=False)


class Assignment(models.Model):
    """A task given to a unit; `parent` is the assignment that a unit above passed down."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("Not yet received")
        RECEIVED = "received", _("Received")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="assignments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="passed_down")
    due = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    assigned_at = models.DateTimeField(auto_now_add=True)
    received_at = models.DateTimeField(null=True)
    received_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    waiver = models.CharField(max_length=300, blank=True)
    event = models.ForeignKey(
        "units.UnitEvent", on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    event_due = models.DateField(null=True, help_text="the day counted from the event")
    due_before = models.DateField(null=True, help_text="the day before the event was corrected")
    changed = models.DateTimeField(default=timezone.now, help_text="when its day last changed, for calendars")
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="one_assignment_a_unit")]
        indexes = [models.Index(fields=["unit", "state"], name="assignment_unit")]

    def __str__(self) -> str:
        return f"{self.task_id} > {self.unit_id}"

    @property
    def waits_for(self) -> TaskDeadline | None:
        """Return the confirmed condition of the task; lists prefetch `task__deadlines`."""
        return next((one for one in self.task.deadlines.all() if one.event_kind), None)


class Cascade(models.Model):
    """Several tasks on their way to many units as one job; `at` says how many steps are done and committed.

    `tasks` are ids of tasks to assign, or of assignments to pass down; `units` the chosen units' ids, four bytes each,
    as they were when a person confirmed. A step is one task for a stretch of the units.
    """

    class Kind(models.TextChoices):
        ASSIGN = "assign", _("Assigning")
        PASS_DOWN = "pass-down", _("Passing down")

    class State(models.TextChoices):
        RUNNING = "running", _("Under way")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Done")

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="cascades")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    tasks = models.JSONField(default=list)
    units = models.BinaryField()
    due = models.DateField(null=True)
    waiver = models.CharField(max_length=300, blank=True)
    at = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    job = models.ForeignKey("work.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {len(self.tasks)} x {self.unit_count}"

    @property
    def unit_ids(self) -> list[int]:
        """Return the ids of the units that were confirmed."""
        raw = bytes(self.units)
        return [int.from_bytes(raw[i : i + 4], "big") for i in range(0, len(raw), 4)]

    @property
    def unit_count(self) -> int:
        """Return how many units were confirmed."""
        return len(bytes(self.units)) // 4

    @property
    def per_task(self) -> int:
        """Return how many steps one task takes."""
        return -(-self.unit_count // CASCADE_STEP)

    @property
    def steps(self) -> int:
        """Return how many steps the whole takes."""
        return self.per_task * len(self.tasks)
