"""Reads for composing a consolidated report, and the values that are printed and frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from liencap.audit.queries import head
from liencap.core.rollup.cells import YES
from liencap.core.rollup.totals import TotalCell
from liencap.core.text import next_prefix
from liencap.documents.models import Document
from liencap.documents.queries import letterhead_of
from liencap.printing.paper import signatory_of
from liencap.programmes.models import Task, TaskVersion
from liencap.reports.answering.gaps import gaps_line
from liencap.reports.forming.counting import cell_name, counts_text, total_text
from liencap.reports.issuing.charting import charts_of
from liencap.reports.joint.queries import Row as Joint
from liencap.reports.joint.queries import note_of, told_below
from liencap.reports.models import (
    Adoption,
    ConsolidatedReport,
    Indicator,
    Obligation,
    Passage,
    Period,
    TaskEntry,
    Total,
)
from liencap.reports.numbers import kept_note
from liencap.reports.owed.annex import annexes_of
from liencap.reports.owed.twice import twice_line
from liencap.reports.printing.values import (
    Form,
    Header,
    Language,
    PrintedReport,
    Row,
    RowKind,
    Section,
    Signatory,
    Table,
    motto_for,
)
from liencap.reports.queries import Veil, chain_of, completeness, line_of, missing_below, total_parts
from liencap.reports.queries.totals import Line
from liencap.reports.recorded.queries import tables_of as recorded_tables
from liencap.reports.told import queries as told
from liencap.reports.told import references
from liencap.reports.told.narrative import narrative_of
from liencap.units.models import Seat, Unit
from liencap.units.queries import own_role

NOT_ASKED = "x"  # on paper, where a figure does not apply; a blank is a stroke
NAMED_MISSING = 300  # more names than this are no list that anybody reads; the count says the rest


def tasks_of_programme(report: ConsolidatedReport) -> QuerySet[Task]:
    """Return the tasks that the plan itself set, in its order; a rescinded one if the period's reports answered it."""
    own = Task.objects.filter(programme_id=report.period.programme_id, parent=None, set_by=None)
    said = TaskEntry.objects.filter(
        task=OuterRef("pk"), version__report__obligation__period_id=report.period_id
    )
    return own.filter(Q(rescinded=False) | Exists(said)).order_by("order", "pk")


def tray(report: ConsolidatedReport, task: Task) -> QuerySet[Passage]:
    """Return what the unit itself and the units directly below, as accepted, wrote on a task."""
    return told.tray(report).filter(task=task).select_related("version__report__obligation__unit")


@dataclass(frozen=True, slots=True)
class Figures:
    """The totals of a unit with their parts, read once for all tasks."""

    indicators: dict[int, list[Indicator]]
    rows: list[tuple[str, RowKind, dict[tuple[str, str], TotalCell], str]]
    line: Line
    joint: dict[int, list[Joint]] = field(default_factory=dict)


def figures_of(report: ConsolidatedReport, task: Task | None = None) -> Figures:
    """Read the parts of the official total and both totals, as they may stand on paper; with how far a task is."""
    period, unit = report.period, report.unit
    assert period.form is not None, "only opened periods are consolidated"
    veil = Veil(period, unit.pk, on_paper=True)
    indicators: dict[int, list[Indicator]] = {}
    for indicator in period.form.indicators.all():
        indicators.setdefault(indicator.task_id, []).append(indicator)
    totals, line = veil.totals(unit), line_of(period, unit, task=task)
    rows: list[tuple[str, RowKind, dict[tuple[str, str], TotalCell], str]] = [
        (
            str(p.unit),
            "unit",
            veil.part(unit, p),
            f"report:{p.report.pk}" if p.own and p.report else f"unit:{p.unit.pk}",
        )
        for p in total_parts(period, unit, Total.Kind.OFFICIAL, line=line)
    ]
    rows.append((_("Official"), "official", totals[Total.Kind.OFFICIAL], ""))
    rows.append((_("Received"), "received", totals[Total.Kind.RECEIVED], ""))
    return Figures(indicators, rows, line, told_below(period, unit, line.chain(unit)))


