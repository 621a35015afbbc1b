"""What a review leaves to the next programme: its first page, and the tasks that are proposed to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liencap.reviews.models.said import FollowUp, ReviewVersion


class FirstPage(models.Model):
    """The review whose groups of tasks stand on the first page of a new programme."""

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.PROTECT, related_name="first_page"
    )
    version = models.ForeignKey(ReviewVersion, on_delete=models.PROTECT, related_name="first_pages")
    set_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.version_id} > {self.programme_id}"


class Carried(models.Model):
    """A follow-up task proposed to a programme, where a person makes it a task or leaves it with a reason."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("task", "Proposed")
        TAKEN = "taken", _("Made a task")
        LEFT = "left", _("Not taken up")

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="carried")
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="carried_over"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    task = models.OneToOneField(
        "programmes.Task", on_delete=models.PROTECT, null=True, related_name="carried_from"
    )
    reason = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["follow_up__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "programme"], name="carried_once_a_programme")
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} > {self.programme_id} {self.state}"
