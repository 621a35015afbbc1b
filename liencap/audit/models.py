"""The log of writes: rows are only ever added; a sealer chains them afterwards (DESIGN 6)."""

from django.db import models


class Entry(models.Model):
    """One deed: who, in which seat, on what, what was and what is."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_seat_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    object_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "-id"], name="audit_unit"),
            models.Index(fields=["kind", "object_id"], name="audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.object_id}"


class Seal(models.Model):
    """The chained HMAC of one entry; `number` has no gaps, so a missing seal shows."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    number = models.BigIntegerField(unique=True)
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.mac[:12]}"
