"""What happened, or is planned, in the life of units."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitEvent(models.Model):
    """What happened, or is planned, in the life of a unit; a correction is a new row that takes the old one's place."""

    class Kind(models.TextChoices):
        CONGRESS = "congress", _("Congress")
        FIRST_MEETING = "first-meeting", _("First meeting of the term")
        CONFERENCE = "conference", _("Annual conference")
        FOUNDING_DAY = "founding-day", _("Founding day")
        LEADERS = "leaders", _("Leading body completed")
        DOCUMENT_RECEIVED = "document-received", _("Document received")
        PLAN_ISSUED = "plan-issued", _("Own plan issued")
        INSPECTION = "inspection", _("Inspection")

    class State(models.TextChoices):
        HELD = "held", _("Took place")
        PLANNED = "planned", _("Is planned")
        DROPPED = "dropped", _("Does not take place")

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices)
    day = models.DateField()
    note = models.CharField(
        max_length=250, blank=True, help_text="number of a document, place, or why corrected"
    )
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    root_id = models.BigIntegerField(null=True, help_text="the first row of a chain of corrections")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["unit", "kind", "day"], name="unit_event")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"

    @property
    def uid(self) -> int:
        """Return the number that stays the same however often the event is corrected."""
        return self.root_id or self.pk
