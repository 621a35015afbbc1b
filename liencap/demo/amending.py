"""A later decision on the sample plan, an invention of ours: read, confirmed, and seen by some of the units."""

from django.db import transaction
from django.db.models import Q

from liencap.audit.actor import Actor
from liencap.demo.reporting import HeadOf
from liencap.documents.models import Reading
from liencap.programmes.actions import (
    acknowledge_amendment,
    assign_like,
    confirm_amendment,
    propose_amendment,
)
from liencap.programmes.models import Amendment, Assignment, Programme
from liencap.work.actions import run_one

NAME = "Quyết định sửa đổi kế hoạch công tác.txt"
TITLE = "Sửa đổi, bổ sung Kế hoạch thực hiện Nghị quyết Đại hội Liên hiệp lần thứ VI trong năm 2026"
DECISION = """LIÊN HIỆP HỢP TÁC XÃ SÔNG XANH
BAN CHẤP HÀNH
Số: 31/QĐ-LHSX

Bình Minh, ngày 20 tháng 10 năm 2026

QUYẾT ĐỊNH
Sửa đổi, bổ sung Kế hoạch thực hiện Nghị quyết Đại hội Liên hiệp lần thứ VI trong năm 2026

Căn cứ Kế hoạch số 12/KH-LHSX ngày 12 tháng 01 năm 2026;

Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch số 12/KH-LHSX như sau:

1. Thay cụm từ “vốn góp” bằng cụm từ “vốn góp, đất góp” tại nhiệm vụ 2 mục II.

2. Sửa đổi nhiệm vụ 4 mục II như sau:
“4. Mở lớp bồi dưỡng kế toán hợp tác xã, mỗi khu vực ít nhất một lớp, ưu tiên hợp tác xã mới thành lập; hoàn thành \
trước ngày 30/11/2026.”

3. Bãi bỏ nhiệm vụ 5 mục II.

4. Điều chỉnh thời hạn hoàn thành nhiệm vụ 6 mục II từ ngày 15/11/2026 thành ngày 31/10/2026.

5. Bổ sung nhiệm vụ sau đây vào sau nhiệm vụ 6 mục II:
“7. Lập sổ theo dõi quỹ tương trợ của từng hợp tác xã; hoàn thành trước ngày 15/12/2026.”

Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Các nội dung khác của Kế hoạch giữ nguyên.
"""


def amend_plan(programme: Programme, reading: Reading, actor: Actor, head: HeadOf) -> Amendment:
    """Confirm the decision as it was read, tell the units, and let most of the provinces, and areas of one, confirm."""
    proposal = propose_amendment(programme, reading, actor=actor)
    made = confirm_amendment(
        proposal, revision=proposal.revision, actor=actor, confirmed_by="demo (dữ liệu mẫu)"
    )
    while run_one("demo"):
        pass
    for version in made.versions.filter(change="added").select_related("task"):
        near = programme.tasks.filter(set_by=None, parent=None, label="II.6").first()
        if near is not None:
            assign_like(version.task, near, actor=actor)
    some = Q(unit__tier__code="tinh") | Q(unit__tier__code="khu-vuc", unit__code__startswith="SX.1.")
    told = Assignment.objects.filter(some, notices__amendment=made)
    with transaction.atomic():
        for assignment in told.select_related("unit", "task__programme").order_by("pk"):
            by = head(assignment.unit)
            if by is not None and assignment.unit.code not in ("SX.1", "SX.1.1") and assignment.unit_id % 3:
                acknowledge_amendment(assignment, actor=by)
    return made
