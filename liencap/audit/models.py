"""The log of writes: rows are only ever added; a sealer chains them afterwards (DESIGN 6)."""

from django.db import models


class Entry(models.Model):
    """One deed: who, in which seat, on what, what was and what is."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_seat_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(
        max_length=200, blank=True, help_text="only of actors without an account: a person's name is personal"
    )
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    object_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    personal_digest = models.CharField(max_length=64, blank=True, help_text="sha256 of the closed boxes")

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "-id"], name="audit_unit"),
            models.Index(fields=["kind", "object_id"], name="audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.object_id}"


class Subject(models.Model):
    """A person or account with a key of its own in the key store; the row outlives the key."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    slot = models.BigIntegerField(unique=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_key_a_subject")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class Box(models.Model):
    """Personal values of one subject in one entry, closed with the subject's key."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="boxes")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="boxes")
    box = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.subject_id}"


class Seal(models.Model):
    """The chained HMAC of one entry; `number` has no gaps, so a missing seal shows."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    number = models.BigIntegerField(unique=True)
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.mac[:12]}"
