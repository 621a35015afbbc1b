"""Citations in Vietnamese: numbered documents in both orders, resolutions of congresses, laws by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from liencap.core.reading.model import Citation
from liencap.core.reading.times import day
from liencap.core.reading.view import View, lazy

TYPES = {
    "nghị quyết liên tịch": "NQLT", "thông tư liên tịch": "TTLT", "nghị quyết": "NQ", "quyết định": "QĐ",
    "quy định": "QyĐ", "chỉ thị": "CT", "kết luận": "KL", "quy chế": "QC", "thông báo": "TB", "hướng dẫn": "HD",
    "chương trình hành động": "CTr", "chương trình phối hợp": "CTr", "chương trình": "CTr", "kế hoạch": "KH",
    "kế hoạch liên tịch": "KHLT", "phương án": "PA", "đề án": "ĐA", "báo cáo": "BC", "tờ trình": "TTr",
    "công văn": "CV", "công điện": "CĐ", "thông tư": "TT", "thông tri": "TTri", "nghị định": "NĐ", "biên bản": "BB",
    "luật": "L", "pháp lệnh": "PL", "lệnh": "L", "thông báo kết luận": "TBKL", "hướng dẫn liên tịch": "HDLT",
    "quy trình": "QT", "văn bản hợp nhất": "VBHN", "văn bản": "VB", "sắc lệnh": "SL",
}  # fmt: skip
_NAMES = {"NQ": "nghị quyết", "QĐ": "quyết định", "CT": "chỉ thị", "KL": "kết luận", "TB": "thông báo",
          "HD": "hướng dẫn", "CTR": "chương trình", "KH": "kế hoạch", "ĐA": "đề án", "BC": "báo cáo",
          "TTR": "tờ trình", "CV": "công văn", "CĐ": "công điện", "TT": "thông tư", "NĐ": "nghị định",
          "QC": "quy chế", "TTLT": "thông tư liên tịch", "NQLT": "nghị quyết liên tịch", "QĐI": "quy định",
          "PA": "phương án", "QH": "luật"}  # fmt: skip
_KEY_AS = {"chương trình hành động": "chuong-trinh", "chương trình phối hợp": "chuong-trinh",
           "thông báo kết luận": "thong-bao", "lệnh": "lenh"}  # fmt: skip
_TYPE = "|".join(sorted(TYPES, key=len, reverse=True))
_TAIL = r"[A-ZĐ][\w&]{0,30}(?: ?- ?[A-ZĐ][\w&]{0,30}){0,6}"
_SYMBOL = (
    rf"(?:\d{{1,5}}[a-z]?/(?:19|20)\d\d/{_TAIL}"  # 278/2025/NĐ-CP
    rf"|\d{{1,5}}[a-z]? ?- ?[A-ZĐ][\w&.]{{0,30}}(?:-[A-ZĐ]\w{{0,30}}){{0,4}} ?/ ?{_TAIL}"  # 05-CT/TW
    rf"|\d{{1,5}}[a-z]? ?/ ?{_TAIL})"  # 172/KH-UBND
)
_NUMBERED = rf"(?<![\w/.-])(?P<symbol>{_SYMBOL})(?![\w/])"
_TYPED = rf"(?<!\w)(?P<type>{_TYPE})(?: (?:số|sổ|s)(?: ?:)?)? ?$"
_DATED = (
    r"[ ,(]{0,3}(?:(?:ký |ban hành )?ngày )(?:(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2}) ?[/.-] ?(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2}) năm (?P<y2>\d{4}))"
)
_TERM = r"[IVX]{1,6}|\d{1,2}"
_CENTRAL = (
    rf"(?:Nghị quyết|Kết luận)(?: số \d+)? (?:của )?(?:Hội nghị )?(?:lần thứ (?P<nth>\w+(?: \w+)?),? )?(?:Ban Chấp hành )?Trung ương"
    rf"(?: Đảng)?(?: (?P<n>\d{{1,2}}))?(?:,? ?\(?(?:khóa|Khóa) (?P<term>{_TERM})\)?)"
)
_OWNER = r"Đảng bộ [^,;.()\n]{1,60}?|Đảng bộ|Đảng|(?:Đoàn|Hội|Phụ nữ|Công đoàn|Liên đoàn|Mặt trận|MTTQ)(?: [^,;.()\n]{1,60}?)?"
_CONGRESS = (
    rf"Nghị quyết (?:của )?Đại hội (?:[Đđ]ại biểu )?(?P<nation>toàn quốc )?(?:(?P<first>{_OWNER}) ?)?(?P<wide>toàn quốc )?"
    rf"(?:lần thứ )?(?P<term>{_TERM})(?![\w/-])(?: (?:của )?(?P<owner>{_OWNER}))?"
    r"(?P<and> và (?:của )?(?P<other>Đảng bộ [^,;.()\n]{1,40}?|Đảng))?(?=[,;.()\n:”\"]| và| về| nhiệm kỳ| gắn| trong| vào| theo| đã| đề| được| ngày| \(|$)"
)
_LAW = (
    r"(?P<amend>Luật [Ss]ửa đổi,? bổ sung(?: một số điều)?(?: của)? )?(?:các )?(?P<word>Luật|Bộ luật|Bộ Luật|Pháp lệnh) (?P<name>[A-ZĐÁÀẢÂẤẦĂÊẾÔƠƯÝỦỨỬÍÌỂỐỒỔỞ]"
    r"[^,;.()\n:\"”]{1,80}?)(?=[,;.()\n:\"”]| (?:số|năm|ngày|và(?: các)? (?:văn bản|luật|nghị định|hướng dẫn)|quy định|được|do|đã|có|về|trên|cho|tại|của|theo|để|trong|\d{4})\b|$)"
    r"(?: (?:năm )?(?P<year>(?:19|20)\d\d))?"
)
_LAW_NUMBERED = (
    r"(?:Bộ luật|Bộ Luật|Luật|Pháp lệnh) [A-ZĐÁÀẢÂẤẦĂÊẾÔƠƯÝỦỨỬÍÌỂỐỒỔỞ][^,;.()\n:\"”]{1,90}?,? số:? ?$"
)
_CONSTITUTION = r"Hiến pháp(?: nước[^,;.\n]{0,45}?)?(?: (?:năm )?(?P<cy>\d{4}))"
_CHARTER = r"Điều lệ (?P<charter>Đảng Cộng sản Việt Nam|Đảng(?! (?:bộ|ủy))|Đoàn TNCS Hồ Chí Minh|Đoàn|Công đoàn Việt Nam|Mặt trận Tổ quốc Việt Nam|Hội [A-ZĐ][^,;.()\n]{2,40}? Việt Nam)"
_BARE = r"(?<= )(?P<bare>\d{1,4})(?![\w/%]|\.\d|-[A-ZĐ\d]| ?-[A-ZĐ]| ?tháng)"
_BARE_TYPE = r"(?<!\w)(?P<type>nghị quyết liên tịch|nghị quyết|chỉ thị|kết luận|kế hoạch|quyết định|quy định|hướng dẫn|đề án|chương trình|nghị định|thông tư)(?: số)? $"
_PINPOINT = (
    r"(?:(?:(?:điểm|khoản|Điểm|Khoản|mục|Mục) [\da-zđIVX]{1,4},? )*(?:Điều|điều) \d{1,3}[a-z]?,? (?:của )?)$"
)
_SHORT = r"[^.;\n]{0,120}?\((?:sau đây )?(?:gọi|viết) (?:chung |tắt |gọn )*là:? ?[\"“]?(?P<short>[^)\"”\n]{2,60})[\"”]?\)"


def ascii_key(words: str) -> str:
    """Return words in ASCII with hyphens."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return re.sub("[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def find(view: View) -> list[Citation]:
    """Return every citation of the text, in order; bare short forms take the key of their full form."""
    found = [*_numbered(view), *_named(view)]
    found.sort(key=lambda c: (c.start, -c.end))
    out: list[Citation] = []
    laws = {one.key for one in found if one.key.startswith("luat:")}
    for one in found:
        if one.key in laws:
            longer = sorted(key for key in laws if key.startswith(one.key + "-"))
            one = replace(one, key=longer[0]) if longer else one
        if not out or one.start >= out[-1].end or (one.start == out[-1].start and one.end == out[-1].end):
            out.append(one)
    return sorted([*out, *_bare(view, out)], key=lambda c: (c.start, c.end))


def _numbered(view: View) -> Iterator[Citation]:
    form = lazy(r"(?:mẫu|biểu mẫu|biểu|phụ lục)(?: số)? ?:? ?$")
    for m in lazy(_NUMBERED).finditer(view.view):
        at, end = m.span()
        if form.search(view.low, max(at - 16, 0), at):
            continue
        typed = lazy(_TYPED).search(view.low, max(at - 48, 0), at) or _law_before(view, at)
        symbol = "".join(m.group().split())
        word = " ".join(typed.group("type").split()) if typed else ""
        mark = re.split(r"[/-]", re.sub(r"^\d+[a-z]?[/-](?:(?:19|20)\d\d[/-])?", "", symbol))[0].upper()
        if not word:
            word = _NAMES.get(mark, "") or ("luật" if mark.startswith("QH") else "")
            if (not word and not _listed(view, at)) or _own_line(view, at):
                continue
        if word in ("văn bản", ""):
            word = _NAMES.get(mark, "công văn")
        key = f"{_KEY_AS.get(word) or ascii_key(word)}:{symbol}"
        start = typed.start() if typed else at
        dated = lazy(_DATED).match(view.view, end, end + 60)
        yield Citation(key, view.source[start:end], start, end, _date(dated), _pin(view, start))


def _law_before(view: View, at: int) -> re.Match[str] | None:
    """Return the law whose name stands before its number: "Luật Người cao tuổi số 39/2009/QH12"."""
    begin = max(at - 110, 0)
    m = lazy(_LAW_NUMBERED).search(view.view, begin, at)
    return lazy(r"(?P<type>bộ luật|luật|pháp lệnh)").match(view.low, m.start(), at) if m else None


def _listed(view: View, at: int) -> bool:
    """Say whether a symbol whose type is unknown follows a word that cites."""
    return bool(lazy(r"(?:số|theo|công văn|văn bản)(?: số)? ?:? ?$").search(view.low, max(at - 20, 0), at))


def _own_line(view: View, at: int) -> bool:
    """Say whether "Số:" begins the line: that is the document's own number."""
    line = view.view.rfind("\n", 0, at) + 1
    return at - line < 12 and bool(lazy(r"[ |]*số ?:? ?$").match(view.low, line, at))


def _date(m: re.Match[str] | None) -> str | None:
    if m is None:
        return None
    d, mo, y = (
        (m.group("d"), m.group("m"), m.group("y"))
        if m.group("d")
        else (m.group("d2"), m.group("m2"), m.group("y2"))
    )
    return day(int(y), int(mo), int(d))


def _pin(view: View, at: int) -> str | None:
    m = lazy(_PINPOINT).search(view.view, max(at - 60, 0), at)
    return " ".join(m.group().split()).rstrip(",").removesuffix(" của") if m else None


def _named(view: View) -> Iterator[Citation]:
    text = view.view
    for m in lazy(_CENTRAL).finditer(text):
        number = m.group("n") or _ordinal(m.group("nth"))
        if number:
            kind = "nghi-quyet" if text[m.start()] == "N" else "ket-luan"
            yield _cite(view, f"{kind}:trung-uong:{number}:{m.group('term')}", m.start(), m.end())
    for m in lazy(_CONGRESS).finditer(text):
        named = (m.group("first") or "").removesuffix(" lần thứ").removesuffix(" toàn quốc").strip()
        owner = _whole(view, named or m.group("owner") or "Đảng")
        end = m.start("and") if m.group("and") else m.end()
        yield _cite(view, f"nghi-quyet:dai-hoi:{m.group('term')}:{ascii_key(owner)}", m.start(), end)
        if m.group("and"):
            other = ascii_key(m.group("other"))
            yield _cite(view, f"nghi-quyet:dai-hoi:{m.group('term')}:{other}", end + 1, m.end())
    for m in lazy(_LAW).finditer(text):
        name = ascii_key(m.group("name"))
        if not lazy(r"luật|pháp lệnh|bộ luật").fullmatch(m.group("name").lower()) and len(name) > 2:
            word = "luat" if "uật" in m.group("word") else "phap-lenh"
            amend = (
                f"{ascii_key(m.group('amend')).removesuffix('-cua')}-{word}-"[5:] if m.group("amend") else ""
            )
            yield _cite(view, f"{word}:{amend}{short_law(name)}", m.start(), m.end())
    for m in lazy(_CONSTITUTION).finditer(text):
        yield _cite(view, f"hien-phap:{m.group('cy')}", m.start(), m.end())
    for m in lazy(_CHARTER).finditer(text):
        if view.low[max(m.start() - 12, 0) : m.start()].rstrip().endswith("thi hành"):
            continue
        yield _cite(view, f"dieu-le:{ascii_key(m.group('charter'))}", m.start(), m.end())


def type_of(number: str) -> str | None:
    """Return the type that a document's number says: "134/HD-TLĐ" is a hướng dẫn."""
    mark = re.match(r"\d+[a-z]?(?:/(?:19|20)\d\d)?[-/]([^\W\d]+)", number)
    word = _NAMES.get(mark.group(1).upper()) if mark else None
    return ascii_key(word) if word else None


def short_law(name: str) -> str:
    """Return a law's key with the abbreviations that everyone uses."""
    for long, short in (("dai-bieu-quoc-hoi", "dbqh"), ("dai-bieu-hoi-dong-nhan-dan", "hdnd")):
        name = name.replace(long, short)
    return re.sub("-va-", "-", name) if name.startswith("bau-cu") else name


def _whole(view: View, owner: str) -> str:
    """Return an owner's full name where the text gives it elsewhere: "Đảng bộ Khối" is that of the bodies."""
    if not owner.startswith("Đảng bộ "):
        return owner
    longer = re.search(
        re.escape(owner) + r" (?:[Cc]ác (?:cơ quan|Cơ quan|doanh nghiệp|Doanh nghiệp))(?: Trung ương)?",
        view.view,
    )
    return longer.group() if longer else owner


def _ordinal(word: str | None) -> str | None:
    from liencap.core.reading.vi.labels import _WORDS

    if not word:
        return None
    first = word.split()[0]
    return first if first.isdigit() else str(_WORDS.get(word) or _WORDS.get(first) or "") or None


def _cite(view: View, key: str, start: int, end: int) -> Citation:
    end -= len(view.view[start:end]) - len(view.view[start:end].rstrip(" ,"))
    dated = lazy(_DATED).match(view.view, end, end + 60)
    return Citation(key, view.source[start:end], start, end, _date(dated), _pin(view, start))


def _bare(view: View, full: list[Citation]) -> Iterator[Citation]:
    """Yield "Nghị quyết 18": the numbered document of that type which the text names elsewhere."""
    known: dict[tuple[str, str], str] = {}
    for one in full:
        kind, _, number = one.key.partition(":")
        digits = re.match(r"\d+", number)
        if digits and "/" in number:
            known.setdefault((kind, digits.group().lstrip("0")), one.key)
    at = 0
    for m in lazy(_BARE).finditer(view.view):
        typed = lazy(_BARE_TYPE).search(view.low, max(m.start() - 32, 0), m.start())
        if not typed:
            continue
        start, end = typed.start(), m.end()
        while at < len(full) and full[at].end <= start:
            at += 1
        if at < len(full) and full[at].start < end:
            continue
        word = " ".join(typed.group("type").split())
        key = known.get((_KEY_AS.get(word) or ascii_key(word), m.group("bare").lstrip("0")))
        if key:
            yield Citation(key, view.source[start:end], start, end, None, _pin(view, start), short=True)
        elif word in ("đề án", "nghị quyết", "chỉ thị", "kết luận") and m.group("bare").startswith("0"):
            yield Citation(f"{ascii_key(word)}:{m.group('bare')}", view.source[start:end], start, end)
