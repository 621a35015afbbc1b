"""Pair the lines of two plans: most alike first, each once; a changed number or denial is never paired unasked."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from liencap.core.matching.words import denials, grams, numbers, plain

SURE = 0.5  # from here on a pair is made unasked; benchmarks/matching.py shows what lies on either side
NEAR = 0.15  # below this a line is not even offered
OFFERED = 3
_LABEL = 0.05  # the same number in both plans speaks for a pair, but plans renumber
_RARE = 400  # a word that more lines share is no way to find a pair


@dataclass(frozen=True, slots=True)
class Line:
    """A task of a plan: a key that the caller knows it by, its words and its number in the plan."""

    key: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """An inherited line and one of the own plan; likeness from 0 to 1; `doubt` is "", "denial" or "number"."""

    inherited: str
    own: str
    likeness: float
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """The pairs made, and for each own line that stays alone the inherited ones most like it, best first."""

    pairs: tuple[Pair, ...]
    offers: dict[str, tuple[Pair, ...]]


def doubt_between(one: str, other: str) -> str:
    """Say what speaks against two texts being the same task however alike they are."""
    if denials(one) != denials(other):
        return "denial"
    mine, theirs = numbers(plain(one)), numbers(plain(other))
    # A unit may add a number of its own where none was set; it may not change one.
    return "number" if mine and theirs and mine != theirs else ""


def match(inherited: Sequence[Line], own: Sequence[Line]) -> Matching:
    """Pair two plans. The same lines in any order give the same pairs; each line stands in one pair at most."""
    found = _alike(inherited, own)
    by_likeness = sorted(found, key=lambda pair: (-pair.likeness, pair.doubt, pair.inherited, pair.own))
    # Lines whose best mate is doubted are not given the second best: a person is asked about both.
    seen, pairs = set[str](), []
    for pair in by_likeness:
        if pair.likeness >= SURE and not seen & {f"i {pair.inherited}", f"o {pair.own}"}:
            seen |= {f"i {pair.inherited}", f"o {pair.own}"}
            if not pair.doubt:
                pairs.append(pair)
    left, right = {pair.inherited for pair in pairs}, {pair.own for pair in pairs}
    offers: dict[str, list[Pair]] = defaultdict(list)
    for pair in by_likeness:
        if pair.own not in right and pair.inherited not in left and len(offers[pair.own]) < OFFERED:
            offers[pair.own].append(pair)
    return Matching(tuple(pairs), {key: tuple(held) for key, held in offers.items() if held})


def _alike(inherited: Sequence[Line], own: Sequence[Line]) -> list[Pair]:
    """Return every pair of lines that share words, through an index of the rarer ones."""
    lines = [*inherited, *own]
    counted = [grams(plain(line.text)) for line in lines]
    spread = Counter(gram for bag in counted for gram in bag)
    weight = {gram: math.log(1 + len(lines) / n) for gram, n in spread.items()}
    index: dict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(counted[: len(inherited)]):
        for gram in bag:
            index[gram].append(place)
    sums = [sum(weight[gram] * n for gram, n in sorted(bag.items())) for bag in counted]
    pairs = []
    for at in range(len(inherited), len(lines)):
        near = {place for gram in counted[at] if len(index[gram]) <= _RARE for place in index[gram]}
        for place in sorted(near):
            shared = counted[place] & counted[at]
            common = sum(weight[gram] * n for gram, n in sorted(shared.items()))
            likeness = _likeness(common, sums[place], sums[at], lines[place], lines[at])
            if likeness >= NEAR:
                doubt = doubt_between(lines[place].text, lines[at].text)
                pairs.append(Pair(lines[place].key, lines[at].key, likeness, doubt))
    return pairs


def _likeness(common: float, one: float, other: float, a: Line, b: Line) -> float:
    """Weigh what is common against both lines, and half as much against the shorter: units shorten and add."""
    if not common:
        return 0.0
    whole = 2 * common / (one + other)
    part = common / min(one, other)
    same = _LABEL if _number(a.label) and _number(a.label) == _number(b.label) else 0.0
    return round(min(1.0, 0.7 * whole + 0.3 * part + same), 4)


def _number(label: str) -> str:
    """Return the last part of a label: "II.3" is 3 under whatever heading it stands."""
    return label.rstrip(".): ").rpartition(".")[2].rpartition(" ")[2].casefold()
