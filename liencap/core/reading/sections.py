"""Which units of the outline are tasks, duties of implementation, targets, or none of these.

A plan's sections say by their titles what they set; a directive without sections sets its numbered units.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from liencap.core.reading.outline import Node
from liencap.core.reading.view import View

Classify = Callable[[str], str]
SECTIONS = frozenset({"part", "chapter", "upper", "roman", "heading", "goal", "aim"})
SILENT = frozenset({"whereas"})
LISTS = frozenset({"paren", "letter", "iparen", "dash", "plus", "dot"})


@dataclass(slots=True)
class Sorted:
    """The outline's units by what they are."""

    tasks: list[Node] = field(default_factory=list)
    duties: list[Node] = field(default_factory=list)
    other: list[Node] = field(default_factory=list)
    targets: list[Node] = field(default_factory=list)
    schedule: list[Node] = field(default_factory=list)
    lists: list[list[Node]] = field(default_factory=list)
    kind: dict[int, str] = field(default_factory=dict)


def title_of(view: View, node: Node) -> str:
    """Return the unit's first paragraph, or the part of it before the first child."""
    end = min(view.paragraph(node.text)[1], node.own_end())
    return view.view[node.text : max(end, node.text)]


def sort_sections(
    view: View, top: list[Node], classify: Classify, tables: list[tuple[int, int]] | None = None
) -> Sorted:
    """Sort the outline's units into tasks, duties, targets, other items and lists.

    A section of which nothing but a table stands below its title is no item: the table's rows are.
    """
    out = Sorted()
    bare = [node for node in top if tables and not node.children and _only_table(view, node, tables)]
    top = [node for node in top if node not in bare]
    top = [node for node in top if node.kind not in SILENT]
    numbered = [node for node in top if not _in_prose(node)]
    loose = [node for node in top if _in_prose(node)]
    if _is_sectioned(view, numbered, classify):
        for node in numbered:
            if node.kind == "article":
                # The articles of a decision say that its plan is in force and who carries it out.
                duty = classify(title_of(view, node)[:500]) == "duties"
                _put(out.duties if duty else out.other, node, out, "duties" if duty else "other")
            else:
                _section(view, node, classify, out, "")
    elif numbered:
        for node in numbered:
            title = title_of(view, node)
            kind = classify(title[:500] if node.kind == "article" else _short(title))
            kind = "other" if kind in ("schedule", "report") else kind
            if kind == "duties" and node.kind not in LISTS:
                _put(out.duties, node, out, "duties")
            elif kind in ("other", "funding") and node.kind == "article":
                _put(out.other, node, out, kind)
            else:
                _put(out.tasks, node, out, "tasks")
    _loose(view, loose, out, bool(numbered))
    if not out.tasks:
        _promote(out)
    return out


def _promote(out: Sorted) -> None:
    """Take the steps of a timetable as the tasks of a plan that sets no others."""
    for section in out.schedule:
        steps = section.children or [section]
        out.other = [node for node in out.other if node not in steps]
        for node in steps:
            _put(out.tasks, node, out, "tasks")


def _only_table(view: View, node: Node, tables: list[tuple[int, int]]) -> bool:
    begin = view.trim(max(view.paragraph(node.text)[1], node.text), node.end)[0]
    lead = view.paragraph(begin)[1]
    if view.view[begin:lead].rstrip().endswith(":") and lead - begin < 160:
        begin = view.trim(lead, node.end)[0]  # "Thực hiện theo bảng sau:"
    inside = next((table for table in tables if table[0] <= begin + 1 < table[1]), None)
    return inside is not None and not view.view[min(inside[1], node.end) : node.end].strip(" |\n*-")


def _in_prose(node: Node) -> bool:
    """Say whether a top unit is a list inside running text: it stands before the units that are tasks."""
    return node.kind in LISTS


def _short(title: str) -> str:
    return title if len(title) <= 100 else ""


def _is_sectioned(view: View, nodes: list[Node], classify: Classify) -> bool:
    if any(node.kind in SECTIONS for node in nodes):
        return True
    clear = [classify(_short(title_of(view, node))) for node in nodes]
    return len(nodes) >= 2 and "tasks" in clear and sum(bool(kind) for kind in clear) >= 2


