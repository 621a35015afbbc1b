"""Notices of seats, how each person wants mail, and the mails themselves."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liencap.card import words

REMINDER = "reminder"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of notices."""

    def open(self) -> "NoticeQuerySet":
        """Keep what is not over: the thing is not done, or what is only to be known was not read."""
        return self.filter(settled_at__isnull=True)


class Notice(models.Model):
    """Something that the holder of a seat should know or do. The seat's holder reads it, in the holder's language.

    One row a seat and thing (`key`): what is said anew of the same thing makes it unread again and counts up
    `times`. `unit` and `permission` say what it is about: whoever may not see that sees no notice of it.
    `said` holds the title and, of a reminder, the words for the thing, by language where they differ. Whether
    it is read is kept, when is not: nobody's hours are kept here.
    """

    seat = models.ForeignKey("units.Seat", on_delete=models.CASCADE, related_name="notices", db_index=False)
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="+")
    permission = models.CharField(max_length=60)
    said = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    due = models.DateField(null=True)
    to_do = models.BooleanField(default=False, help_text="open until the thing is done, not only until read")
    at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    unread = models.BooleanField(default=True)
    settled_at = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True, help_text="of a reminder: the last run that still found it due")
    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["key", "seat"], name="one_notice_a_thing")]
        indexes = [
            models.Index(fields=["seat", "-at"], name="notice_of_seat"),
            models.Index(fields=["seat", "unread"], condition=Q(settled_at__isnull=True), name="notice_open"),
            models.Index(
                fields=["seen"], condition=Q(settled_at__isnull=True, seen__isnull=False), name="notice_due"
            ),
            models.Index(fields=["settled_at"], name="notice_over"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    @property
    def label(self) -> str:
        """Return what kind of thing it is, in the language of the page."""
        return in_language(self.said.get("kind")) or str(words("notices").get(self.kind, self.kind))

    @property
    def title(self) -> str:
        """Return what it is about, in the language of the page."""
        return in_language(self.said.get("title"))

    @property
    def is_late(self) -> bool:
        """Say whether it is still to be done though its day has passed."""
        return self.is_open and self.due is not None and self.due < timezone.localdate()

    @property
    def is_open(self) -> bool:
        """Say whether it is not over."""
        return self.settled_at is None


def in_language(said: Any) -> str:
    """Return a stored text in the language of the page, where it has several."""
    if isinstance(said, dict):
        return str(said.get(get_language() or "") or next(iter(said.values()), ""))
    return str(said or "")


class MailChoice(models.Model):
    """How a person wants to be told by mail; without a row there is no mail."""

    class Rhythm(models.TextChoices):
        NONE = "none", _("No mail")
        NOW = "now", _("At once")
        DAILY = "daily", _("Once a day, all that is open in one mail")
        WEEKLY = "weekly", _("Once a week, all that is open in one mail")

    class Day(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="mail_choice")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.NONE)
    hour = models.PositiveSmallIntegerField(default=8)
    weekday = models.PositiveSmallIntegerField(choices=Day.choices, default=Day.MONDAY)
    quiet_from = models.TimeField(default=datetime.time(21))
    quiet_until = models.TimeField(default=datetime.time(6, 30))
    off = models.JSONField(default=list, help_text="kinds of notices of which no mail is wanted")
    trouble = models.CharField(max_length=40, blank=True, help_text="why the last mail did not go out")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23, weekday__lte=6), name="mail_choice_hours")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"

    @property
    def is_digest(self) -> bool:
        """Say whether mails list all that is open."""
        return self.rhythm in (self.Rhythm.DAILY, self.Rhythm.WEEKLY)


class Mail(models.Model):
    """A mail that is to go out: the row is the job. What it says is gathered when it goes, never kept here."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Notice")
        DIGEST = "digest", _("Digest")
        CONFIRM = "confirm", _("Confirmation of the address")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("Not needed any more")
        REFUSED = "refused", _("Refused")
        UNSURE = "unsure", _("Perhaps sent")

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=60)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, null=True, related_name="mails")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_mail_a_key")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="mail_waiting"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="mail_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key} {self.state}"
