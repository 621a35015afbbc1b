"""What happened to one obligation, newest first: acts with their givers, changes of place, versions sent."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from liencap.reports.models import Obligation, ReportVersion, Transfer
from liencap.units.models import Seat

MOST = 100


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the history: when, what, by which seat, why, and the day it speaks of."""

    at: datetime.datetime
    what: str | Promise
    seat: Seat | None
    reason: str = ""
    day: datetime.date | None = None
    detail: str = ""


def events_of(owed: Obligation) -> list[Happening]:
    """Return the newest hundred of each kind; three queries."""
    seat = ("by_seat__role", "by_seat__unit")
    acts = owed.acts.select_related(*seat)[:MOST]
    moved = owed.transfers.select_related(*seat, "from_parent", "to_parent", "successor").order_by("-pk")[
        :MOST
    ]
    versions = ReportVersion.objects.filter(report=owed.report).select_related(
        "sent_by_seat__role", "sent_by_seat__unit"
    )
    found = [Happening(a.at, a.get_kind_display(), a.by_seat, a.reason, a.day) for a in acts]
    found += [Happening(t.at, t.get_kind_display(), t.by_seat, t.reason, t.day, where_of(t)) for t in moved]
    found += [
        Happening(v.sent_at, _("Version %(n)s sent") % {"n": v.n}, v.sent_by_seat, v.reason)
        for v in versions.defer("figures", "carried")[:MOST]
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def where_of(moved: Transfer) -> str:
    """Say from which place to which a transfer led."""
    if moved.successor:
        return _("succeeded by %(unit)s") % {"unit": moved.successor}
    if moved.kind == Transfer.Kind.CLOSED:
        return ""
    return f"{moved.from_parent or '–'} → {moved.to_parent or '–'}"