def table_of(figures: Figures, task: Task) -> Table | None:
    """Lay out the figures of one task; None when it asks for none."""
    asked = figures.indicators.get(task.pk, [])
    keys = [
        ((i.code, c), " · ".join(filter(None, [str(i), cell_name(i, c)]))) for i in asked for c in i.cells
    ]
    by_code = {i.code: i for i in asked}
    if not keys:
        return None
    rows = []
    for name, kind, cells, ref in figures.rows:
        found = [cells[key] for key, _caption in keys]
        plain = [c.sum if by_code[c.code].kind != Indicator.Kind.YES_NO else None for c in found]
        numbers = tuple(
            "" if n is None or not c.values else f"{n:f}" for c, n in zip(found, plain, strict=True)
        )
        shown = tuple(total_text(by_code[c.code], c) or _sign(c) for c in found)
        rows.append(Row(name, shown, kind, numbers, ref))
    captions, codes = (
        (caption for _key, caption in keys),
        (f"{code}/{cell}" for (code, cell), _caption in keys),
    )
    signs = any(cells[key].shown is not YES for _n, _k, cells, _r in figures.rows for key, _caption in keys)
    silent = any(NOT_ASKED in row.cells for row in rows)
    signs_said = _("“%(x)s”: does not apply; “–”: left blank") % {"x": NOT_ASKED} if silent else ""
    notes = (
        _counts(figures, keys), signs_said, note_of(figures.joint.get(task.pk, []), by_code),
        kept_note() if signs else "",
    )  # fmt: skip
    return Table(
        _("Figures reported"), tuple(captions), tuple(rows), note=". ".join(filter(None, notes)),
        codes=tuple(codes),
    )  # fmt: skip


def _sign(cell: TotalCell) -> str:
    """Return what stands for a figure that is none: what does not apply is no blank."""
    return NOT_ASKED if cell.not_applicable and not cell.blank else "–"


def _counts(figures: Figures, keys: Sequence[tuple[tuple[str, str], str]]) -> str:
    """Say of each column of the official total how many said what, where not everybody gave a value."""
    official = next(cells for _name, kind, cells, _ref in figures.rows if kind == "official")
    open_ = [
        (caption, official[key])
        for key, caption in keys
        if official[key].blank or official[key].not_applicable
    ]
    return "; ".join(f"{caption}: {counts_text(cell)}" for caption, cell in open_)


def citation_of(document: Document, task: Task) -> str:
    """Say where a task stands in the plan, in words that are true on paper too."""
    plan = f"{document.title} ({document.number})" if document.number else document.title
    return _("%(plan)s, item %(label)s") % {"plan": plan, "label": task.label} if task.label else plan


def header_of(unit: Unit, language: Language) -> Header:
    """Return the head of a unit's papers as they stand today; number and day come from the clerk."""
    head = letterhead_of(unit)
    form = cast(Form, head.form)  # the model's choices are the values' own
    return Header(head.issuer.upper(), head.authority.upper(), motto_for(form, language), place=head.place)


def versions_answered(period: Period, unit: Unit) -> dict[int, dict[int, int]]:
    """Count for each task how many sent reports of the unit and below answered which version of it."""
    chain = chain_of(period, unit)
    place = "version__report__obligation__"
    entries = TaskEntry.objects.filter(
        **{f"{place}period": period, f"{place}chain__gte": chain, f"{place}chain__lt": next_prefix(chain)},
        version__report__current_id=F("version_id"),
    )
    found: dict[int, dict[int, int]] = {}
    for task, n, count in (
        entries.values_list("task_id", "answered").annotate(n=Count("pk")).order_by("answered")
    ):
        found.setdefault(task, {})[n] = count
    return found


@dataclass(frozen=True, slots=True)
class History:
    """The versions of amended tasks by task and number, and which of them how many reports answered."""

    versions: dict[int, dict[int, TaskVersion]]
    answered: dict[int, dict[int, int]]

    def changed_by(self, task: Task) -> list[str]:
        """Return the numbers of the documents that changed a task, in order."""
        made = [v.amendment for _n, v in sorted(self.versions.get(task.pk, {}).items()) if v.amendment]
        return [one.number or one.title for one in made]

    def words(self, task: Task) -> str:
        """Return a task's words: those that every report answered where they answered the same, else those in force."""
        said = self.answered.get(task.pk, {})
        only = self.versions.get(task.pk, {}).get(next(iter(said))) if len(said) == 1 else None
        return only.text if only else task.text


