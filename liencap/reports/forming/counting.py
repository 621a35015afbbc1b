"""Totals in words: what was added up, of how many, and how many said nothing or that it does not apply."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liencap.core.rollup.cells import YES
from liencap.core.rollup.totals import TotalCell
from liencap.reports.models import Indicator
from liencap.reports.numbers import cell_label, kept_text, number_text
from liencap.ui.numbers import grouped


def cell_name(indicator: Indicator, cell: str) -> str:
    """Name a cell of an indicator: the option of a choice, the half of a pair; the only cell needs no name."""
    if indicator.kind == Indicator.Kind.CHOICE:
        return dict(indicator.labelled_options).get(cell, cell)
    return cell_label(cell)


def total_text(indicator: Indicator, cell: TotalCell) -> str:
    """Write a total; where nobody gave a value there is none, not a zero. Days are counted, never added."""
    if cell.shown is not YES:
        return kept_text(cell.shown)
    if not cell.values:
        return ""
    if indicator.kind == Indicator.Kind.DATE:
        return ngettext("%(n)s day given", "%(n)s days given", cell.values) % {"n": grouped(cell.values)}
    if indicator.kind == Indicator.Kind.YES_NO and cell.sum is not None:
        return _("%(yes)s yes, %(no)s no") % {"yes": int(cell.sum), "no": cell.values - int(cell.sum)}
    return number_text(cell.sum)


def counts_text(cell: TotalCell) -> str:
    """Say how many reports gave a value, how many said that it does not apply, how many left it blank."""
    parts = [ngettext("%(n)s value", "%(n)s values", cell.values) % {"n": grouped(cell.values)}]
    if cell.not_applicable:
        parts.append(_("%(n)s not applicable") % {"n": grouped(cell.not_applicable)})
    if cell.blank:
        parts.append(_("%(n)s blank") % {"n": grouped(cell.blank)})
    return ", ".join(parts)
