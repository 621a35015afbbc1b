"""Draw a chart of frozen values as SVG, the same for paper, Word and the screen; values in, text out.

Two greys-safe tones and marks of different shapes: a copy in black and white says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Literal

DARK, LIGHT, INK, FAINT = "#1f4e79", "#a9c1da", "#222222", "#c8c8c8"
WIDTH = 640.0
_ROW, _BAR, _NAMES, _SAID = 24.0, 14.0, 230.0, 96.0
_LETTERS = 36  # of a name; the table beside the chart has it whole
_HEIGHT, _LEFT, _FOOT, _HEAD = 190.0, 30.0, 30.0, 26.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a bar chart: its name, how long it is in percent, and what is written at its end.

    `percent` is a plain decimal; an empty one has no bar, only words. `light` draws it in the second tone.
    """

    name: str
    percent: str
    shown: str
    light: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line: where it stands, its plain number (empty: nobody gave one), what is written there.

    `target` is the plain number it was to reach; `breaks` says that it cannot be compared with the one before.
    """

    name: str
    number: str
    shown: str
    target: str = ""
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures: bars that fill up to 100 percent, or a line over periods.

    `caption` stands under it, `alt` says in words all that it shows; both in the language of the paper.
    """

    kind: Literal["bars", "line"]
    caption: str
    alt: str
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()


def svg_of(chart: Chart, family: str = "Libertinus Serif") -> str:
    """Return the chart as an SVG of its own; texts are escaped, nothing in it points outside."""
    parts = list(_bars(chart.bars) if chart.kind == "bars" else _line(chart.dots))
    height = _ROW * len(chart.bars) + 22 if chart.kind == "bars" else _HEIGHT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
        f'height="{height:g}" font-family="{escape(family)}" role="img" aria-label="{escape(chart.alt)}">'
        f"{''.join(parts)}</svg>"
    )


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: float = 13, bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{INK}"{weight}>'
        f"{escape(text)}</text>"
    )


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"


def _bars(bars: Sequence[Bar]) -> Iterator[str]:
    room = WIDTH - _NAMES - _SAID
    bottom = _ROW * len(bars) + 4
    for share in (0, 50, 100):
        x = _NAMES + room * share / 100
        yield f'<line x1="{x:.1f}" y1="2" x2="{x:.1f}" y2="{bottom:.1f}" stroke="{FAINT}" stroke-width="1"/>'
        yield _text(x, bottom + 14, f"{share} %", anchor="middle", size=11)
    for i, bar in enumerate(bars):
        middle = _ROW * i + _ROW / 2 + 2
        yield _text(_NAMES - 8, middle + 4.5, _short(bar.name), anchor="end")
        length = room * min(max(float(bar.percent or 0), 0.0), 100.0) / 100
        if length:
            tone = LIGHT if bar.light else DARK
            yield (
                f'<rect x="{_NAMES:g}" y="{middle - _BAR / 2:.1f}" width="{length:.1f}" height="{_BAR:g}" '
                f'fill="{tone}" stroke="{INK}" stroke-width="0.6"/>'
            )
        yield _text(_NAMES + length + 6, middle + 4.5, bar.shown, bold=True)


def _line(dots: Sequence[Dot]) -> Iterator[str]:
    numbers = [Decimal(n) for dot in dots for n in (dot.number, dot.target) if n]
    low, high = min([*numbers, Decimal(0)]), max([*numbers, Decimal(0)])
    span = high - low or Decimal(1)
    room, step = _HEIGHT - _FOOT - _HEAD, (WIDTH - 2 * _LEFT) / max(len(dots), 1)

    def place(i: int, number: str) -> tuple[float, float]:
        return _LEFT + step * (i + 0.5), _HEAD + room * (1 - float((Decimal(number) - low) / span))

    base = place(0, "0")[1]
    yield f'<line x1="{_LEFT:g}" y1="{base:.1f}" x2="{WIDTH - _LEFT:g}" y2="{base:.1f}" stroke="{FAINT}"/>'
    before: tuple[float, float] | None = None
    for i, dot in enumerate(dots):
        yield _text(_LEFT + step * (i + 0.5), _HEIGHT - 8, _short(dot.name), anchor="middle", size=12)
        if dot.target:
            x, y = place(i, dot.target)
            yield (
                f'<line x1="{x - 22:.1f}" y1="{y:.1f}" x2="{x + 22:.1f}" y2="{y:.1f}" stroke="{INK}" '
                'stroke-width="1.6" stroke-dasharray="5 3"/>'
            )
        if not dot.number:
            before = None
            continue
        x, y = place(i, dot.number)
        if before is not None and not dot.breaks:
            yield (
                f'<line x1="{before[0]:.1f}" y1="{before[1]:.1f}" x2="{x:.1f}" y2="{y:.1f}" stroke="{DARK}" '
                'stroke-width="2"/>'
            )
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{DARK}" stroke="#ffffff"/>'
        # The target's stroke may lie where the number would stand; then it stands below.
        under = bool(dot.target) and -2 <= y - place(i, dot.target)[1] < 26
        yield _text(x, y + 19 if under else y - 9, dot.shown, anchor="middle", bold=True)
        before = (x, y)
