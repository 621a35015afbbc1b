"""Fonds, series, records and digital objects, in the order of ISAD(G): each level describes the one below."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liencap.core.text import fold, sort_key


class Fonds(models.Model):
    """All that one unit has filed."""

    unit = models.OneToOneField("units.Unit", on_delete=models.PROTECT, related_name="fonds")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "fonds"

    def __str__(self) -> str:
        return str(self.unit)


class Series(models.Model):
    """Records of one kind in a fonds, numbered year by year; `keep_years` empty means for ever."""

    class Kind(models.TextChoices):
        PLAN = "KH", _("Plans and directives")
        REPORT = "BC", _("Consolidated reports")
        OTHER = "TL", _("Other records")

    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(max_length=2, choices=Kind.choices)
    keep_years = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["kind"]
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["fonds", "kind"], name="one_series_a_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()


class RecordQuerySet(models.QuerySet["Record"]):
    """Reads of records for lists."""

    def matching(self, typed: str) -> "RecordQuerySet":
        """Keep records whose title or reference holds every word that was typed, without diacritics."""
        found = self
        for word in fold(typed).split():
            found = found.filter(folded__contains=word)
        return found


class Record(models.Model):
    """A filed record: what it is, when it is from, and which row of an upper room it was made from.

    `replaces` is the record in whose place it stands: a later edition is one of its own, the first stays as it was.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="records")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    creator = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    language = models.CharField(max_length=8, blank=True)
    source_kind = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    folded = models.CharField(max_length=700, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    filed_at = models.DateTimeField(auto_now_add=True)
    filed_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_at", "-pk"]
        indexes = [models.Index(fields=["series", "-filed_at"], name="record_series")]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="filed_once"),
            models.UniqueConstraint(fields=["series", "year", "number"], name="record_number"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """Return the reference code: unit, series, year and number; three joins."""
        return f"{self.series.fonds.unit.code}.{self.series.kind}.{self.year}.{self.number:04d}"

    def derive(self) -> None:
        """Set the columns for search and order."""
        self.folded = fold(f"{self.reference} {self.symbol} {self.title} {self.creator}")[:700]
        self.sort_key = sort_key(self.title)[:400]


class DigitalObject(models.Model):
    """A file of a record; its bytes stand in the store under their sha256 and never change."""

    class Fixity(models.TextChoices):
        UNCHECKED = "unchecked", _("Not checked since it was filed")
        SOUND = "sound", _("Unchanged")
        CHANGED = "changed", _("The file has changed")
        MISSING = "missing", _("The file is missing")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files")
    order = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    fixity = models.CharField(max_length=10, choices=Fixity.choices, default=Fixity.UNCHECKED)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["record", "order"], name="one_file_a_place")]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_broken(self) -> bool:
        """Say whether the last check found the file changed or gone."""
        return self.fixity in (self.Fixity.CHANGED, self.Fixity.MISSING)
