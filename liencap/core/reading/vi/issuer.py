"""Who issued a Vietnamese document: by its head, its title, or its first sentences."""

from __future__ import annotations

import re

from liencap.core.reading.vi.citations import _TYPE
from liencap.core.reading.view import View, clean, lazy

_NATION = r"CỘNG HÒA XÃ HỘI|ĐẢNG CỘNG SẢN|Độc lập|ĐỘC LẬP"
_TYPE_LINE = _TYPE.upper()
_INNER = r"(?:BAN THƯỜNG TRỰC|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|BCH|BTV|BTT)"
_BODY = (
    r"(?:BAN|ỦY BAN|SỞ|LIÊN ĐOÀN|TỔNG|ĐẢNG ỦY|ĐẢNG BỘ|VĂN PHÒNG|BỘ|HỘI|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|QUÂN ỦY|CÔNG ĐOÀN|CÔNG TY|TRƯỜNG|UBND|UBMTTQ|TỈNH ĐOÀN"
    r"|HUYỆN ĐOÀN|CÔNG AN|TRUNG TÂM|PHÒNG|CỤC|CHI CỤC|VIỆN|HỌC VIỆN|LIÊN MINH|THANH TRA|BẢO HIỂM|CHI BỘ|CHI ĐOÀN|CHI HỘI|QUẬN ỦY)(?!\w)"
)
_PROPER = {"mttq": "MTTQ", "ubnd": "UBND", "hđnd": "HĐND", "tw": "TW", "tncs": "TNCS", "lđlđ": "LĐLĐ", "bch": "BCH", "btv": "BTV", "btt": "BTT",
           "lhpn": "LHPN", "thcs": "THCS", "thpt": "THPT"}  # fmt: skip
_INNER_WORD = r"(?i)((?:ủy|hành|vụ|trực|ương|đoàn|bộ) )(?<!đồng )(sở|hội|đoàn|bộ|liên minh|phòng|trường|trung tâm|cục|viện|công ty|chi bộ)(?!\w)"
_KNOWN = [
    (name.lower(), name)
    for name in (
        "Ủy ban", "Việt Nam", "Ban Thường trực", "Ban Thường vụ", "Ban Chấp hành", "Đảng bộ", "Tổng Liên đoàn Lao động", "Liên đoàn Lao động",
        "Bộ Chính trị", "Ban Bí thư", "Mặt trận Tổ quốc", "Trung ương", "Hồ Chí Minh", "Tuyên giáo", "Dân vận", "Tổ chức", "Khoa học", "Công nghệ",
        "Văn hóa", "Thể thao", "Du lịch", "Giáo dục", "Đào tạo", "Tài chính", "Nội vụ", "Y tế", "Chính phủ", "Quốc hội", "Hội đồng", "Công đoàn", "Khối",
        "Nông nghiệp", "Môi trường", "Công Thương", "Xây dựng Đảng", "Kiểm tra", "Thanh niên", "Cộng sản", "Phụ nữ", "Nông dân",
        "Tỉnh đoàn", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Đảng ủy", "Liên hiệp", "Hội Liên hiệp", "Hợp tác xã", "Phát triển", "Doanh nghiệp", "Huyện đoàn", "Thành đoàn", "Trung ương Đoàn", "Đoàn Thanh niên", "Kế hoạch", "Đầu tư", "Lao động", "Bảo hiểm xã hội",
    )
]  # fmt: skip


