"""What the sample's reports say: figures and passages drawn from a fixed seed."""

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache

from liencap.core.rollup.layout import State
from liencap.programmes.models import Assignment, Task
from liencap.programmes.queries import is_asked
from liencap.reports.content import Content
from liencap.reports.models import FormVersion, Indicator, Period, Report
from liencap.reports.told.causes import causes_for
from liencap.units.access import today

RESULTS = (
    "Đã phổ biến tới các thành viên trong kỳ họp thường lệ; có biên bản kèm theo.",
    "Hoàn thành phần việc của quý, đang hoàn thiện hồ sơ để lưu.",
    "Đã phân công cán bộ phụ trách và thống nhất lịch làm việc với các tổ hợp tác.",
    "Tổ chức lồng ghép với hội nghị thành viên, bảo đảm đúng thời gian quy định.",
    "Đã làm xong ở các tổ gần trung tâm; các tổ vùng xa sẽ xong trong tháng sau.",
)
CAUSES = (
    "Một số thành viên đi làm ăn xa nên khó bố trí thời gian.",
    "Kinh phí được cấp chậm so với kế hoạch.",
    "Mưa lũ kéo dài làm gián đoạn công việc trong hai tuần.",
)
CODES = dict(zip(CAUSES, ("thanh-vien", "kinh-phi", "thoi-tiet"), strict=True))
ASKS = (
    "Đề nghị Liên hiệp gửi tài liệu sớm hơn.",
    "Đề nghị hỗ trợ báo cáo viên cho các xã vùng xa.",
    "Đề nghị cho phép gộp hai lớp của các khu vực ít thành viên.",
)
DIFFICULTIES = (
    "Đường vào các tổ vùng xa bị sạt lở, khó tập trung thành viên.",
    "Thiếu báo cáo viên biết dùng phần mềm kế toán.",
)
REASON = "Có thêm đợt ra quân cuối quý, kèm biên bản."
NOT_FOR_US = "Đơn vị không có đối tượng thuộc nhiệm vụ này."
# Numbers of the running quarter's form that have dice of their own, and between what they lie.
COUNTED = {"lop-tap-trung": (0, 4), "lop-truc-tuyen": (0, 3), "thanh-vien": (60, 240)}
NO_NUMBERS = ("co-bien-ban", "ngay-hop")
SAID = (("result", RESULTS, 0.15), ("cause", CAUSES, 0.19), ("proposal", ASKS, 0.22))


def content_of(report: Report, chance: random.Random) -> Content:
    """Draw what one unit says of each task."""
    owed = report.obligation
    given = set(Assignment.objects.filter(unit=owed.unit_id).values_list("task_id", flat=True))
    states = {task: _state(chance.random()) for task in _asked(owed.period) if task in given}
    passages: dict[tuple[int, str], str] = {}
    figures: dict[tuple[str, str], Decimal | State] = {}
    form = report.obligation.period.form
    assert form is not None, "the period is open"
    for indicator in form.indicators.all():
        if indicator.personal:
            figures[indicator.code, "value"] = _women(report)
            continue
        if indicator.code in COUNTED:
            figures[indicator.code, "value"] = _counted(report, indicator.code)
            continue
        task, draw = indicator.task_id, chance.random()
        figures |= _figures(indicator, draw, chance)
        question = next(((name, texts) for name, texts, below in SAID if draw < below), None)
        if question and (task, question[0]) not in passages:
            passages[(task, question[0])] = chance.choice(question[1])
    _add_up(report, form, figures)
    own = random.Random(f"difficulty {owed.unit.code}")  # noqa: S311  # a sample, not a secret
    if states and own.random() < 0.08:
        passages[max(states), "difficulty"] = own.choice(DIFFICULTIES)
    checked = {check.code for check in form.rules}
    reasons = {code: REASON for code, _cell in figures if code in checked}
    return Content(states, passages, figures, causes=_causes(report, passages), reasons=reasons)


