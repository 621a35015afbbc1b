"""Invented units and names, the same at every build."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

TIERS = (
    ("lien-hiep", "Liên hiệp", "Federation"),
    ("tinh", "Liên hiệp tỉnh", "Provincial federation"),
    ("khu-vuc", "Liên hiệp khu vực", "Area federation"),
    ("hop-tac-xa", "Hợp tác xã", "Cooperative"),
    ("to-hop-tac", "Tổ hợp tác", "Working group"),
)
WIDTHS = (1, 10, 6, 6, 3)  # 1 + 10 + 60 + 360 + 1,080 = 1,511 units
FULL = ("SX.1", "SX.2", "SX.3")  # provinces in which the cooperatives report themselves
FIRST = (
    "Bình",
    "Đông",
    "Tây",
    "Nam",
    "Bắc",
    "An",
    "Hòa",
    "Phú",
    "Tân",
    "Thanh",
    "Vĩnh",
    "Long",
    "Xuân",
    "Kim",
    "Ngọc",
)
LAST = (
    "Minh",
    "Hải",
    "Sơn",
    "Giang",
    "Lâm",
    "Thủy",
    "Điền",
    "Phong",
    "Lộc",
    "Thịnh",
    "Khê",
    "Bình",
    "Yên",
    "Hưng",
)
TRADES = (
    ("Nông nghiệp ", "agricultural "),
    ("Thủy sản ", "fishery "),
    ("Vận tải ", "transport "),
    ("Dịch vụ ", "service "),
)
CRAFTS = (
    ("trồng lúa ", "rice "),
    ("trồng rau ", "vegetable "),
    ("nuôi cá ", "fish "),
    ("chăn nuôi ", "livestock "),
    ("chế biến ", "processing "),
    ("cơ khí ", "machine "),
)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLE = ("Văn", "Thị", "Minh", "Thanh", "Ngọc", "Quốc", "Thu", "Đức")
GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hương",
    "Khôi",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Quỳnh",
    "Sơn",
    "Uyên",
)


@dataclass(frozen=True)
class SampleUnit:
    """One invented unit: code, names, tier, the code of its parent, and its attributes as a sheet says them."""

    code: str
    name: str
    name_en: str
    tier: str
    parent: str
    attributes: str = ""


def sample_units() -> Iterator[SampleUnit]:
    """Yield the federation's units, parents first."""
    chance = random.Random(2026)  # noqa: S311  # a sample, not a secret
    root = SampleUnit(
        "SX", "Liên hiệp Hợp tác xã Sông Xanh", "Green River Federation of Cooperatives", "lien-hiep", ""
    )
    yield root
    layer = [root]
    for rank, width in enumerate(WIDTHS[1:], 1):
        code, name, name_en = TIERS[rank]
        below, places = [], _places(chance, rank)
        for parent in layer:
            for n in range(1, width + 1):
                kind, kind_en, place = next(places)
                below.append(
                    SampleUnit(
                        f"{parent.code}.{n}",
                        f"{name} {kind}{place}",
                        f"{place} {kind_en}{name_en.lower()}",
                        code,
                        parent.code,
                        f"Lĩnh vực: {kind.strip().lower()}" if kind else "",
                    )
                )
        yield from below
        layer = below


def _places(chance: random.Random, rank: int) -> Iterator[tuple[str, str, str]]:
    """Yield kinds and places for a tier, no two alike, in an order drawn once."""
    kinds = {3: TRADES, 4: CRAFTS}.get(rank, (("", ""),))
    found = [
        (vi, en, f"{first} {last}") for vi, en in kinds for first in FIRST for last in LAST if first != last
    ]
    chance.shuffle(found)
    yield from found


def sample_names() -> Iterator[str]:
    """Yield invented personal names for ever."""
    chance = random.Random(7)  # noqa: S311  # a sample, not a secret
    while True:
        yield f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
