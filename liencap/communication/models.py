"""Channels, lines of the communication and study plan, what each unit did of them, and questions with answers.

Nothing here says what a named person thinks: attendance is numbers, a question has neither author nor asker.
"""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liencap.core.text import fold


class Channel(models.Model):
    """A way by which a unit and all below it tell something: its website, bulletin, loudspeaker, notice board."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="channels")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=300, blank=True)
    closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(closed=False), name="one_channel_a_name"
            )
        ]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name


class ItemQuerySet(models.QuerySet["Item"]):
    """Reads of the plan's lines."""

    def matching(self, typed: str) -> "ItemQuerySet":
        """Keep lines whose title or words hold what was typed, without diacritics."""
        return self.filter(folded__contains=fold(typed)) if typed.strip() else self

    def touching(self, since: datetime.date, until: datetime.date) -> "ItemQuerySet":
        """Keep what takes place in some of these days."""
        begun = Q(since__lte=until) | Q(since__isnull=True, until__lte=until)
        return self.filter(begun, until__gte=since)


class Item(models.Model):
    """A line of a unit's plan: something to be told, or a document or theme to be studied.

    `until` is the last day; without `since` it is one day. A study, and a talk, is done by `sessions_each` sessions of
    each unit; what is only published has none.
    """

    class Kind(models.TextChoices):
        ITEM = "item", _("Communication")
        STUDY = "study", _("Study")

    class State(models.TextChoices):
        DRAFT = "draft", _("Not handed out")
        ISSUED = "issued", _("Handed out")
        CANCELLED = "cancelled", _("Cancelled")

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="communication_items")
    owner_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, null=True, related_name="+"
    )
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=300)
    message = models.TextField(blank=True)
    audience = models.CharField(max_length=300, blank=True)
    material = models.TextField(blank=True)
    discuss = models.TextField(blank=True)
    channels = models.ManyToManyField(Channel, blank=True, related_name="items")
    sessions_each = models.PositiveSmallIntegerField(default=0)
    since = models.DateField(null=True)
    until = models.DateField()
    n = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=900, editable=False)
    changed = models.DateTimeField(auto_now=True)
    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["unit", "until"], name="item_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__gte=F("since")), name="item_days"
            ),
            models.CheckConstraint(condition=Q(kind="item") | Q(sessions_each__gte=1), name="study_sessions"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first_day(self) -> datetime.date:
        """Return the day on which it begins."""
        return self.since or self.until

    @property
    def is_study(self) -> bool:
        """Say whether a document or theme is studied."""
        return self.kind == self.Kind.STUDY

    @property
    def by_sessions(self) -> bool:
        """Say whether sessions carry it out: of a study always, of a communication item when it is a talk."""
        return self.sessions_each > 0

    def derive(self) -> None:
        """Set the column for search."""
        self.folded = fold(f"{self.title} {self.audience} {self.message}")[:900]


class ItemVersion(models.Model):
    """The words of a line as they stood when it was handed out, and after each later edit."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    why = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["item", "n"], name="item_version_number")]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.n}"


class Share(models.Model):
    """What one unit has to do of a line, and what it did; sums of its sessions stand here so that trees add up fast.

    `parent` is the share of the unit that passed it down, `added` its own words; `seen` the version confirmed last.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Not done")
        DONE = "done", _("Done")
        NOT_APPLICABLE = "not-applicable", _("Not applicable")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="shares")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="communication_shares")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="passed_down")
    added = models.TextField(blank=True)
    due = models.DateField()
    state = models.CharField(max_length=14, choices=State.choices, default=State.OPEN)
    done_on = models.DateField(null=True)
    channels = models.ManyToManyField(Channel, blank=True, related_name="shares")
    where = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    planned = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    came = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField(auto_now=True)
    recorded_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="one_share_a_unit"),
            models.CheckConstraint(condition=~Q(state="done", done_on__isnull=True), name="share_done_on"),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due"], name="share_unit"),
            models.Index(fields=["state", "due"], name="share_due"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} > {self.unit_id}"

    @property
    def came_late(self) -> bool:
        """Say whether it was done after its day."""
        return self.state == self.State.DONE and self.done_on is not None and self.done_on > self.due

    def is_late(self, today: datetime.date) -> bool:
        """Say whether its day has passed, done or not."""
        return self.came_late or (self.state == self.State.OPEN and self.due < today)


class Session(models.Model):
    """A study session, or a talk of a communication item; attendance is two numbers, never names.

    `first_day` is the day planned at the beginning; `second_of` a session whose absentees sit here.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    class Mode(models.TextChoices):
        TOGETHER = "together", _("In one room")
        ONLINE = "online", _("Online")
        BOTH = "both", _("In a room and online")

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="sessions")
    second_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="second_sittings")
    day = models.DateField()
    first_day = models.DateField()
    hour = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    speaker = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.TOGETHER)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    expected = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)
    material = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["state", "day"], name="session_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held") | Q(came__lte=F("expected")), name="session_attendance"
            )
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.day}"

    @property
    def is_moved(self) -> bool:
        """Say whether it takes place on another day than planned first."""
        return self.day != self.first_day


class Answer(models.Model):
    """What a unit answers to questions that were unclear; every unit below it that holds the line sees it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.question[:80]


class Question(models.Model):
    """Something that stayed unclear: a question on the document, of a unit, without author.

    `at_unit` is the unit that is to answer or forward it now.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")
        REDACTED = "redacted", _("Taken out")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="questions")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="questions")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="questions")
    at_unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="questions")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at_unit", "state"], name="question_unit")]

    def __str__(self) -> str:
        return self.text[:80]


class Evidence(models.Model):
    """A file that shows what was published or held."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="evidence")
    caption = models.CharField(max_length=200)
    filename = models.CharField(max_length=255)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    removed = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption
