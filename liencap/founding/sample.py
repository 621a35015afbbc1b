"""The sheet of units with an organisation's own tiers and codes, ready to be filled."""

import io

from django.utils.translation import gettext as _

from liencap.units.models import Role, Tier, Unit
from liencap.units.sample import sample_sheet

ROWS = 10


def sheet_for(unit: Unit) -> io.BytesIO:
    """Return an XLSX with ten units below one: code, tier and day are filled, names and people to be typed over."""
    tier = Tier.objects.filter(rank__gt=unit.tier.rank).first() or unit.tier
    head = Role.objects.filter(is_head=True).first()
    since = unit.placements.earliest("since").since.strftime("%d/%m/%Y")
    rows = [
        (
            f"{unit.code}-{n:02}", _("Unit %(n)s") % {"n": n}, "", tier.name, unit.code, since,
            head.name if head else "", "", _("Head of unit %(n)s") % {"n": n}, "", "",
        )
        for n in range(1, ROWS + 1)
    ]  # fmt: skip
    return sample_sheet(rows)
