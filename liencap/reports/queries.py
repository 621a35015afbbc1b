"""Reads of periods, reports and totals, shaped for a screen or for a check."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from liencap.audit.models import Entry
from liencap.core.rollup import pack, unpack
from liencap.core.rollup.figures import figures_long as long_of
from liencap.core.rollup.layout import Layout
from liencap.core.text import next_prefix
from liencap.programmes.models import Task, TaskVersion
from liencap.programmes.queries import is_asked, occurrences_of
from liencap.reports.content import Content, sha256_of
from liencap.reports.figures import minus, nothing, plus, totals_of
from liencap.reports.models import (
    Draft,
    Evidence,
    FormVersion,
    Indicator,
    Obligation,
    Period,
    Report,
    ReportVersion,
    Return,
    TaskEntry,
    Total,
)
from liencap.units.models import Unit


def tasks_of(obligation: Obligation) -> list[Task]:
    """Return the tasks that the unit was given in the period's programme, in the plan's order.

    One that only recurs, and on no day of the period, is not asked for. Two queries.
    """
    period = obligation.period
    given = Task.objects.filter(
        programme_id=obligation.period.programme_id, assignments__unit_id=obligation.unit_id
    )
    found = (
        given.filter(_asked_of(obligation))
        .select_related("programme")
        .prefetch_related("deadlines")
        .order_by("order", "pk")
    )
    return [task for task in found if is_asked(task, period.since, period.until)]


def falls_due(tasks: Iterable[Task], period: Period) -> dict[int, list[datetime.date]]:
    """Return the days of a period on which recurring tasks fall due; the tasks come from `tasks_of`."""
    days: dict[int, list[datetime.date]] = {}
    for one in occurrences_of(tasks, period.since, period.until):
        days.setdefault(one.task.pk, []).append(one.day)
    return days


def _asked_of(obligation: Obligation, prefix: str = "") -> Q:
    """Leave out tasks that an amendment rescinded before the unit wrote on them."""
    said = TaskEntry.objects.filter(
        Q(draft__report__obligation=obligation) | Q(version__report__obligation=obligation)
    )
    task = prefix.removesuffix("__") or "pk"
    return Q(**{f"{prefix}rescinded": False}) | Q(**{f"{task}__in": said.values("task_id")})


def indicators_of(form: FormVersion) -> list[Indicator]:
    """Return the indicators of a form in order."""
    return list(form.indicators.select_related("task"))


def content_of(source: Draft | ReportVersion, cells: Layout) -> Content:
    """Return what a draft or a version says; three queries at most."""
    entries = list(source.entries.all())
    return Content(
        {e.task_id: (e.state, e.reason) for e in entries},
        {(p.task_id, p.question): p.text for p in source.passages.all()},
        unpack(cells, bytes(source.figures)),
        {e.task_id: e.answered for e in entries},
    )


def evidence_of(report: Report) -> QuerySet[Evidence]:
    """Return the files that the draft carries."""
    return Evidence.objects.filter(report=report, removed=False)


def evidence_sent(version: ReportVersion) -> QuerySet[Evidence]:
    """Return the files that went with a sent version."""
    return Evidence.objects.filter(version_links__version=version)


def hash_of(version: ReportVersion, content: Content, evidence: Iterable[Evidence]) -> str:
    """Return the hash that a version must carry."""
    files = sorted([e.task_id, e.sha256, e.caption] for e in evidence)
    answered = sorted([task, n] for task, n in content.answered.items() if task in content.states)
    header = {
        "report": version.report_id,
        "n": version.n,
        "form": version.form_id,
        "reason": version.reason,
        "sent_at": version.sent_at.isoformat(),
        **({"evidence": files} if files else {}),
        # Left out where no task was ever amended: hashes from before there were versions hold on.
        **({"answered": answered} if any(n != 1 for _task, n in answered) else {}),
    }
    return sha256_of(header, bytes(version.figures), bytes(version.carried), content)


def is_intact(version: ReportVersion) -> bool:
    """Say whether a sent version still says what was hashed."""
    return version.sha256 == hash_of(version, content_of(version, version.form.cells), evidence_sent(version))


def owed_by(unit_id: int) -> QuerySet[Obligation]:
    """Return what a unit owes or has reported, newest period first."""
    found = Obligation.objects.filter(unit_id=unit_id).exclude(period__state=Period.State.DRAFT)
    return found.select_related("period__programme", "report").order_by("-period__until", "-pk")


def waiting_for(unit_id: int) -> QuerySet[Report]:
    """Return the reports that wait for a unit's answer, oldest first."""
    waiting = Report.objects.filter(
        obligation__parent_id=unit_id,
        state=Report.State.SENT,
        obligation__period__state=Period.State.OPEN,
    )
    return waiting.select_related(
        "obligation__unit", "obligation__period__form", "current", "accepted"
    ).order_by("current__sent_at", "pk")


def below(period: Period, chain: bytes) -> QuerySet[Obligation]:
    """Return the obligations under a place of the frozen tree, without the place itself."""
    return Obligation.objects.filter(period=period, chain__gt=chain, chain__lt=next_prefix(chain))


