"""When to remind and when to be quiet."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.notices.hours import BEFORE, is_quiet, mark_on, next_digest, release

DUE = datetime.date(2026, 6, 30)
DAY = datetime.timedelta(days=1)
ZONES = [
    ZoneInfo(n) for n in ("Asia/Ho_Chi_Minh", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe")
]
moments = st.integers(1_735_689_600, 1_798_761_600).map(
    lambda s: datetime.datetime.fromtimestamp(s, datetime.UTC)
)
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("left", "mark"),
    [
        (30, None), (15, None), (14, 14), (13, 14), (4, 14), (3, 3), (2, 3), (1, 1), (0, 0), (-1, 0), (-2, 0),
        (-3, -3), (-9, -3), (-10, -10), (-16, -10), (-17, -17), (-100, -94),
    ],
)  # fmt: skip
def test_a_mark_comes_14_3_1_days_before_on_the_day_3_after_and_each_7_then(left, mark):
    found = mark_on(DUE, DUE - DAY * left)
    assert found == (None if mark is None else DUE - DAY * mark)


@given(st.integers(-500, 14))
def test_a_mark_never_lies_ahead_and_stays_until_the_next(left):
    today = DUE - DAY * left
    mark = mark_on(DUE, today)
    assert mark is not None
    assert mark <= today
    assert (DUE - mark).days in BEFORE or ((mark - DUE).days - 3) % 7 == 0
    assert mark_on(DUE, mark) == mark


@given(moments, times, times, st.sampled_from(ZONES))
def test_what_is_released_is_never_quiet_never_early_and_waits_less_than_a_day_and_a_half(
    at, start, end, zone
):
    out = release(at, start, end, zone)
    assert not is_quiet(out, start, end, zone)
    assert at <= out < at + DAY * 1.5
    assert is_quiet(at, start, end, zone) or out == at


@pytest.mark.parametrize(
    ("hour", "quiet"), [(20, False), (21, True), (23, True), (0, True), (6, True), (7, False), (12, False)]
)
def test_quiet_hours_run_over_midnight(hour, quiet):
    at = datetime.datetime(2026, 6, 1, hour, tzinfo=ZONES[0])
    assert is_quiet(at, datetime.time(21), datetime.time(6, 30), ZONES[0]) is quiet


@given(moments, st.integers(0, 23), st.none() | st.integers(0, 6), st.sampled_from(ZONES))
def test_a_digest_comes_next_at_its_hour_and_on_its_day(after, hour, weekday, zone):
    found = next_digest(after, hour, weekday, zone)
    local = found.astimezone(zone)
    assert after < found <= after + DAY * (8 if weekday is not None else 2)
    assert weekday is None or local.weekday() == weekday
    assert local.hour in (hour, (hour + 1) % 24), "an hour that the clock jumps over is the next one"
