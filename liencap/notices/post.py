"""Say what a mail says, in its reader's language, and hand it to the organisation's mail server.

A mail is gathered when it goes: what was done, or may not be seen any more, since it was queued is not in it.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liencap.notices.actions.choosing import token_for
from liencap.notices.actions.mailing import Claimed
from liencap.notices.actions.queueing import not_quiet
from liencap.notices.models import Mail, MailChoice, Notice
from liencap.notices.queries import addresses_of, open_of
from liencap.units.access import seats_of
from liencap.units.models import Seat

MOST = 50  # things that a mail lists; the rest is counted


class Refusal(Exception):
    """The mail server will not take the mail: for good, or not now. Never leaves this room."""

    def __init__(self, code: str, *, final: bool) -> None:
        super().__init__(code)
        self.code = code
        self.final = final


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to go out: the message, and which of the claimed mails it makes needless."""

    message: EmailMessage | None
    needless: list[Mail]


def compose(claimed: Claimed) -> Letter:
    """Write the letter of claimed mails; without a message where nothing is left to say."""
    user = claimed.mails[0].user
    known, waiting = addresses_of(user)
    with translation.override(user.language):
        if claimed.mails[0].kind == Mail.Kind.CONFIRM:
            if not waiting:
                return Letter(None, claimed.mails)
            link = settings.SITE + reverse("notices:confirm", args=[token_for(user, waiting)])
            title = _("Confirm your e-mail address")
            words = _("Open this link, signed in as yourself, and mail will come to this address:")
            return Letter(_message(waiting, title, [words, link], claimed), [])
        notices, needless = _still_open(claimed)
        if not known or not user.is_active or not notices:
            return Letter(None, claimed.mails)
        return Letter(_message(known, _title(notices), _lines(notices), claimed), needless)


def _still_open(claimed: Claimed) -> tuple[list[Notice], list[Mail]]:
    """Return what is open for the person now, and which mails are not needed any more; a query a seat."""
    choice, mails = claimed.choice, claimed.mails
    digest = mails[0].kind == Mail.Kind.DIGEST
    if (digest and not choice.is_digest) or (not digest and choice.rhythm != MailChoice.Rhythm.NOW):
        return [], mails
    found: list[Notice] = []
    for seat in seats_of(mails[0].user_id):
        found += _of_seat(seat, choice, None if digest else [mail.notice_id or 0 for mail in mails])
    if digest:
        return found, []
    there = {notice.pk for notice in found}
    return found, [mail for mail in mails if mail.notice_id not in there]


def _of_seat(seat: Seat, choice: MailChoice, only: list[int] | None) -> list[Notice]:
    found = open_of(seat).exclude(kind__in=choice.off)
    # What was read on the screen meanwhile needs no mail; a digest lists all that is open.
    return list(found[: MOST + 1] if only is None else found.filter(pk__in=only, unread=True))


def _title(notices: list[Notice]) -> str:
    if len(notices) == 1:
        return f"{notices[0].label}: {notices[0].title}"
    return ngettext("%(n)s thing waits for you", "%(n)s things wait for you", len(notices)) % {
        "n": len(notices) if len(notices) <= MOST else f"{MOST}+"
    }


def _lines(notices: list[Notice]) -> list[str]:
    """Return title, unit, day and link of each thing, and nothing else: a mail lies open on the way."""
    lines = []
    for notice in notices[:MOST]:
        about = str(notice.unit)
        if notice.due:
            day = date_format(notice.due, "SHORT_DATE_FORMAT")
            about += " · " + _("due %(day)s") % {"day": day}
        link = settings.SITE + reverse("notices:notice", args=[notice.pk])
        lines += [f"{notice.label}: {notice.title}\n{about}\n{link}"]
    if len(notices) > MOST:
        lines.append(_("And more: %(link)s") % {"link": settings.SITE + reverse("notices:list")})
    return lines


def _message(address: str, title: str, lines: list[str], claimed: Claimed) -> EmailMessage:
    prefer = settings.SITE + reverse("notices:preferences")
    foot = _("You get this mail because you asked for it. To change or end it: %(link)s") % {"link": prefer}
    sender = settings.DEFAULT_FROM_EMAIL
    # The same mails make the same id, by which mail servers know a letter that comes twice.
    mark = hashlib.sha256(",".join(f"{m.pk}" for m in claimed.mails).encode()).hexdigest()[:32]
    headers = {
        "Message-ID": f"<{mark}@{sender.rpartition('@')[2].strip('<> ')}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{prefer}>",
    }
    subject = " ".join(f"Liencap · {title}".split())[:180]
    return EmailMessage(
        subject, "\n\n".join([*lines, "-- \n" + foot]) + "\n", sender, [address], headers=headers
    )


def hand_over(connection: BaseEmailBackend, message: EmailMessage) -> None:
    """Give a message to the mail server; Refusal says whether trying again may help.

    Django's backend raises what the library of the protocol raises; it is told by its fields.
    """
    try:
        connection.open()
    except OSError as error:
        raise Refusal(_code_of(error), final=False) from error
    try:
        connection.send_messages([message])
    except OSError as error:
        # Errors of the sender's address or of signing in are ours to mend, not the person's.
        refused = getattr(error, "recipients", None)
        code = _code_of(error)
        final = code.startswith("5") and (
            isinstance(refused, dict) or type(error).__name__ == "SMTPDataError"
        )
        raise Refusal(code, final=final) from error
    finally:
        connection.close()


def _code_of(error: OSError) -> str:
    """Return the server's number, or the kind of failure; never its words, which may repeat the address."""
    refused = getattr(error, "recipients", None)
    if isinstance(refused, dict) and refused:
        return str(next(iter(refused.values()))[0])
    return str(getattr(error, "smtp_code", "") or type(error).__name__)[:40]


def is_quiet_now(claimed: Claimed) -> bool:
    """Say whether the person may not be disturbed now; who waits for a link to confirm an address may."""
    now = timezone.now()
    return claimed.mails[0].kind != Mail.Kind.CONFIRM and not_quiet(claimed.choice, now) > now
