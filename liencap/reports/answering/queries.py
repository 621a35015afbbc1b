"""What was returned and what a correction changes, in the words and at the fields of the form."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from liencap.core.rollup.cells import HIDDEN
from liencap.core.rollup.layout import Layout
from liencap.programmes.models import Task
from liencap.reports.answering.lines import (
    Line,
    carried_between,
    carried_key,
    figure,
    figure_key,
    lines_between,
    state_key,
    task_of,
    words_key,
)
from liencap.reports.content import Content
from liencap.reports.display import number_text
from liencap.reports.figures import minus
from liencap.reports.forming.controls import controls_of, day_text
from liencap.reports.forming.counting import cell_name
from liencap.reports.models import (
    Acceptance,
    Correction,
    Indicator,
    Passage,
    Period,
    Report,
    ReportVersion,
    Return,
    TaskEntry,
    Total,
)
from liencap.reports.numbers import kept_text
from liencap.reports.queries import (
    Sheet,
    accepted_content,
    content_of,
    in_force,
    indicators_for,
    indicators_of,
    line_kept,
    returns_of,
    said_by,
)
from liencap.units.models import Seat


@dataclass(frozen=True, slots=True)
class Names:
    """How the lines of one report are called, at which field of the form they stand, and of which task they are."""

    labels: dict[str, str]
    anchors: dict[str, str]
    tasks: dict[str, int]
    kinds: dict[str, str] = field(default_factory=dict)

    def label(self, key: str) -> str:
        """Name a line; one that the form no longer has keeps its key."""
        return self.labels.get(key, key[2:])


def names_for(tasks: Iterable[Task], indicators: Iterable[Indicator]) -> Names:
    """Name every line that a report of these tasks and indicators can have; no query."""
    labels: dict[str, str] = {}
    anchors: dict[str, str] = {}
    of: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for indicator in indicators:
        for control in controls_of(indicator):
            # A choice has one control for all its cells: it is returned by the first of them.
            anchors[figure_key(*control.keys[0])] = control.name
            for code, cell in control.keys:
                label = " · ".join(filter(None, [str(indicator), cell_name(indicator, cell)]))
                own, carried = figure_key(code, cell), carried_key(code, cell)
                labels |= {own: label, carried: _("From below: %(figure)s") % {"figure": label}}
                of |= {own: indicator.task_id, carried: indicator.task_id}
                kinds[own] = indicator.kind
    for task in tasks:
        short = task.label or str(task)[:40]
        key = state_key(task.pk)
        labels[key] = _("%(task)s: how far it is") % {"task": short}
        anchors[key], of[key] = f"state-{task.pk}", task.pk
        for question, words in Passage.Question.choices:
            key = words_key(task.pk, question)
            labels[key] = f"{short}: {words}"
            anchors[key], of[key] = f"q-{task.pk}-{question}", task.pk
    return Names(labels, anchors, of, kinds)


def keys_of(report: Report, tasks: Iterable[Task]) -> set[str]:
    """Return the key of every line of a report; one query."""
    return {*names_for(tasks, indicators_for(report)).anchors}


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """A thing that came back: what it is, the field where it stands, why, when and from which seat."""

    label: str
    anchor: str
    reason: str
    at: datetime.datetime
    seat: Seat | None
    key: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """All that came back with a version, and the reasons by the field of the form."""

    rows: list[ReturnedItem]
    at: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def whole(self) -> bool:
        """Say whether the whole report came back, not only things of it."""
        return any(row.whole for row in self.rows)


def returned_of(report: Report, tasks: Iterable[Task], indicators: Iterable[Indicator]) -> Returned:
    """Return what came back with the standing version; one query."""
    return _items(returns_of(report), names_for(tasks, indicators))


def settled_of(report: Report, tasks: Iterable[Task], indicators: Iterable[Indicator]) -> Returned:
    """Return what had come back and the standing version answers; one query."""
    found = Return.objects.filter(settled_by_id=report.current_id).select_related("task", "by_seat__role")
    return _items(found.order_by("pk"), names_for(tasks, indicators))


def _items(returns: Iterable[Return], names: Names) -> Returned:
    rows, at = [], {}
    for back in returns:
        label, anchor = "", ""
        if back.key:
            label, anchor = names.label(back.key), names.anchors.get(back.key, "")
        elif back.task:
            label, anchor = str(back.task), f"task-{back.task_id}"
        whole = not (back.key or back.task)
        label = _("The whole report") if whole else label
        rows.append(ReturnedItem(label, anchor, back.reason, back.at, back.by_seat, back.key, whole))
        if anchor:
            at[anchor] = back.reason
    return Returned(rows, at)


@dataclass(frozen=True, slots=True)
class Change:
    """A line as a screen shows it: its name, old and new, why; whether it was asked for by a return."""

    key: str
    label: str
    old: str
    new: str
    reason: str
    task: int | None
    is_words: bool
    is_carried: bool
    asked: bool


def shown(key: str, value: str, kind: str = "") -> str:
    """Write a plain value of a line as people read it."""
    if key[:2] in ("f:", "c:"):
        said = figure(value)
        if kind == Indicator.Kind.DATE and isinstance(said, Decimal):
            return day_text(said)
        if kind in (Indicator.Kind.YES_NO, Indicator.Kind.CHOICE) and isinstance(said, Decimal):
            return _("Yes") if said else _("No")
        return number_text(said) if value else "–"
    if key.startswith("s:"):
        state, dot, reason = value.partition(" · ")
        labels = dict(TaskEntry.State.choices)
        return str(labels[TaskEntry.State(state)]) + dot + reason if state in labels else value
    return value


def changes_of(
    lines: Iterable[Line],
    names: Names,
    reasons: dict[str, str],
    asked: set[str],
    closed: Collection[tuple[str, str]] = (),
) -> list[Change]:
    """Lay lines out for a screen; of closed figures it says only that they differ."""
    found = []
    for line in lines:
        old, new = (shown(line.key, value, names.kinds.get(line.key, "")) for value in (line.old, line.new))
        if line_kept(closed, line.key):
            old = new = kept_text(HIDDEN)
        found.append(
            Change(
                line.key, names.label(line.key), old, new, reasons.get(line.key, ""),
                names.tasks.get(line.key, task_of(line.key)),
                line.key[:2] == "q:", line.key[:2] == "c:", line.key in asked,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """What the standing version changes: against what was accepted, or against the version that was returned."""

    changes: list[Change]
    corrects: bool  # it was accepted before: each line is accepted or returned
    against: int

    def __bool__(self) -> bool:
        return bool(self.changes)


def asked_keys(back: Returned, names: Names) -> set[str]:
    """Return the keys of the lines that a return asked to mend: all, those of its tasks, or single ones."""
    asked: set[str] = set()
    for item in back.rows:
        if item.key:
            asked.add(item.key)
        elif item.anchor:
            asked |= {key for key, task in names.tasks.items() if f"task-{task}" == item.anchor}
        else:
            asked |= {*names.labels}
    return asked


def compared(
    report: Report, names: Names, settled: Returned, layout: Layout, closed: Collection[tuple[str, str]]
) -> Compared | None:
    """Compare the standing version with what was accepted, else with the one before; None for a first one."""
    assert report.current is not None, "it was sent"
    current, held = report.current, in_force(report)
    if held is not None and report.accepted_id != current.pk:
        base, n = accepted_content(report, layout), report.accepted.n if report.accepted else 0
        carried = bytes(held.carried)
    elif held is None and (before := before_of(report)):
        base, n, carried = content_of(before, layout), before.n, bytes(before.carried)
    else:
        return None
    assert base is not None, "something was accepted"
    lines = lines_between(base, content_of(current, layout)) + carried_between(
        layout, carried, bytes(current.carried)
    )
    reasons = reasons_since(report, n)
    return Compared(
        changes_of(lines, names, reasons, asked_keys(settled, names), closed),
        corrects=held is not None,
        against=n,
    )


def before_of(report: Report) -> ReportVersion | None:
    """Return the version before the standing one."""
    assert report.current is not None, "it was sent"
    return ReportVersion.objects.filter(report=report, n__lt=report.current.n).first()


def reasons_since(report: Report, n: int) -> dict[str, str]:
    """Return by line the newest reason given in the versions after `n`; one query."""
    found = Correction.objects.filter(version__report=report, version__n__gt=n).order_by("version__n")
    return dict(found.exclude(reason="").values_list("key", "reason"))


def pending_changes(
    report: Report, content: Content, tasks: Sequence[Task], indicators: Sequence[Indicator]
) -> list[Change]:
    """Return what the draft changes against the standing version, for the head to say why; five queries at most."""
    if report.current is None:
        return []
    form = report.obligation.period.form
    assert form is not None, "only opened periods have reports"
    names = names_for(tasks, indicators)
    asked = asked_keys(returned_of(report, tasks, indicators), names) if report.state == "returned" else set()
    return changes_of(lines_between(content_of(report.current, form.cells), content), names, {}, asked)


def answers_on(report: Report, sheet: Sheet) -> dict[str, object]:
    """Return what the page of a sent report shows of returns and corrections; six queries at most."""
    back = returned_of(report, sheet.tasks, sheet.indicators)
    settled = settled_of(report, sheet.tasks, sheet.indicators)
    assert report.obligation.period.form is not None, "only opened periods have reports"
    # Carried figures may be of tasks that the unit itself was not given.
    names = names_for(sheet.tasks, indicators_of(report.obligation.period.form))
    found = compared(report, names, settled, sheet.layout, sheet.closed)
    return {"returns": back, "settled": settled, "compared": found}


CARRIED = 20  # reports of one unit that are looked at for figures that have changed below


def stale_reports(unit_id: int) -> list[Report]:
    """Return the sent reports of a unit that carry what its official total no longer is, newest first; two queries."""
    own = Report.objects.filter(
        Q(obligation__period__state=Period.State.OPEN) | Q(accepted__isnull=False),
        obligation__unit_id=unit_id, obligation__parent__isnull=False, current__isnull=False,
    ).exclude(state=Report.State.RETURNED)  # fmt: skip
    joined = own.select_related("obligation__period__form", "obligation__period__programme", "current")
    reports = list(joined.order_by("-obligation__period__until", "-pk")[:CARRIED])
    periods = [report.obligation.period_id for report in reports]
    rows = Total.objects.filter(period__in=periods, unit_id=unit_id, kind=Total.Kind.OFFICIAL)
    totals = {total.period_id: bytes(total.packed) for total in rows}
    return [r for r in reports if _carries(r, totals[r.obligation.period_id]) != bytes(r.current.carried)]  # type: ignore[union-attr]  # the filter asks for one


def _carries(report: Report, official: bytes) -> bytes:
    """Return what a report would carry if it were sent now."""
    form = report.obligation.period.form
    assert form is not None, "only opened periods have reports"
    return minus(form.cells, official, said_by(report.current, form.cells))


def carried_changes(report: Report) -> list[Change]:
    """Return what sending a report on would change of what it carries; three queries."""
    form, owed = report.obligation.period.form, report.obligation
    assert form is not None, "only opened periods have reports"
    assert report.current is not None, "it was sent"
    row = Total.objects.get(period_id=owed.period_id, unit_id=owed.unit_id, kind=Total.Kind.OFFICIAL)
    now = _carries(report, bytes(row.packed))
    lines = carried_between(form.cells, bytes(report.current.carried), now)
    # What changed in one such total would tell who was added to it.
    return changes_of(lines, names_for((), indicators_of(form)), {}, set(), form.cells.personal)


def accepted_since(report: Report) -> list[str]:
    """Name the units directly below of which something was accepted after a report was sent; one query."""
    assert report.current is not None, "it was sent"
    owed = report.obligation
    found = Acceptance.objects.filter(
        at__gt=report.current.sent_at, report__obligation__period_id=owed.period_id,
        report__obligation__parent_id=owed.unit_id,
    ).select_related("report__obligation__unit")  # fmt: skip
    return sorted({str(one.report.obligation.unit) for one in found[:50]})
