"""Addresses at which a seat's holder subscribes to the calendar, and what was handed out there."""

from django.db import models


class Feed(models.Model):
    """The secret address of one appointment; only its hash is kept, and it ends with the appointment."""

    appointment = models.OneToOneField(
        "units.Appointment", on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.made_at:%Y-%m-%d}"


class HandedOut(models.Model):
    """An event as a feed gave it last: `sequence` grows by one with each change, `changed` says when.

    An event that its room no longer gives stays here as cancelled for a while, so that subscribers drop it.
    """

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="events", db_index=False)
    uid = models.CharField(max_length=120)
    kind = models.CharField(max_length=120)
    title = models.CharField(max_length=600)
    url = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    cancelled = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "uid"], name="one_row_an_event")]

    def __str__(self) -> str:
        return f"{self.uid}/{self.sequence}"
