"""Kinds of organisations and the tiers that each usually has: a start that people change, never a rule."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of organisation: its label, the form of its papers, its tiers as (name, English name) from the top."""

    label: str | Promise
    form: str
    tiers: tuple[tuple[str, str], ...]


KINDS: dict[str, Kind] = {
    "office": Kind(
        _("One office with branches"), "plain", (("Văn phòng", "Office"), ("Chi nhánh", "Branch"))
    ),
    "union": Kind(
        _("Trade union"),
        "state",
        (
            ("Công đoàn cấp trên", "Higher union"),
            ("Công đoàn cơ sở", "Grass-roots union"),
            ("Công đoàn bộ phận", "Section"),
            ("Tổ công đoàn", "Union group"),
        ),
    ),
    "party": Kind(
        _("Party"),
        "party",
        (
            ("Cấp ủy cấp trên", "Higher committee"),
            ("Tổ chức cơ sở", "Grass-roots organisation"),
            ("Chi bộ", "Branch"),
        ),
    ),
    "federation": Kind(
        _("Federation, front or mass organisation"),
        "state",
        (("Cấp tỉnh", "Province"), ("Cấp xã", "Commune"), ("Chi hội", "Chapter")),
    ),
    "cooperative": Kind(
        _("Cooperative or union of cooperatives"),
        "state",
        (("Liên hiệp hợp tác xã", "Union of cooperatives"), ("Hợp tác xã", "Cooperative"), ("Tổ", "Group")),
    ),
    "association": Kind(
        _("Association or professional body"),
        "state",
        (("Hội", "Association"), ("Hội thành viên", "Member association"), ("Chi hội", "Chapter")),
    ),
}


def choices() -> list[tuple[str, str | Promise]]:
    """Return the kinds as a form offers them."""
    return [(code, kind.label) for code, kind in KINDS.items()]
