"""Follow an indicator back through the versions of a form: what it was called, how it was measured, where it breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple


class Link(NamedTuple):
    """How an indicator continues one of the version before: `value here = value there x factor`.

    `before` is its code there, the same code when empty; a break says that the two cannot be compared.
    """

    before: str = ""
    factor: Fraction = Fraction(1)
    breaks: bool = False


class Origin(NamedTuple):
    """What an indicator was in an older version: its code there, the factor from there, and breaks on the way."""

    code: str
    factor: Fraction
    breaks: int


def lineage(versions: Sequence[Mapping[str, Link]], code: str) -> list[Origin | None]:
    """Trace a code of the newest version back; `versions` stand newest first, and so does the result.

    Where the indicator was not asked yet, that version and all older ones give None.
    """
    found: list[Origin | None] = []
    origin: Origin | None = Origin(code, Fraction(1), 0)
    for version in versions:
        if origin is None or origin.code not in version:
            origin = None
            found.append(None)
            continue
        found.append(origin)
        link = version[origin.code]
        origin = Origin(link.before or origin.code, origin.factor * link.factor, origin.breaks + link.breaks)
    return found


def rescaled(number: Decimal, factor: Fraction, places: int) -> Decimal:
    """Multiply exactly; what does not end is rounded half to even after so many places."""
    exact = Fraction(number) * factor
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        # A denominator of twos and fives ends; enough digits are kept for it to be written whole.
        digits = len(str(abs(exact.numerator))) + len(str(exact.denominator)) * 4 + 10
        return Context(prec=digits).divide(Decimal(exact.numerator), Decimal(exact.denominator))
    whole = round(exact * 10**places)  # half to even
    return Decimal(whole).scaleb(-places)
