"""Activities that several units hold together: one id, counted once, at the host."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JointActivity(models.Model):
    """What a host holds with partners in a period; `figures` {"code", "cell", "number"} count at the host alone."""

    period = models.ForeignKey("reports.Period", on_delete=models.PROTECT, related_name="joint_activities")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="hosted_activities")
    title = models.CharField(max_length=300)
    held_on = models.DateField(null=True)
    figures = models.JSONField(default=list)
    withdrawn = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["period", "host"], name="joint_of_host")]

    def __str__(self) -> str:
        return self.title


class JointPartner(models.Model):
    """A unit that takes part; it confirms, or declines with a reason."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined")

    activity = models.ForeignKey(JointActivity, on_delete=models.CASCADE, related_name="partners")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    reason = models.CharField(max_length=500, blank=True)
    answered_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["unit__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "unit"], name="partner_once"),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="decline_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.unit_id} {self.state}"
