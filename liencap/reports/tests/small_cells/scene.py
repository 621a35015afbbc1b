"""A period whose units count people by a personal attribute, and the pages that show it."""

from decimal import Decimal

from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.reports.actions import (
    IndicatorInput,
    accept_report,
    open_period,
    send_report,
    set_indicators,
)
from liencap.reports.content import Content
from liencap.reports.queries import tasks_of
from liencap.reports.tests.scene import (
    assign,
    make_programme,
    plan,
    report_of,
    save,
)
from liencap.units.models import Unit

WOMEN = ("women", "value")


def open_with(cast, *units):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, *units)
    period = plan(programme)
    first = programme.tasks.first()
    rows = [
        IndicatorInput(first, "women", "Số hội viên nữ", "Women members", personal=True),
        IndicatorInput(first, "ratio", "Tỷ lệ nữ", "Share of women", tree_axis="ratio", personal=True),
        IndicatorInput(first, "held", "Số lớp", "Classes"),
    ]
    set_indicators(programme, rows, actor=SYSTEM)
    return open_period(period, actor=cast.root.actor)


def says(
    period, unit, by, women: int | None, *, classes: int = 2, above=None, text: str = "", reason: str = ""
):
    report = report_of(period, unit)
    tasks = tasks_of(report.obligation)
    figures = {("held", "value"): Decimal(classes)}
    if women is not None:
        pair = {("ratio", "numerator"): Decimal(women), ("ratio", "denominator"): Decimal(40)}
        figures |= {WOMEN: Decimal(women)} | pair
    words = {(tasks[0].pk, "result"): text} if text else {}
    said = Content({task.pk: ("done", "") for task in tasks}, words, figures)
    draft = save(report, said, by)
    version = send_report(report, revision=draft.revision, actor=by.actor, reason=reason)
    if above:
        accept_report(report_of(period, unit), n=version.n, actor=above.actor)
    return version


def page_of(who, name, *args, **query) -> str:
    answer = who.client().get(reverse(f"reports:{name}", args=args), query, headers={"accept-language": "en"})
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def row_of(page: str, unit: Unit | str) -> str:
    return next(row for row in page.split("<tr")[1:] if str(unit) in row).rpartition("<td")[2]
