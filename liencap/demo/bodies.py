"""Steering committees of the sample: complete in some units, in others not, in most not founded."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from liencap.audit.actor import SYSTEM, Actor
from liencap.bodies.actions import (
    add_regulation,
    ask_for_bodies,
    describe_body,
    keep_kind,
    set_budget_line,
    set_equipment_line,
)
from liencap.bodies.models import PARTS
from liencap.units.actions import found_body
from liencap.units.models import Tier, Unit

HeadOf = Callable[[Unit], Actor | None]


def bodies(root: Unit, actor: Actor, head: HeadOf, day: date) -> None:
    """Ask provinces and areas for a steering committee; the first ones found theirs, more or less whole."""
    kind = keep_kind("Ban chỉ đạo thực hiện kế hoạch", name_en="Steering committee of the plan", actor=SYSTEM)
    keep_kind("Tổ cộng tác viên tuyên truyền", name_en="Helpers' group for communication", actor=SYSTEM)
    tiers = Tier.objects.filter(code__in=("tinh", "khu-vuc"))
    parts = [part for part in PARTS if part != "seats"]
    ask_for_bodies(root, kind, tiers=list(tiers), parts=parts, actor=actor)
    units = Unit.objects.filter(tier__code="tinh").order_by("path")[:6]
    for n, unit in enumerate(units):
        by = head(unit)
        if by is None:
            continue
        body = found_body(unit, f"Ban chỉ đạo {unit.name}", since=day, actor=by)
        describe_body(
            body, kind=kind, founded_by=f"Quyết định số {12 + n}/QĐ-{unit.code}", term_since=day,
            term_until=day + timedelta(days=365 * 2 if n else 20), actor=by,
        )  # fmt: skip
        if n % 3 != 1:
            add_regulation(body, "Quy chế làm việc của Ban chỉ đạo", since=day, actor=by)
            set_equipment_line(body, what="Máy tính xách tay", count=1 + n, condition="good", actor=by)
        if n % 3 != 2:
            set_budget_line(
                body, year=day.year, purpose="Họp và kiểm tra cơ sở", source="Kinh phí thường xuyên",
                planned=Decimal(20_000_000 + n * 1_500_000), spent=Decimal(4_000_000), actor=by,
            )  # fmt: skip
