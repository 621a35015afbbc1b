"""What units owe of the programmes by a day, for reminders."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liencap.card import Duty
from liencap.programmes.models import Assignment, Programme
from liencap.ui.paging import in_chunks


def to_confirm(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield the dated tasks of running programmes that a unit has not confirmed; a query a thousand.

    Whether a confirmed task is done is known by the unit's reports alone: that is the reports room's to say.
    """
    found = Assignment.objects.filter(
        state=Assignment.State.ASSIGNED,
        due__range=(since, until),
        task__programme__state=Programme.State.ACTIVE,
        task__rescinded=False,
    ).select_related("task")
    for chunk in in_chunks(found):
        for one in chunk:
            assert one.due is not None, "the filter asks for a day"
            yield Duty(
                f"assignment-{one.pk}", _("Task to confirm"), str(one.task),
                reverse("programmes:assignment", args=[one.pk]), one.unit_id, one.due, "programme.receive",
            )  # fmt: skip
