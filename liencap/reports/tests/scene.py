"""A programme with two tasks assigned to the small tree, an open period, and reports on it."""

import datetime
from decimal import Decimal

from liencap.audit.actor import SYSTEM
from liencap.core.rollup.layout import BLANK, State
from liencap.documents.models import Document, Reading, Version
from liencap.programmes.models import Assignment, Programme, Task
from liencap.reports.actions import (
    IndicatorInput,
    accept_report,
    open_period,
    plan_period,
    save_draft,
    send_report,
    set_indicators,
)
from liencap.reports.content import Content
from liencap.reports.models import Draft, Period, Report, ReportVersion
from liencap.reports.queries import tasks_of
from liencap.testing import Cast, Member
from liencap.units.models import Tier, Unit

NOW = datetime.date(2026, 3, 1)


def make_programme(unit: Unit) -> Programme:
    document = Document.objects.create(unit=unit, title="Nghị quyết về năm hợp tác")
    version = Version.objects.create(
        document=document, n=1, sha256="0" * 64, size=1, filename="a.txt", content_kind="txt"
    )
    reading = Reading.objects.create(version=version, state=Reading.State.READ)
    programme = Programme(unit=unit, reading=reading, title="Chương trình năm hợp tác")
    programme.derive()
    programme.save()
    for order, words in enumerate(["Mở lớp tập huấn cho hội viên", "Trồng cây quanh trụ sở"]):
        Task.objects.create(
            programme=programme, order=order, label=f"Thứ {order + 1}", text=words, confirmed_by="test"
        )
    return programme


def assign(programme: Programme, *units: Unit) -> None:
    for task in programme.tasks.all():
        for unit in units:
            Assignment.objects.create(task=task, unit=unit)


def plan(programme: Programme, due: datetime.date = datetime.date(2100, 1, 1)) -> Period:
    first, second = programme.tasks.all()
    set_indicators(
        programme,
        [
            IndicatorInput(first, "classes", "Số lớp", "Classes", cells=("held", "planned")),
            IndicatorInput(first, "joined", "Tỷ lệ tham gia", "Took part", tree_axis="ratio"),
            IndicatorInput(second, "trees", "Số cây", "Trees", scale=1),
        ],
        actor=SYSTEM,
    )
    return plan_period(
        programme, "Quý I", since=datetime.date(2026, 1, 1), until=datetime.date(2026, 3, 31),
        dues=dict.fromkeys(Tier.objects.all(), due), actor=SYSTEM,
    )  # fmt: skip


def plan_next(programme: Programme) -> Period:
    """Plan a second period on the form there is."""
    return plan_period(
        programme, "Quý II", since=datetime.date(2026, 4, 1), until=datetime.date(2026, 6, 30),
        dues=dict.fromkeys(Tier.objects.all(), datetime.date(2100, 1, 1)), actor=SYSTEM,
    )  # fmt: skip


def make_period(cast: Cast) -> Period:
    """Open a period in which ROOT set the tasks and P, A and B owe a report."""
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b)
    return open_period(plan(programme), actor=cast.root.actor)


def report_of(period: Period, unit: Unit) -> Report:
    return Report.objects.select_related(
        "obligation__unit", "obligation__parent", "obligation__period__form", "current", "accepted"
    ).get(obligation__period=period, obligation__unit=unit)


def content(report: Report, trees: str | State = BLANK, held: int | State = BLANK, text: str = "") -> Content:
    tasks = tasks_of(report.obligation)
    figures: dict[tuple[str, str], Decimal | State] = {
        ("trees", "value"): Decimal(trees) if isinstance(trees, str) else trees,
        ("classes", "held"): Decimal(held) if isinstance(held, int) else held,
    }
    words = {(tasks[0].pk, "result"): text} if text else {}
    return Content({task.pk: ("done", "") for task in tasks}, words, figures)


def save(report: Report, said: Content, member: Member) -> Draft:
    draft = Draft.objects.filter(report=report).first()
    return save_draft(report, said, revision=draft.revision if draft else 0, actor=member.actor)


def send(
    period: Period, unit: Unit, member: Member, trees: str | State = "1", reason: str = "", text: str = ""
) -> ReportVersion:
    report = report_of(period, unit)
    draft = save(report, content(report, trees, 2, text), member)
    return send_report(report, revision=draft.revision, actor=member.actor, reason=reason)


def accept(period: Period, unit: Unit, member: Member) -> Report:
    report = report_of(period, unit)
    assert report.current is not None
    return accept_report(report, n=report.current.n, actor=member.actor)
