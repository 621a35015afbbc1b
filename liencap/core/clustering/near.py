"""Group near-identical short texts: exact normal forms first, then word shingles with a guard.

A near-duplicate is not the same meaning: one inserted "không" or "not", or another number, keeps texts apart.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

ALIKE = 0.6  # share of common shingles from which two texts are the same question
_WORD = re.compile(r"\w+", re.UNICODE)
# Words whose presence turns a sentence round; with their marks, for "chua" is also sour and "dung" also right;
# "t" is what is left of don't and isn't.
NEGATIONS = frozenset(
    {"không", "chưa", "chẳng", "chả", "đừng", "cấm", "trừ", "khỏi", "thiếu", "khong"}
    | {"not", "no", "never", "none", "without", "except", "cannot", "neither", "nor", "unless", "t"}
)


def normal_form(text: str) -> str:
    """Return the words of a text in lower case with single spaces, marks kept, punctuation dropped."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def guard_of(form: str) -> tuple[tuple[str, int], ...]:
    """Return what two texts must share exactly: how often each negation and each number stands in them."""
    words = form.split()
    return tuple(sorted(Counter(w for w in words if w in NEGATIONS or any(c.isdigit() for c in w)).items()))


def shingles(form: str) -> frozenset[str]:
    """Return the words and pairs of neighbouring words of a normal form."""
    words = form.split()
    return frozenset(words) | {f"{a} {b}" for a, b in zip(words, words[1:], strict=False)}


def group_texts(texts: Sequence[str], alike: float = ALIKE) -> list[list[int]]:
    """Return the indexes of texts that say the same, the largest group first, then in order of appearance.

    Each form joins the earliest group whose first form it resembles; so a group never drifts along a chain.
    """
    forms: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        forms.setdefault(normal_form(text), []).append(index)
    heads: list[frozenset[str]] = []
    groups: list[list[int]] = []
    holding: dict[tuple[tuple[tuple[str, int], ...], str], list[int]] = defaultdict(list)
    for form, indexes in forms.items():
        guard, own = guard_of(form), shingles(form)
        common = Counter(g for one in own for g in holding[guard, one])
        found = next((g for g in sorted(common) if _jaccard(common[g], own, heads[g]) >= alike), None)
        if found is None:
            found = len(groups)
            groups.append([])
            heads.append(own)
            for one in own:
                holding[guard, one].append(found)
        groups[found] += indexes
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))


def _jaccard(common: int, one: frozenset[str], other: frozenset[str]) -> float:
    whole = len(one) + len(other) - common
    return common / whole if whole else 1.0
