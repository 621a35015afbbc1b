"""A small plan of our own and the way from its text to a programme, for tests."""

from liencap.core.reading import read_text
from liencap.documents.actions import finish_reading, upload_document
from liencap.documents.models import Reading
from liencap.programmes.actions import create_programme, propose
from liencap.programmes.models import Programme, Proposal
from liencap.testing import Cast

PLAN = """LIÊN HIỆP HỢP TÁC XÃ BÌNH MINH
Số: 12/KH-LH

KẾ HOẠCH
Triển khai công tác năm 2026

Trong năm 2026, Liên hiệp tập trung các nhiệm vụ sau:

Thứ nhất, tổ chức đại hội các cấp (đại hội chi bộ vào quý 1/2026). Báo cáo kết quả trước ngày 15/12/2026.

Thứ hai, mở lớp tập huấn cho cán bộ hợp tác xã. Giao Sở Nội vụ chủ trì thực hiện.

Thứ ba, tổng kết phong trào thi đua năm 2026.
"""


def make_proposal(cast: Cast, text: str = PLAN) -> Proposal:
    """Upload and read a plan as the chief of the province, and propose its tasks."""
    actor = cast.chief.actor
    version = upload_document(cast.province, text.encode(), "plan.txt", actor=actor, queue=False)
    reading = Reading.objects.get(version=version)
    finish_reading(reading, read_text(text).as_dict(), actor=actor)
    reading.refresh_from_db()
    return propose(reading, actor=actor)


def make_programme(cast: Cast) -> Programme:
    """Confirm the small plan as it was read."""
    proposal = make_proposal(cast)
    return create_programme(proposal, revision=proposal.revision, actor=cast.chief.actor)
