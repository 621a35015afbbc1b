"""A plan of six tasks and a decision that amends five of them, for tests."""

from liencap.core.reading import read_text
from liencap.documents.actions import finish_reading, upload_document
from liencap.documents.models import Reading
from liencap.programmes.actions import confirm_amendment, propose_amendment
from liencap.programmes.models import Amendment, AmendmentProposal, Programme
from liencap.programmes.tests.seed import make_proposal
from liencap.testing import Cast, Member
from liencap.units.models import Unit
from liencap.work.actions import run_one

PLAN = """LIÊN HIỆP HỢP TÁC XÃ BÌNH MINH
Số: 12/KH-LH

KẾ HOẠCH
Triển khai công tác năm 2026

Trong năm 2026, Liên hiệp tập trung các nhiệm vụ sau:

Thứ nhất, mở ba lớp tập huấn cho cán bộ hợp tác xã; hoàn thành trước ngày 15/12/2026.

Thứ hai, rà soát danh sách thành viên; hoàn thành trước ngày 30/6/2026.

Thứ ba, lập quỹ hỗ trợ thành viên gặp thiên tai; hoàn thành trước ngày 30/9/2026.

Thứ tư, tổng kết phong trào thi đua năm 2026.

Thứ năm, sưu tầm tư liệu lịch sử của từng hợp tác xã.

Thứ sáu, trồng cây quanh trụ sở.
"""
DECISION = """LIÊN HIỆP HỢP TÁC XÃ BÌNH MINH
Số: 45/QĐ-LH

Bình Minh, ngày 02 tháng 6 năm 2026

QUYẾT ĐỊNH
Sửa đổi, bổ sung Kế hoạch triển khai công tác năm 2026

Căn cứ Kế hoạch số 12/KH-LH ngày 12/01/2026;

Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch số 12/KH-LH như sau:

1. Thay cụm từ “ba lớp” bằng cụm từ “hai lớp” tại nhiệm vụ thứ nhất.

2. Điều chỉnh thời hạn hoàn thành nhiệm vụ thứ hai từ ngày 30/6/2026 sang ngày 31/8/2026.

3. Sửa đổi nhiệm vụ thứ ba như sau:
“Thứ ba, lập quỹ hỗ trợ thành viên gặp thiên tai, công khai thu chi; hoàn thành trước ngày 31/7/2026.”

4. Thay thế nhiệm vụ thứ tư bằng nhiệm vụ sau: “Thứ tư, biên soạn tập tư liệu về phong trào thi đua.”

5. Bãi bỏ nhiệm vụ thứ năm.

6. Bổ sung nhiệm vụ sau đây vào sau nhiệm vụ thứ sáu:
“Thứ bảy, lập sổ theo dõi quỹ tương trợ, hoàn thành trước ngày 31/10/2026.”

Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Các nội dung khác của Kế hoạch giữ nguyên.
"""


def make_plan(cast: Cast) -> Programme:
    """Confirm the plan of six tasks as the chief of the province."""
    from liencap.programmes.actions import create_programme

    proposal = make_proposal(cast, PLAN)
    return create_programme(proposal, revision=proposal.revision, actor=cast.chief.actor)


def read_for(unit: Unit, member: Member, text: str = DECISION, name: str = "decision.txt") -> Reading:
    """Upload a document of a unit and read it."""
    version = upload_document(unit, text.encode(), name, actor=member.actor, queue=False)
    reading = Reading.objects.get(version=version)
    finish_reading(reading, read_text(text).as_dict(), actor=member.actor)
    return Reading.objects.select_related("version__document__unit").get(pk=reading.pk)


def propose(cast: Cast, programme: Programme, text: str = DECISION) -> AmendmentProposal:
    """Read the decision against the programme."""
    reading = read_for(cast.province, cast.chief, text)
    return propose_amendment(programme, reading, actor=cast.chief.actor)


def amend(cast: Cast, programme: Programme, text: str = DECISION) -> Amendment:
    """Confirm the decision as it was read, and tell the units."""
    proposal = propose(cast, programme, text)
    made = confirm_amendment(proposal, revision=proposal.revision, actor=cast.chief.actor)
    while run_one("test"):
        pass
    made.refresh_from_db()
    return made
