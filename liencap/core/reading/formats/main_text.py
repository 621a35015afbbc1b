"""Find the main text of a page and leave out menus, related links, forms and feet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liencap.core.reading.formats.markup import BLOCK, Node
from liencap.core.text import fold

_FURNITURE_TAGS = frozenset(
    ["nav", "aside", "footer", "button", "dialog", "audio", "video", "canvas", "label", "input", "head"]
)
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|footer|sidebar|related|relate|comments?|social|share|sharing|feedback|"
    r"banner|ads?|advert\w*|cookie|pagination|pager|toolbar|topbar|widget|popup|modal|"
    r"lien-?quan|tin-?khac|tin-?lien-?quan|"
    r"xem-?nhieu|binh-?luan|phan-?hoi|tags?|copyright|skip|sr-only|visually-hidden|newsletter|subscribe|print|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAIN_NAMES = re.compile(
    r"article-?body|post-?content|entry-?content|detail-?content|news-?content|chi-?tiet|noi-?dung|main-?content",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*(?:header|footer)\b",
    re.IGNORECASE,
)
# Words over what follows the text of a page, folded.
_TAILS = frozenset(
    [
        "co the ban quan tam",
        "tin lien quan",
        "bai lien quan",
        "bai viet lien quan",
        "tin bai lien quan",
        "cac tin khac",
        "tin khac",
        "cac bai khac",
        "tin cung chuyen muc",
        "bai cung chuyen muc",
        "phan hoi",
        "binh luan",
        "y kien ban doc",
        "gui binh luan",
        "gui phan hoi",
        "xem nhieu nhat",
        "doc nhieu",
        "doc nhieu nhat",
        "moi nhat",
        "tin moi nhat",
        "lien ket website",
        "lien ket web",
        "thong tin nguoi gui phan hoi",
        "tin noi bat",
        "van ban lien quan",
        "chuyen muc khac",
        "tin tuc khac",
        "bai viet khac",
        "tu khoa",
        "chia se",
        "danh gia bai viet",
        "related",
        "related articles",
        "related posts",
        "related links",
        "related content",
        "share this",
        "share",
        "comments",
        "leave a comment",
        "leave a reply",
        "you may also like",
        "read more",
        "more news",
        "latest news",
        "most read",
        "most popular",
        "recommended",
        "feedback",
        "was this page helpful?",
        "last updated",
        "back to top",
        "ve dau trang",
        "tro ve dau trang",
        "in bai viet",
        "gui email",
    ]
)
_DESCEND = frozenset(["html", "body", "div", "section", "article", "main", "center", "form", "span", "td"])
_LAYOUT = frozenset(["table", "tbody", "tr"])


@dataclass(slots=True)
class Weight:
    """How many letters an element holds, and how many of them in links."""

    letters: int = 0
    linked: int = 0
    links: int = 0


def weigh(root: Node) -> dict[int, Weight]:
    """Weigh every element once, from below; furniture weighs nothing."""
    weights: dict[int, Weight] = {}
    order: list[tuple[Node, Node | None]] = []
    waiting: list[tuple[Node, Node | None]] = [(root, None)]
    while waiting:
        node, parent = waiting.pop()
        order.append((node, parent))
        waiting += [(child, node) for child in node.children if isinstance(child, Node)]
    for node, parent in reversed(order):
        weight = weights.setdefault(id(node), Weight())
        weight.letters += sum(
            len(" ".join(child.split())) for child in node.children if isinstance(child, str)
        )
        if node.tag == "a" and node.get("href"):
            weight.linked, weight.links = weight.letters, weight.links + 1
        if parent is not None and not is_furniture(node):
            above = weights.setdefault(id(parent), Weight())
            above.letters += weight.letters
            above.linked += weight.linked
            above.links += weight.links
    return weights


def is_hidden(node: Node) -> bool:
    """Tell whether a browser or Word would not show an element."""
    if node.tag == "div" and node.get("title") in ("header", "footer"):
        return True  # the running head and foot of a document that LibreOffice saved
    return node.has("hidden") or (node.has("style") and _HIDDEN.search(node.get("style")) is not None)


def is_furniture(node: Node) -> bool:
    """Tell by tag and names whether an element is none of the document."""
    if node.tag in _FURNITURE_TAGS or is_hidden(node):
        return True
    if node.tag in ("body", "html", "article", "main", "form", "h1", "h2", "p", "td", "table"):
        return node.get("role") in ("navigation", "banner", "search")
    return node.get("role") in ("navigation", "search", "complementary", "contentinfo") or (
        node.tag in BLOCK and _FURNITURE_NAMES.search(f"{node.get('class')} {node.get('id')}") is not None
    )


def find_main(root: Node, weights: dict[int, Weight]) -> Node:
    """Go down from the page while one part holds nearly all the words that are no links."""
    node = outer = root
    while True:
        if node.tag not in _LAYOUT:
            outer = node
        own = _plain(weights[id(node)])
        inner = [child for child in node.children if isinstance(child, Node) and not is_furniture(child)]
        best = max(inner, key=lambda child: _plain(weights[id(child)]), default=None)
        if best is None or own == 0:
            return outer
        share = _plain(weights[id(best)]) / own
        named = (
            _MAIN_NAMES.search(f"{best.get('class')} {best.get('id')}")
            or best.get("itemprop") == "articleBody"
        )
        needed = 0.85 if best.tag in _LAYOUT else 0.5 if named or best.tag in ("article", "main") else 0.7
        if share < needed or best.tag not in (_DESCEND | _LAYOUT):
            # A part of a table is no document: what stands over the table belongs to it.
            return outer
        if _title_before(best, inner, weights):
            return node
        node = best


def _title_before(best: Node, siblings: list[Node], weights: dict[int, Weight]) -> bool:
    """Tell whether a short block without links stands right before the best part: its title."""
    before = [node for node in siblings[: siblings.index(best)] if _plain(weights[id(node)]) >= 15][-2:]
    return any(
        node.tag in BLOCK
        and _plain(weights[id(node)]) <= 250
        and weights[id(node)].links == 0
        and not any(isinstance(child, Node) and child.tag in BLOCK for child in node.children)
        for node in before
    )


def _plain(weight: Weight) -> int:
    return weight.letters - weight.linked


def is_link_list(node: Node, weights: dict[int, Weight]) -> bool:
    """Tell whether a block is hardly more than links to other pages."""
    weight = weights[id(node)]
    return weight.links >= 3 and weight.linked > 0.6 * weight.letters


def is_tail(words: str) -> bool:
    """Tell whether a short line is the heading of what follows the text of a page."""
    return len(words) < 60 and fold(words).strip(" :.()0123456789»>") in _TAILS


def is_plain_document(root: Node, source: str) -> bool:
    """Tell a document saved as a page, all of which is text, from a page of a site."""
    head = source[:20_000].lower()
    if (
        "msonormal" in source[:200_000].lower()
        or "urn:schemas-microsoft-com:office" in head
        or 'content="libreoffice' in head
    ):
        return True
    weights = weigh(root)
    return weights[id(root)].links < 3 and "<nav" not in source[:200_000].lower()
