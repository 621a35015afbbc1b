"""Other people's programs read the feed: vdirsyncer fetches it over HTTP into a folder, khal lists what is there."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from liencap import card
from liencap.calendar import views
from liencap.calendar.actions import make_feed
from liencap.calendar.pace import Pace
from liencap.card import Event
from liencap.testing import make_cast
from liencap.units.access import today
from liencap.units.models import Appointment

BIN = Path(sys.executable).parent
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not (BIN / "vdirsyncer").exists(), reason="vdirsyncer is not installed: make setup-test"
    ),
    pytest.mark.skipif(not (BIN / "khal").exists(), reason="khal is not installed: make setup-test"),
]
SYNC = """
[general]
status_path = "{home}/status/"
[pair seat]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{home}/calendar/"
fileext = ".ics"
[storage there]
type = "http"
url = "{url}"
"""
KHAL = """
[calendars]
[[seat]]
path = {home}/calendar/
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
[default]
default_calendar = seat
"""
TITLE = "Hội nghị sơ kết quý, đánh giá việc thực hiện nghị quyết của đơn vị"
FORMAT = "{start-date}|{end-date}|{status}|{title}"


class Reader:
    """A subscriber with a folder of its own."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        (home / "calendar").mkdir()
        (home / "sync").write_text(SYNC.format(home=home, url=url), "utf-8")
        (home / "khal").write_text(KHAL.format(home=home), "utf-8")
        self.run("vdirsyncer", "-c", str(home / "sync"), "discover")

    def run(self, program: str, *args: str) -> str:
        """Run a program with a home of its own and return what it prints."""
        env = os.environ | {"HOME": str(self.home), "XDG_CACHE_HOME": str(self.home), "PYTHONUTF8": "1"}
        env |= {"XDG_CONFIG_HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "TZ": "Asia/Ho_Chi_Minh"}
        command = [BIN / program, *args]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sync(self) -> list[str]:
        """Fetch the feed and return what khal lists of the coming hundred days."""
        self.run("vdirsyncer", "-c", str(self.home / "sync"), "sync")
        khal = (
            "khal",
            "-c",
            str(self.home / "khal"),
            "list",
            "--once",
            "--day-format",
            "",
            "--format",
            FORMAT,
        )
        said = self.run(*khal, today().isoformat(), "100d")
        return [line for line in said.splitlines() if "|" in line]


def event(uid: str, first: datetime.date, title: str, *, days: int = 0, cancelled: bool = False) -> Event:
    changed = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    last = first + datetime.timedelta(days=days)
    return Event(uid, "Buổi họp", title, "/programmes/", first, last, changed, cancelled)


def test_vdirsyncer_and_khal_see_what_is_there_what_moved_and_what_was_called_off(
    live_server, tmp_path, monkeypatch
):
    cast, day = make_cast(), today() + datetime.timedelta(days=10)
    given = {"a": event("session-1", day, TITLE), "b": event("task-2", day, "Nộp danh sách", days=2)}
    monkeypatch.setattr(card, "functions", lambda of: [lambda *_: iter(given.values())])
    monkeypatch.setattr(views, "pace", Pace(100, 60))
    held = Appointment.objects.select_related("seat__unit", "person").get(seat=cast.officer.seat)
    token = make_feed(held, actor=cast.officer.actor)
    reader = Reader(tmp_path, live_server.url + reverse("calendar:feed", args=[token]))

    def line(first, title, days=0, status="CONFIRMED"):
        return f"{first}|{first + datetime.timedelta(days=days)}|{status} |{title}"

    assert reader.sync() == [line(day, TITLE), line(day, "Nộp danh sách", 2)]
    later = day + datetime.timedelta(days=7)
    given["a"] = event("session-1", later, TITLE)
    given["b"] = event("task-2", day, "Nộp danh sách", days=2, cancelled=True)
    assert reader.sync() == [line(day, "Nộp danh sách", 2, "CANCELLED"), line(later, TITLE)]
    assert len(list((tmp_path / "calendar").glob("*.ics"))) == 2, "moved, not doubled"
    del given["a"]
    assert reader.sync() == [
        line(day, "Nộp danh sách", 2, "CANCELLED"), line(later, TITLE, status="CANCELLED"),
    ]  # fmt: skip
