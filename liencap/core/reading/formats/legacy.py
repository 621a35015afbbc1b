"""The Vietnamese encodings from before Unicode, TCVN3 (ABC) and VNI, and how to know text written in them.

Both are given in the letters that Windows-1252 shows for their bytes, because the same damage stands in
files of bytes and in Unicode files that were typed with an old font.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_TONED = {
    "a": "àáảãạ", "ă": "ằắẳẵặ", "â": "ầấẩẫậ", "e": "èéẻẽẹ", "ê": "ềếểễệ", "i": "ìíỉĩị",
    "o": "òóỏõọ", "ô": "ồốổỗộ", "ơ": "ờớởỡợ", "u": "ùúủũụ", "ư": "ừứửữự", "y": "ỳýỷỹỵ",
}  # fmt: skip

# The tones in the order of _TONED, from the code page of TCVN 5712:1993 VN3.
_TCVN3_TONED = {
    "a": "µ¸¶·¹", "ă": "»¾¼½Æ", "â": "ÇÊÈÉË", "e": "ÌÐÎÏÑ", "ê": "ÒÕÓÔÖ", "i": "×ÝØÜÞ",
    "o": "ßãáâä", "ô": "åèæçé", "ơ": "êíëìî", "u": "ïóñòô", "ư": "õøö÷ù", "y": "úýûüþ",
}  # fmt: skip
_TCVN3 = {
    "¨": "ă", "©": "â", "ª": "ê", "«": "ô", "¬": "ơ", "\xad": "ư", "®": "đ",
    "¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ",
}  # fmt: skip
for _base, _codes in _TCVN3_TONED.items():
    _TCVN3.update(zip(_codes, _TONED[_base], strict=True))
_TCVN3_TABLE = str.maketrans(_TCVN3)

_VNI_TONES = "øùûõï"  # huyền, sắc, hỏi, ngã, nặng after a plain vowel
_VNI_HATTED = "àáåãä"  # the same after a hat: aà is ầ
_VNI_BREVE = "èéúüë"  # the same after a breve: aè is ằ
_VNI = {"ñ": "đ", "ö": "ư", "ô": "ơ", "aâ": "â", "aê": "ă", "eâ": "ê", "oâ": "ô"}
_VNI |= dict(zip("ìíæóò", _TONED["i"], strict=True)) | {"î": "ỵ"}
for _base, _stem in (("a", "a"), ("e", "e"), ("o", "o"), ("ơ", "ô"), ("u", "u"), ("ư", "ö"), ("y", "y")):
    _VNI.update((_stem + _mark, _TONED[_base][_place]) for _place, _mark in enumerate(_VNI_TONES))
for _base, _stem in (("â", "a"), ("ê", "e"), ("ô", "o")):
    _VNI.update((_stem + _mark, _TONED[_base][_place]) for _place, _mark in enumerate(_VNI_HATTED))
_VNI.update(("a" + _mark, _TONED["ă"][_place]) for _place, _mark in enumerate(_VNI_BREVE))
# A capital vowel takes the capital mark, and careless typing the small one.
_VNI |= {key.upper(): value.upper() for key, value in _VNI.items()}
_VNI |= {
    key[0].upper() + key[1:]: value.upper() for key, value in _VNI.items() if len(key) == 2 and key.islower()
}
_VNI_FORMS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_WORD = re.compile(r"[^\W\d_]+")
_TCVN3_WORD = re.compile(r"[A-Za-z" + re.escape("".join(_TCVN3)) + "]+")
_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]|"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ă[cmnpt]|ăng|â[cmnptuy]|âng|e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|"
    "i|ia|ich|im|in|inh|ip|it|iu|iê[cmnptu]|iêng|o|oc|oi|om|on|ong|op|ot|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|"
    "oă[cmnt]|oăng|oe|oen|oeo|oet|ô|ô[cimnpt]|ông|ơ|ơ[imnpt]|u|ua|uc|ui|um|un|ung|up|ut|uân|uâng|uât|uây|uê|uênh|uêch|uô[cimnt]|"
    "uông|uơ|uy|uya|uych|uyên|uyêt|uynh|uyt|uyu|ư|ưa|ưc|ưi|ưng|ưt|ưu|ươ[cimnptu]|ương|y|yêm|yên|yêng|yêt|yêu"
)
_SYLLABLE = re.compile(f"(?:{_ONSETS})(?:{_RIMES})", re.IGNORECASE)
_TONE_MARKS = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
SAMPLE = 200_000


@cache
def _is_syllable(word: str) -> bool:
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONE_MARKS))
    return _SYLLABLE.fullmatch(bare) is not None


def vietnamese_score(text: str) -> float:
    """Return how Vietnamese the accented words look: 1 when all are possible syllables, 0 when none is."""
    words = [word.lower() for word in _WORD.findall(text[:SAMPLE]) if not word.isascii()]
    if not words:
        return 0.0
    return sum(1 for word in words if len(word) < 8 and _is_syllable(word)) / len(words)


def from_tcvn3(text: str) -> str:
    """Turn TCVN3 shown as Windows-1252 into Vietnamese; words in capitals get capital toned letters."""
    return "".join(_tcvn3_line(line) for line in text.splitlines(keepends=True))


def _tcvn3_line(line: str) -> str:
    # The old fonts have no capital toned letters: a heading mixes A-Z with small ones.
    if not re.search("[a-z]", line) and len(re.findall("[A-Z]", line)) >= 2:
        return line.translate(_TCVN3_TABLE).upper()

    def capital(match: re.Match[str]) -> str:
        plain = [c for c in match.group() if c.isascii()]
        word = match.group().translate(_TCVN3_TABLE)
        return word.upper() if len(plain) >= 2 and all(c.isupper() for c in plain) else word

    return _TCVN3_WORD.sub(capital, line)


def from_vni(text: str) -> str:
    """Turn VNI shown as Windows-1252 into Vietnamese."""
    return _VNI_FORMS.sub(lambda match: _VNI[match.group()], text)


def repair_fonts(text: str) -> tuple[str, str]:
    """Return Unicode text typed with an old font as Vietnamese, and the name of the encoding or ""."""
    if text.isascii() or vietnamese_score(text) >= 0.6:
        return text, ""
    sample = text[:SAMPLE]
    if len([word for word in _WORD.findall(sample) if not word.isascii()]) + sample.count("®") < 5:
        return text, ""
    scores = {"tcvn3": vietnamese_score(from_tcvn3(sample)), "vni": vietnamese_score(from_vni(sample))}
    name = max(scores, key=lambda key: scores[key])
    if scores[name] < 0.8:
        return text, ""
    return (from_tcvn3(text) if name == "tcvn3" else from_vni(text)), name
