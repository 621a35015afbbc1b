"""Which Vietnamese times are deadlines, which are windows of events, and which are periods."""

from __future__ import annotations

from collections.abc import Iterator

from liencap.core.reading.model import Deadline
from liencap.core.reading.times import Time
from liencap.core.reading.view import View, clean, lazy

_EVENT = r"(?P<event>(?:đại hội|hội nghị hiệp thương|hội nghị|ngày bầu cử|cuộc bầu cử|kỳ họp|lễ kỷ niệm|hội thi|hội diễn|lễ phát động|lễ)(?!\w)[^.;()\n]*)$"
_TIERS = (
    "cấp trên trực tiếp cơ sở|cấp trên trực tiếp|cấp trên cơ sở|cấp cơ sở|đảng bộ bộ phận|đảng bộ cơ sở|đảng ủy cơ sở|chi bộ|công đoàn cơ sở|đoàn cơ sở|chi đoàn"
    "|trực thuộc trung ương|cấp tỉnh|cấp huyện|cấp xã|cấp quận|trung ương|đảng bộ khối|toàn quốc|ban công tác mặt trận"
)
_ABOUT = r"(?:kế hoạch|hồ sơ|văn kiện|kết quả|danh sách|đề án|báo cáo)(?: tổ chức| về)? $"
_ON_THE_DAY = r"(?:ngày bầu cử|đại hội|hội nghị|lễ|hội thi|phiên họp|tổng duyệt)[^.;:\n]{0,60}: *(?:(?:thứ \w+|chủ nhật),? *)?$"
_NOUN = r"(?:báo cáo|kết quả|tình hình|công tác|kế hoạch|phiên họp|kỳ họp|số liệu|của|chương trình|chỉ thị|tính|ngày|so với|cùng kỳ|biên bản|giao ban|lịch|sơ kết|tổng kết|nghị quyết|quyết định|luật|dự toán|chiến lược|đề án|quy hoạch) *$"
_PERIODS = (
    r"(?P<term>nhiệm kỳ(?: đại hội)?(?: \w{1,4}){0,3}?) ?(?P<t1>\d{4}) ?- ?(?P<t2>\d{4})"
    r"|(?P<stage>giai đoạn|thời kỳ|trong những năm) (?:từ )?(?:năm )?(?P<s1>\d{4}) ?(?:-|đến(?: năm)?) ?(?P<s2>\d{4})"
    r"|(?P<year>năm) (?P<y>20\d\d)(?! ?[-/] ?\d)"
)
_EFFECT = r"(?:có )?hiệu lực(?: thi hành)? *(?:kể )?(?:từ )?(?:ngày )?$"


def due(
    view: View, time: Time, before: int, previous: Deadline | None, base: str | None, section: str
) -> Deadline | None:
    """Return the time as a deadline, an event's window or a period, or None where it is neither.

    `before` is where the words that may govern it begin; `previous` the deadline before it in the sentence.
    """
    low = view.low
    clause = low[before : time.start]
    if lazy(_EFFECT).search(clause) or lazy(_EFFECT).search(low[max(0, time.start - 40) : time.start]):
        return _made(view, time, "effective", "due")
    if time.first is None and time.last is None:
        return _undated(view, time, clause)
    if not time.stated and not _may_stand(view, time, clause, previous):
        return None
    if time.first and time.last and int(time.last[:4]) - int(time.first[:4]) > 4 and section != "targets":
        return None
    if _is_past(time, base) or _told(view, time):
        ranged = time.first and time.last and time.first != time.last
        return _made(view, time, "report", "due") if ranged and base else None
    bound = time.bound
    year_only = lazy(r"(?:đến|tới|cho đến) năm \d{4}$").match(low[time.start : time.end])
    if section == "targets" or (year_only and _measured(view, time)):
        bound = "target" if bound in ("by", "before") else bound
    elif (
        year_only
        and not _opens(view, time)
        and not lazy(r"(?:phấn đấu|hoàn thành|xong|chậm nhất)[^,;.]{0,40}$").search(clause)
    ):
        return None
    event, tier = _event(view, before, time, previous)
    kind = "event-window" if event else "due"
    return _made(view, time, bound, kind, event, tier)


def _made(
    view: View, t: Time, bound: str, kind: str, event: str | None = None, tier: str | None = None
) -> Deadline:
    return Deadline(
        text=view.source[t.start : t.end], start=t.start, end=t.end, start_date=t.first, end_date=t.last, bound=bound,
        kind=kind, event=event, tier=tier, recurrence=t.recurrence, approximate=t.approximate,
    )  # fmt: skip


def _undated(view: View, time: Time, clause: str) -> Deadline | None:
    if time.bound == "conditional":
        words = view.low[time.start : time.end]
        at = words.find("đại hội")
        return _made(
            view,
            time,
            "conditional",
            "due",
            clean(view.view[time.start + at : time.end]) if at >= 0 else None,
        )
    if time.bound == "continuous" and lazy(r"(?:ban )?thường trực|chi $").search(clause[-12:]):
        return None
    return _made(view, time, time.bound, "due")


