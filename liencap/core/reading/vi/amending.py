"""The words with which a Vietnamese document amends an earlier plan."""

from __future__ import annotations

from liencap.core.reading.amending import Rules
from liencap.core.reading.vi.labels import CARDINALS, LETTERS, ORDINALS
from liencap.core.reading.view import lazy

_ORDERS = ("mười một", "mười hai", "mười ba", "mười bốn", "mười lăm", "mười sáu", "mười bảy", "mười tám")
NUMBERS = {f"thứ {word}": n for n, word in enumerate(ORDINALS, 1)}
NUMBERS |= {f"thứ {word}": n for n, word in enumerate(_ORDERS, 11)}
NUMBERS |= {word: n for words in (ORDINALS, CARDINALS) for n, word in enumerate(words, 1)}
NUMBERS |= {f"{word} là": n for n, word in enumerate(CARDINALS, 1)}
NUMBERS |= {letter: n for n, letter in enumerate(LETTERS, 1)}
NUMBERS |= {"bẩy": 7, "thứ bẩy": 7, "thứ bốn": 4}
RANKS = {
    "phần": 0, "chương": 1, "phụ lục": 1, "mục": 2, "phần việc": 2, "điều": 3, "khoản": 4, "nhiệm vụ": 5, "nội dung": 5,
    "công việc": 5, "đầu việc": 5, "số thứ tự": 5, "stt": 5, "điểm": 6, "ý": 7, "tiết": 7, "gạch đầu dòng": 8,
}  # fmt: skip
_STRUCT = "phần việc|phần|chương|phụ lục|mục|điều|khoản|nhiệm vụ|nội dung|công việc|đầu việc|số thứ tự|stt|điểm|ý|tiết|gạch đầu dòng"
_WORD = "|".join(sorted({w.removeprefix("thứ ") for w in NUMBERS if len(w) > 1}, key=len, reverse=True))
_LABEL = rf"(?<!\w)(?:thứ (?:{_WORD})|\d{{1,3}}(?:\.\d{{1,3}})*|[ivx]{{1,6}}(?:\.\d{{1,3}})*|[a-zđ])(?!\w)"
_PART = rf"(?:{_STRUCT}) (?:số )?(?:{_LABEL})(?:(?:, | và |, và )(?:số )?(?:{_LABEL}))*"
_LINK = r"(?:,? (?:của |tại |thuộc |trong |ở )?| và |, và )"
REF = rf"(?:các )?{_PART}(?:{_LINK}(?:các )?{_PART})*"
_PRE = rf"(?:(?:tại|ở|trong|đối với) (?P<pre>{REF})[,:]? )?"
_TIME = r"(?:mốc )?(?:thời (?:hạn|gian|điểm)|tiến độ|hạn)(?: (?:hoàn thành|thực hiện|báo cáo|kết thúc|tổ chức|xong|của|đối với|tại|ở))*"
_SAID = r"(?: (?:của|thuộc|trong|tại) (?:bản )?kế hoạch[^:“\"\n]{0,160})?"
_AS = r"(?: (?:như sau|thành|lại như sau|có nội dung như sau))"
_MEND = r"(?:sửa đổi(?:,? (?:và )?bổ sung)?|điều chỉnh(?:,? (?:và )?(?:bổ sung|sửa đổi))?|sửa lại|sửa)"
_END = r"(?:bãi bỏ|hủy bỏ|huỷ bỏ|thu hồi|loại bỏ|rút|bỏ|không (?:tiếp tục )?thực hiện|dừng(?: thực hiện)?|thôi thực hiện|chấm dứt(?: thực hiện)?)"
_NEW = r"(?:thêm )?(?:các |một |\d+ |một số |(?:hai|ba|bốn|năm) )?(?:nhiệm vụ|nội dung|công việc|đầu việc|mục|điểm|khoản)"

