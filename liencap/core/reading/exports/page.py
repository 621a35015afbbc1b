"""One page that needs nothing else: the text with every found place marked, and boxes to hide a kind."""

from collections.abc import Iterator
from html import escape

from liencap.core.reading.exports.words import VI
from liencap.core.reading.model import Plan

# kind, its words in both languages, its colour
KINDS = (
    ("task", "Nhiệm vụ", "Task", "#e7f0fb"),
    ("direction", "Phương hướng", "Direction", "#eee8fa"),
    ("deadline", "Thời gian", "Date", "#ffe8a3"),
    ("period", "Giai đoạn", "Period", "#fff6d6"),
    ("owner", "Đơn vị", "Unit", "#ffdcc8"),
    ("citation", "Văn bản viện dẫn", "Citation", "#d9f2e3"),
    ("person", "Người, ban", "Person, body", "#dff4f7"),
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{font:16px/1.7 sans-serif;margin:0 auto;max-width:60rem;padding:1rem}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}"
    ".doubts{background:#fff4e5;border:1px solid #e0b36a;border-radius:4px;padding:.5rem 1rem .5rem 2rem}"
    "mark{color:inherit;border-radius:3px}label{margin-right:1rem;white-space:nowrap}label mark{padding:0 .3rem}"
)


def to_html(plan: Plan) -> str:
    """Return the page; what the document holds is escaped, and its policy runs no script and loads nothing."""
    vi = plan.language == "vi"
    title = escape(plan.document.subject or plan.document.number or ("Kế hoạch" if vi else "Plan"))
    boxes, style = [], [_STYLE]
    for kind, words, english, colour in KINDS:
        style.append(f"mark.{kind}{{background:{colour}}}")
        style.append(f"body:has(#show-{kind}:not(:checked)) pre mark.{kind}{{background:none}}")
        said = escape(words if vi else english)
        boxes.append(
            f'<label><input type="checkbox" id="show-{kind}" checked><mark class="{kind}">{said}</mark></label> '
        )
    problems = "".join(f"<li>{escape(said)}</li>" for said in _problems(plan))
    listed = f'<ul class="doubts">{problems}</ul>' if problems else ""
    return (
        f'<!doctype html><html lang="{escape(plan.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{''.join(style)}</style></head><body><h1>{title}</h1>"
        f"{listed}{''.join(boxes)}<pre>{''.join(_marked(plan))}</pre></body></html>\n"
    )


def _problems(plan: Plan) -> Iterator[str]:
    for one in plan.problems:
        words = " ".join(plan.text[one.start : one.end].split())[:200]
        said = VI.get(one.code, one.message) if plan.language == "vi" else one.message
        yield f"{said.rstrip('.')}: “{words}”"


def _spans(plan: Plan) -> Iterator[tuple[int, int, str]]:
    for top in (*plan.tasks, *plan.table_tasks, *plan.implementation):
        yield from ((item.start, item.end, "task") for item in top.walk())
    for found in plan.lists:
        if found.role == "directions":
            yield from ((one.start, one.end, "direction") for one in found.items)
    for kind, ones in (
        ("deadline", plan.deadlines), ("period", plan.periods), ("owner", plan.responsible),
        ("citation", plan.citations), ("person", plan.people), ("person", plan.bodies),
    ):  # fmt: skip
        yield from ((one.start, one.end, kind) for one in ones)


def _marked(plan: Plan) -> Iterator[str]:
    """Yield the text, each piece in the mark of the narrowest span that holds it."""
    size = len(plan.text)
    spans = sorted((s for s in _spans(plan) if 0 <= s[0] < s[1] <= size), key=lambda s: (s[0], -s[1]))
    edges = sorted({0, size, *(edge for span in spans for edge in span[:2])})
    active: list[tuple[int, int, str]] = []
    at = 0
    for start, end in zip(edges, edges[1:], strict=False):
        active = [span for span in active if span[1] > start]
        while at < len(spans) and spans[at][0] == start:
            active.append(spans[at])
            at += 1
        words = escape(plan.text[start:end])
        kind = min(active, key=lambda s: s[1] - s[0])[2] if active else ""
        yield f'<mark class="{kind}">{words}</mark>' if kind else words