def chain_of(period: Period, unit: Unit) -> bytes:
    """Return the frozen place of a unit in a period; the programme's own unit may owe nothing itself."""
    own = Obligation.objects.filter(period=period, unit=unit).first()
    return bytes(own.chain) if own else unit.pk.to_bytes(4, "big")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many units below owe a report, and how many of them sent it and had it accepted."""

    expected: int
    received: int
    accepted: int

    @property
    def missing(self) -> int:
        """Return how many have sent nothing."""
        return self.expected - self.received


def completeness(period: Period, unit: Unit) -> Completeness:
    """Count the reports of the units below; one query beside the unit's place."""
    counts = below(period, chain_of(period, unit)).aggregate(
        expected=Count("pk", filter=~Q(cls__in=[Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE])),
        received=Count("pk", filter=Q(report__current__isnull=False)),
        accepted=Count("pk", filter=Q(report__accepted__isnull=False)),
    )
    return Completeness(**counts)


def missing_below(period: Period, unit: Unit) -> QuerySet[Obligation]:
    """Return who below has sent nothing and is not excused, in Vietnamese order."""
    silent = below(period, chain_of(period, unit)).filter(report__current__isnull=True)
    return silent.exclude(cls__in=[Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE]).select_related(
        "unit", "parent"
    )


def children(period: Period, unit: Unit) -> QuerySet[Obligation]:
    """Return the obligations that hang directly under a unit, in Vietnamese order."""
    found = Obligation.objects.filter(period=period, parent=unit)
    return found.select_related("unit", "report__current", "report__accepted")


def totals_for(period: Period, unit: Unit) -> dict[str, bytes]:
    """Return a unit's received and official totals, packed."""
    assert period.form is not None, "only opened periods have totals"
    cells = period.form.cells
    found = Total.objects.filter(period=period, unit=unit)
    have = {t.kind: bytes(t.packed) for t in found}
    return {kind: have.get(kind, nothing(cells)) for kind in Total.Kind.values}


def said_by(version: ReportVersion | None, cells: Layout) -> bytes:
    """Return the totals of a version's own figures; of no version, nothing."""
    return totals_of(cells, version.figures) if version else nothing(cells)


def brought_by(version: ReportVersion | None, cells: Layout) -> bytes:
    """Return what an accepted version adds above: its own figures and what it carried."""
    if version is None:
        return nothing(cells)
    return plus(cells, said_by(version, cells), version.carried)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a total: the unit's own report, or one child with all it brings."""

    unit: Unit
    own: bool
    totals: bytes
    report: Report | None


def total_parts(period: Period, unit: Unit, kind: str) -> list[Part]:
    """Open a total into its parts, own first; their sum is the total."""
    assert period.form is not None, "only opened periods have totals"
    cells, empty = period.form.cells, nothing(period.form.cells)
    own = Report.objects.filter(obligation__period=period, obligation__unit=unit)
    mine = own.select_related("current").first()
    parts = [Part(unit, True, said_by(mine.current, cells), mine)] if mine and mine.current else []
    hanging = list(children(period, unit))
    if kind == Total.Kind.OFFICIAL:
        for o in hanging:
            if o.report.accepted:
                parts.append(Part(o.unit, False, brought_by(o.report.accepted, cells), o.report))
        return parts
    rows = Total.objects.filter(period=period, kind=kind, unit_id__in=[o.unit_id for o in hanging])
    stored = {t.unit_id: bytes(t.packed) for t in rows}
    for o in hanging:
        if (brought := stored.get(o.unit_id, empty)) != empty:
            parts.append(Part(o.unit, False, brought, o.report))
    return parts


def task_states(period: Period, unit: Unit) -> dict[int, dict[str, int]]:
    """Count for each task how many sent reports of the unit and below say which state."""
    chain = chain_of(period, unit)
    place = "version__report__obligation__"
    entries = TaskEntry.objects.filter(
        **{f"{place}period": period, f"{place}chain__gte": chain, f"{place}chain__lt": next_prefix(chain)},
        version__report__current_id=F("version_id"),
    )
    found: dict[int, dict[str, int]] = {}
    for task, state, n in entries.values_list("task_id", "state").annotate(n=Count("pk")).order_by("task_id"):
        found.setdefault(task, {})[state] = n
    return found


def periods_with_totals(pk: int | None = None) -> QuerySet[Period]:
    """Return the periods that were opened at any time, or one of them."""
    found = Period.objects.filter(form__isnull=False).select_related("form", "programme__unit")
    return found.order_by("pk") if pk is None else found.filter(pk=pk)


@dataclass(frozen=True, slots=True)
class Proof:
    """When the totals of a period were last proven, how many, how many differed, and some of those with their kind."""

    at: datetime.datetime
    checked: int
    differing: int
    named: tuple[tuple[Unit, str], ...]