def _may_stand(view: View, time: Time, clause: str, previous: Deadline | None) -> bool:
    """Say whether a bare month, quarter or year is a deadline by its place."""
    words = view.low[time.start : time.end]
    if time.bound == "exact":
        return bool(lazy(_ON_THE_DAY).search(view.low, max(0, time.start - 120), time.start))
    if lazy(r"năm \d{4}$").match(words):
        return _opens(view, time) and lazy(r" *:").match(view.low, time.end, time.end + 3) is not None
    if lazy(_NOUN).search(clause):
        return False
    if previous and (previous.kind == "event-window" or clause.strip(" ,;") in ("", "và")):
        return True
    head = clause.rstrip(" -*")
    return (
        not head
        or head[-1] in "(,;:"
        or bool(
            lazy(r"(?:hoàn thành|xong|trình|ban hành|tổ chức|thực hiện|thời gian)[^,;.]{0,60}$").search(
                clause
            )
        )
    )


def _opens(view: View, time: Time) -> bool:
    before = view.view[max(0, time.start - 4) : time.start].rstrip(" -+*)")
    return not before or before[-1] in "\n.;:|("


def _is_past(time: Time, base: str | None) -> bool:
    last = time.last or time.first
    if time.bound == "from" and base and last and last[:4] == base[:4] and last[4:] == "-01-01":
        return False  # "năm 2025 và các năm tiếp theo" in a plan of June 2025
    return bool(base and last and last[: len(base)] < base)


def _measured(view: View, time: Time) -> bool:
    """Say whether what follows a year is a figure to be reached."""
    return bool(
        lazy(r"[^.;\n]{0,80}?(?:\d ?%|phấn đấu|tối thiểu|ít nhất|đạt (?:từ |trên )?\d)").match(
            view.low, time.end, time.end + 120
        )
    )


def _told(view: View, time: Time) -> bool:
    """Say whether the sentence tells what was done, not what is to do."""
    return bool(
        lazy(r"[^.;\n]{0,60} đã (?!được|có)").match(view.low, time.end, time.end + 80)
    ) and time.bound in ("in", "exact")


def _event(view: View, before: int, time: Time, previous: Deadline | None) -> tuple[str | None, str | None]:
    clause = view.low[before : time.start]
    m = lazy(_EVENT).search(clause)
    if m and lazy(_ABOUT).search(clause[: m.start()]):
        m = None
    if m and not lazy(r"(?:gửi|báo cáo|tuyên truyền|phục vụ|chuẩn bị|đăng ký|nộp|trình)").search(
        m.group("event")
    ):
        event = clean(view.view[before + m.start("event") : time.start]).partition(":")[0].rstrip(" ,")
        event = lazy(
            r" ?(?:được (?:tổ chức|thực hiện)|diễn ra|tổ chức|bắt đầu|(?:và )?hoàn thành|dự kiến|[: ]+)+$"
        ).sub("", event)
        return event, _tier(event.lower())
    words = clean(view.view[before : time.start]).strip(" ,;")
    words = lazy(r"(?:và|còn) ").sub("", words, count=1) if words.startswith(("và ", "còn ")) else words
    if (
        previous
        and previous.kind == "event-window"
        and previous.event
        and (not words or words == "hoàn thành" or _tier(words.lower()))
    ):
        if not words or words == "hoàn thành":
            return previous.event, previous.tier
        return words if words.lower().startswith(
            "đại hội"
        ) else f"{previous.event.split()[0]} {previous.event.split()[1]} {words}", _tier(
            words.lower()
        ) or words
    return None, None


def _tier(words: str) -> str | None:
    m = lazy(_TIERS).search(words)
    return m.group() if m else None


def periods(view: View, start: int, end: int, title: tuple[int, int], base: str | None) -> Iterator[Deadline]:
    """Yield terms of office, plan periods and the years the text reports on or plans for."""
    seen: set[tuple[str, str]] = set()
    for m in lazy(_PERIODS).finditer(view.low, start, end):
        one, other = (
            (m.group("t1") or m.group("s1") or m.group("y")),
            (m.group("t2") or m.group("s2") or m.group("y")),
        )
        bound = (
            "term"
            if m.group("term")
            else "plan-period"
            if m.group("stage")
            else _year(view, m.start(), m.end(), title, base)
        )
        words = " ".join(m.group().split())
        if bound is None or (bound in ("programme-year", "report-year") and (one, bound) in seen):
            continue
        seen.add((one, bound))
        if (words, bound) in seen:
            continue
        seen.add((words, bound))
        yield Deadline(
            view.source[m.start() : m.end()],
            m.start(),
            m.end(),
            f"{one}-01-01",
            f"{other}-12-31",
            bound,
            "period",
        )


def _year(view: View, at: int, end: int, title: tuple[int, int], base: str | None) -> str | None:
    before = view.low[max(0, at - 60) : at]
    if lazy(r"(?:tổng kết|kết quả|báo cáo|đánh giá|sơ kết)[^.;\n]{0,50}$").search(before):
        return "report-year"
    if title[0] <= at < title[1] or lazy(
        r"(?:triển khai|nhiệm vụ|kế hoạch|phương hướng|chương trình|xác định)[^.;\n]{0,50}$"
    ).search(before):
        return "programme-year"
    return None