def in_head(view: View, head: int) -> str | None:
    """Return the body whose name stands at the head: the lines of the left column, joined where they belong."""
    names: list[str] = []
    nation = lazy(_NATION).search(view.view, 0, head)
    nation_at = nation.start() if nation else 0
    for line in view.lines[:40]:
        if line.start >= head:
            break
        words = view.view[line.start : line.end].strip(" |/*").partition("|")[0].strip(" -=.")
        words = re.split(
            rf" {{2,}}(?={_NATION})| +(?=CỘNG HÒA XÃ HỘI)| +(?=ĐẢNG CỘNG SẢN VIỆT NAM$)| +(?=Độc lập|ĐỘC LẬP)",
            words,
        )[0].strip()
        if not words or set(words) <= set("-=*_ ."):
            if names:
                break
            continue
        if lazy(rf"{_NATION}|(?:Số|SỐ)\b|.*ngày .*tháng|{_TYPE_LINE}").match(words) or not words.isupper():
            if names or line.start >= nation_at:
                break
            continue
        if not lazy(r"(?:ĐẠI HỘI|HỘI NGHỊ)\b").match(words):
            names.append(words)
    return (
        _join_names(view, names)
        if names
        and any(
            lazy(
                r"(?:ủy|ban|bộ|sở|hội|đoàn|chính|tỉnh|trung|mặt|liên|ubnd|đảng|tổng|quốc|công|thủ|viện|văn|phòng|cục)"
            ).match(n.lower())
            for n in names
        )
        else None
    )


def _join_names(view: View, names: list[str]) -> str:
    begin = max((i for i, name in enumerate(names) if lazy(_BODY).match(name)), default=0)
    if begin and not lazy(_INNER).match(names[begin]):
        own = " ".join(names[begin:])
        over = " ".join(names[:begin])
        if lazy(
            r"(?:BAN TUYÊN GIÁO|BAN TỔ CHỨC|BAN DÂN VẬN|BAN NỘI CHÍNH|ỦY BAN KIỂM TRA|VĂN PHÒNG|BAN XÂY DỰNG)[^,]*$"
        ).match(own):
            if lazy(r"BAN CHẤP HÀNH TRUNG ƯƠNG").match(over):
                return title_case(view, f"{own} TRUNG ƯƠNG")
            if lazy(r"(?:TỈNH ỦY|THÀNH ỦY|ĐẢNG ỦY|HUYỆN ỦY|QUÂN ỦY)").match(over):
                return title_case(view, f"{own} {over}")
        return title_case(view, own)
    text = " ".join(names)
    heads = list(
        re.finditer(
            r"(?<!ĐẢNG ỦY )(?<!CÔNG ĐOÀN )(?<!ĐẢNG BỘ )(?<!CHI BỘ )(?:BAN THƯỜNG TRỰC|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|BCH|BTV|BTT|BAN CHỈ ĐẠO|VĂN PHÒNG|SỞ|ĐẢNG ỦY|BAN TUYÊN GIÁO|BAN TỔ CHỨC|ỦY BAN KIỂM TRA|(?<!ỦY )BAN)\b",
            text,
        )
    )
    last = heads[-1].start() if heads else 0
    own, above = text[last:], text[:last].strip()
    if last and lazy(r"(?:BAN THƯỜNG TRỰC|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|VĂN PHÒNG)$").match(own.strip()):
        return title_case(view, f"{own.strip()} {above}")
    inner = lazy(rf"(?P<ban>{_INNER}) (?P<place>(?:TỈNH|HUYỆN|XÃ|PHƯỜNG|THÀNH PHỐ) .+)").fullmatch(
        own.strip()
    )
    if last and inner:
        return title_case(view, f"{inner.group('ban')} {above} {inner.group('place')}")
    return title_case(view, own if last else text)


def title_case(view: View, shouted: str) -> str:
    """Return a shouted name as the text writes it elsewhere, else with its known words in usual case."""
    plain = " ".join(shouted.lower().split())
    at = -1
    for _ in range(40):
        at = view.low.find(plain, at + 1)
        if at < 0:
            break
        written = view.view[at : at + len(plain)]
        if not written.isupper():
            return written[0].upper() + written[1:]
    out = " ".join(_PROPER.get(word, word) for word in plain.split())
    for low, high in _KNOWN:
        out = re.sub(rf"(?<!\w){low}(?!\w)", high, out)
    out = re.sub(_INNER_WORD, lambda m: m.group(1) + m.group(2).capitalize(), out)
    places = re.search(
        r"((?:tỉnh(?: ủy| đoàn)?|thành ủy|huyện ủy|xã|phường|huyện|thành phố|quận|đặc khu) )(?!ủy|đoàn)(.+)$",
        out,
        re.I,
    )
    if places:
        out = out[: places.start(2)] + " ".join(w[:1].upper() + w[1:] for w in places.group(2).split())
    return out[:1].upper() + out[1:]


