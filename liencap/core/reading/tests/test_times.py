"""The forms in which a time is written, and what binds it."""

import pytest

from liencap.core.reading.en.dates import find as find_english
from liencap.core.reading.vi.dates import find

FORMS = [
    ("trước ngày 15/12/2025", None, "2025-12-15", "before"),
    ("trước ngày 30 tháng 6 năm 2026", None, "2026-06-30", "before"),
    ("trước 30/9/2025", None, "2025-09-30", "before"),
    ("trước ngày 10/4", None, "2025-04-10", "before"),
    ("trước tháng 10/2025", None, "2025-10-01", "before"),
    ("trước ngày 30-6", None, "2025-06-30", "before"),
    ("trước ngày 05.02.2026", None, "2026-02-05", "before"),
    ("chậm nhất ngày 01/02/2026", None, "2026-02-01", "by"),
    ("chậm nhất là ngày 31/01/2026", None, "2026-01-31", "by"),
    ("chậm nhất đến hết ngày 31/01/2026", None, "2026-01-31", "by"),
    ("muộn nhất vào ngày 20 tháng 5 năm 2025", None, "2025-05-20", "by"),
    ("đến hết ngày 15/11/2025", None, "2025-11-15", "by"),
    ("đến ngày 15/11/2025", None, "2025-11-15", "by"),
    ("từ nay đến ngày 30/6/2025", None, "2025-06-30", "by"),
    ("từ nay đến hết tháng 10/2025", None, "2025-10-31", "by"),
    ("đến hết năm 2030", None, "2030-12-31", "by"),
    ("đến năm 2030", None, "2030-12-31", "by"),
    ("hết quý II/2025", None, "2025-06-30", "by"),
    ("không quá ngày 20/6/2025", None, "2025-06-20", "by"),
    ("từ ngày 01/01/2026", "2026-01-01", None, "from"),
    ("kể từ ngày 15 tháng 3 năm 2026", "2026-03-15", None, "from"),
    ("bắt đầu từ tháng 4", "2025-04-01", None, "from"),
    ("từ tháng 9/2025", "2025-09-01", None, "from"),
    ("năm 2025 và các năm tiếp theo", "2025-01-01", None, "from"),
    ("từ ngày 15 tháng 9 năm 2025 đến 30 tháng 11 năm 2025", "2025-09-15", "2025-11-30", "in"),
    ("từ ngày 04/5 đến ngày 14/5/2025", "2025-05-04", "2025-05-14", "in"),
    ("từ ngày 01/3/2025 đến hết ngày 31/3/2025", "2025-03-01", "2025-03-31", "in"),
    ("từ ngày 01 đến ngày 05/4/2025", "2025-04-01", "2025-04-05", "in"),
    ("từ ngày 01 - 05/4/2025", "2025-04-01", "2025-04-05", "in"),
    ("từ ngày 15 đến ngày 20 tháng 5 năm 2025", "2025-05-15", "2025-05-20", "in"),
    ("trong ngày 02/02/2026 đến ngày 03/02/2026", "2026-02-02", "2026-02-03", "in"),
    ("từ tháng 01 đến tháng 3/2026", "2026-01-01", "2026-03-31", "in"),
    ("từ tháng 7 đến hết tháng 9/2025", "2025-07-01", "2025-09-30", "in"),
    ("trong năm 2025", "2025-01-01", "2025-12-31", "in"),
    ("trong tháng 5/2025", "2025-05-01", "2025-05-31", "in"),
    ("trong tháng 10 năm 2025", "2025-10-01", "2025-10-31", "in"),
    ("trong tháng 5", "2025-05-01", "2025-05-31", "in"),
    ("trong quý IV năm 2025", "2025-10-01", "2025-12-31", "in"),
    ("vào quý 1/2020", "2020-01-01", "2020-03-31", "in"),
    ("quí iv-2025", "2025-10-01", "2025-12-31", "in"),
    ("quý i năm 2026", "2026-01-01", "2026-03-31", "in"),
    ("quý iii/2025", "2025-07-01", "2025-09-30", "in"),
    ("quý 02/2025", "2025-04-01", "2025-06-30", "in"),
    ("trước 17 giờ 00 phút ngày 10/02/2026", None, "2026-02-10", "before"),
    ("trước 17h00 ngày 30/9", None, "2025-09-30", "before"),
    ("chậm nhất 16g30 ngày 05/11/2025", None, "2025-11-05", "by"),
    ("kết thúc ngày 30/11/2025", None, "2025-11-30", "by"),
    ("từ 15 đến 16/10/2025", "2025-10-15", "2025-10-16", "in"),
    ("tuần đầu tháng 12/2025", "2025-12-01", "2025-12-07", "in"),
    ("tuần 2 tháng 10/2024", "2024-10-08", "2024-10-14", "in"),
    ("tuần thứ tư tháng 02/2026", "2026-02-22", "2026-02-28", "in"),
    ("vào ngày 02/02/2026", "2026-02-02", "2026-02-02", "exact"),
    ("vào ngày 19 tháng 5 năm 2025", "2025-05-19", "2025-05-19", "exact"),
    ("đầu tháng 3/2025", "2025-03-01", "2025-03-10", "in"),
    ("giữa tháng 3/2025", "2025-03-11", "2025-03-20", "in"),
    ("cuối tháng 02/2025", "2025-02-21", "2025-02-28", "in"),
    ("trung tuần tháng 6 năm 2025", "2025-06-11", "2025-06-20", "in"),
    ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30", "in"),
    ("6 tháng cuối năm 2026", "2026-07-01", "2026-12-31", "in"),
    ("năm 2026 - 2027", "2026-01-01", "2027-12-31", "in"),
    ("hoàn thành trong tháng 4/2025", "2025-04-01", "2025-04-30", "in"),
    ("thời gian hoàn thành: quý III/2025", "2025-07-01", "2025-09-30", "in"),
    ("thời hạn: ngày 20/8/2025", "2025-08-20", "2025-08-20", "exact"),
]


