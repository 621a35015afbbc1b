"""Which task of a plan words belong to, and how two wordings differ: plain values in, new values out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from liencap.core.reading.view import canonical, clean
from liencap.core.text import fold

NEAR = 0.55  # of the pairs of words; a person decides below it
_LIKE = 0.2  # under the same label a text may have been rewritten, but not for another subject
_NEGATIONS = frozenset(
    b"khong chua cham dung cam tru ngoai mien not no never without except nor unless".split()
)
_TOKENS = re.compile(r"\s+|[^\s]+")
_MANY = 4_000_000  # comparing longer texts word by word would take seconds
_MANY_PAIRS = 250_000  # larger plans are paired by their labels alone


@dataclass(frozen=True, slots=True)
class Line:
    """A task to be matched: any key, its label as numbers, its words, and whether it stands at the top."""

    key: int
    path: tuple[int, ...]
    text: str
    top: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    """An old and a new task that belong together; `sure` says that no person need decide."""

    old: int | None
    new: int | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a comparison: "same", "del" or "ins"."""

    op: str
    text: str


def find_line(path: tuple[int, ...], lines: Sequence[Line]) -> int | None:
    """Return the task that numbers name when there is exactly one; tasks at the top come before sub-tasks."""
    if not path:
        return None
    exact = [line.key for line in lines if line.path == path]
    if len(path) > 1 and len(exact) == 1:
        return exact[0]
    for some in ([line for line in lines if line.top], [line for line in lines if not line.top]):
        found = [line.key for line in some if line.path[-len(path) :] == path]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def last_under(path: tuple[int, ...], lines: Sequence[Line]) -> int | None:
    """Return the last task of a section that numbers name."""
    inside = [line.key for line in lines if path and line.top and line.path[: len(path)] == path]
    return inside[-1] if inside else None


def same(one: str, other: str) -> bool:
    """Say whether two wordings differ in nothing but spaces, tone-mark places and look-alike letters."""
    return clean(canonical(one)).strip(" .;,") == clean(canonical(other)).strip(" .;,")


def nearness(one: str, other: str) -> float:
    """Return how many of the words and pairs of words two texts share, from 0 to 1."""
    a, b = _grams(one), _grams(other)
    return len(a & b) / len(a | b) if a or b else 1.0


def guarded(one: str, other: str) -> bool:
    """Say whether two texts agree in their negations and numbers: near words alone may say the opposite."""
    return _weighty(one) == _weighty(other)


def pair_lines(old: Sequence[Line], new: Sequence[Line]) -> list[Pair]:
    """Pair the tasks of two whole plans: by label where the words are akin, else by the nearest words."""
    grams = {id(line): _grams(line.text) for line in (*old, *new)}
    many = len(old) * len(new) > _MANY_PAIRS

    def scores() -> Iterator[tuple[float, int, int]]:
        for i, a in enumerate(old):
            for j, b in enumerate(new):
                alike = a.path == b.path != ()
                if many and not alike:
                    continue
                one, other = grams[id(a)], grams[id(b)]
                score = len(one & other) / len(one | other) if one or other else 1.0
                if score >= (_LIKE if alike else NEAR):
                    yield score + (0.5 if alike else 0), i, j

    taken: dict[int, tuple[Line, Line, bool]] = {}
    used: set[int] = set()
    for _score, i, j in sorted(scores(), key=lambda one: (-one[0], one[1], one[2])):
        if i in taken or j in used:
            continue
        alike = old[i].path == new[j].path != ()
        taken[i] = (old[i], new[j], alike or guarded(old[i].text, new[j].text))
        used.add(j)
    pairs = [Pair(a.key, b.key, sure) for a, b, sure in taken.values()]
    pairs += [Pair(a.key, None, False) for i, a in enumerate(old) if i not in taken]
    return pairs + [Pair(None, b.key, False) for j, b in enumerate(new) if j not in used]


def word_diff(old: str, new: str) -> list[Piece]:
    """Return the new wording with what fell away, word by word; joined, same and ins are the new text."""
    if old == new:
        return [Piece("same", new)] if new else []
    one, other = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(one) * len(other) > _MANY:
        return [piece for piece in (Piece("del", old), Piece("ins", new)) if piece.text]
    out: list[Piece] = []
    for op, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if op == "equal":
            out.append(Piece("same", "".join(other[c:d])))
            continue
        gone, come = "".join(one[a:b]), "".join(other[c:d])
        out += [piece for piece in (Piece("del", gone), Piece("ins", come)) if piece.text]
    return _joined(out)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Join changes that only a blank keeps apart, so that a rewritten clause reads as one."""
    out: list[Piece] = []
    waiting = list(pieces)
    for n, piece in enumerate(waiting):
        between = piece.op == "same" and not piece.text.strip() and 0 < n < len(waiting) - 1
        if between:
            out += [Piece("del", piece.text), Piece("ins", piece.text)]
        else:
            out.append(piece)
    merged: list[Piece] = []
    run = {"del": "", "ins": ""}
    for piece in (*out, Piece("same", "")):
        if piece.op != "same":
            run[piece.op] += piece.text
            continue
        merged += [Piece(op, text) for op, text in run.items() if text]
        run = {"del": "", "ins": ""}
        if piece.text:
            merged.append(piece)
    return merged


def _grams(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", fold(text))
    return frozenset(words) | frozenset(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))


def _weighty(text: str) -> list[str]:
    words = re.findall(r"\w+", fold(text))
    return sorted(w for w in words if w.encode() in _NEGATIONS or w.isdecimal())
