"""Tiers, the dated tree of units, bodies, people, seats and appointments."""

import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from liencap.core.text import fold, next_prefix, sort_key
from liencap.units.models.closing import Succession as Succession
from liencap.units.models.coming import ActivationSlip as ActivationSlip
from liencap.units.models.coming import HandOver as HandOver
from liencap.units.models.coming import Membership as Membership
from liencap.units.models.coming import MemberSlip as MemberSlip
from liencap.units.models.events import UnitEvent as UnitEvent

RARE = 20_000  # rows of the word index from which a search may start
MOST_WORDS = 6
STEP = 4  # bytes of a path step: the unit's id, big-endian


def words_of(text: str) -> list[bytes]:
    """Return the folded words of a text; a code stays one word."""
    words = (word.strip("-–·.,()") for word in fold(text).split())
    return [word.encode()[:60] for word in words if word]


class Tier(models.Model):
    """A level of the organisation; `rank` 0 is the top. Routes name codes, never ranks."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    """Reads of the tree as it is today; `queries.tree_on` gives another day's."""

    def below(self, unit: "Unit") -> "UnitQuerySet":
        """Keep a unit and all under it: one range of the path index."""
        return self.filter(path__gte=bytes(unit.path), path__lt=next_prefix(bytes(unit.path)))

    def matching(self, typed: str) -> "UnitQuerySet":
        """Keep units of which each typed word begins a word of the name or code, without diacritics.

        The rarest word drives the search where it is rare enough; for that a bounded part of the index is counted.
        """
        words = list(dict.fromkeys(words_of(typed)))[:MOST_WORDS]
        ranges = [Q(word__gte=word, word__lt=next_prefix(word)) for word in words]
        counts = [UnitWord.objects.filter(fits)[: RARE + 1].count() for fits in ranges]
        found, rarest = self, min(counts, default=RARE + 1)
        for fits, count in zip(ranges, counts, strict=True):
            if count == rarest <= RARE:
                found = found.filter(pk__in=UnitWord.objects.filter(fits).values("unit_id"))
            else:
                found = found.filter(Exists(UnitWord.objects.filter(fits, unit=OuterRef("pk"))))
        return found


class Unit(models.Model):
    """An organisation in the tree. The id is ours for ever; official codes are dated attributes."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="units")
    folded = models.CharField(max_length=600, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    path = models.BinaryField(default=b"", editable=True, db_index=True)
    rank = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="of the tier, for the order of lists"
    )
    closed = models.DateField(null=True, blank=True)
    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["tier", "sort_key"], name="unit_tier"),
            models.Index(fields=["rank", "sort_key", "id"], name="unit_order"),
        ]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name

    def derive(self) -> None:
        """Set the columns for search and order from the names and the tier."""
        self.folded = fold(f"{self.code} {self.name} {self.name_en}")[:600]
        self.sort_key = sort_key(self.name)
        self.rank = self.tier.rank

    @property
    def words(self) -> list[bytes]:
        """Return the words by which the unit is found, each once."""
        return sorted(set(words_of(self.folded)))

    @property
    def path_ids(self) -> list[int]:
        """Return the ids from the root down to this unit."""
        path = bytes(self.path)
        return [int.from_bytes(path[i : i + STEP], "big") for i in range(0, len(path), STEP)]

    def is_under(self, other: "Unit") -> bool:
        """Say whether this unit is the other or stands below it."""
        return bytes(self.path).startswith(bytes(other.path))


class UnitWord(models.Model):
    """A word of a unit's name or code, folded; each unit has its own row a word, so that a prefix is an index range."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="word_rows", db_index=False)
    word = models.BinaryField(
        max_length=60, editable=True, help_text="bytes, whose order no database changes"
    )

    class Meta:
        indexes = [models.Index(fields=["word", "unit"], name="unit_word")]
        constraints = [models.UniqueConstraint(fields=["unit", "word"], name="one_row_a_word")]

    def __str__(self) -> str:
        return f"{self.unit_id} {bytes(self.word).decode()}"


