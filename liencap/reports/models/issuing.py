"""From a draft to a numbered paper: rounds of comments, the adoption, the register, the signed copies."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.consolidated import ConsolidatedReport


class DraftRound(models.Model):
    """A draft of a consolidated report as it was sent for comments; its files and values never change.

    `version` is the draft in the documents room; `values` are what both files print.
    """

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.PROTECT, related_name="rounds")
    n = models.PositiveIntegerField()
    version = models.ForeignKey("documents.Version", on_delete=models.PROTECT, related_name="draft_rounds")
    pdf = models.CharField(max_length=64)
    values = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    due = models.DateField()
    sent_at = models.DateTimeField()
    sent_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-n"]
        constraints = [
            models.UniqueConstraint(fields=["report", "n"], name="draft_round_number"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(closed_at__isnull=True), name="one_open_round_a_report"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.n}"


class DraftRecipient(models.Model):
    """Who is asked for a comment on a draft: a unit, a body of it, or one seat of it."""

    round = models.ForeignKey(DraftRound, on_delete=models.PROTECT, related_name="recipients")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("units.Body", on_delete=models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, help_text="when it said that it has no remark")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"], condition=Q(body=None, seat=None), name="draft_to_a_unit_once"
            ),
            models.UniqueConstraint(fields=["round", "body"], name="draft_to_a_body_once"),
            models.UniqueConstraint(fields=["round", "seat"], name="draft_to_a_seat_once"),
            models.CheckConstraint(condition=Q(body=None) | Q(seat=None), name="draft_recipient_is_one"),
        ]

    def __str__(self) -> str:
        if self.seat is not None:
            return str(self.seat)
        return f"{self.body} · {self.unit}" if self.body is not None else str(self.unit)


class DraftComment(models.Model):
    """What a recipient says on one section of a draft, or on the whole; the author's answer stands with it."""

    class Answer(models.TextChoices):
        TAKEN = "taken", _("Taken up")
        PARTLY = "partly", _("Partly taken up")
        NOT = "not", _("Not taken up")

    recipient = models.ForeignKey(DraftRecipient, on_delete=models.PROTECT, related_name="comments")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(answer="taken") | ~Q(reason=""), name="refusal_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.task_id}"


class Adoption(models.Model):
    """A body's decision to adopt the report: an official act with its day, place, minutes and count of votes."""

    report = models.OneToOneField(ConsolidatedReport, on_delete=models.PROTECT, related_name="adoption")
    round = models.ForeignKey(DraftRound, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.CharField(max_length=250)
    day = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    votes_abstained = models.PositiveIntegerField(null=True)
    minutes = models.CharField(max_length=80, blank=True, help_text="number of the minutes")
    sha256 = models.CharField(max_length=64, blank=True)
    filename = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(minutes="") | ~Q(sha256=""), name="adoption_has_minutes")
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.day}"


class Registration(models.Model):
    """A published paper in its unit's register: there from its publication on, number and day come from the clerk.

    `source_kind` and `source_id` name what was published as the archive does, in whatever room. `docx` and `pdf` print
    the frozen content with number and day; `kind` is the sort of paper that numbers run by. `replaces` is the edition
    in whose place this one stands; an errata page replaces nothing.
    """

    source_kind = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="registrations")
    title = models.CharField(max_length=500)
    period = models.CharField(max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(null=True)
    n = models.PositiveIntegerField(null=True)
    symbol = models.CharField(max_length=80, blank=True)
    date = models.DateField(null=True)
    docx = models.CharField(max_length=64, blank=True)
    pdf = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(null=True)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = [F("year").desc(nulls_first=True), F("n").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="registered_once"),
            models.UniqueConstraint(fields=["unit", "kind", "year", "n"], name="one_number_a_year"),
            models.UniqueConstraint(
                fields=["unit", "year", "symbol"], name="one_symbol_a_year"
            ),  # none has no year
            models.CheckConstraint(
                condition=Q(n=None, year=None, date=None, symbol="", docx="", pdf="")
                | Q(n__isnull=False, year__isnull=False, date__isnull=False)
                & ~Q(symbol="")
                & ~Q(docx="")
                & ~Q(pdf=""),
                name="numbered_wholly",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.title


class SignedCopy(models.Model):
    """The signed and stamped paper of a registered report, and how its words compare with the frozen ones.

    The newest counts; the others stay. `differences` are plain values (see `issuing/comparing.py`).
    """

    class State(models.TextChoices):
        SAME = "same", _("Same words and figures")
        DIFFERS = "differs", _("Differs from the frozen text")
        UNREADABLE = "unreadable", _("Cannot be read by the program")

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="copies")
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    differences = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0, help_text="words read in the copy")
    remark = models.CharField(max_length=500, blank=True, help_text="what the clerk says of the differences")
    filed_at = models.DateTimeField()
    filed_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.filename}"
