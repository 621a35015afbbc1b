import datetime

import pytest

from liencap.core.timing import days_after, occurrences, wait_of

D = datetime.date
YEAR = (D(2026, 1, 1), D(2026, 12, 31))
Q1 = (D(2026, 1, 1), D(2026, 3, 31))

CASES = [
    # words, window, days
    ("monthly", Q1, ["2026-01-31", "2026-02-28", "2026-03-31"]),
    ("monthly: 15", Q1, ["2026-01-15", "2026-02-15", "2026-03-15"]),
    ("monthly: 31", (D(2026, 2, 1), D(2026, 2, 28)), ["2026-02-28"]),
    ("quarterly", YEAR, ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
    ("quarterly: 10", Q1, ["2026-03-10"]),
    ("half-yearly", YEAR, ["2026-06-30", "2026-12-31"]),
    ("every 6 tháng", YEAR, ["2026-06-30", "2026-12-31"]),
    ("twice a year", YEAR, ["2026-06-30", "2026-12-31"]),
    ("semi-annually", YEAR, ["2026-06-30", "2026-12-31"]),
    ("yearly", YEAR, ["2026-12-31"]),
    ("yearly", Q1, []),
    ("yearly: 06-01, 11-15", YEAR, ["2026-06-01", "2026-11-15"]),
    ("yearly: 02-29", (D(2027, 1, 1), D(2028, 12, 31)), ["2027-02-28", "2028-02-29"]),
    ("annually", YEAR, ["2026-12-31"]),
    ("biennially", (D(2026, 1, 1), D(2029, 12, 31)), ["2027-12-31", "2029-12-31"]),
    ("weekly", (D(2026, 3, 1), D(2026, 3, 15)), ["2026-03-01", "2026-03-08", "2026-03-15"]),
    ("every week", (D(2026, 3, 2), D(2026, 3, 8)), ["2026-03-08"]),
    ("daily", (D(2026, 3, 2), D(2026, 3, 4)), ["2026-03-02", "2026-03-03", "2026-03-04"]),
    ("at least every 90 days", YEAR, ["2026-04-01", "2026-06-30", "2026-09-28", "2026-12-27"]),
    ("every 3 months", Q1, ["2026-03-31"]),
    ("every two weeks", (D(2026, 1, 1), D(2026, 1, 31)), ["2026-01-15", "2026-01-29"]),
    ("every year", YEAR, ["2026-12-31"]),
    ("each quarter", Q1, ["2026-03-31"]),
    ("periodic", YEAR, []),
    ("", YEAR, []),
    ("monthly", (D(2026, 3, 31), D(2026, 1, 1)), []),
]


@pytest.mark.parametrize(("words", "window", "days"), CASES)
def test_a_recurrence_falls_on_its_days_within_a_window(words, window, days):
    assert [str(day) for day in occurrences(words, *window)] == days


def test_what_is_no_part_of_a_year_is_counted_from_its_start():
    found = occurrences("every 90 days", D(2026, 6, 1), D(2026, 12, 31), start=D(2026, 5, 1))
    assert [str(day) for day in found] == ["2026-07-30", "2026-10-28"]
    found = occurrences("every 5 months", *YEAR, start=D(2025, 11, 1))
    assert [str(day) for day in found] == ["2026-03-31", "2026-08-31"]


def test_a_very_long_window_is_cut():
    assert len(occurrences("daily", D(2000, 1, 1), D(2026, 1, 1))) == 400


WAITS = [
    ("sau đại hội", "đại hội", (0, "days", "đại hội")),
    ("ngay sau đại hội", "", (0, "days", "đại hội")),
    ("trong thời hạn 15 ngày kể từ ngày đại hội", "", (15, "days", "đại hội")),
    ("chậm nhất 2 tháng sau khi nhận văn bản", "", (2, "months", "nhận văn bản")),
    ("trong vòng 10 ngày làm việc kể từ khi nhận hồ sơ", "", (10, "days", "nhận hồ sơ")),
    ("chậm nhất 7 ngày trước ngày đại hội", "", (-7, "days", "đại hội")),
    ("within 30 days after the congress", "", (30, "days", "the congress")),
    ("within two weeks of receipt", "", (2, "weeks", "receipt")),
    ("after the plan is approved", "", (0, "days", "the plan is approved")),
    ("theo tiến độ dự án", "", (0, "days", "theo tiến độ dự án")),
]


@pytest.mark.parametrize(("text", "event", "wait"), WAITS)
def test_a_condition_says_how_long_after_which_event(text, event, wait):
    found = wait_of(text, event)
    assert (found.n, found.unit, found.words) == wait


@pytest.mark.parametrize(
    ("day", "n", "unit", "then"),
    [
        (D(2026, 1, 31), 1, "months", D(2026, 2, 28)),
        (D(2026, 3, 15), 15, "days", D(2026, 3, 30)),
        (D(2026, 3, 15), -7, "days", D(2026, 3, 8)),
        (D(2026, 11, 30), 3, "months", D(2027, 2, 28)),
        (D(2026, 3, 15), 2, "weeks", D(2026, 3, 29)),
        (D(2026, 1, 15), -2, "months", D(2025, 11, 15)),
    ],
)
def test_days_are_counted_from_the_event(day, n, unit, then):
    assert days_after(day, n, unit) == then
