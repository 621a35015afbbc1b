"""Invented lines of the sample's year: what is told, what is studied, what was unclear."""

from dataclasses import dataclass

CHANNELS = (
    ("Bảng tin trụ sở", "Notice board", "Sảnh tầng một"),
    ("Bản tin Sông Xanh", "Green River bulletin", "Phát hành ngày 5 hằng tháng"),
    ("Trang thông tin của Liên hiệp", "Website of the federation", "Mục Tin hoạt động"),
    ("Loa truyền thanh", "Loudspeaker", "Sáng thứ Ba và thứ Sáu"),
    ("Hội nghị thành viên", "Members' meeting", ""),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the year; days are (month, day), channels places in the list above."""

    key: str
    title: str
    until: tuple[int, int]
    since: tuple[int, int] | None = None
    message: str = ""
    audience: str = "Thành viên và người lao động"
    material: str = ""
    discuss: str = ""
    channels: tuple[int, ...] = (0,)
    sessions: int = 0
    tiers: str = "provinces"
    study: bool = False


ITEMS = (
    Told("law", "Quyền và nghĩa vụ của thành viên theo Luật Hợp tác xã", (1, 31), (1, 15),
         "Mỗi thành viên biết mình được gì, phải làm gì, hỏi ở đâu.", channels=(0, 1, 3), tiers="areas",
         material="Tờ gấp hỏi đáp 12 câu\nBài viết trên Bản tin Sông Xanh số 1"),
    Told("fire", "Phòng cháy ở kho và xưởng mùa khô", (2, 25), (2, 10),
         "Kiểm tra dây điện, bình chữa cháy, lối thoát; số điện thoại cần gọi.", channels=(0, 3)),
    Told("day", "Ngày hội hợp tác xã", (4, 11), message="Giới thiệu sản phẩm, cách làm hay, lịch sử đơn vị.",
         channels=(2, 4), material="Phông chữ và biểu trưng của Liên hiệp"),
    Told("books", "Công khai sổ góp vốn quý I", (4, 25), (4, 15),
         "Niêm yết số vốn góp, phần chia và quỹ chung để thành viên đối chiếu.", channels=(0,), tiers="provinces"),
    Told("safety", "Tuần lễ an toàn lao động", (5, 31), (5, 25), "Mũ, găng, máy gặt, thuốc bảo vệ thực vật.",
         audience="Tổ trưởng và người vận hành máy", channels=(0, 3), sessions=1),
    Told("week", "Member education week", (6, 20), (6, 14), "Open hours at every provincial office; questions welcome.",
         audience="Members and those who wish to join", channels=(1, 2)),
    Told("flood", "Chuẩn bị mùa mưa bão", (7, 15), (7, 1), "Gia cố kho, lịch trực, danh sách thuyền và máy bơm.",
         channels=(0, 3), tiers="provinces"),
    Told("market", "Giá và nơi thu mua vụ hè thu", (8, 20), (8, 10), "Bảng giá tham khảo hằng tuần, hợp đồng mẫu.",
         audience="Hộ thành viên trồng lúa, rau", channels=(1, 2)),
    Told("walk", "Ngày đi bộ vì sức khỏe", (9, 20), message="Đi bộ ba cây số quanh trụ sở.", channels=(4,)),
    Told("youth", "Giới thiệu nghề cho lao động trẻ", (10, 15), (10, 5), "Lớp sửa máy, lớp sổ sách; cách đăng ký.",
         audience="Lao động dưới 30 tuổi", channels=(1, 2), sessions=1),
    Told("water", "Dùng nước tiết kiệm vụ đông", (11, 20), (11, 10), "Lịch bơm, tưới nhỏ giọt, sửa kênh.",
         channels=(0, 3), tiers="provinces"),
    Told("fair", "Hội chợ sản phẩm cuối năm", (12, 15), (12, 7), "Mời thành viên mang sản phẩm tới gian chung.",
         channels=(1, 2, 3)),
    Told("review", "Nhìn lại một năm và lịch họp đại hội thành viên", (12, 28), (12, 20),
         "Kết quả chính, thu chi, ngày giờ họp.", channels=(0, 1), tiers="areas"),
)  # fmt: skip
STUDIES = (
    Told("bookkeeping", "Sổ sách của tổ hợp tác nhỏ", (3, 31), (3, 1), "Ghi đúng, đủ, ai cũng đọc được.",
         audience="Ban quản trị, kế toán, kiểm soát viên", channels=(), sessions=2, tiers="provinces", study=True,
         material="Mẫu sổ một trang\nBộ bài tập 5 tình huống", discuss="Khoản nào phải có chứng từ?\nAi đối chiếu sổ?"),
    Told("theme", "Chuyên đề năm: phục vụ thành viên tốt hơn", (6, 30), (4, 1), "Thống nhất ba việc làm ngay ở đơn vị.",
         audience="Ban quản trị và tổ trưởng", channels=(), sessions=1, tiers="provinces", study=True,
         material="Đề cương chuyên đề, 6 trang", discuss="Thành viên chờ lâu nhất ở khâu nào?"),
    Told("charter", "Học tập Điều lệ mẫu sửa đổi", (12, 20), (10, 15), "Hiểu những điểm mới trước đại hội thành viên.",
         audience="Ban quản trị, kiểm soát viên, tổ trưởng", channels=(), sessions=1, tiers="provinces", study=True,
         material="Điều lệ mẫu sửa đổi\nBảng so sánh cũ và mới", discuss="Điều lệ của đơn vị phải sửa điều nào?"),
)  # fmt: skip
# Wordings of the same question stand together; the last two differ by a negation and stay apart.
QUESTIONS = (
    ("Mức góp vốn tối thiểu tính theo năm nào?", "Vậy mức góp vốn tối thiểu tính theo năm nào?",
     "mức góp vốn tối thiểu tính theo năm nào"),
    ("Tổ hợp tác nhỏ ghi sổ theo mẫu nào?", "Tổ hợp tác nhỏ thì ghi sổ theo mẫu nào?"),
    ("Kiểm soát viên được dự họp ban quản trị khi bàn về lương không?",),
    ("Người chưa góp đủ vốn có được biểu quyết?", "Người đã góp đủ vốn có được biểu quyết?"),
)  # fmt: skip