def history_of(report: ConsolidatedReport) -> History:
    """Read the versions of a programme's amended tasks and what the period's reports answered; two queries."""
    found: dict[int, dict[int, TaskVersion]] = {}
    rows = TaskVersion.objects.filter(task__programme_id=report.period.programme_id).select_related(
        "amendment"
    )
    for version in rows:
        found.setdefault(version.task_id, {})[version.n] = version
    return History(found, versions_answered(report.period, report.unit))


def with_versions(citation: str, changed: Sequence[str], answered: Mapping[int, int]) -> str:
    """Add to where a task stands what amended it and which of its versions how many reports answered."""
    parts = [citation, _("amended by %(documents)s") % {"documents": ", ".join(changed)}]
    parts += [
        ngettext(
            "%(n)s report answered version %(version)s", "%(n)s reports answered version %(version)s", count
        )
        % {"n": count, "version": n}
        for n, count in sorted(answered.items())
    ]
    return "; ".join(parts)


def sections_of(report: ConsolidatedReport) -> tuple[Section, ...]:
    """Return the tasks with their words, where they stand, their figures and their narrative."""
    figures, history = figures_of(report), history_of(report)
    document = report.period.programme.reading.version.document
    tasks, sections = list(tasks_of_programme(report)), []
    recorded = recorded_tables(report.period, report.unit)
    how = told.reporting_of(report, figures.line)
    blocks = narrative_of(report, tasks, references.known(figures), how)
    for task in tasks:
        table, citation, changed = (
            table_of(figures, task),
            citation_of(document, task),
            history.changed_by(task),
        )
        versions = history.answered.get(task.pk, {}) if changed else {}
        if changed:
            citation = with_versions(citation, changed, versions)
        sections.append(
            Section(
                task.label, history.words(task), citation, (*((table,) if table else ()), *recorded.get(task.pk, ())),
                blocks[task.pk],
                str(task.pk), tuple(sorted(versions)),
            )
        )  # fmt: skip
    return tuple(sections)


def adopted_by(report: ConsolidatedReport) -> tuple[str, ...]:
    """Name the decision by which a report was adopted, where there is one; one query."""
    found = Adoption.objects.filter(report=report).first()
    if found is None:
        return ()
    words = {"body": found.body, "day": date_format(found.day, "SHORT_DATE_FORMAT"), "minutes": found.minutes}
    if found.minutes:
        return (_("Adopted by %(body)s on %(day)s, minutes %(minutes)s") % words,)
    return (_("Adopted by %(body)s on %(day)s") % words,)


def signs(unit: Unit, seat: Seat | None, signer: str, language: Language) -> Signatory:
    """Return who signs a unit's paper, as its form wants it."""
    head, own = letterhead_of(unit), own_role(seat)
    return signatory_of(
        str(seat.role) if seat else "", seat.held_as if seat else "", signer, cast(Form, head.form), language,
        own=str(own or ""), on_behalf=head.on_behalf,
    )  # fmt: skip


def printed(
    report: ConsolidatedReport, seat: Seat | None, signer: str, *, sample: bool, draft: bool = False
) -> PrintedReport:
    """Return everything that is printed, with its hash and the head of the log.

    A `draft` names the units that still count twice; for an issued paper they are refused before.
    """
    period = report.period
    document = period.programme.reading.version.document
    count = completeness(period, report.unit)
    silent = [str(o.unit) for o in missing_below(period, report.unit)[:NAMED_MISSING]]
    above = Obligation.objects.filter(period=period, unit=report.unit, parent__isnull=False)
    coverage = _("%(received)s of %(expected)s units have reported; %(accepted)s accepted") % {
        "received": count.received, "expected": count.expected, "accepted": count.accepted
    }  # fmt: skip
    coverage += gaps_line(period, report.unit) + (twice_line(period, report.unit) if draft else "")
    language: Language = "en" if get_language() == "en" else "vi"
    values = PrintedReport(
        header_of(report.unit, language), _("REPORT"),
        _("Results of: %(programme)s") % {"programme": period.programme.title},
        period=period.title, bases=(document.title, *adopted_by(report)), coverage=coverage, missing=tuple(silent),
        sections=sections_of(report), signatory=signs(report.unit, seat, signer, language),
        recipients=tuple(str(o.parent) for o in above.select_related("parent")),
        sample=sample, language=language, charts=charts_of(report), annexes=annexes_of(period, report.unit),
    )  # fmt: skip
    return replace(values, report_hash=values.digest(), seal=head())
