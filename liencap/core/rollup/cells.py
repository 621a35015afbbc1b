"""Say which figures that count people by a personal attribute are shown, from the top of a tree down.

A figure above 0 and below 10 is never shown (small); others are hidden with it until none of them can be computed
from what is shown (hidden). Each total is decided with its parts alone, so that a page looks at one line of the tree:

1. Parts of a shown total: all small ones are kept back, and the next smallest beside them until two or more are.
   A small part of a shown total is never alone: its total would be small itself, or rest on a part that is known.
2. Parts of a total that is kept back: at least one is kept back too, else their sum would tell it.
3. The reader knows the figure of its own unit; it hides nothing. What is left of the total must not be small.

Whatever is kept back can then grow by one while another shrinks by one, in every sum in which it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from liencap.core.rollup.checks import Check

K = TypeVar("K", bound=Hashable)
LEAST = 10  # fewer people than this are not shown
Key = tuple[str, str]  # the code of an indicator and its cell


class Shown(Enum):
    """Whether a figure is shown, kept back because it is small, or hidden because it would tell another."""

    YES = 0
    SMALL = 1
    HIDDEN = 2


YES, SMALL, HIDDEN = Shown.YES, Shown.SMALL, Shown.HIDDEN


def is_small(number: Decimal | None) -> bool:
    """Say whether so few people are counted that they could be known."""
    return number is not None and 0 < number < LEAST


def top(total: Decimal, own: Decimal, *, paper: bool = False) -> Shown:
    """Decide the total of the reader's own unit, of which the reader knows the part `own`.

    What goes on `paper` is read by others too: its own part does not excuse a small total.
    """
    rest = total - own
    if is_small(rest) or (paper and is_small(total)):
        # Beside a part that is known, "fewer than ten" would be a bound on the rest: 9 of which 8 are known.
        return SMALL if is_small(total) and not (own > 0 and rest > 0) else HIDDEN
    return YES


def parts(total: Shown, numbers: Mapping[K, Decimal]) -> dict[K, Shown]:
    """Decide the parts of a total that was decided before; parts that the reader knows are left out of `numbers`."""
    ranked = sorted((n, place, key) for place, (key, n) in enumerate(numbers.items()) if n > 0)
    if len(ranked) == 1:  # the total by another name
        return {key: total if n > 0 else YES for key, n in numbers.items()}
    kept = [key for n, _place, key in ranked if is_small(n)]
    others = [key for n, _place, key in ranked if not is_small(n)]
    if total is not YES:
        # The name of smallness is a bound, and bounds add up below a total that is kept back.
        kept = kept or others[:1]
        return {key: HIDDEN if key in kept else YES for key in numbers}
    small = set(kept)
    if small and _told([numbers[key] for key in kept]):
        kept += others[: max(1, 2 - len(kept))]
    name = SMALL
    if len(kept) == len(small) and _told([numbers[key] for key in kept]):
        name = HIDDEN  # nothing is left to hide beside them: 9 and 9 of 18 are not called small
    return {key: (name if key in small else HIDDEN) if key in kept else YES for key in numbers}


def paper(total: Shown, own: Decimal, below: Mapping[int, Decimal]) -> tuple[Shown, dict[int, Shown]]:
    """Decide a unit's own part and the units below on paper: read by the unit, which knows its own, and by others."""
    found = parts(total, below)
    kept = [key for key, shown in found.items() if shown is not YES]
    if own <= 0 or (not is_small(own) and (total is YES or not kept)):
        return YES, found
    if total is not YES:
        return HIDDEN if kept else SMALL, found
    if not kept and (beside := sorted((n, key) for key, n in below.items() if n > 0)):
        found[beside[0][1]] = HIDDEN
    return SMALL, found


def _told(small: list[Decimal]) -> bool:
    """Say whether small figures are known from their sum: one alone, or all at their least or their most."""
    return len(small) == 1 or sum(small) in (len(small), len(small) * (LEAST - 1))


def later(was: Shown, before: Decimal, now: Decimal) -> bool:
    """Say whether a part that changed after its total was first shown may be shown as it is now, and be added up.

    Whoever saw the total before and sees it now knows what changed in between: nothing may have that is not shown on
    both sides.
    """
    return before == now or (was is YES and not is_small(now))


def tied(keys: Collection[Key], checks: Iterable[Check]) -> tuple[frozenset[Key], ...]:
    """Return the figures that belong together because one is declared the sum of others; each in one set at most."""
    sums = [{check.code, *check.parts} for check in checks if check.kind == "parts"]
    ties: list[set[str]] = []
    for codes in sums:
        joined = [tie for tie in ties if tie & codes]
        ties = [tie for tie in ties if not tie & codes] + [codes.union(*joined)]
    found = (frozenset(key for key in keys if key[0] in tie) for tie in ties)
    return tuple(tie for tie in found if len(tie) > 1)


def together(some: Collection[Key], ties: Iterable[Collection[Key]]) -> set[Key]:
    """Return figures with all that are tied to one of them."""
    return {*some, *(key for tie in ties if not {*some}.isdisjoint(tie) for key in tie)}
