"""A form with each kind of indicator and of check, on the small tree."""

from decimal import Decimal

from liencap.audit.actor import SYSTEM
from liencap.core.rollup.checks import Check
from liencap.programmes.models import Programme
from liencap.reports.actions import IndicatorInput, edit_form
from liencap.reports.forming.values import inputs_of, seen_of
from liencap.reports.models import FormVersion

HOW = (("well", "Tốt", "Well"), ("ill", "Chưa tốt", "Not well"))


def change(programme, rows, actor=SYSTEM, asks=None, seen=None) -> FormVersion:
    last = FormVersion.objects.filter(programme=programme).first()
    mark = seen or seen_of(last, inputs_of(last))
    return edit_form(programme, rows, asks or {}, seen=mark, actor=actor)


def every_kind(programme: Programme) -> list[IndicatorInput]:
    task = programme.tasks.first()
    return [
        IndicatorInput(
            task, "all", "Số người", kind="number", measured_in="người", help="Tính cả hội viên mới.",
            checks=(
                Check("all", "required", "block"),
                Check("all", "range", "warn", high=Decimal(1000)),
                Check("all", "parts", "block", parts=("women", "men")),
            ),
        ),
        IndicatorInput(task, "women", "Nữ"),
        IndicatorInput(task, "men", "Nam"),
        IndicatorInput(
            task, "spent", "Kinh phí", kind="money", time_axis="last", checks=(Check("spent", "rises", "warn"),)
        ),
        IndicatorInput(task, "share", "Tỷ lệ", kind="percentage", tree_axis="ratio"),
        IndicatorInput(task, "held", "Đã họp", kind="yes_no", time_axis="last"),
        IndicatorInput(task, "how", "Đánh giá", kind="choice", options=HOW, time_axis="last"),
        IndicatorInput(task, "on", "Ngày họp", kind="date", tree_axis="none", time_axis="last"),
        IndicatorInput(task, "tier", "Chỉ hỏi tỉnh", tiers=("province",)),
    ]  # fmt: skip
