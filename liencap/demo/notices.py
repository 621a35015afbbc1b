"""Let the sample's seats live with their notices: old ones read, new ones not, and reminders of what is due today."""

import datetime

from liencap.audit.actor import Actor
from liencap.notices.actions import mark_read
from liencap.notices.jobs import remind
from liencap.notices.models import Notice
from liencap.work.models import Job


def live_with_notices(opened: datetime.date, actor: Actor) -> None:
    """Read everywhere what was told before a day, and give the reminders of today."""
    mark_read(*Notice.objects.filter(unread=True, at__date__lt=opened), actor=actor)
    remind(Job(kind="remind"))
