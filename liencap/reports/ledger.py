"""The ledger of a unit and period as CSV: every figure that was sent, one a line."""

import csv
from collections.abc import Iterator

from liencap.reports.models import Period
from liencap.reports.queries import Veil, figures_long, indicators_of
from liencap.units.models import Unit

TITLES = ("unit_code", "unit", "indicator", "name", "cell", "state", "number", "accepted", "official")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that gives back what is written: one line at a time, however many there are."""

    def write(self, line: str) -> str:
        return line


def ledger_lines(period: Period, unit: Unit, veil: Veil) -> Iterator[str]:
    """Yield the lines (RFC 4180); texts that look like formulas are quoted, numbers use a point."""
    assert period.form is not None, "only opened periods have figures"
    names = {indicator.code: str(indicator) for indicator in indicators_of(period.form)}
    write = csv.writer(_Line(), lineterminator="\r\n").writerow
    yield "\ufeff" + str(write(TITLES))
    for row in figures_long(period, unit, veil):
        number = row.instead if row.number is None else f"{row.number:f}"
        texts = (
            _text(row.unit_code),
            _text(row.unit),
            _text(row.code),
            _text(names[row.code]),
            _text(row.cell),
        )
        yield str(write((*texts, row.state, number, "yes" if row.accepted else "no", row.official)))


def _text(said: str) -> str:
    return f"'{said}" if said.startswith(_FORMULA) else said