def _counted(report: Report, code: str) -> Decimal:
    """Draw a number by dice of its own."""
    low, high = COUNTED[code]
    own = random.Random(f"{code} {report.obligation.unit.code}")  # noqa: S311  # a sample, not a secret
    return Decimal(own.randint(low, high))


def _add_up(report: Report, form: FormVersion, figures: dict[tuple[str, str], Decimal | State]) -> None:
    """Let a number that others make up be their sum, but for one unit in twenty, which has not counted well."""
    own = random.Random(f"sum {report.obligation.unit.code}")  # noqa: S311  # a sample, not a secret
    if own.random() < 0.05:
        return
    for check in form.rules:
        parts = [figures.get((code, "value")) for code in check.parts]
        if check.kind == "parts" and isinstance(figures.get((check.code, "value")), Decimal):
            figures[check.code, "value"] = sum((p for p in parts if isinstance(p, Decimal)), Decimal(0))


def _causes(report: Report, passages: dict[tuple[int, str], str]) -> dict[int, int]:
    """Return the cause from the organisation's list that stands behind each sentence on causes."""
    named = {task: CODES[text] for (task, question), text in passages.items() if question == "cause"}
    if not named:
        return {}
    listed = {one.code: one.pk for one in causes_for(report.obligation.period.programme.unit)}
    return {task: listed[code] for task, code in named.items() if code in listed}


def _women(report: Report) -> Decimal:
    """Draw how many women came, by dice of its own: in every third unit so few that they could be known."""
    own = random.Random(f"women {report.obligation.unit.code}")  # noqa: S311  # a sample, not a secret
    return Decimal(own.randint(2, 9) if own.random() < 0.3 else own.randint(10, 45))


@cache
def _asked(period: Period) -> list[int]:
    """Return which tasks of the programme the period asks for, read once for all its units."""
    tasks = Task.objects.filter(programme=period.programme_id, rescinded=False)
    tasks = tasks.select_related("programme").prefetch_related("deadlines").order_by("order", "pk")
    return [task.pk for task in tasks if is_asked(task, period.since, period.until)]


def _state(draw: float) -> tuple[str, str]:
    if draw > 0.993:
        return "not_applicable", NOT_FOR_US
    return "done" if draw < 0.6 else "under_way" if draw < 0.9 else "not_begun", ""


def _figures(
    indicator: Indicator, draw: float, chance: random.Random
) -> dict[tuple[str, str], Decimal | State]:
    """Draw an indicator's cells; a share never exceeds what it is a share of."""
    if draw > 0.95:
        return dict.fromkeys(((indicator.code, cell) for cell in indicator.cells), State.BLANK)
    if draw > 0.92:
        return dict.fromkeys(((indicator.code, cell) for cell in indicator.cells), State.NOT_APPLICABLE)
    if indicator.kind == Indicator.Kind.CHOICE:
        chosen = chance.choice(indicator.cells)
        return {(indicator.code, cell): Decimal(cell == chosen) for cell in indicator.cells}
    if indicator.kind == Indicator.Kind.YES_NO:
        return {(indicator.code, "value"): Decimal(draw < 0.7)}
    if indicator.kind == Indicator.Kind.DATE:
        return {(indicator.code, "value"): Decimal(today().toordinal() - chance.randint(1, 60))}
    if indicator.tree_axis == Indicator.TreeAxis.RATIO:
        whole = chance.randint(20, 90)
        part = whole - chance.randint(0, whole // 3)
        cells = zip(indicator.cells, (part, whole), strict=True)
        return {(indicator.code, cell): Decimal(number) for cell, number in cells}
    most = 14 if indicator.rules else 9  # beyond what is expected: a reason goes with it
    return {(indicator.code, cell): Decimal(chance.randint(0, most)) for cell in indicator.cells}


def corrected(content: Content) -> Content:
    """Return the same with one activity more in the plain figures, none in a share."""
    figures = {
        (code, cell): value + 1
        if cell == "value" and code not in NO_NUMBERS and isinstance(value, Decimal)
        else value
        for (code, cell), value in content.figures.items()
    }
    return replace(content, figures=figures)
