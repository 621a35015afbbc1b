"""How far the setting up of the organisation has come."""

from django.db import models


class Founding(models.Model):
    """The one row of an organisation that was set up on the pages; what is done is read from the data itself."""

    unit = models.OneToOneField("units.Unit", on_delete=models.PROTECT, related_name="founding")
    kind = models.CharField(max_length=20)
    skipped = models.JSONField(default=list, help_text="codes of the steps put off")
    begun = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}"
