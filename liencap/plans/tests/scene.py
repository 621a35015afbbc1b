"""A plan of the federation with three tasks, given below, and the ways to a unit's own plan."""

import datetime

from liencap.audit.actor import SYSTEM
from liencap.core.reading import read_text
from liencap.documents.actions import finish_reading
from liencap.documents.models import Document, Reading, Version
from liencap.plans.actions import begin_plan, issue_plan, match_plan, upload_plan, write_words
from liencap.plans.models import UnitPlan
from liencap.programmes.actions import assign_task
from liencap.programmes.models import Programme, Task
from liencap.programmes.queries import Rule
from liencap.testing import Cast, Member
from liencap.units.models import Unit

DUE = datetime.date(2026, 9, 30)
DAY = datetime.date(2026, 2, 3)
TASKS = (
    (
        "1",
        "Tổ chức học tập Nghị quyết Đại hội tới toàn thể thành viên; hoàn thành trước ngày 01/10/2026.",
        DUE,
    ),
    ("2", "Mở 2 lớp bồi dưỡng kế toán cho cán bộ hợp tác xã.", DUE),
    ("3", "Vận động thành viên trồng mới cây xanh quanh trụ sở và kho bãi.", None),
)
OWN = """LIÊN HIỆP BÌNH MINH
XÃ ĐÔNG HÀ
Số: 07/KH-ĐH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đông Hà, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Thực hiện công tác năm 2026

Xã Đông Hà ban hành Kế hoạch như sau:
II. NHIỆM VỤ
1. Tổ chức học tập Nghị quyết Đại hội tới toàn thể thành viên xã; hoàn thành trước ngày 20/10/2026.
2. Mở 3 lớp bồi dưỡng kế toán cho cán bộ hợp tác xã.
3. Sửa chữa nhà kho của xã trước ngày 30/6/2026.

TM. BAN CHẤP HÀNH
CHỦ TỊCH

Lê Thị Hoa
"""


def make_programme(cast: Cast, *units: Unit) -> Programme:
    """Set a programme at the top and give its tasks to the province and its communes, or to some units."""
    document = Document(
        unit=cast.root_unit, title="Về công tác năm 2026", kind="ke-hoach", number="12/KH-LH",
        date=datetime.date(2026, 1, 12), issuer="Liên hiệp", language="vi",
    )  # fmt: skip
    document.derive()
    document.save()
    version = Version.objects.create(
        document=document, n=1, sha256="0" * 64, size=1, filename="a.txt", content_kind="txt"
    )
    reading = Reading.objects.create(version=version, state=Reading.State.READ)
    programme = Programme(unit=cast.root_unit, reading=reading, title="Công tác năm 2026")
    programme.derive()
    programme.save()
    codes = tuple(unit.code for unit in units or (cast.province, cast.a, cast.b))
    for order, (label, text, due) in enumerate(TASKS):
        task = Task.objects.create(
            programme=programme, order=order, label=label, text=text, due=due, confirmed_by="test"
        )
        assign_task(task, Rule(codes=codes), actor=cast.root.actor)
    return programme


def head(**more):
    """Return the words that an issued plan has to have."""
    return {"number": "05/KH-BM", "date": DAY, "signatory": "Trần Văn A", **more}


def draft(programme: Programme, unit: Unit, member: Member) -> UnitPlan:
    """Begin a plan in Vietnamese."""
    return begin_plan(programme, unit, actor=member.actor, language="vi")


def issued(programme: Programme, unit: Unit, member: Member, **more) -> UnitPlan:
    """Issue a composed plan."""
    plan = draft(programme, unit, member)
    plan = write_words(plan, head(**more), revision=plan.revision, actor=member.actor)
    return issue_plan(plan, revision=plan.revision, actor=member.actor, sample=False)


def uploaded(programme: Programme, unit: Unit, member: Member, text: str = OWN) -> UnitPlan:
    """Upload and read a plan, not compared yet."""
    plan = upload_plan(programme, unit, text.encode(), "plan.txt", actor=member.actor)
    finish_reading(Reading.objects.get(version=plan.version), read_text(text).as_dict(), actor=SYSTEM)
    return plan


def compared(programme: Programme, unit: Unit, member: Member, text: str = OWN) -> UnitPlan:
    """Upload, read and compare a plan."""
    plan = uploaded(programme, unit, member, text)
    return match_plan(plan, revision=plan.revision, actor=member.actor)
