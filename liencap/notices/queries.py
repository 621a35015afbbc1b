"""Read notices, who is to get them, and who wants mail."""

from collections.abc import Collection, Iterable

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from liencap.accounts.models import LoginName, User
from liencap.card import words
from liencap.core.text import next_prefix
from liencap.notices.models import Mail, MailChoice, Notice, NoticeQuerySet
from liencap.units.access import today
from liencap.units.models import Appointment, Seat
from liencap.units.queries import holding

MOST = 99  # what the bell counts up to


def fitting(seat: Seat) -> Q:
    """Keep notices of what the seat may see today: a role that lost a right, or a unit that moved away, hides them."""
    below, path = seat.role.below, bytes(seat.unit.path)
    own = Q(unit_id=seat.unit_id, permission__in=[*seat.role.own, *below])
    return own | Q(permission__in=below, unit__path__gte=path, unit__path__lt=next_prefix(path))


def open_of(seat: Seat) -> NoticeQuerySet:
    """Return the open notices of a seat, newest first, with their units."""
    return Notice.objects.open().filter(fitting(seat), seat=seat).select_related("unit")


def unread_of(seat: Seat) -> int:
    """Count the unread open notices of a seat, up to the most that a bell shows; one query."""
    found = Notice.objects.open().filter(fitting(seat), seat=seat, unread=True)
    return found.order_by()[: MOST + 1].count()


def seats_with(units: Collection[int], permissions: Collection[str]) -> dict[tuple[int, str], list[int]]:
    """Return the seats of units that carry permissions over their own unit, by (unit, permission); one query."""
    seats = Seat.objects.filter(unit_id__in=units).exclude(until__lte=today()).order_by("pk")
    found: dict[tuple[int, str], list[int]] = {}
    for pk, unit, own, below in seats.values_list("pk", "unit_id", "role__own", "role__below"):
        for permission in permissions:
            if permission in own or permission in below:
                found.setdefault((unit, permission), []).append(pk)
    return found


def wanting_at_once(seats: Collection[int]) -> list[tuple[MailChoice, int]]:
    """Return who holds one of the seats today and wants mail at once, each with the seat; one query."""
    held = Appointment.objects.filter(holding(today()), seat_id__in=seats, person__user__is_active=True)
    held = held.filter(person__user__mail_choice__rhythm=MailChoice.Rhythm.NOW)
    rows = held.select_related("person__user__mail_choice")
    return [(a.person.user.mail_choice, a.seat_id) for a in rows if a.person.user]


def choice_of(user: User) -> MailChoice:
    """Return how a person wants mail; who never chose wants none."""
    return MailChoice.objects.filter(user=user).first() or MailChoice(user=user)


def kinds() -> dict[str, str]:
    """Return the kinds of notices that the rooms give, in the language of the page."""
    return {code: str(label) for code, label in words("notices").items()}


def addresses_of(user: User) -> tuple[str, str]:
    """Return where mail for a person goes, and an address of theirs that waits to be confirmed; two queries.

    The address that a person gave goes before a sign-in name of kind e-mail.
    """
    given = {a.verified: a.email for a in EmailAddress.objects.filter(user=user).order_by("pk")}
    signs_in = LoginName.objects.filter(user=user, kind=LoginName.Kind.EMAIL).order_by("pk").first()
    return given.get(True) or (signs_in.name if signs_in else ""), given.get(False, "")


def in_trouble(user: User) -> QuerySet[Mail]:
    """Return the mails of a person that did not go out, or perhaps did not, newest first."""
    bad = [Mail.State.REFUSED, Mail.State.UNSURE]
    return Mail.objects.filter(user=user, state__in=bad).order_by("-due_at", "-pk")


def labelled(notices: Iterable[Notice]) -> list[str]:
    """Return the notices as a line of text each; no query."""
    return [f"{notice.label}: {notice.title}" for notice in notices]
