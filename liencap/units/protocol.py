"""Keep as plain lines what the rooms show as open for a seat: headings and what stands below each."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from liencap import card
from liencap.units.models import Seat

HEADINGS = {"h2", "h3", "h4"}
LINES = {"li", "tr", "p", "dt", "dd", "a", "div"}
MOST = 200  # lines a heading


class _Reader(HTMLParser):
    """Gather the words of each block; a heading begins a new part."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[dict[str, Any]] = []
        self.words: list[str] = []
        self.items = 0  # how many points of a list are open: a link within one is no line of its own

    def ends_line(self, tag: str) -> bool:
        """Say whether words before and after a tag stand on different lines."""
        return tag in LINES and not (tag == "a" and self.items)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in HEADINGS or self.ends_line(tag):
            self.close_line()
        self.items += tag == "li"

    def handle_endtag(self, tag: str) -> None:
        if tag in HEADINGS:
            self.parts.append({"title": " ".join(self.words), "lines": []})
            self.words = []
        elif self.ends_line(tag):
            self.close_line()
        self.items -= tag == "li"

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def close_line(self) -> None:
        """End the line that was being read."""
        line, self.words = " ".join(self.words), []
        if line and self.parts and len(self.parts[-1]["lines"]) < MOST:
            self.parts[-1]["lines"].append(line)


def lines_in(html: str) -> list[dict[str, Any]]:
    """Return the headings of a piece of a page with their lines, as text."""
    reader = _Reader()
    reader.feed(html)
    reader.close_line()
    return reader.parts


def open_things(request: HttpRequest, seat: Seat) -> list[dict[str, Any]]:
    """Return what every room shows as open or due for a seat, to be kept with its hand-over."""
    kept = []
    for panel, function in card.panels("handover"):
        values = function(request, seat)
        if values is not None:
            kept += lines_in(render_to_string(panel.template, values, request=request))
    return kept
