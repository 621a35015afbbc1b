"""Numbers as people write and read them, and the names of an indicator's cells."""

import re
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.core.rollup.cells import LEAST, Shown
from liencap.core.rollup.layout import NOT_APPLICABLE, State
from liencap.reports.models import Indicator
from liencap.ui.numbers import grouped

VI_NUMBER = re.compile(r"([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?")
EN_NUMBER = re.compile(r"([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")


def number_text(number: Decimal | State | None) -> str:
    """Write a number for reading and for typing again; blank is nothing."""
    if isinstance(number, State) or number is None:
        return _("n/a") if number is NOT_APPLICABLE else ""
    return grouped(number)


def number_typed(typed: str) -> Decimal | None:
    """Read a number as people of the reader's language write it; None when it is none.

    Where a sign could be a decimal point elsewhere (1.5 in Vietnamese), it is refused rather than guessed.
    """
    typed = re.sub(r"[\s\u00a0\u202f]", "", typed)
    vietnamese = (get_language() or "vi") == "vi"
    if not (VI_NUMBER if vietnamese else EN_NUMBER).fullmatch(typed):
        return None
    group, point = (".", ",") if vietnamese else (",", ".")
    return Decimal(typed.replace(group, "").replace(point, "."))


def kept_text(shown: Shown) -> str:
    """Write what stands in the place of a figure that is kept back: neither a zero nor a blank."""
    return {Shown.YES: "", Shown.SMALL: f"< {LEAST}", Shown.HIDDEN: "…"}[shown]


def kept_note() -> str:
    """Say under a table what the signs of figures that are kept back mean."""
    return _(
        "“< %(least)s”: fewer than %(least)s people, not shown of other units; "
        "“…”: not shown because that could be computed from it, because not everything is in and accepted all the way "
        "up yet, or because it changed after it was first shown"
    ) % {"least": LEAST}


def guarded_hint(indicator: Indicator) -> str:
    """Say where a figure that may be kept back is entered what is hidden and what is not; of others nothing."""
    if not indicator.guarded:
        return ""
    if indicator.personal:
        said = _("Counts people by a personal attribute: small figures are shown to no other unit.")
    else:
        said = _("Makes a sum with a count of people by a personal attribute, and is kept back with it.")
    return f"{said} {_('Words and files are shown as they are: do not repeat the number there.')}"


def cell_label(cell: str) -> str:
    """Name a cell of an indicator; the only cell needs no name."""
    words = {"value": "", "numerator": _("part"), "denominator": _("whole"), "weight": _("weight")}
    return words.get(cell, cell)