def last_proof(period: Period, unit: Unit) -> Proof | None:
    """Return the newest proof in the log; of differing totals, those of the unit and below are named."""
    entry = Entry.objects.filter(action="check_totals", kind="period", object_id=period.pk).last()
    if entry is None:
        return None
    pairs = [text.split(":") for text in entry.new.get("totals", ())]
    units = Unit.objects.all().below(unit).in_bulk([int(pk) for pk, _kind in pairs]) if pairs else {}
    named = [(units[int(pk)], str(Total.Kind(kind).label)) for pk, kind in pairs if int(pk) in units]
    return Proof(entry.at, entry.new["checked"], entry.new["differing"], tuple(named[:20]))


@dataclass(frozen=True, slots=True)
class LongRow:
    """One figure of one sent report, for export; no number when blank or not applicable."""

    unit_id: int
    code: str
    cell: str
    state: str
    number: Decimal | None
    accepted: bool
    unit_code: str
    unit: str


def figures_long(period: Period, within: Unit | None = None) -> Iterator[LongRow]:
    """Yield every figure of the current versions, one a row; within a unit, its own and those below it."""
    assert period.form is not None, "only opened periods have figures"
    layout = period.form.cells
    reports = Report.objects.filter(obligation__period=period, current__isnull=False)
    if within is not None:
        chain = chain_of(period, within)
        reports = reports.filter(obligation__chain__gte=chain, obligation__chain__lt=next_prefix(chain))
    reports = reports.select_related("obligation__unit", "current").order_by("obligation__chain")
    for r in reports.iterator(2000):
        assert r.current is not None, "filtered"
        for code, cell, state, number in long_of(layout, bytes(r.current.figures)):
            yield LongRow(
                r.obligation.unit_id, code, cell, state.name.lower(), number, r.accepted_id == r.current_id,
                r.obligation.unit.code, str(r.obligation.unit),
            )  # fmt: skip


def blank_content(form: FormVersion) -> Content:
    """Return the content of a report that says nothing yet."""
    return Content(figures=unpack(form.cells, pack(form.cells, {})))


def carries_old(report: Report, cells: Layout) -> bool:
    """Say whether the children's official total has changed since the unit last sent."""
    if report.current is None:
        return False
    total = Total.objects.get(
        period_id=report.obligation.period_id, unit_id=report.obligation.unit_id, kind=Total.Kind.OFFICIAL
    )
    return minus(cells, total.packed, said_by(report.current, cells)) != bytes(report.current.carried)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a page about one report shows: tasks, indicators, content, and what was accepted before."""

    tasks: list[Task]
    indicators: list[Indicator]
    layout: Layout
    content: Content
    revision: int
    before: Content | None = None


def sheet_of(report: Report) -> Sheet:
    """Return the draft of a report, empty when nothing was written yet."""
    form = report.obligation.period.form
    assert form is not None, "only opened periods have reports"
    draft = Draft.objects.filter(report=report).first()
    content = content_of(draft, form.cells) if draft else blank_content(form)
    return Sheet(
        tasks_of(report.obligation),
        indicators_for(report),
        form.cells,
        content,
        draft.revision if draft else 0,
    )


def sent_sheet(report: Report) -> Sheet:
    """Return the version that stands and, when it corrects an accepted one, what was accepted."""
    assert report.current is not None, "it was sent"
    form, before = report.current.form, None
    if report.accepted is not None and report.accepted_id != report.current_id:
        before = content_of(report.accepted, form.cells)
    content = content_of(report.current, form.cells)
    tasks = list(Task.objects.filter(pk__in=content.states).order_by("order", "pk"))
    _in_answered_words(tasks, content)
    return Sheet(tasks, indicators_for(report), form.cells, content, 0, before)


def _in_answered_words(tasks: list[Task], content: Content) -> None:
    """Put the words that a report answered in the place of those that came later, for the screen alone."""
    older = {t.pk: n for t in tasks if (n := content.answered.get(t.pk, 1)) < t.version}
    if not older:
        return
    versions = TaskVersion.objects.filter(task__in=older)
    words = {(v.task_id, v.n): v.text for v in versions}
    for task in tasks:
        task.text = words.get((task.pk, older.get(task.pk, 0)), task.text)


def indicators_for(report: Report) -> list[Indicator]:
    """Return the indicators of the tasks that the unit was given."""
    period, unit = report.obligation.period, report.obligation.unit_id
    found = Indicator.objects.filter(form_id=period.form_id, task__assignments__unit_id=unit)
    return list(found.filter(_asked_of(report.obligation, "task__")).order_by("order"))


def returns_of(report: Report) -> QuerySet[Return]:
    """Return the reasons with which the standing version was returned."""
    return Return.objects.filter(version_id=report.current_id).select_related("task", "by_seat__role")


def seers_of(owed: Obligation) -> list[Unit]:
    """Return the units above that see the report once it is sent, the nearest first."""
    found = Unit.objects.select_related("tier").in_bulk(owed.chain_ids[:-1])
    return [found[pk] for pk in reversed(owed.chain_ids[:-1])]
