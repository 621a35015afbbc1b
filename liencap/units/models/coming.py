"""How people come in, belong, and hand over: slips, memberships, hand-overs."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from liencap.units.models import Appointment


class ActivationSlip(models.Model):
    """A one-time code on paper by which the holder of a seat first gets in; only its hash is kept."""

    appointment = models.ForeignKey("units.Appointment", on_delete=models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["appointment", "used_at"], name="slip_appointment")]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.expires:%Y-%m-%d}"

    @property
    def held(self) -> "Appointment":
        """Return what the slip is for."""
        return self.appointment


class HandOver(models.Model):
    """A seat passes from one holder to the next on a day: what was open then, and a note to the successor."""

    seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, related_name="hand_overs")
    old = models.ForeignKey("units.Appointment", on_delete=models.PROTECT, null=True, related_name="+")
    new = models.ForeignKey("units.Appointment", on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField(help_text="the first day of the successor")
    note = models.TextField(blank=True)
    kept = models.JSONField(default=list, help_text="what was open: a heading and its lines, in order")
    received = models.JSONField(
        default=list, help_text="what the successor ticked as received: pairs of part and line in `kept`"
    )
    received_at = models.DateTimeField(null=True, help_text="when the successor ticked first")
    remark = models.TextField(blank=True, help_text="what the successor says of what is missing")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "day"], condition=Q(cancelled=False), name="one_hand_over_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.day}"

    @property
    def places(self) -> set[tuple[int, int]]:
        """Return the places of everything that was open: of each line its part and its number."""
        return {(n, m) for n, part in enumerate(self.kept) for m, _line in enumerate(part["lines"])}

    @property
    def ticked(self) -> set[tuple[int, int]]:
        """Return the places that the successor ticked as received."""
        return {(n, m) for n, m in self.received}

    @property
    def parts(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Return each heading with its lines: the name of the box, the words, and whether it was ticked."""
        got = self.ticked
        return [
            (part["title"], [(f"{n}-{m}", line, (n, m) in got) for m, line in enumerate(part["lines"])])
            for n, part in enumerate(self.kept)
        ]

    @property
    def is_complete(self) -> bool:
        """Say whether the successor confirmed, and nothing is left to tick."""
        return self.received_at is not None and self.ticked >= self.places


class Membership(models.Model):
    """A person belongs to a unit from `since` to the day before `until`; nothing else is kept of it."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("units.Person", on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_days"
            ),
            models.UniqueConstraint(
                fields=["unit", "person"], condition=Q(until__isnull=True), name="one_membership_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.unit_id}"


class MemberSlip(models.Model):
    """A one-time code by which a member without a seat sets a first password; only its hash is kept."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.membership_id} {self.expires:%Y-%m-%d}"

    @property
    def held(self) -> Membership:
        """Return what the slip is for."""
        return self.membership
