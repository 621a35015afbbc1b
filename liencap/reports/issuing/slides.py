"""Cut a frozen report into pages for a conference: frozen values in, plain values out."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from liencap.printing.charts import Chart, svg_of
from liencap.reports.printing.values import PrintedReport, Section, Table

BIG = 6  # figures that are read from the back of a hall
WORDS = 420  # letters of the text
NAMED = 60
MOST = 300


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of a task's table: what it counts, its official total, and what is received but not official yet."""

    name: str
    official: str
    received: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One page: a task with its figures and words, a chart, or who is missing."""

    kind: str
    label: str = ""
    heading: str = ""
    figures: tuple[Figure, ...] = ()
    more: int = 0
    words: str = ""
    source: str = ""
    svg: str = ""
    names: tuple[str, ...] = ()


def slides_of(values: PrintedReport) -> list[Slide]:
    """Return the pages after the first: charts, tasks that have figures or words, the units that are missing."""
    slides = [Slide("chart", heading=chart.caption, svg=_drawn(chart)) for chart in values.charts]
    slides += [_of(section) for section in values.sections[:MOST] if section.tables or section.blocks]
    if values.missing:
        left = len(values.missing) - NAMED
        slides.append(Slide("missing", names=values.missing[:NAMED], more=max(left, 0)))
    return slides


def _drawn(chart: Chart) -> SafeString:
    return mark_safe(svg_of(chart, "inherit"))  # noqa: S308  # the drawing escapes every text


def _of(section: Section) -> Slide:
    figures = [one for table in section.tables for one in _figures(table)]
    block = section.blocks[0] if section.blocks else None
    words = block.text if block else ""
    if len(words) > WORDS:
        words = words[:WORDS].rsplit(" ", 1)[0] + " …"
    source = "; ".join(one.unit for one in block.sources[:5]) if block and block.kind == "quote" else ""
    return Slide(
        "task", section.label.rstrip(".:"), section.task, tuple(figures[:BIG]), max(len(figures) - BIG, 0), words,
        source,
    )  # fmt: skip


def _figures(table: Table) -> list[Figure]:
    official = next((row for row in table.rows if row.kind == "official"), None)
    received = next((row for row in table.rows if row.kind == "received"), None)
    if official is None:
        return []
    found = []
    for i, name in enumerate(table.columns):
        now = official.cells[i] if i < len(official.cells) else ""
        came = received.cells[i] if received is not None and i < len(received.cells) else ""
        found.append(Figure(name, now, came if came != now else ""))
    return found