def in_head_or_title(view: View, head: int, subject: str | None) -> tuple[str | None, str | None]:
    """Return the issuer and the subject; "CHỈ THỊ / CỦA BAN BÍ THƯ / về ..." names the issuer in its title."""
    named = in_head(view, head)
    m = lazy(r"CỦA (?P<who>[^\n]{5,80}?) (?=[Vv]ề |V/v |VỀ )").match(subject or "")
    if m is None or not m.group("who").isupper():
        return named, subject
    if named in (None, "Ban Chấp hành Trung ương"):
        named = title_case(view, m.group("who").strip())
    return named, (subject or "")[m.end() :]


def as_written(view: View, name: str | None, head: int) -> str | None:
    """Return a name with the tone marks that the head puts on its words: "Khánh Hoà" stays so."""
    if name is None:
        return None
    spelt = {
        new.lower(): old.lower()
        for new, old in zip(
            re.findall(r"\w+", view.view[:head]), re.findall(r"\w+", view.source[:head]), strict=False
        )
        if new.lower() != old.lower() and len(new) == len(old)
    }

    def one(m: re.Match[str]) -> str:
        old = spelt.get(m.group().lower(), "")
        if len(old) != len(m.group()):
            return m.group()
        return "".join(o.upper() if c.isupper() else o for o, c in zip(old, m.group(), strict=True))

    return re.sub(r"\w+", one, name) if spelt else name


def in_title(view: View, title: tuple[int, int], *, news: bool) -> str | None:
    """Return the body that the title names, or else the text's first sentences."""
    text = clean(view.view[title[0] : title[1]])
    if news:
        who, colon, _ = text.partition(":")
        body = lazy(r"(?i:đảng|ban|ubnd|ủy ban|sở|bộ|công đoàn|đoàn|hội|tỉnh|thành|mttq|liên)").match(who)
        return who.strip() if colon and 5 < len(who) < 90 and body else _issuer_in_news(view, title[1])
    m = lazy(r"(?i: của )(?P<who>[^*\n]{4,80}?)(?= về | VỀ |\n|$)").search(text)
    return title_case(view, m.group("who").strip()) if m else _issuer_in_text(view, title[1])


def _issuer_in_news(view: View, at: int) -> str | None:
    """Return the body that a page's first paragraphs say held or issued what they report."""
    heads = "Ban|Ủy ban|Đảng ủy|Bộ|Sở|Tỉnh ủy|Thành ủy|UBND|Liên đoàn|Tổng Liên đoàn|Hội|Đoàn|Tỉnh đoàn|Công đoàn|Thủ tướng|Văn phòng|Trung ương|Quân ủy|Chính phủ"
    pattern = rf"(?:^|[\n,)-] *|[Cc]hiều |[Ss]áng )(?P<who>(?:{heads})(?!\w)[^,.;:\n]{{3,90}}?) (?:vừa |đã |phối hợp )?(?:tổ chức|ban hành|có (?:công văn|văn bản|kế hoạch|công điện)|ký|triển khai|yêu cầu|khai mạc)(?!\w)"
    m = lazy(pattern).search(view.view, at, at + 3000)
    return clean(m.group("who")) if m else None


def _issuer_in_text(view: View, at: int) -> str | None:
    m = lazy(
        r"(?:^|\n) *(?P<who>(?:Ban|Ủy ban|Đảng ủy|Bộ|Sở|Tỉnh ủy|Thành ủy|Văn phòng|UBND|Liên đoàn|Tổng Liên đoàn|Hội|Đoàn|Ban Bí thư)[^\n,;.]{3,110}?) (?:ban hành|hướng dẫn|xây dựng|yêu cầu|đề nghị|thông báo|triển khai|kết luận|chỉ đạo)(?!\w)"
    ).search(view.view, at, at + 6000)
    return clean(m.group("who")) if m else None
