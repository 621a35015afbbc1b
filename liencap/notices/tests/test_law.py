"""Whatever happens in whatever order: no mail after the thing is done, none in quiet hours, none twice."""

import datetime
from dataclasses import replace

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liencap.audit.actor import SYSTEM
from liencap.notices.actions import settle
from liencap.notices.hours import is_quiet
from liencap.notices.tests.scene import SERVER, ZONE, clock, duty, moment, owing, remind, send, write_to
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
START = moment(1, 0)
steps = st.lists(
    st.tuples(
        st.sampled_from(["remind", "send", "send", "do", "undo"]),
        st.integers(0, 2),
        st.sampled_from([0, 1, 7, 30, 60, 180, 600, 1440, 2880]),
    ),
    max_size=20,
)
quiet = st.tuples(st.integers(0, 23), st.integers(0, 23))


@pytest.fixture
def cast(settings):
    settings.MAIL, settings.DEFAULT_FROM_EMAIL = SERVER, SERVER.sender
    return make_cast()


class Undo(Exception):
    """Take back what an example wrote."""


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, hours=quiet, rhythm=st.sampled_from(["now", "now", "daily"]), due=st.integers(3, 20))
def test_a_reminder_is_never_sent_after_the_thing_is_done_in_quiet_hours_or_twice(
    cast, steps, hours, rhythm, due
):
    start, end = (datetime.time(hour) for hour in hours)
    day, at, seen = datetime.date(2026, 6, due), START, set()
    try:
        with transaction.atomic():
            with clock(at):
                write_to(cast.officer, rhythm, quiet_from=start, quiet_until=end)
            everything = {n: replace(duty(cast.a, day, f"t-{n}"), title=f"Việc {n}") for n in range(3)}
            with owing(*everything.values()) as held:
                for deed, n, minutes in steps:
                    at += datetime.timedelta(minutes=minutes)
                    one = everything[n]
                    mail.outbox.clear()
                    if deed == "remind":
                        remind(at)
                    elif deed == "do" and one in held:
                        held.remove(one)
                        with clock(at):
                            settle([one.key], actor=SYSTEM)
                    elif deed == "undo" and one not in held:
                        held.append(one)
                    elif deed == "send":
                        send(at)
                    if mail.outbox:
                        assert deed == "send"
                        (letter,) = mail.outbox
                        assert not is_quiet(at, start, end, ZONE)
                        assert letter.extra_headers["Message-ID"] not in seen
                        seen.add(letter.extra_headers["Message-ID"])
                        told = {one.title for one in everything.values() if one.title in letter.body}
                        assert told
                        assert told <= {one.title for one in held}, "only of what is open"
            raise Undo
    except Undo:
        pass
