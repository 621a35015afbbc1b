"""The editions of a published report, and what a new one would change."""

import dataclasses
import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from liencap.reports.consolidation import printed
from liencap.reports.editions.differences import (
    Figure,
    Words,
    figures_between,
    name_of,
    words_between,
)
from liencap.reports.models import ComposedPassage, ConsolidatedReport, Edition, Passage
from liencap.reports.printing.values import Block, PrintedReport, Row, Section, Table
from liencap.units.models import Seat


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition in the list: its number, what it is, when and by whom, why, and its hash."""

    n: int
    kind: str
    at: datetime.datetime
    seat: Seat | None
    reason: str
    sha256: str


def editions_of(report: ConsolidatedReport) -> tuple[list[Listed], Edition | None]:
    """List all editions of a published report, the first one included, and the one being prepared; one query."""
    rows = list(report.editions.select_related("published_by_seat__role", "published_by_seat__unit"))
    draft = next((e for e in rows if e.state == Edition.State.DRAFT), None)
    return listed(report, rows), draft


def listed(report: ConsolidatedReport, rows: Sequence[Edition]) -> list[Listed]:
    """Return the lines of the list of editions."""
    assert report.published_at is not None, "it is published"
    first = Listed(1, _("First edition"), report.published_at, None, "", report.sha256)
    return [first] + [
        Listed(e.n, str(e.get_kind_display()), e.published_at, e.published_by_seat, e.reason, e.sha256)
        for e in rows
        if e.state == Edition.State.PUBLISHED and e.published_at is not None
    ]


def replaced_by(edition: Edition) -> tuple[str, int] | None:
    """Return what a whole edition stands in place of, by kind and id; an errata page stands beside. One query."""
    if edition.kind != Edition.Kind.FULL:
        return None
    earlier = Edition.objects.filter(
        report=edition.report_id, n__lt=edition.n, state=Edition.State.PUBLISHED, kind=Edition.Kind.FULL
    )
    last = earlier.last()
    return ("report_edition", last.pk) if last else ("consolidated_report", edition.report_id)


def values_of(said: object) -> PrintedReport:
    """Return what was printed, from what was stored of it."""
    return PrintedReport.from_json(json.dumps(said))


def standing_before(report: ConsolidatedReport) -> tuple[int, PrintedReport]:
    """Return the number of the newest edition and the whole report as it stands with it; one query."""
    last = report.editions.filter(state=Edition.State.PUBLISHED).last()
    if last is None:
        return 1, values_of(report.values)
    return last.n, values_of(last.standing or last.values)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a new edition would say: the report as it stands, and how that differs from the newest edition."""

    against: int
    whole: PrintedReport
    figures: list[Figure]
    words: list[Words]

    @property
    def changed(self) -> bool:
        """Say whether there is anything to publish."""
        return bool(self.figures or self.words)


def prepared(report: ConsolidatedReport, seat: Seat | None, signer: str) -> Prepared:
    """Compare the report as it stands with its newest edition, in the language in which it was printed."""
    n, before = standing_before(report)
    with translation.override(before.language):
        whole = printed(report, seat, signer, sample=before.sample or settings.DEMO)
    return Prepared(n, whole, figures_between(before, whole), words_between(before, whole))


def as_full(found: Prepared, n: int, reason: str) -> PrintedReport:
    """Return the whole report printed anew, headed by what it changes."""
    sections = (section_of(found, reason), *found.whole.sections)
    return _hashed(replace(found.whole, sections=sections, edition=str(n)))


def as_errata(found: Prepared, n: int, reason: str, first: ConsolidatedReport) -> PrintedReport:
    """Return a page with nothing but what changes, which names the report it belongs to by its hash."""
    with translation.override(found.whole.language):
        paper = replace(
            found.whole,
            title=_("ERRATA"),
            subject=_("Errata to the report: %(subject)s") % {"subject": found.whole.subject},
            bases=(
                *found.whole.bases,
                _("The report published on %(day)s, SHA-256 %(hash)s")
                % {"day": _day(first.published_at), "hash": first.sha256},
            ),
            sections=(section_of(found, reason),), missing=(), charts=(), annexes=(), edition=str(n),
        )  # fmt: skip
    return _hashed(paper)


def _day(at: datetime.datetime | None) -> str:
    from django.utils import formats, timezone

    return formats.date_format(timezone.localtime(at), "SHORT_DATE_FORMAT") if at else ""


def _hashed(paper: PrintedReport) -> PrintedReport:
    return replace(paper, report_hash=paper.digest())


def section_of(found: Prepared, reason: str) -> Section:
    """Write what changes as a section: a table of the figures, then the words; it leads to no task."""
    with translation.override(found.whole.language):
        rows = tuple(
            Row(f.row.name, (f"{name_of(f.section)} · {f.column}", f.old, f.new), ref=f.row.ref)
            for f in found.figures
        )
        columns = (_("Figure"), _("Edition %(n)s") % {"n": found.against}, _("Now"))
        table = Table(_("Figures that changed"), columns, rows)
        blocks = [Block(_("Reason: %(reason)s") % {"reason": reason})] if reason else []
        blocks += [Block(_said(one)) for one in found.words]
        title = _("What changed against edition %(n)s") % {"n": found.against}
    return Section("", title, tables=(table,) if rows else (), blocks=tuple(blocks))


def _said(one: Words) -> str:
    what = name_of(one.section) if one.section else _("Coverage")
    said = {"what": what, "old": one.old, "new": one.new}
    if not one.old:
        return _("%(what)s: added: %(new)s") % said
    if not one.new:
        return _("%(what)s: struck out: %(old)s") % said
    return _("%(what)s: instead of “%(old)s” read “%(new)s”") % said


def plain(paper: PrintedReport) -> dict[str, object]:
    """Return what is stored of a paper."""
    return dataclasses.asdict(paper)


def replaced_passages(report: ConsolidatedReport) -> dict[int, dict[int, Passage]]:
    """Return by task and old id the passages in force in the place of those that the report quotes; two queries."""
    quoted = Passage.objects.filter(uses__report=report, uses__choice=ComposedPassage.Choice.QUOTE)
    parent, place = report.unit_id, "version__report__"
    gone = quoted.filter(**{f"{place}obligation__parent_id": parent}).exclude(
        version_id=F(f"{place}accepted_id")
    )
    old = {
        (p.version.report_id, p.task_id, p.question): p.pk
        for p in gone.select_related("version")
        if p.version
    }
    now = Passage.objects.filter(
        version__report__in={key[0] for key in old}, version_id=F(f"{place}accepted_id")
    )
    found: dict[int, dict[int, Passage]] = {}
    for passage in now.select_related("version", "task"):
        if passage.version and (key := (passage.version.report_id, passage.task_id, passage.question)) in old:
            found.setdefault(passage.task_id, {})[old[key]] = passage
    return found
