"""Stretches of a text that can be the name of a person."""

import re

_WORD = re.compile(r"[^\W\d_]+")
LONGEST = 5  # words of a name
MOST = 400


def name_candidates(text: str) -> list[tuple[int, int]]:
    """Return where two to five words in a row begin with a capital, as (start, end); a name may be any of them."""
    runs: list[list[tuple[int, int]]] = []
    last = None
    for word in _WORD.finditer(text):
        if not word[0][0].isupper():
            last = None
            continue
        if last is None or text[last : word.start()] != " ":
            runs.append([])
        runs[-1].append(word.span())
        last = word.end()
    found = [
        (run[a][0], run[b - 1][1])
        for run in runs
        for a in range(len(run))
        for b in range(a + 2, min(a + LONGEST, len(run)) + 1)
    ]
    return found[:MOST]
