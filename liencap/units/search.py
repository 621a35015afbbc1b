"""What the search finds in this room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liencap.audit.actor import Actor
from liencap.card import Hit
from liencap.units.access import units_visible_to


def units(actor: Actor, typed: str, limit: int) -> list[Hit]:
    """Find units by the beginnings of their words; names that hold the very marks come first."""
    found = units_visible_to(actor).matching(typed).select_related("tier").order_by("rank", "sort_key", "pk")
    rows = list(found[: max(limit, 100)])
    bare = typed.strip(' "').casefold()
    rows.sort(key=lambda unit: bare not in f"{unit.name} {unit.name_en}".casefold())
    return [
        Hit(_("Units"), f"{unit} · {unit.code}", reverse("units:detail", args=[unit.pk]), str(unit.tier))
        for unit in rows[:limit]
    ]
