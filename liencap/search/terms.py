"""Cut texts into words and what was typed into a question; both databases are asked in these words alone."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from liencap.core.text import fold

WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
PHRASE = re.compile(r"[\"“”]([^\"“”]*)[\"“”]")
LONGEST, MOST = 60, 12  # characters of a word, words of a question
LEAST = 2  # letters that a question needs


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed: each phrase a run of words; `open_end` when the last word may go on."""

    phrases: tuple[tuple[str, ...], ...]
    open_end: bool = False

    def __bool__(self) -> bool:
        """Say whether anything can be searched for."""
        return sum(len(word) for phrase in self.phrases for word in phrase) >= LEAST


def words(text: str, *, marked: bool) -> list[str]:
    """Return the words of a text as they are compared: with their marks, or folded."""
    found = (m[0] for m in WORD.finditer(text))
    return [_form(word, marked) for word in found]


def _form(word: str, marked: bool) -> str:
    return (unicodedata.normalize("NFC", word).casefold() if marked else fold(word))[:LONGEST]


def question(typed: str, *, marked: bool = False) -> Question:
    """Read what was typed: words, and "phrases in quotes"; the last bare word may be a beginning."""
    typed = typed[:300]
    phrases = [tuple(words(m[1], marked=marked)) for m in PHRASE.finditer(typed)]
    rest = PHRASE.sub(" ", typed)
    bare = [(word,) for word in words(rest, marked=marked)]
    kept = [phrase[:MOST] for phrase in (*phrases, *bare) if phrase][:MOST]
    return Question(tuple(kept), open_end=bool(bare) and not rest.endswith((" ", "\t")))


def for_sqlite(asked: Question, column: str) -> str:
    """Write a question in FTS5's grammar; words hold letters and digits alone, so nothing needs escaping."""
    parts = ['"' + " ".join(phrase) + '"' for phrase in asked.phrases]
    if asked.open_end:
        parts[-1] += "*"
    return f"{column} : (" + " AND ".join(parts) + ")"


def for_postgres(asked: Question) -> str:
    """Write a question in tsquery's grammar."""
    parts = ["(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in asked.phrases]
    if asked.open_end:
        parts[-1] = parts[-1].removesuffix(")") + ":*)"
    return " & ".join(parts)


def hit_spans(text: str, asked: Question) -> list[tuple[int, int]]:
    """Return where the words of a (folded) question stand in a text."""
    whole = {word for phrase in asked.phrases for word in phrase}
    start = asked.phrases[-1][-1] if asked and asked.open_end else ""
    return [
        m.span()
        for m in WORD.finditer(text)
        if (word := _form(m[0], False)) in whole or (start and word.startswith(start))
    ]


def _thickest(text: str, spans: list[tuple[int, int]], width: int) -> int:
    """Return where the most different words stand within a width, and closest; the first of such places."""
    found = [_form(text[start:end], False) for start, end in spans]
    inside: Counter[str] = Counter()
    best, at, left = (0, 0), 0, 0
    for right, (_start, end) in enumerate(spans):
        inside[found[right]] += 1
        while (end - spans[left][0] > width and left < right) or inside[found[left]] > 1:
            inside[found[left]] -= 1
            left += 1
        score = (right - left + 1, spans[left][0] - end)
        if left == 0 == right or score > best:
            best, at = score, spans[left][0]
    return at


def excerpt(text: str, asked: Question, width: int = 180) -> str:
    """Cut a text where most words of the question stand together, at spaces, with … where something is left out."""
    at = _thickest(text, hit_spans(text, asked), width // 2)
    start = max(0, at - width // 3)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space > 0 else start
    end = min(len(text), start + width)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > at else end
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")
