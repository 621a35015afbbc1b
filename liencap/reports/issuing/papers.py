"""What the register needs of a published paper, whatever room wrote it; each room names its own on its card."""

import dataclasses
import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from liencap.audit.actor import Actor
from liencap.card import paper_source
from liencap.printing.paper import Header, is_party
from liencap.reports.access import get_consolidated_for
from liencap.reports.editions.access import get_edition_for
from liencap.reports.issued import values_of
from liencap.reports.models import ConsolidatedReport, Edition, Registration
from liencap.reports.printing import PrintedReport, render_docx, render_pdf
from liencap.reports.templating import in_use
from liencap.units.models import Unit

Made = tuple[bytes, bytes]  # DOCX and PDF


@dataclass(frozen=True, slots=True)
class Paper:
    """A published paper: where it is read, from when on it may be dated, of what the log speaks.

    `printed` sets the frozen content with number and day at its head; hash and seal stay those of the content.
    `headings` are those of its sections, `party` says that its marks are written as party offices do.
    """

    url: str
    earliest: datetime.date
    about: tuple[str, int]
    printed: Callable[[str, datetime.date], Made]
    headings: Sequence[str] = ()
    party: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """How the room of a kind of papers fetches one by its id: `see` for an actor, else 404, `paper` for a deed."""

    see: Callable[[Actor, int], object]
    paper: Callable[[int], Paper]


@dataclass(frozen=True, slots=True)
class Published:
    """What a room says of a paper when it publishes it; `replaces` is the source of the edition before."""

    source: tuple[str, int]
    unit: Unit
    title: str
    period: str
    language: str
    sha256: str
    at: datetime.datetime
    edition: int = 1
    replaces: tuple[str, int] | None = None


def see(actor: Actor, row: Registration) -> None:
    """Answer 404 when the actor may not see what the row of the register is of."""
    _source(row).see(actor, row.source_id)


def paper_of(row: Registration) -> Paper:
    """Return the paper that a row of the register is of."""
    return _source(row).paper(row.source_id)


def _source(row: Registration) -> Source:
    found: Source = paper_source(row.source_kind)
    return found


def _see_edition(actor: Actor, pk: int) -> None:
    edition = Edition.objects.filter(pk=pk).first()
    get_edition_for(actor, edition.report_id if edition else 0, edition.n if edition else 0)


def _report(pk: int) -> Paper:
    report = ConsolidatedReport.objects.select_related("unit", "period").get(pk=pk)
    url = reverse("reports:consolidated", args=[pk])
    return _paper(report, values_of(report), report.published_at, url)


def _edition(pk: int) -> Paper:
    edition = Edition.objects.select_related("report__unit", "report__period").get(pk=pk)
    url = reverse("reports:edition", args=[edition.report_id, edition.n])
    return _paper(edition.report, values_of(edition), edition.published_at, url)


def _paper(
    report: ConsolidatedReport, values: PrintedReport, at: datetime.datetime | None, url: str
) -> Paper:
    def printed(symbol: str, date: datetime.date) -> Made:
        paper = with_number(values, symbol, date)
        template = in_use(report.unit, values.language, at=at)
        return render_docx(paper, template.data), render_pdf(paper)

    headings = [section.heading for section in values.sections]
    about = ("consolidated_report", report.pk)
    return Paper(url, report.period.since, about, printed, headings, is_party(values.header.motto))


def with_number(values: PrintedReport, symbol: str, date: datetime.date) -> PrintedReport:
    """Return the frozen content with the number and day at its head."""
    return dataclasses.replace(values, header=numbered(values.header, symbol, date))


def numbered(header: Header, symbol: str, date: datetime.date) -> Header:
    """Return a header with number and day."""
    return dataclasses.replace(header, number=symbol, date=date.isoformat())


REPORTS = Source(get_consolidated_for, _report)
EDITIONS = Source(_see_edition, _edition)
