"""A clock to set, a duty to owe, and a mail server of our own."""

import contextlib
import datetime
import socketserver
import threading
from collections.abc import Iterator
from unittest import mock
from zoneinfo import ZoneInfo

from django.utils import timezone

from liencap.accounts.models import LoginName, User
from liencap.audit.actor import SYSTEM
from liencap.card import Duty
from liencap.config.env import Mail as Server
from liencap.notices import jobs
from liencap.notices.actions import Message, choose_mail, notify
from liencap.notices.models import Mail, Notice
from liencap.notices.wish import Wish
from liencap.testing import Member
from liencap.units.models import Unit
from liencap.work.models import Job

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SERVER = Server("127.0.0.1", 25, "", "", "off", "Liencap <liencap@example.org>")


def moment(day: int, hour: int = 9, minute: int = 0, month: int = 6) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@contextlib.contextmanager
def clock(at: datetime.datetime) -> Iterator[None]:
    with mock.patch.object(timezone, "now", return_value=at):
        yield


def tell(unit: Unit, key: str = "thing-1", *, kind: str = "reminder", title: str = "Kế hoạch năm",
         permission: str = "programme.receive", to_do: bool = True, about: int | None = None,
         due: datetime.date | None = None, actor=SYSTEM) -> int:  # fmt: skip
    message = Message(unit.pk, key, title, "/programmes/owed/", permission, due=due, about=about)
    return notify(kind, [message], actor=actor, to_do=to_do)


def of(member: Member) -> list[Notice]:
    assert member.seat
    return list(Notice.objects.filter(seat=member.seat).order_by("key"))


def write_to(member: Member, rhythm: str = "now", address: str = "", **more) -> User:
    """Give a member an e-mail name and the choice of mail."""
    user = User.objects.get(pk=member.actor.user_id)
    LoginName.objects.get_or_create(user=user, kind="email", name=address or f"{member.login}@example.org")
    choose_mail(
        user, Wish(rhythm, address=address or f"{member.login}@example.org", **more), actor=member.actor
    )
    return user


def duty(unit: Unit, due: datetime.date, key: str = "thing-1") -> Duty:
    return Duty(key, "Report", "Quý II", "/reports/", unit.pk, due, "report.fill")


@contextlib.contextmanager
def owing(*duties: Duty) -> Iterator[list[Duty]]:
    """Let only these duties be owed; what is taken out of the list is done."""
    held = list(duties)

    def function(since, until):
        return iter([d for d in held if since <= d.due <= until])

    with mock.patch.object(jobs, "functions", return_value=[function]):
        yield held


def remind(at: datetime.datetime) -> None:
    with clock(at):
        jobs.remind(Job(pk=0))


def send(at: datetime.datetime) -> None:
    with clock(at):
        jobs.send_mail(Job(pk=0))


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


class Desk(socketserver.StreamRequestHandler):
    """Speak as much of the protocol as a mail needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            self.wfile.write(self.answer(word, line))
            if word == b"QUIT":
                return

    def answer(self, word: bytes, line: bytes) -> bytes:
        server = self.server
        assert isinstance(server, Office)
        if word == b"RCPT" and server.refuses:
            return f"{server.refuses} no {line.decode().strip()}\r\n".encode()
        if word == b"DATA":
            self.wfile.write(b"354 go on\r\n")
            lines = iter(self.rfile.readline, b".\r\n")
            server.letters.append(b"".join(lines).decode())
            return b"250 taken\r\n"
        return b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n"


class Office(socketserver.ThreadingTCPServer):
    """A mail server on this machine that keeps what it is given, or refuses every address with a number."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.letters: list[str] = []
        self.refuses = 0


@contextlib.contextmanager
def mail_office(settings) -> Iterator[Office]:
    with Office() as office:
        threading.Thread(target=office.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.server_address[1]
        settings.EMAIL_USE_TLS = False
        yield office
        office.shutdown()
