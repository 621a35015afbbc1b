"""The sample form of the quarter under way: every kind of answer, checks, changed measures, small cells, joint work."""

from dataclasses import replace
from decimal import Decimal

from liencap.audit.actor import Actor
from liencap.core.rollup.checks import Check
from liencap.demo.reporting import HeadOf
from liencap.programmes.models import Programme, Task
from liencap.reports.forming.actions import IndicatorInput, TargetInput, edit_form, set_targets
from liencap.reports.forming.values import continued, inputs_of, seen_of
from liencap.reports.joint.actions import ActivityInput, answer_activity, register_activity
from liencap.reports.models import FormVersion, Obligation, Period

CLASSES = ("lop-tap-trung", "lop-truc-tuyen")
MOST_SPENT = 500  # million dong a quarter; more is refused
PLACES = (
    ("hall", "Tại hội trường", "In a hall"),
    ("field", "Tại thực địa", "In the field"),
    ("online", "Trực tuyến", "Online"),
)


def change_form(programme: Programme, actor: Actor) -> None:
    """Begin the next version of the form before the next quarter opens, and say what is aimed at."""
    form = FormVersion.objects.filter(programme=programme).first()
    kept = inputs_of(form)
    rows = continued(kept)
    plain = [row for row in rows if row.tree_axis == "sum"]
    if len(plain) < 3:
        return
    warned, mapped, broken = plain[0], plain[1], plain[2]
    most = Check(warned.code, "range", "warn", high=Decimal(12))
    changed = {
        warned.code: replace(
            warned, help="Chỉ tính hoạt động có biên bản.", help_en="Count only what has minutes.", checks=(most,)
        ),
        mapped.code: replace(
            mapped, code=f"{mapped.code}_b", before=mapped.code, name=f"{mapped.name}, có minh chứng",
            name_en=f"{mapped.name_en}, with evidence",
        ),
        broken.code: replace(
            broken, name=f"{broken.name} (cách tính mới)", name_en=f"{broken.name_en} (new way)", breaks=True,
            checks=(Check(broken.code, "parts", "warn", parts=CLASSES),),
        ),
    }  # fmt: skip
    rows = [changed.get(row.code, row) for row in rows] + _added(warned.task, broken.task)
    asks = {str(warned.task.pk): {"evidence": "optional", "questions": {
        "result": {"vi": "Đã làm được gì, bao nhiêu người dự?", "en": "What was done, how many came?", "most": 1500},
        "cause": {"vi": "", "en": "", "most": 0}, "proposal": {"vi": "", "en": "", "most": 0}}}}  # fmt: skip
    edit_form(programme, rows, asks, seen=seen_of(form, kept), actor=actor)
    aims = ((warned.code, 4000), (f"{mapped.code}_b", 9000), (broken.code, 5000))
    given = [TargetInput(code, programme.unit, Decimal(amount)) for code, amount in aims]
    set_targets(programme, given, actor=actor)


def _added(task: Task, classes: Task) -> list[IndicatorInput]:
    """Return what is asked from now on: an answer of every kind, the parts of a whole, one that never falls."""
    spent = Check("kinh-phi", "range", "block", low=Decimal(0), high=Decimal(MOST_SPENT))
    return [
        IndicatorInput(task, "kinh-phi", "Kinh phí đã chi", "Money spent", kind="money", measured_in="triệu đồng",
                       measured_in_en="million dong", checks=(spent,)),
        IndicatorInput(task, "co-bien-ban", "Có biên bản", "Minutes were kept", kind="yes_no", time_axis="last"),
        IndicatorInput(task, "hinh-thuc", "Hình thức tổ chức", "How it was held", kind="choice", time_axis="last",
                       options=PLACES),
        IndicatorInput(task, "ngay-hop", "Ngày tổ chức", "Day it was held", "date", tree_axis="none", time_axis="last"),
        IndicatorInput(classes, CLASSES[0], "Trong đó: lớp tập trung", "Of these: in a hall"),
        IndicatorInput(classes, CLASSES[1], "Trong đó: lớp trực tuyến", "Of these: online"),
        IndicatorInput(task, "thanh-vien", "Tổng số thành viên cuối kỳ", "Members at the end of the period",
                       time_axis="last", checks=(Check("thanh-vien", "rises", "warn"),)),
        IndicatorInput(task, "nu-tham-du", "Số nữ tham dự", "Women who came", personal=True),
    ]  # fmt: skip


HELD = (("Ngày hội hợp tác liên xã", (True, False)), ("Hội thi kế toán giỏi liên xã", (None,)))


def hold_together(period: Period, head_of: HeadOf) -> None:
    """Let cooperatives that have sent nothing yet host activities: some beside confirm, decline, have not answered."""
    waiting = [*HELD]
    silent = Obligation.objects.filter(period=period, unit__tier__code="hop-tac-xa", report__current=None)
    for owed in silent.select_related("unit").order_by("pk")[:20]:
        beside = Obligation.objects.filter(period=period, parent=owed.parent_id).exclude(pk=owed.pk)
        partners = [o.unit for o in beside.select_related("unit").order_by("pk") if head_of(o.unit)][:2]
        host = head_of(owed.unit)
        if host is None or len(partners) < 2 or period.form is None:
            continue
        name, answers = waiting.pop(0)
        first = period.form.indicators.filter(kind="number", tree_axis="sum").select_related("task").first()
        if first is None:
            return
        said = ActivityInput(name, partners[: len(answers)], {(first.code, first.cells[0]): Decimal(3)})
        made = register_activity(period, owed.unit, first.task, said, actor=host)
        for partner, confirms in zip(partners, answers, strict=False):
            if confirms is None:
                continue
            head = head_of(partner)
            assert head is not None, "chosen so"
            reason = "" if confirms else "Đơn vị bận đại hội nên không tham gia."
            answer_activity(made, partner, confirms=confirms, reason=reason, actor=head)
        if not waiting:
            return
