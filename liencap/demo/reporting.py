"""Let the sample units report: most on time, some still drafting, some returned, some corrected."""

import datetime
import random
from collections.abc import Callable
from decimal import Decimal

from django.db import transaction

from liencap.audit.actor import Actor
from liencap.core.rollup.layout import State
from liencap.programmes.models import Programme
from liencap.reports.actions.drafts import save_draft
from liencap.reports.actions.periods import IndicatorInput, open_period, plan_period, set_indicators
from liencap.reports.actions.review import accept_report, return_report
from liencap.reports.actions.sending import send_report
from liencap.reports.content import Content
from liencap.reports.models import Period, Report
from liencap.units.access import today
from liencap.units.models import Tier, Unit

HeadOf = Callable[[Unit], Actor | None]
TIERS = ("hop-tac-xa", "khu-vuc", "tinh")
RESULTS = (
    "Đã phổ biến tới các thành viên trong kỳ họp thường lệ; có biên bản kèm theo.",
    "Hoàn thành phần việc của quý, đang hoàn thiện hồ sơ để lưu.",
    "Đã phân công cán bộ phụ trách và thống nhất lịch làm việc với các tổ hợp tác.",
    "Tổ chức lồng ghép với hội nghị thành viên, bảo đảm đúng thời gian quy định.",
)
CAUSES = (
    "Một số thành viên đi làm ăn xa nên khó bố trí thời gian.",
    "Kinh phí được cấp chậm so với kế hoạch.",
)
ASKS = ("Đề nghị Liên hiệp gửi tài liệu sớm hơn.", "Đề nghị hỗ trợ báo cáo viên cho các xã vùng xa.")


def report_upwards(programme: Programme, actor: Actor, head_of: HeadOf) -> Period:
    """Open a period and let every tier report to the one above, from the lowest."""
    tasks = list(programme.tasks.filter(parent=None).order_by("order"))
    rows = [
        IndicatorInput(
            task=t,
            code=f"n{i}",
            name=f"Số hoạt động đã tổ chức: {t.label or i}",
            name_en=f"Activities held: {t.label or i}",
        )
        for i, t in enumerate(tasks, 1)
    ]
    set_indicators(programme, rows, actor=actor)
    day = today()
    dues = {Tier.objects.get(code=c): day + datetime.timedelta(days=7 * n) for n, c in enumerate(TIERS, 1)}
    since, until = day.replace(month=1, day=1), day
    period = plan_period(programme, f"{since.year}", since=since, until=until, dues=dues, actor=actor)
    period = open_period(period, actor=actor)
    chance = random.Random(period.pk + 2026)  # noqa: S311  # a sample, not a secret
    for tier in TIERS:
        with transaction.atomic():
            _report_tier(period, tier, chance, head_of)
    return period


def _report_tier(period: Period, tier: str, chance: random.Random, head_of: HeadOf) -> None:
    reports = Report.objects.filter(obligation__period=period, obligation__unit__tier__code=tier)
    heads: dict[int, Actor | None] = {}
    for report in reports.select_related("obligation__unit", "obligation__parent").order_by("pk"):
        owed = report.obligation
        head = head_of(owed.unit)
        luck = chance.random()
        if head is None or luck < 0.04:
            continue  # a vacant seat signs nothing; some have not begun
        content = _content(report, chance)
        draft = save_draft(report, content, revision=0, actor=head)
        if luck < 0.08:
            continue
        version = send_report(report, revision=draft.revision, actor=head)
        if owed.parent is None:
            continue
        if owed.parent_id not in heads:
            heads[owed.parent.pk] = head_of(owed.parent)
        above = heads[owed.parent.pk]
        if above is not None:
            _answer(report, version.n, luck, above)
            if luck > 0.985:
                _correct(report, draft.revision, head, content)


def _answer(report: Report, n: int, luck: float, above: Actor) -> None:
    """Let the unit above answer: return a few, wait on a few, accept the rest."""
    if luck < 0.12:
        return_report(
            report, n=n, reason="Số liệu chưa khớp với kỳ trước, đề nghị kiểm tra lại.", actor=above
        )
    elif luck > 0.18:
        accept_report(report, n=n, actor=above)


def _correct(report: Report, revision: int, head: Actor, content: Content) -> None:
    """Send a corrected version of an accepted report, which then waits above."""
    report = Report.objects.get(pk=report.pk)
    figures = {k: v + 1 if isinstance(v, Decimal) else v for k, v in content.figures.items()}
    draft = save_draft(
        report, Content(content.states, content.passages, figures), revision=revision, actor=head
    )
    send_report(report, revision=draft.revision, actor=head, reason="Bổ sung hoạt động ghi sót.")


def _content(report: Report, chance: random.Random) -> Content:
    states: dict[int, tuple[str, str]] = {}
    passages: dict[tuple[int, str], str] = {}
    figures: dict[tuple[str, str], Decimal | State] = {}
    form = report.obligation.period.form
    assert form is not None, "the period is open"
    for indicator in form.indicators.all():
        task = indicator.task_id
        draw = chance.random()
        states[task] = ("done" if draw < 0.6 else "under_way" if draw < 0.9 else "not_begun", "")
        figures[(indicator.code, "value")] = State.BLANK if draw > 0.95 else Decimal(chance.randint(0, 9))
        if draw < 0.15:
            passages[(task, "result")] = chance.choice(RESULTS)
        if 0.15 < draw < 0.19:
            passages[(task, "cause")] = chance.choice(CAUSES)
        if 0.19 < draw < 0.22:
            passages[(task, "proposal")] = chance.choice(ASKS)
    return Content(states, passages, figures)
