"""Own plans of the sample: one composed, one uploaded with a match decided, one draft, others none."""

import datetime

from liencap.audit.actor import Actor
from liencap.demo.reporting import HeadOf
from liencap.documents.models import Reading
from liencap.plans.actions import (
    add_own,
    ask_for_plans,
    begin_plan,
    change_item,
    decide,
    issue_plan,
    match_plan,
    upload_plan,
    write_words,
)
from liencap.plans.models import PlanItem, UnitPlan
from liencap.plans.queries import lines
from liencap.programmes.models import Programme
from liencap.units.access import today
from liencap.units.models import Unit
from liencap.work.actions import run_one

UPLOADED = """LIÊN HIỆP HỢP TÁC XÃ SÔNG XANH
{issuer}
Số: 07/KH-LHT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{place}, ngày {day:02d} tháng {month:02d} năm {year}

KẾ HOẠCH
Thực hiện nhiệm vụ công tác năm {year} của Liên hiệp tỉnh

{issuer_small} ban hành Kế hoạch như sau:
I. NHIỆM VỤ
{tasks}

TM. BAN CHẤP HÀNH
CHỦ TỊCH

{signer}
"""
OWN = "Tổ chức hội chợ nông sản của tỉnh nhân ngày Hợp tác xã; hoàn thành trước ngày 15/12/{year}."


def own_plans(programme: Programme, head: HeadOf) -> None:
    """Let the provinces plan: SX.1 composes and issues, SX.2 uploads, SX.3 drafts; an area below SX.1 issues too."""
    top = head(programme.unit)
    assert top is not None, "the root's head seat is filled"
    ask_for_plans(programme, today() + datetime.timedelta(days=14), actor=top)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=("SX.1", "SX.2", "SX.3", "SX.1.1"))}
    for code, deed in (("SX.1", _composed), ("SX.2", _uploaded), ("SX.3", _draft), ("SX.1.1", _party)):
        chair = head(units[code]) if code in units else None
        if chair is not None:
            deed(programme, units[code], chair)
    chair = head(units["SX.1"]) if "SX.1" in units else None
    english = Programme.objects.filter(unit=programme.unit).exclude(pk=programme.pk).first()
    if english is not None and chair is not None:
        begin_plan(english, units["SX.1"], actor=chair, language="en")


def _day(programme: Programme, after: int) -> datetime.date:
    """Return a day some days after the plan that came from above."""
    begun = programme.reading.version.document.date or today() - datetime.timedelta(days=60)
    return min(begun + datetime.timedelta(days=after), today())


def _draft(programme: Programme, unit: Unit, chair: Actor) -> UnitPlan:
    """Begin a plan, say who does the first task, and add a task of the unit's own."""
    plan = begin_plan(programme, unit, actor=chair, language="vi")
    first = lines(plan)[0]
    change_item(first, {"due": first.due, "owner": "Ban Tuyên huấn tỉnh"}, revision=1, actor=chair)
    add_own(
        plan,
        "Gửi tài liệu học tập tới từng hợp tác xã.",
        owner="Văn phòng",
        above=first,
        revision=2,
        actor=chair,
    )
    add_own(plan, OWN.format(year=today().year), owner="Ban Kinh tế", revision=3, actor=chair)
    return UnitPlan.objects.get(pk=plan.pk)


def _composed(programme: Programme, unit: Unit, chair: Actor, **more: str) -> None:
    """Issue a composed plan, one task left out with a reason."""
    plan = _draft(programme, unit, chair)
    last = lines(plan).filter(assignment__isnull=False).last()
    if last is not None and plan.items.count() > 4:
        plan = decide(
            last,
            "leave",
            reason="Nội dung này do cơ quan Liên hiệp trực tiếp làm.",
            revision=plan.revision,
            actor=chair,
        )
    words = {
        "number": "05/KH-LHT", "date": _day(programme, 20), "place": "Bình Minh",
        "on_behalf": "TM. Ban Chấp hành", "signatory_role": "Chủ tịch", "signatory": chair.name, **more,
    }  # fmt: skip
    plan = write_words(plan, words, revision=plan.revision, actor=chair)
    issue_plan(plan, revision=plan.revision, actor=chair, sample=True)


def _party(programme: Programme, unit: Unit, chair: Actor) -> None:
    """Issue a plan in the party's form, which rests on the province's own."""
    motto = {"form": UnitPlan.Form.PARTY, "motto": "ĐẢNG CỘNG SẢN VIỆT NAM", "number": "03-KH/LHKV"}
    _composed(programme, unit, chair, on_behalf="T/M Ban Thường vụ", **motto)


def _uploaded(programme: Programme, unit: Unit, chair: Actor) -> None:
    """Upload a plan in the unit's own words; a person decides on what was not paired."""
    day = _day(programme, 25)
    tasks = [task.text for task in programme.tasks.filter(set_by=None, parent=None).order_by("order")[:5]]
    said = "\n".join(f"{n}. {text}" for n, text in enumerate([*tasks, OWN.format(year=day.year)], 1))
    text = UPLOADED.format(
        issuer=unit.name.upper(), issuer_small=unit.name, place="Hải Vân", day=day.day, month=day.month,
        year=day.year, tasks=said, signer=chair.name,
    )  # fmt: skip
    plan = upload_plan(programme, unit, text.encode(), "Kế hoạch của Liên hiệp tỉnh.txt", actor=chair)
    while run_one("demo"):
        pass
    if Reading.objects.get(version=plan.version).state != Reading.State.READ:
        return
    plan = match_plan(plan, revision=plan.revision, actor=chair)
    for item in lines(plan).filter(decision=PlanItem.Decision.OPEN):
        deed = "take" if item.is_own else "leave"
        reason = "" if item.is_own else "Sẽ có kế hoạch riêng trong quý sau."
        plan = decide(item, deed, reason=reason, revision=plan.revision, actor=chair)
    signed = {
        "number": plan.number or "07/KH-LHT",
        "date": plan.date or day,
        "signatory": plan.signatory or chair.name,
    }
    plan = write_words(plan, signed, revision=plan.revision, actor=chair)
    issue_plan(plan, revision=plan.revision, actor=chair, sample=True)
