"""The grades and causes an organisation uses: its own list, or the built-in one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from liencap.reviews.models import CodeList
from liencap.units.models import Unit

# In both languages, since a list is data of the organisation and no text of the screen.
BUILT_IN: dict[str, list[dict[str, Any]]] = {
    "grades": [
        {"code": "excellent", "name": "Hoàn thành xuất sắc", "name_en": "Outstanding", "value": 4},
        {"code": "good", "name": "Hoàn thành tốt", "name_en": "Good", "value": 3},
        {"code": "met", "name": "Hoàn thành", "name_en": "Met", "value": 2},
        {"code": "not-met", "name": "Chưa hoàn thành", "name_en": "Not met", "value": 1},
    ],
    "causes": [
        {"code": "late-guidance", "name": "Hướng dẫn của cấp trên chậm", "name_en": "Late guidance from above"},
        {"code": "means", "name": "Thiếu kinh phí, phương tiện", "name_en": "Lack of money or means"},
        {"code": "staff", "name": "Thiếu cán bộ hoặc cán bộ mới", "name_en": "Too few or new staff"},
        {"code": "coordination", "name": "Phối hợp chưa chặt chẽ", "name_en": "Weak coordination"},
        {"code": "plan", "name": "Kế hoạch chưa sát thực tế", "name_en": "Plan did not fit conditions"},
        {"code": "direction", "name": "Chỉ đạo, đôn đốc chưa quyết liệt", "name_en": "Weak direction and follow-up"},
        {"code": "events", "name": "Thiên tai, dịch bệnh, biến động", "name_en": "Disaster, disease, disruption"},
    ],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """A grade or a cause; `value` orders grades, the highest is the best."""

    code: str
    name: str
    name_en: str = ""
    value: int = 0

    def __str__(self) -> str:
        return self.said(get_language() or "vi")

    def said(self, language: str) -> str:
        """Return its name in a language."""
        return (self.name_en if language == "en" else "") or self.name


def list_for(unit: Unit) -> CodeList | None:
    """Return the newest list of the unit, or of the nearest unit above that has one; one query."""
    newest: dict[int, CodeList] = {}
    for one in CodeList.objects.filter(unit_id__in=unit.path_ids).select_related("unit").order_by("pk"):
        newest[one.unit_id] = one
    return next((newest[pk] for pk in reversed(unit.path_ids) if pk in newest), None)


def plain_for(unit: Unit) -> dict[str, list[dict[str, Any]]]:
    """Return the codes that count for a unit, as a review keeps them."""
    found = list_for(unit)
    return {"grades": found.grades, "causes": found.causes} if found else BUILT_IN


def grades_of(codes: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Code]:
    """Return the grades that a review keeps, by code, the best first."""
    return {one["code"]: Code(**one) for one in codes.get("grades", ())}


def causes_of(codes: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Code]:
    """Return the causes that a review keeps, by code."""
    return {one["code"]: Code(**one) for one in codes.get("causes", ())}
