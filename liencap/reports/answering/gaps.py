"""Without whom a unit and those below it closed their collection."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liencap.core.text import next_prefix
from liencap.reports.models import Gap, Period
from liencap.reports.queries import chain_of
from liencap.units.models import Unit

NAMED = 30  # more names than this make no line that anybody reads; the count says the rest


def gaps_in(period: Period, unit: Unit) -> QuerySet[Gap]:
    """Return the gaps that a unit or one below it named among the units below it."""
    chain = chain_of(period, unit)
    found = Gap.objects.filter(
        obligation__period=period, obligation__chain__gt=chain, obligation__chain__lt=next_prefix(chain)
    )
    return found.select_related("obligation__unit", "unit")


def named_by(unit: Unit, period: Period) -> dict[int, Gap]:
    """Return by obligation what a unit itself named; one query."""
    return {gap.obligation_id: gap for gap in Gap.objects.filter(unit=unit, obligation__period=period)}


def gaps_line(period: Period, unit: Unit) -> str:
    """Say in the coverage line without whom the collection was closed and why, and who came late; two queries."""
    gaps = list(gaps_in(period, unit).select_related("obligation__report"))
    by_owed = {gap.obligation_id: gap for gap in gaps}
    open_ = [gap for gap in by_owed.values() if gap.obligation.report.current_id is None]
    parts = []
    if open_:
        names = [f"{gap.obligation.unit} ({gap.reason.rstrip('. ')})" for gap in open_[:NAMED]]
        more = ["…"] if len(open_) > NAMED else []
        parts.append(
            ngettext(
                "closed without %(n)s unit: %(names)s", "closed without %(n)s units: %(names)s", len(open_)
            )
            % {"n": len(open_), "names": ", ".join([*names, *more])}
        )
    if late := len(by_owed) - len(open_):
        parts.append(_("reported after the collection was closed: %(n)s") % {"n": late})
    return "".join(f"; {part}" for part in parts)
