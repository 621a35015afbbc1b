"""Forms that went out as workbooks, the files that came back, and what was entered from them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]


class Bundle(models.Model):
    """A ZIP with one workbook for each unit below that still owes its report in a period."""

    class State(models.TextChoices):
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")

    period = models.ForeignKey("reports.Period", on_delete=models.PROTECT, related_name="bundles")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="bundles")
    deep = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAKING)
    made_by = models.BigIntegerField(null=True)
    made_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    count = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey("work.Job", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state="making") | ~Q(sha256=""), name="ready_bundle_has_file")
        ]

    def __str__(self) -> str:
        return f"{self.period_id}: {self.unit_id} #{self.pk}"


class IssuedForm(models.Model):
    """A workbook that was handed out: the n-th of this report, which the key inside it names.

    `bundle` is empty when the unit itself took the workbook.
    """

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="issued_forms")
    form = models.ForeignKey("reports.FormVersion", on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=LANGUAGES)
    words = models.JSONField(default=dict, help_text="the version of each task it asks about, by id")
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, null=True, related_name="issued")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "n"], name="issued_form_number"),
            models.UniqueConstraint(fields=["bundle", "report"], name="one_form_a_bundle"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.n}"


class Intake(models.Model):
    """Files that were dropped in together. With a `report` they fill that unit's own draft."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for confirmation")
        BOOKING = "booking", _("Being entered")
        CLOSED = "closed", _("Closed")

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="intakes")
    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, null=True, related_name="intakes")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    agreed = models.CharField(max_length=300, blank=True, help_text="how heads with an account agreed")
    made_by = models.BigIntegerField(null=True)
    made_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    job = models.ForeignKey("work.Job", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "state"], name="intake_open")]

    def __str__(self) -> str:
        return f"{self.unit_id} #{self.pk}"


class ReturnedFile(models.Model):
    """One file that came back: what it is, what it says, and what became of it.

    `content` is what it says as plain values, `places` where each answer stood, `problems` the first of them.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Being read")
        UNPACKED = "unpacked", _("Unpacked")
        REFUSED = "refused", _("Not usable")
        WRONG = "wrong", _("Has errors")
        READY = "ready", _("Can be entered")
        BOOKED = "booked", _("Entered")
        LEFT = "left", _("Left out")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="files")
    inside = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="inner")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=80, blank=True, help_text="name in the quarantine folder")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    code = models.CharField(max_length=30, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    issued = models.ForeignKey(IssuedForm, on_delete=models.PROTECT, null=True, related_name="returned")
    content = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["intake", "state"], name="returned_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["wrong", "ready", "booked"]) | Q(issued__isnull=False),
                name="matched_file_has_form",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EnteredFor(models.Model):
    """A sent version was entered for its unit by a seat above, from a file that came back."""

    version = models.OneToOneField(
        "reports.ReportVersion", on_delete=models.PROTECT, related_name="entered_for"
    )
    file = models.OneToOneField(ReturnedFile, on_delete=models.PROTECT, related_name="entered")
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    had_account = models.BooleanField()
    agreed = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(had_account=False) | ~Q(agreed=""), name="account_needs_agreement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.by_seat_id}"
