"""A forgiving HTML parser whose time is linear in the page, whatever the page holds.

The parsers at hand are not: on 100,000 unclosed tags the standard one and the fastest of the others take
many seconds. This one knows what office documents and news pages need and nothing of scripts.
"""

from __future__ import annotations

import html
import re

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
RAW = frozenset(
    ["script", "style", "noscript", "template", "iframe", "object", "svg", "math", "textarea", "select"]
)
BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# A tag on the left ends an open one on the right, unless one of the fences stands between.
_ENDS = {
    "li": ({"li", "p"}, {"ul", "ol", "table", "td"}),
    "td": ({"td", "th", "p", "li"}, {"table", "tr"}),
    "th": ({"td", "th", "p", "li"}, {"table", "tr"}),
    "tr": ({"tr", "td", "th", "p", "li"}, {"table"}),
    "tbody": ({"tbody", "thead", "tfoot", "tr", "td", "th", "p"}, {"table"}),
    "dt": ({"dt", "dd", "p"}, {"dl"}),
    "dd": ({"dt", "dd", "p"}, {"dl"}),
}
_DEPTH_MAX = 100
_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_TAG = re.compile(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


class Node:
    """An element with its children, which are elements and words."""

    __slots__ = ("_attributes", "_source", "children", "tag")

    def __init__(self, tag: str, source: str = "") -> None:
        self.tag, self._source = tag, source
        self.children: list[Node | str] = []
        self._attributes: dict[str, str] | None = None

    def get(self, name: str) -> str:
        """Return an attribute, "" when it is not there."""
        if self._attributes is None:
            # The first of two attributes of a name counts, as in browsers.
            found = [
                (m[1].lower(), html.unescape(m[2] or m[3] or m[4] or ""))
                for m in _ATTRIBUTE.finditer(self._source)
            ]
            self._attributes = dict(reversed(found))
        return self._attributes.get(name, "")

    def has(self, name: str) -> bool:
        """Tell whether an attribute is there, with a value or without."""
        self.get(name)
        return self._attributes is not None and name in self._attributes


class _Builder:
    """Places tags and words in the tree; deeper than the limit everything becomes siblings."""

    def __init__(self) -> None:
        self.root = Node("html")
        self.stack = [self.root]

    def text(self, words: str) -> None:
        if words:
            self.stack[-1].children.append(html.unescape(words))

    def open(self, node: Node) -> None:
        tag = node.tag
        ends, fences = _ENDS.get(tag, ({"p"} if tag in BLOCK else set(), {"table", "td", "th", "li", "div"}))
        self._end_implied(ends, fences)
        self.stack[-1].children.append(node)
        if tag not in VOID and len(self.stack) < _DEPTH_MAX:
            self.stack.append(node)

    def close(self, tag: str) -> None:
        for place in range(len(self.stack) - 1, 0, -1):
            if self.stack[place].tag == tag:
                del self.stack[place:]
                return
            if self.stack[place].tag == "table" and tag not in ("body", "html"):
                return

    def _end_implied(self, ends: set[str], fences: set[str]) -> None:
        last = 0
        for place in range(len(self.stack) - 1, 0, -1):
            if self.stack[place].tag in ends:
                last = place
            elif self.stack[place].tag in fences:
                break
        if last:
            del self.stack[last:]


def parse_markup(source: str) -> Node:
    """Return the tree of a page; what stands in scripts, styles and comments is not in it."""
    builder = _Builder()
    at, quotes_hold = 0, True
    size = len(source)
    while at < size:
        mark = source.find("<", at)
        if mark < 0:
            builder.text(source[at:])
            break
        builder.text(source[at:mark])
        following = source[mark + 1 : mark + 2]
        if following in ("!", "?"):
            at = _after_declaration(source, mark)
            continue
        end = source.find(">", mark)
        if end < 0:
            builder.text(source[mark:])
            break
        if following == "/":
            name = _NAME.match(source, mark + 2)
            if name:
                builder.close(name.group().lower())
            at = end + 1
            continue
        name = _NAME.match(source, mark + 1)
        if not name:
            builder.text("<")
            at = mark + 1
            continue
        if quotes_hold:
            # A quote that never closes is met once; from there on quotes are not believed.
            whole = _TAG.match(source, mark)
            quotes_hold = whole is not None
            end = whole.end() - 1 if whole else end
        at = _open(builder, source, name, end)
    return builder.root


def _open(builder: _Builder, source: str, name: re.Match[str], end: int) -> int:
    tag = name.group().lower()
    if tag not in RAW:
        builder.open(Node(tag, source[name.end() : end]))
        return end + 1
    if source[end - 1] == "/" and tag in ("svg", "math", "object"):
        return end + 1
    close = re.compile(f"</{tag}[^>]*>", re.IGNORECASE).search(source, end + 1)
    return close.end() if close else len(source)


def _after_declaration(source: str, mark: int) -> int:
    closing = "-->" if source.startswith("<!--", mark) else ">"
    end = source.find(closing, mark + 2)
    return len(source) if end < 0 else end + len(closing)