@pytest.mark.parametrize(("words", "first", "last", "bound"), FORMS)
def test_a_form_is_read_whole(words, first, last, bound):
    low = f"các đơn vị thực hiện {words.lower()}, báo cáo kết quả."
    (time,) = [t for t in find(low, 0, len(low), 2025) if t.first or t.last]
    assert (time.first, time.last, time.bound) == (first, last, bound)
    assert low[time.start : time.end] == words.lower()


@pytest.mark.parametrize(
    ("words", "bound", "recurrence"),
    [
        ("trước ngày 01/6 và 15/11 hằng năm", "recurring", "yearly: 06-01, 11-15"),
        ("trước ngày 15/12 hàng năm", "recurring", "yearly: 12-15"),
        ("trước ngày 15 tháng 12 hằng năm", "recurring", "yearly: 12-15"),
        ("hằng năm", "recurring", "yearly"),
        ("hàng quý", "recurring", "quarterly"),
        ("hằng tháng", "recurring", "monthly"),
        ("thường xuyên", "continuous", None),
        ("sau khi kế hoạch được ban hành", "conditional", None),
        ("theo tiến độ dự án", "conditional", None),
        ("trong thời hạn 30 ngày kể từ ngày ban hành", "relative", None),
        ("trong vòng 10 ngày làm việc kể từ khi nhận hồ sơ", "relative", None),
    ],
)
def test_what_has_no_day_keeps_its_words(words, bound, recurrence):
    low = f"báo cáo {words}."
    found = list(find(low, 0, len(low), 2025))
    assert [(t.bound, t.recurrence) for t in found][:1] == [(bound, recurrence)]
    assert all(t.first is None and t.last is None for t in found)


@pytest.mark.parametrize(
    "words",
    ["kinh phí từ ngân sách hằng năm", "tỷ lệ 30/100 hộ", "quyết định 12/qđ-ttg", "ngày 31/02/2025"],
)
def test_what_is_no_time_is_not_read_as_one(words):
    assert [t for t in find(words, 0, len(words), 2025) if t.first or t.last or t.recurrence] == []


def test_a_day_without_a_year_has_no_date_where_no_year_is_known():
    (time,) = find("trước ngày 10/4", 0, 15, None)
    assert (time.first, time.last, time.bound) == (None, None, "before")


ENGLISH = [
    ("by january 1, 2020", None, "2020-01-01", "by"),
    ("by april 1st, 2020", None, "2020-04-01", "by"),
    ("by september 2020", "2020-09-01", "2020-09-30", "by"),
    ("no later than march 31, 2025", None, "2025-03-31", "by"),
    ("not later than 31 march 2025", None, "2025-03-31", "by"),
    ("on or before june 30, 2024", None, "2024-06-30", "by"),
    ("by the end of 2026", None, "2026-12-31", "by"),
    ("by q3 2025", None, "2025-09-30", "by"),
    ("before july 4, 2026", None, "2026-07-04", "before"),
    ("on may 4, 2024", "2024-05-04", "2024-05-04", "exact"),
    ("in october 2025", "2025-10-01", "2025-10-31", "in"),
    ("during the second quarter of 2025", "2025-04-01", "2025-06-30", "in"),
    ("starting in january 2026", "2026-01-01", None, "from"),
    ("by 2025-03-31", None, "2025-03-31", "by"),
    ("by 3/31/2025", None, "2025-03-31", "by"),
]


@pytest.mark.parametrize(("words", "first", "last", "bound"), ENGLISH)
def test_an_english_form_is_read(words, first, last, bound):
    low = f"the board shall report {words} to all members."
    (time,) = [t for t in find_english(low, 0, len(low), None) if t.first or t.last]
    assert (time.first, time.last, time.bound) == (first, last, bound)


@pytest.mark.parametrize(
    "words", ["quarterly", "at least every 90 days", "annually", "every 3 months", "twice a year"]
)
def test_an_english_recurrence_is_kept_in_its_words(words):
    low = f"agencies will report {words}."
    assert [t.recurrence for t in find_english(low, 0, len(low), None)] == [words]


def test_what_happened_after_a_day_is_no_deadline():
    low = "processes created on or after january 13, 2019 are kept"
    assert list(find_english(low, 0, len(low), None)) == []
