"""What a device brought once its line was back."""

from django.db import models


class Delivery(models.Model):
    """One bringing of a draft or a report, known by the key that the device gave it.

    Brought again with the same key it changes nothing and has the same result. `digest` is of what was brought:
    the key names these words and no others.
    """

    key = models.UUIDField(unique=True)
    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="deliveries")
    user_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(null=True, help_text="the number of the version that was sent")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.key)