RULES = Rules(
    heads=(
        ("phrase", lazy(rf"{_PRE}(?:thay(?: thế)?|sửa(?: đổi)?|đổi|bỏ|bãi bỏ|bổ sung|thêm) (?:các )?(?:cụm từ|từ ngữ|từ|chữ|đoạn|số liệu)(?: ngữ)? ?(?=[“\"«])")),
        ("date", lazy(rf"{_PRE}(?:{_MEND}|gia hạn|lùi|kéo dài|rút ngắn|đẩy sớm|thay đổi|chuyển)(?: lại)? {_TIME} ?(?P<ref>{REF})?")),
        ("date", lazy(rf"(?:gia hạn|lùi|rút ngắn|kéo dài)(?: thời hạn)?(?: thực hiện| hoàn thành)? (?P<ref>{REF})")),
        ("date", lazy(rf"{_TIME} (?P<ref>{REF})[^.;:\n]{{0,80}}?(?:được |nay )?(?:điều chỉnh|gia hạn|lùi|chuyển|rút ngắn|kéo dài|sửa đổi|đổi)")),
        ("rescinded", lazy(rf"{_END} (?:việc thực hiện )?(?P<ref>{REF})")),
        ("rescinded", lazy(rf"(?P<ref>{REF}){_SAID} (?:được |bị |nay )?{_END}(?!\w)")),
        ("replaced", lazy(rf"(?:thay thế|thay) (?:nội dung )?(?P<ref>{REF}){_SAID} (?:bằng|như sau|thành)")),
        ("replaced", lazy(rf"(?P<ref>{REF}){_SAID} được thay(?: thế)? (?:bằng|như sau|thành)")),
        ("added", lazy(rf"bổ sung (?:thêm )?(?P<ref>{REF}) (?:mới )?(?P<place>(?:vào )?(?:ngay )?(?:sau|trước|tại|vào|trong|cuối) [^:“\"\n]{{0,200}})")),
        ("added", lazy(rf"(?:bổ sung|thêm) {_NEW}(?: mới)?(?: sau đây| sau| dưới đây)? ?(?P<place>(?:vào )?(?:ngay )?(?:sau|tại|vào|trong|cuối) [^:“\"\n]{{0,200}})?(?: như sau| có nội dung như sau)? ?(?=[:“\"])")),
        ("added", lazy(rf"(?P<place>(?:ngay )?sau {REF}),? (?:bổ sung|thêm)[^:“\"\n]{{0,120}}")),
        ("words", lazy(rf"{_MEND} (?:nội dung |lời văn )?(?:của |tại )?(?P<ref>{REF}){_SAID}{_AS}?")),
        ("words", lazy(rf"bổ sung (?:nội dung )?(?P<ref>{REF}){_SAID}{_AS}")),
        ("words", lazy(rf"(?P<ref>{REF}){_SAID} được (?:sửa đổi|điều chỉnh|bổ sung|sửa)[^:“\"\n]{{0,40}}")),
    ),
    parts=lazy(rf"(?P<struct>{_STRUCT}) (?:số )?(?P<labels>(?:{_LABEL})(?:(?:, | và |, và )(?:số )?(?:{_LABEL}))*)"),
    labels=lazy(_LABEL),
    ranks=RANKS,
    numbers=NUMBERS,
    closers=lazy(
        r"điều \d+ ?[.:]|nơi nhận|(?:quyết định|kế hoạch|văn bản|công văn|thông báo|nghị quyết) (?:này|số)"
        r"|(?:các|những) nội dung (?:khác|còn lại)|giao [^.\n]{2,80} (?:đôn đốc|theo dõi)|tm\.|kt\."
    ),
    joins=lazy(r"(?:bổ sung|thêm) [^\n]*?[”\"»][^“\"«\n]{0,40}?(?:(?P<after>sau)|(?P<before>trước))(?= (?:cụm )?từ| [“\"«])"),
    drops=lazy(r"(?:^|[ ,])(?:bỏ|bãi bỏ) "),
)  # fmt: skip
