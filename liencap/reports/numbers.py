"""Numbers as people write and read them, and the names of an indicator's cells."""

import re
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.core.rollup.cells import LEAST, Shown
from liencap.core.rollup.layout import NOT_APPLICABLE, State
from liencap.reports.models import Indicator
from liencap.ui.numbers import grouped

VI_NUMBER = re.compile(r"([0-9]{1,3}([. ][0-9]{3})+|[0-9]+)(,[0-9]+)?")
EN_NUMBER = re.compile(r"([0-9]{1,3}([, ][0-9]{3})+|[0-9]+)(\.[0-9]+)?")
SPACES = re.compile(r"[\s\u00a0\u202f]+")


def number_text(number: Decimal | State | None) -> str:
    """Write a number for reading and for typing again; blank is nothing."""
    if isinstance(number, State) or number is None:
        return _("n/a") if number is NOT_APPLICABLE else ""
    return grouped(number)


def number_typed(typed: str) -> Decimal | None:
    """Read a number as people of the reader's language write it; None when it is none.

    Where a sign could be a decimal point elsewhere (1.5 in Vietnamese), it is refused rather than guessed, and so are
    two numbers with a space between them, as they come out of a table: 12 15 is not 1215.
    """
    return _read(typed, vietnamese=_vietnamese())


def number_advice(typed: str) -> str:
    """Say what is wrong with what was typed for a number, and how it is written."""
    text = SPACES.sub(" ", typed).strip()
    other = _read(text, vietnamese=not _vietnamese())
    if other is not None:
        return _(
            "Thousands and decimals are the other way round here: if you mean %(number)s, write it so."
        ) % {"number": grouped(other)}
    if re.fullmatch(r"[0-9.,]+( [0-9.,]+)+", text):
        return _("These are several numbers: write one in each field.")
    if any(letter.isalpha() for letter in text):
        return _(
            "Write all digits and no words, in the unit of measure that is asked for, such as %(sample)s."
        ) % {"sample": _("1,234.5")}
    return _("Write a number of zero or more, such as %(sample)s.") % {"sample": _("1,234.5")}


def _vietnamese() -> bool:
    return (get_language() or "vi") == "vi"


def _read(typed: str, *, vietnamese: bool) -> Decimal | None:
    text = SPACES.sub(" ", typed).strip()
    if not (VI_NUMBER if vietnamese else EN_NUMBER).fullmatch(text):
        return None
    group, point = (".", ",") if vietnamese else (",", ".")
    return Decimal(text.replace(" ", "").replace(group, "").replace(point, "."))


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
