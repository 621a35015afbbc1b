"""Compare a signed copy with the frozen text; runs in the child process and imports no Django.

PDFium is a library loaded by ctypes, which the walls refuse, so it is loaded here, before they stand.
"""

import contextlib
from collections.abc import Iterable, Sequence
from typing import Any

from liencap.core.matching import Difference, differences, words_of
from liencap.core.reading.formats import to_text

with contextlib.suppress(ModuleNotFoundError):
    import pypdfium2

MOST = 400  # differences that are kept; the count says the rest
SAID = 300  # characters of one
_LEAST = 0.3  # of the words: with fewer in common the copy was not read, or is another paper
_FEW = 3


def read_words(data: bytes) -> str:
    """Return the text of a file; raises UnreadableFile."""
    return to_text(data).text


def read_copy(data: bytes, *, frozen: str, headings: Sequence[str] = ()) -> dict[str, Any]:
    """Compare a signed copy with the frozen text: figures first, each with its page and section. Runs in the child.

    `share` is how much of the frozen text stands in the copy; where it is too little, nothing is compared.
    """
    source = to_text(data)
    old, new = words_of(frozen), words_of(source.text)
    known = {word.key for word in old}
    share = sum(word.key in known for word in new) / max(len(old), 1)
    if share < _LEAST:
        return {"readable": False, "read": len(new), "count": 0, "rows": []}
    found = differences(old, new)
    ranked = sorted(found, key=lambda one: (not one.figures, not one.old or not one.new, one.at))[:MOST]
    pages = _pages(data) if source.kind == "pdf" else []
    marks = _marks([word.key for word in old], headings)
    rows = [
        {
            "old": one.old[:SAID], "new": one.new[:SAID], "before": one.before[:SAID], "after": one.after[:SAID],
            "figures": one.figures, "page": _page_of(one, pages), "section": _section_at(one.at, marks),
        }
        for one in ranked
    ]  # fmt: skip
    return {"readable": True, "read": len(new), "count": len(found), "rows": rows}


def _pages(data: bytes) -> list[list[str]]:
    """Return the keys of the words of each page."""
    document = pypdfium2.PdfDocument(data)
    return [
        [w.key for w in words_of(document[i].get_textpage().get_text_range())] for i in range(len(document))
    ]


def _page_of(one: Difference, pages: Sequence[Sequence[str]]) -> int:
    """Return the page on which the surroundings of a difference stand; 0 when that is not sure."""
    around = " ".join([one.before, one.new])
    wanted = [word.key for word in words_of(around)][-2 * _FEW :]
    for length in range(len(wanted), _FEW - 1, -1):
        tail = wanted[-length:]
        found = [n for n, page in enumerate(pages, 1) if _holds(page, tail)]
        if found:
            return found[0] if len(found) == 1 else 0
    return 0


def _holds(page: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(list(page[i : i + len(wanted)]) == list(wanted) for i in range(len(page) - len(wanted) + 1))


def _marks(keys: Sequence[str], headings: Iterable[str]) -> list[tuple[int, str]]:
    """Return where in the frozen words each heading begins, in order."""
    marks, at = [], 0
    for heading in headings:
        wanted = [word.key for word in words_of(heading)][:8]
        for i in range(at, len(keys) - len(wanted) + 1):
            if wanted and keys[i] == wanted[0] and list(keys[i : i + len(wanted)]) == wanted:
                marks.append((i, heading[:160]))
                at = i + len(wanted)
                break
    return marks


def _section_at(at: int, marks: Sequence[tuple[int, str]]) -> str:
    return next((heading for place, heading in reversed(marks) if place <= at), "")
