"""Turn the marks that the guides use into HTML: headings, lists, tables, code, emphasis, links; nothing else."""

import re
from collections.abc import Callable, Iterator

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

Link = Callable[
    [str], str | None
]  # the target as written -> the address on the site, None where there is none
MARKS = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\*(?P<slanted>[^*\s][^*]*)\*|\[(?P<words>[^\]]+)\]\((?P<to>[^)\s]+)\)"
)
ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*]|\d+\.) +(?P<text>.*)")
HEADING = re.compile(r"(?P<level>#{1,4}) +(?P<text>.*)")


def render(text: str, link: Link) -> tuple[str, SafeString]:
    """Return the title of a guide and its body as HTML; every character of the source is escaped."""
    title, lines = "", text.splitlines()
    if lines and lines[0].startswith("# "):
        title, lines = lines[0][2:].strip(), lines[1:]
    return title, mark_safe("\n".join(_blocks(lines, link)))  # noqa: S308  # built from escaped pieces below


def _inline(text: str, link: Link) -> str:
    """Draw the marks inside a line; a link without an address on the site stays as its words."""
    out: list[str] = []
    at = 0
    for found in MARKS.finditer(text):
        out.append(escape(text[at : found.start()]))
        at = found.end()
        if found["code"]:
            out.append(format_html("<code>{}</code>", found["code"]))
        elif found["bold"]:
            out.append(f"<strong>{_inline(found['bold'], link)}</strong>")
        elif found["slanted"]:
            out.append(f"<em>{_inline(found['slanted'], link)}</em>")
        else:
            to, words = link(found["to"]), _inline(found["words"], link)
            out.append(f'<a href="{escape(to)}">{words}</a>' if to else words)
    return "".join([*out, escape(text[at:])])


def _blocks(lines: list[str], link: Link) -> Iterator[str]:
    """Yield the HTML of each block of lines."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif line.startswith("```"):
            end = next((n for n in range(at + 1, len(lines)) if lines[n].startswith("```")), len(lines))
            yield format_html("<pre><code>{}</code></pre>", "\n".join(lines[at + 1 : end]))
            at = end + 1
        elif heading := HEADING.fullmatch(line):
            level = len(heading["level"])
            yield f"<h{level}>{_inline(heading['text'], link)}</h{level}>"
            at += 1
        elif ITEM.fullmatch(line):
            end = _end_of_list(lines, at)
            yield _list(lines[at:end], link)
            at = end
        else:
            is_row = line.startswith("|")
            end = at + 1
            while end < len(lines) and _goes_on(lines[end], is_row=is_row):
                end += 1
            yield (
                _table(lines[at:end], link) if is_row else f"<p>{_inline(' '.join(lines[at:end]), link)}</p>"
            )
            at = end


def _goes_on(line: str, *, is_row: bool) -> bool:
    """Say whether a line belongs to the table or the paragraph before it."""
    if is_row:
        return line.startswith("|")
    return bool(line.strip()) and not line.startswith(("|", "```", "#")) and not ITEM.fullmatch(line)


def _end_of_list(lines: list[str], at: int) -> int:
    """Return where a list ends: at the first line that is neither an item, nor indented, nor between two such."""
    end = at + 1
    while end < len(lines):
        line = lines[end]
        rest = next((other for other in lines[end:] if other.strip()), "")
        if not (line.startswith(" ") or ITEM.fullmatch(line) or (not line.strip() and _is_inside(rest))):
            break
        end += 1
    return end


def _is_inside(line: str) -> bool:
    return line.startswith(" ") or ITEM.fullmatch(line) is not None


def _list(lines: list[str], link: Link) -> str:
    """Draw a list; what is indented under an item belongs to it, lists too."""
    first = ITEM.fullmatch(lines[0])
    assert first, "a list begins with an item"
    items: list[list[str]] = []
    for line in lines:
        item = ITEM.fullmatch(line)
        if item and len(item["indent"]) <= len(first["indent"]):
            items.append([item["text"]])
        else:
            items[-1].append(line.strip() if not item else line[len(first["indent"]) + 2 :])
    tag = "ul" if first["mark"] in "-*" else "ol"
    start = f' start="{int(first["mark"][:-1])}"' if tag == "ol" and first["mark"] != "1." else ""
    return f"<{tag}{start}>{''.join(f'<li>{_item(item, link)}</li>' for item in items)}</{tag}>"


def _item(lines: list[str], link: Link) -> str:
    """Draw an item: its words stand bare, blocks below them as blocks."""
    words = [lines[0]]
    rest = lines[1:]
    while rest and rest[0].strip() and not ITEM.fullmatch(rest[0].strip()):
        words.append(rest.pop(0).strip())
    below = [line.strip() if ITEM.fullmatch(line.strip()) else line for line in rest]
    return _inline(" ".join(words), link) + "".join(_blocks(below, link))


def _table(lines: list[str], link: Link) -> str:
    """Draw a table whose second line only divides the head from the rows."""
    rows = [[_inline(c.strip(), link) for c in line.strip().strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[2:])
    return (
        '<div class="table-responsive"><table class="table">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
