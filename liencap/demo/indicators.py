"""What the sample asks figures of: by what a task speaks of, else the number of activities."""

from liencap.core.text import fold
from liencap.programmes.models import Task
from liencap.reports.forming.actions import IndicatorInput
from liencap.reports.models import Indicator

# Words of a task, and the indicators asked for it: Vietnamese and English name, and "ratio" for a share.
ASKED: tuple[tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]], ...] = (
    (
        ("dai hoi thanh vien", "dai hoi cac cap", "dai hoi chi bo", "congress"),
        (
            ("Số đại hội đã tổ chức", "Congresses held", ""),
            ("Thành viên dự đại hội trên số được triệu tập", "Members present of those summoned", "ratio"),
        ),
    ),
    (
        ("hoc tap", "quan triet", "study"),
        (("Thành viên dự học trên tổng số thành viên", "Members who took part, of all members", "ratio"),),
    ),
    (("danh sach thanh vien", "von gop"), (("Số thành viên đã rà soát", "Members reviewed", ""),)),
    (("boi duong", "tap huan", "lop", "training"), (("Số lớp đã mở", "Classes held", ""),)),
    (("trong moi cay", "trong cay", "plant"), (("Số cây đã trồng", "Trees planted", ""),)),
    (("tu lieu", "lich su", "history"), (("Số tư liệu đã sưu tầm", "Documents collected", ""),)),
    (("quy ho tro", "fund"), (("Số tiền đóng góp (triệu đồng)", "Money given (million dong)", ""),)),
    (("binh chon", "tong ket"), (("Số điển hình được đề cử", "Examples put forward", ""),)),
)


def indicators_for(tasks: list[Task]) -> list[IndicatorInput]:
    """Return the indicators of the sample form, their names told apart by the task's label."""
    rows: list[IndicatorInput] = []
    for n, task in enumerate(tasks, 1):
        words = fold(task.text)
        found = next((asked for keys, asked in ASKED if any(key in words for key in keys)), None)
        mark = f" ({task.label})" if task.label else ""
        for m, (name, english, kind) in enumerate(found or (("Số hoạt động", "Activities held", ""),), 1):
            label = "" if found else mark
            rows.append(_indicator(task, f"n{n}_{m}", name + label, english + label, kind))
    return rows


def _indicator(task: Task, code: str, name: str, english: str, kind: str) -> IndicatorInput:
    if kind == "ratio":
        axis = Indicator.TreeAxis.RATIO
        return IndicatorInput(task=task, code=code, name=name, name_en=english, tree_axis=axis)
    return IndicatorInput(task=task, code=code, name=name, name_en=english)