class UnitAttribute(models.Model):
    """A dated fact about a unit in the organisation's words: an official code, a kind, a sector; one value a time."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="attributes")
    key = models.CharField(max_length=50)
    value = models.CharField(max_length=120)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["key", "value"], name="unit_attribute")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key"], condition=Q(until=None), name="one_value_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"


class Placement(models.Model):
    """A dated edge: the unit hangs under the parent from `since` to the day before `until`."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="child_placements")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="placement_days"
            ),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="placement_not_itself"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until__isnull=True), name="one_open_placement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id} {self.since}"


class Body(models.Model):
    """A committee, board or helpers' group of a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bodies")
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    founded_by = models.CharField(max_length=250, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name


class Person(models.Model):
    """Somebody who holds or held a seat, or belongs or belonged to a unit."""

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    user = models.OneToOneField("accounts.User", on_delete=models.SET_NULL, null=True, related_name="person")
    erased = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name or gettext("(erased person)")

    def derive(self) -> None:
        """Set the columns for search and order; Vietnamese names sort by the last word first."""
        self.folded = fold(self.name)
        words = self.name.split()
        self.sort_key = sort_key(" ".join([*words[-1:], *words[:-1]]))


class Role(models.Model):
    """What a seat is: its title and its rights over the unit and all under it."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    own = models.JSONField(default=list, help_text="permissions over the seat's own unit")
    below = models.JSONField(default=list, help_text="permissions over the unit and its subtree")
    is_head = models.BooleanField(default=False)

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name


class Seat(models.Model):
    """Role × unit or body × term; rights follow it and end with it."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="seats")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="seats")
    key = models.CharField(max_length=60, unique=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    # In what quality the one who asks holds it: set where a seat is read for somebody, kept in no column.
    held_as = "full"
    held_by: int | None = None

    def __str__(self) -> str:
        return f"{self.role} · {self.unit}"


class Appointment(models.Model):
    """A person holds a seat from `since` to the day before `until`."""

    class Kind(models.TextChoices):
        FULL = "full", _("holder")
        ACTING = "acting", _("acting holder")
        DELEGATE = "delegate", _("delegate")
        BY_ORDER = "order", _("by order")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.FULL)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="appointment_days"
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(until__isnull=True, kind="full"), name="one_holder_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.seat_id}"

    def holds_on(self, day: datetime.date) -> bool:
        """Say whether the appointment runs on a day."""
        return self.since <= day and (self.until is None or day < self.until)

    def is_over(self, day: datetime.date) -> bool:
        """Say whether the appointment no longer runs on a day and will not again."""
        return self.until is not None and self.until <= max(day, self.since)

    @property
    def last_day(self) -> datetime.date | None:
        """Return the last day on which the appointment runs."""
        return self.until - datetime.timedelta(days=1) if self.until else None


class ImportBatch(models.Model):
    """One uploaded sheet of units and seats: read and judged first, applied when a person confirms."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("waits for confirmation")
        APPLIED = "applied", _("applied")
        DROPPED = "dropped", _("dropped")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="imports")
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=80, blank=True, help_text="name in the quarantine folder")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREVIEW)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A line of an uploaded sheet with what importing it would do."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        ERROR = "error", _("error")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    given = models.JSONField(default=dict)
    problem = models.CharField(max_length=60, blank=True, help_text="column whose cell could not be read")
    state = models.CharField(max_length=8, choices=State.choices)
    message = models.CharField(max_length=400, blank=True)
    seat = models.ForeignKey(
        Seat, on_delete=models.SET_NULL, null=True, related_name="+", help_text="that the applied row filled"
    )

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="one_row_a_line")]
        indexes = [models.Index(fields=["batch", "state", "line"], name="import_row_state")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line} {self.state}"
