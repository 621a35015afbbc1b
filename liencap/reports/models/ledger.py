"""What happened to the obligations of a period: exceptions before opening, acts on one, and changes of place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.periods import Obligation, Period


class PeriodException(models.Model):
    """A unit that owes, or does not owe, in a period whatever the rule says; the last row of a unit holds."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="exceptions")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    owes = models.BooleanField()
    reason = models.CharField(max_length=500)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["unit__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="one_exception_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.reason[:60]}"


class ObligationAct(models.Model):
    """What was done about one obligation, by whom and why; never changed. `answers` is the request it decides."""

    class Kind(models.TextChoices):
        EXTENDED = "extended", _("More time given")
        EXCUSED = "excused", _("Excused")
        NOT_DUE = "not_due", _("Declared not due")
        OWES_AGAIN = "owes_again", _("Owes again")
        REOPENED = "reopened", _("Opened again")
        ASKED = "asked", _("More time asked for")
        REFUSED = "refused", _("More time refused")
        REMINDED = "reminded", _("Reminded")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField(null=True, help_text="the new last day, the wished one, or that of the reminder")
    reason = models.CharField(max_length=500, blank=True)
    answers = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "day"], condition=Q(kind="reminded"), name="one_reminder_a_day"
            )
        ]
        indexes = [models.Index(fields=["obligation", "kind"], name="obligation_act")]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.kind}"


class Transfer(models.Model):
    """A change of the tree within an open period, appended and hashed: from which place to which, and what for.

    `day` is the first day of the new place; `successor` the unit that reports, and may correct, in a closed
    unit's stead.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", _("Stands under another unit")
        LEFT = "left", _("Left the programme's units")
        SUCCEEDED = "succeeded", _("Another unit took its place")
        CLOSED = "closed", _("Closed")
        JOINED = "joined", _("Owes from now on")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="transfers")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="transfers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    from_parent = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    to_parent = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    from_chain = models.BinaryField()
    to_chain = models.BinaryField()
    successor = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.kind} {self.day}"
