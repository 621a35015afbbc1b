"""The plan's words for who does something, found among the units: by name, else the nearest names to choose from."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models import Count, Q

from liencap.core.reading.view import canonical
from liencap.core.text import fold
from liencap.units.models import Unit, UnitWord, words_of

_OFFICE = re.compile(
    r"(?:(?:các )?đồng chí )?(?:bộ trưởng|(?:tổng |phó )?giám đốc|(?:phó )?chủ tịch|chánh|(?:phó )?trưởng"
    r"|(?:phó )?bí thư|thủ trưởng|chủ nhiệm|lãnh đạo) ",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:các|những|the) ", re.IGNORECASE)
# Words that half of all names begin with say nothing about which unit is meant.
_COMMON = frozenset(
    b"ban so bo uy phong hoi doan dang tinh xa phuong huyen thanh pho cac va cua cong chi co quan don vi nhan dan "
    b"chap hanh thuong vu truc the of and for in".split()
)
_LIKE = 0.5


def bare(words: str) -> str:
    """Return words without an article and without the office of who heads the unit: "Giám đốc Sở Y tế" is Sở Y tế."""
    return _OFFICE.sub("", _ARTICLE.sub("", words, count=1), count=1) or words


def spellings(words: str) -> list[str]:
    """Return the names that words may stand for."""
    forms = [words, bare(words), _ARTICLE.sub("", words, count=1)]
    forms += [canonical(form) for form in forms]
    return list(dict.fromkeys([*forms, *(form[:1].upper() + form[1:] for form in forms)]))


def units_named(owners: Iterable[dict[str, str]], within: Unit) -> dict[str, Unit]:
    """Return the open units of a subtree that the owners of rows name, by their words; one query.

    The code that the reader gave decides between units of one name.
    """
    owners = list(owners)
    asked = {owner["words"]: spellings(owner["words"]) for owner in owners}
    codes = {owner["words"]: owner["code"] for owner in owners if owner.get("code")}
    names = {name for forms in asked.values() for name in forms}
    if not names:
        return {}
    wanted = Q(name__in=names) | Q(code__in=set(codes.values()))
    found = Unit.objects.all().below(within).filter(wanted, closed__isnull=True).order_by("-pk")
    by_name = {unit.name: unit for unit in found}
    by_code = {unit.code: unit for unit in found}
    out: dict[str, Unit] = {}
    for words, forms in asked.items():
        named = next((by_name[form] for form in forms if form in by_name), None)
        unit = by_code.get(codes.get(words, ""), named)
        if unit:
            out[words] = unit
    return out


def nearest(words: str, within: Unit, most: int = 3) -> list[Unit]:
    """Return the open units of a subtree whose names are most like the words, best first; two queries.

    Units that share the words' rarer syllables are compared letter by letter, without diacritics.
    """
    plain = fold(bare(words))
    syllables = [word for word in dict.fromkeys(words_of(plain)) if word not in _COMMON]
    chosen = sorted(syllables, key=len, reverse=True)[:4]
    if not chosen:
        return []
    shared = UnitWord.objects.filter(word__in=chosen, unit__in=Unit.objects.all().below(within))
    best = shared.values("unit_id").annotate(n=Count("pk")).order_by("-n", "unit_id")[:30]
    units = Unit.objects.filter(pk__in=[row["unit_id"] for row in best], closed__isnull=True)
    scored = [(SequenceMatcher(None, plain, fold(unit.name)).ratio(), -unit.pk, unit) for unit in units]
    return [
        unit for score, _, unit in sorted(scored, key=lambda one: one[:2], reverse=True) if score >= _LIKE
    ][:most]
