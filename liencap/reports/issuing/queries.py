"""Reads of drafts, comments and the register, shaped for a screen or for a deed."""

import datetime
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet

from liencap.core.text import fold
from liencap.reports.issuing.papers import paper_of
from liencap.reports.models import (
    Adoption,
    ConsolidatedReport,
    DraftComment,
    DraftRecipient,
    DraftRound,
    Edition,
    Obligation,
    Registration,
    SignedCopy,
)
from liencap.reports.printing.values import PrintedReport
from liencap.reports.queries import children
from liencap.units.models import Body, Seat, Unit

CHOICES = 300  # units that a form offers one by one
_FIGURE = re.compile(r"\d+")
KINDS = {"vi": "BC", "en": "RPT"}  # what numbers run by, as papers write it


def rounds_of(report: ConsolidatedReport) -> QuerySet[DraftRound]:
    """Return the drafts of a report that were sent for comments, newest first, with what came and what is open."""
    said = Count("recipients__comments", distinct=True)
    open_ = Count("recipients__comments", filter=Q(recipients__comments__answer=""), distinct=True)
    asked = Count("recipients", distinct=True)
    spoke = Count(
        "recipients", filter=Q(recipients__comments__isnull=False) | Q(recipients__agreed_at__isnull=False),
        distinct=True,
    )  # fmt: skip
    return report.rounds.annotate(said=said, open=open_, asked=asked, spoke=spoke).order_by("-n")


def unanswered(report: ConsolidatedReport) -> int:
    """Count the comments on a report's drafts that have no answer."""
    return DraftComment.objects.filter(recipient__round__report=report, answer="").count()


def held_back(report: ConsolidatedReport) -> bool:
    """Say whether a draft is out for comments or a comment has no answer, so that nothing is published; two queries."""
    return report.rounds.filter(closed_at__isnull=True).exists() or unanswered(report) > 0


def comments_on(
    round_: DraftRound, recipients: Iterable[DraftRecipient] | None = None
) -> "QuerySet[DraftComment]":
    """Return the comments on a draft, those on the whole first, then by task; of some recipients, or of all."""
    found = DraftComment.objects.filter(recipient__round=round_)
    if recipients is not None:
        found = found.filter(recipient__in=list(recipients))
    who = ("recipient__unit", "recipient__body", "recipient__seat__role", "recipient__seat__unit")
    whole_first = F("task__order").asc(nulls_first=True)
    return found.select_related("task", "by_seat__role", *who).order_by(whole_first, "pk")


def recipients_of(round_: DraftRound) -> "QuerySet[DraftRecipient]":
    """Return who was asked, with how many comments each made."""
    found = round_.recipients.select_related("unit", "body", "seat__role", "seat__unit")
    return found.annotate(said=Count("comments")).order_by("unit__sort_key", "pk")


def drafted(round_: DraftRound) -> PrintedReport:
    """Return what a draft says."""
    return PrintedReport.from_json(json.dumps(round_.values))


def round_before(round_: DraftRound) -> DraftRound | None:
    """Return the draft before, or nothing."""
    return DraftRound.objects.filter(report=round_.report_id, n__lt=round_.n).order_by("-n").first()


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom a draft can be sent to: units above and directly below, own bodies, own seats."""

    units: list[Unit]
    bodies: list[Body]
    seats: list[Seat]
    below: int


def choices_for(report: ConsolidatedReport) -> Choices:
    """Read whom the author can ask; four queries."""
    below = children(report.period, report.unit).select_related("unit__tier")
    above = Obligation.objects.filter(period=report.period, unit=report.unit, parent__isnull=False)
    units = [o.parent for o in above.select_related("parent__tier") if o.parent is not None]
    named = list(below[: CHOICES + 1])
    units += [o.unit for o in named[:CHOICES]]
    count = len(named) if len(named) <= CHOICES else below.count()
    bodies = list(Body.objects.filter(unit=report.unit).order_by("name", "pk")[:CHOICES])
    seats = Seat.objects.filter(unit=report.unit, until=None).select_related("role", "unit", "body")
    return Choices(units, bodies, list(seats.order_by("role__name", "pk")[:CHOICES]), count)


def adoption_of(report: ConsolidatedReport) -> Adoption | None:
    """Return the decision by which a report was adopted, or nothing."""
    return Adoption.objects.select_related("round").filter(report=report).first()


def register_of(unit: Unit, year: int | None = None) -> "QuerySet[Registration]":
    """Return what a unit has published: first what has no number yet, then by number, the newest first."""
    newest = Prefetch("copies", SignedCopy.objects.defer("differences").order_by("-pk"), to_attr="newest")
    found = Registration.objects.filter(unit=unit)
    if year is not None:
        found = found.filter(Q(year=year) | Q(year=None, published_at__year=year))
    return found.select_related("replaces").prefetch_related(newest, "replaced_by")


def years_of(unit: Unit) -> list[int]:
    """Return the years of which a unit's register holds something, the newest first."""
    held = Registration.objects.filter(unit=unit).order_by()
    days = held.filter(year=None).dates("published_at", "year")
    numbered = held.filter(year__isnull=False).values_list("year", flat=True).distinct()
    return sorted({day.year for day in days} | {year for year in numbered if year}, reverse=True)


def without_number(unit_id: int) -> "QuerySet[Registration]":
    """Return what a unit has published and not numbered, the oldest first."""
    return Registration.objects.filter(unit=unit_id, n=None).order_by("published_at", "pk")


def row_of(kind: str, pk: int) -> Registration | None:
    """Return the row of the register that is of a published paper; one query."""
    found = Registration.objects.select_related("unit", "replaces").prefetch_related("replaced_by")
    return found.filter(source_kind=kind, source_id=pk).first()


def errata_of(report: ConsolidatedReport) -> QuerySet[Edition]:
    """Return the errata pages published of a report, the newest last; one query."""
    done = report.editions.filter(kind=Edition.Kind.ERRATA, state=Edition.State.PUBLISHED)
    return done.defer("values", "standing")


@dataclass(frozen=True, slots=True)
class Suggested:
    """The next number of a unit's papers of a kind, and the whole mark as the last one was written."""

    kind: str
    n: int
    symbol: str


def next_number(row: Registration, day: datetime.date) -> Suggested:
    """Suggest the next number of the year; one query. The mark follows the unit's newest, or the form of its papers."""
    kind = row.kind
    numbered = Registration.objects.filter(unit=row.unit_id, kind=kind, n__isnull=False)
    held = list(numbered.order_by("-year", "-n")[:1])
    n = (held[0].n or 0) + 1 if held and held[0].year == day.year else 1
    if held:
        return Suggested(kind, n, _FIGURE.sub(str(n), held[0].symbol, count=1))
    short = _short(row.unit)
    return Suggested(kind, n, f"{n}-{kind}/{short}" if paper_of(row).party else f"{n}/{kind}-{short}")


def _short(unit: Unit) -> str:
    """Abbreviate a unit's name as offices do: the first letters of its words."""
    letters = "".join(word[0] for word in fold(unit.name).split() if word[0].isalnum()).upper()
    return letters[:8] or unit.code.upper()


def signed_copy(registration: Registration) -> SignedCopy | None:
    """Return the signed copy that counts."""
    return registration.copies.first()
