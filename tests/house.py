"""The rules of the house that imports cannot show, each a function from source to findings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "liencap"
WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "save"}
CLASS_ROOTS = {"Protocol", "Generic", "NamedTuple", "Enum", "StrEnum"}


def sources(*, tests: bool = False) -> Iterator[Path]:
    """Yield the Python files that people edit."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if "migrations" not in parts and ("tests" in parts) <= tests:
            yield path


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield every function."""
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


def names_in(node: ast.expr) -> set[str]:
    """Return the names and attributes of an expression."""
    return {n.attr if isinstance(n, ast.Attribute) else n.id for n in ast.walk(node)
            if isinstance(n, ast.Attribute | ast.Name)}  # fmt: skip


def orm_writes(source: str) -> list[str]:
    """Return the calls that write rows: they belong into actions alone."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        chain = names_in(node.func.value)
        verb = node.func.attr
        queryset = bool(chain & {"objects", "filter", "exclude", "all"})
        if (
            (verb in ("create", "update", "delete") and queryset)
            or verb in WRITES - {"delete", "save"}
            or (verb == "save" and any(k.arg == "update_fields" for k in node.keywords))
        ):
            found.append(f"line {node.lineno}: .{verb}()")
    return found


def actors_missing(source: str) -> list[str]:
    """Return the atomic deeds that do not name their actor by keyword."""
    found = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        atomic = any("atomic" in names_in(d) for d in node.decorator_list)
        if atomic and "actor" not in {a.arg for a in node.args.kwonlyargs}:
            found.append(f"{node.name} (line {node.lineno})")
    return found


def over_budget(source: str, *, table: bool = False) -> list[str]:
    """Return files over 400 lines, functions over 40, classes with more than one base."""
    found = []
    lines = source.count("\n")
    if lines > 400 and not table:
        found.append(f"{lines} lines")
    tree = ast.parse(source)
    for node in functions(tree):
        length = (node.end_lineno or 0) - node.lineno + 1
        if length > 40:
            found.append(f"{node.name}: {length} lines")
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            bases = [b for b in node.bases if not names_in(b) & CLASS_ROOTS]
            if len(bases) > 1:
                found.append(f"{node.name}: {len(bases)} bases")
    return found


def hidden_wiring(source: str) -> list[str]:
    """Return signals and generic foreign keys."""
    return sorted(
        set(
            # A model field has a method `pre_save` too; a signal is never called like one.
            re.findall(
                r"(?<!\.)\b(post_save|pre_save|post_delete|m2m_changed|GenericForeignKey|receiver)\b", source
            )
        )
    )


def inline_code(template: str) -> list[str]:
    """Return inline scripts, styles and handlers, which the content security policy refuses."""
    bad = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=[\"']|<style\b|\son[a-z]+=[\"']", template)
    return sorted({b.strip() for b in bad})