def _put(where: list[Node], node: Node, out: Sorted, kind: str) -> None:
    where.append(node)
    out.kind[id(node)] = kind


def _section(view: View, node: Node, classify: Classify, out: Sorted, above: str) -> None:
    """File one section's items; a part or chapter hands its kind down to the sections inside."""
    kind = _kind(view, node, classify, out, above)
    out.kind[id(node)] = kind
    inner = [child for child in node.children if child.kind in SECTIONS]
    if inner and node.kind in SECTIONS:
        for child in inner:
            _section(view, child, classify, out, kind)
        return
    where = {"duties": out.duties, "funding": out.other, "other": out.other, "targets": out.targets}
    items = [child for child in node.children if child.kind not in LISTS or not child.inline]
    numbered = [child for child in items if child.kind not in LISTS]
    if kind in ("other", "targets"):
        for child in numbered:
            aims = classify(_short_title(view, child)) == "targets"
            _put(out.targets if aims else where[kind], child, out, "targets" if aims else kind)
        return
    chosen = numbered or [child for child in items if child.kind in ("letter", "paren")]
    if not chosen and kind in ("tasks", "duties"):
        chosen = items
    if not chosen and (kind == "funding" or (kind in ("", "tasks", "duties") and not items)):
        chosen = [node]
    for child in chosen:
        title = _short_title(view, child)
        inside = classify(title) if kind in ("", "tasks") and (child.children or len(title) <= 40) else ""
        named = kind == "tasks" and inside == "other" and len(title.split()) > 3
        if named or (kind == "tasks" and inside == "duties") or (inside == "duties" and not child.children):
            inside = ""  # "Thời gian tổ chức đại hội" in a section of tasks says when to hold it
        inside = "other" if inside in ("schedule", "report") and kind != "tasks" else inside
        if inside in ("duties", "funding", "other", "targets") and child is not node and len(chosen) > 1:
            _nested(child, out, inside, where)
        else:
            _put(where.get(kind, out.tasks), child, out, kind or "tasks")


def _kind(view: View, node: Node, classify: Classify, out: Sorted, above: str) -> str:
    """Return what a section sets, by its title or else as the part it stands in; a timetable is remembered."""
    kind = classify(_short_title(view, node)) or above
    if kind == "report":  # "Tổng kết nhiệm kỳ" may be a step of what is to be done
        return "tasks" if above == "tasks" else "other"
    if kind == "schedule":
        out.schedule.append(node)
        return "other"
    return kind or ("tasks" if node.kind in ("goal", "aim") else "")


def _nested(child: Node, out: Sorted, inside: str, where: dict[str, list[Node]]) -> None:
    """File a unit whose own title says that it is not a task, inside a section that sets some."""
    _put(where[inside], child, out, inside)


def _short_title(view: View, node: Node) -> str:
    return (
        _short(title_of(view, node))
        if node.kind not in ("roman", "part", "chapter")
        else title_of(view, node)[:160]
    )


def _loose(view: View, nodes: list[Node], out: Sorted, has_tasks: bool) -> None:
    """File lists of letters or "(1)" at the top: lists in prose, or all the tasks there are."""
    groups: list[list[Node]] = []
    for node in nodes:
        if groups and groups[-1][-1].kind == node.kind and node.value in (0, groups[-1][-1].value + 1):
            groups[-1].append(node)
        else:
            groups.append([node])
    if has_tasks:
        out.lists.extend(group for group in groups if len(group) > 1 and group[0].kind == "paren")
        return
    chosen = [group for group in groups if group[0].kind in ("paren", "letter") and len(group) > 1]
    if not chosen:
        chosen = [group for group in groups if len(group) > 1 and _led_in(view, group[0])]
    for group in chosen:
        for node in group:
            _put(out.tasks, node, out, "tasks")


def _led_in(view: View, node: Node) -> bool:
    """Say whether the words before a list end with a colon."""
    return view.view[max(0, node.start - 40) : node.start].rstrip(" \n").endswith(":")
