"""Judge a Word template from outside before it may be filled; runs in the child."""

import io
import re
import zipfile
from typing import Any

import jinja2
import jinja2.meta
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_UNPACKED = 100 << 20
_RATIO = 100
_PARTS = 500
_FORBIDDEN_PARTS = re.compile(
    r"vbaProject|vbaData|/embeddings/|/activeX/|oleObject|/afchunk|\.bin$", re.IGNORECASE
)
_FORBIDDEN_TYPES = re.compile(rb"macroEnabled|vbaProject|oleObject|activeX", re.IGNORECASE)
_FORBIDDEN_RELATIONS = re.compile(
    rb"relationships/(oleObject|package|aFChunk|control|attachedTemplate|subDocument)"
)
_FORBIDDEN_MARKUP = re.compile(rb"<(w:object|w:control|w:altChunk|o:OLEObject|w:subDoc)\b")
_FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|EMBED|MACROBUTTON|DATABASE|RD)\b"
)
_FIELD_TEXT = re.compile(r"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"")

# What a template may say: print, choose, repeat. No calls, no arithmetic, no assignment, no import.
_ALLOWED_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Concat,
)
_ALLOWED_FILTERS = frozenset(
    {"upper", "lower", "title", "capitalize", "length", "count", "first", "last", "trim"}
)


class TemplateRefused(Exception):
    """The template may not be filled; `code` and `message` say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def environment() -> ImmutableSandboxedEnvironment:
    """Make the sandbox that templates are filled in; an unknown name is an error, not a gap on paper."""
    sandbox = ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _ALLOWED_FILTERS}
    return sandbox


def inspect(data: bytes, lines: dict[str, Any]) -> list[dict[str, str]]:
    """Return the problems of a template; what it may name are the keys of `lines`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            problems = _package(package)
            if not problems:
                problems = _parts(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return [_problem("not-a-docx", "This file is not a Word document.")]
    return problems or _tags(data, set(lines))


def _problem(code: str, message: str, place: str = "") -> dict[str, str]:
    return {"code": code, "message": message, "place": place}


def _package(package: zipfile.ZipFile) -> list[dict[str, str]]:
    """Judge by the table of contents alone, before a byte is unpacked."""
    infos = package.infolist()
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    names = [info.filename for info in infos]
    if size > _UNPACKED or size > _RATIO * max(packed, 1) or len(infos) > _PARTS:
        return [_problem("zip-bomb", "The file unpacks to more than a template can need.")]
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        return [_problem("not-a-docx", "This file is not a Word document.")]
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name for name in names):
        return [_problem("odd-package", "The file names its parts in a way Word does not.")]
    return [
        _problem("embedded-object", "Macros and embedded objects are not allowed.", name)
        for name in names
        if _FORBIDDEN_PARTS.search(name)
    ]


def _parts(package: zipfile.ZipFile) -> list[dict[str, str]]:
    found = []
    for info in package.infolist():
        content = package.read(info)
        name = info.filename
        xml = name.endswith((".xml", ".rels"))
        if xml and not _is_utf8(content):
            # Patterns below see bytes: another encoding would walk past them.
            found.append(_problem("odd-encoding", "A part is not written in UTF-8.", name))
        elif xml and b"<!DOCTYPE" in content:
            found.append(_problem("doctype", "A part declares a document type.", name))
        elif name == "[Content_Types].xml" and _FORBIDDEN_TYPES.search(content):
            found.append(_problem("macro", "Macros and embedded objects are not allowed.", name))
        elif name.endswith(".rels") and re.search(rb"TargetMode\s*=\s*[\"']External", content):
            found.append(_problem("external-relation", "The file points outside itself.", name))
        elif _forbidden(name, content):
            found.append(_problem("embedded-object", "Macros and embedded objects are not allowed.", name))
        elif xml and _has_field(content.decode("utf-8")):
            found.append(_problem("field", "A field would fetch something from outside.", name))
    return found


def _forbidden(name: str, content: bytes) -> bool:
    if name.endswith(".rels"):
        return bool(_FORBIDDEN_RELATIONS.search(content))
    return name.endswith(".xml") and bool(_FORBIDDEN_MARKUP.search(content))


def _is_utf8(content: bytes) -> bool:
    if b"\x00" in content or re.search(rb"^[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii)", content[:200], re.I):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_field(text: str) -> bool:
    """Join the pieces first: Word may cut a field's name over several runs."""
    said = "".join(a or b for a, b in _FIELD_TEXT.findall(text))
    return bool(_FIELDS.search(said) or re.search(r"DDE|INCLUDE", said))


def _tags(data: bytes, known: set[str]) -> list[dict[str, str]]:
    """Parse every part as docxtpl would, and judge the tags in it."""
    import docxtpl

    document = docxtpl.DocxTemplate(io.BytesIO(data))
    document.init_docx()
    sources = {"document": document.patch_xml(document.get_xml())}
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for key, part in document.get_headers_footers(kind):
            sources[str(part.partname if hasattr(part, "partname") else key)] = document.patch_xml(
                document.get_part_xml(part)
            )
    found: list[dict[str, str]] = []
    for place, source in sources.items():
        found += _judge(source, known, place)
    return found


def _computed(part: nodes.Node) -> bool:
    return not isinstance(part, nodes.Const) or str(part.value).startswith("_")


def _judge(source: str, known: set[str], place: str) -> list[dict[str, str]]:
    try:
        tree = environment().parse(source)
    except jinja2.TemplateError as error:
        return [_problem("tag-error", str(error)[:300], place)]
    found = []
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED_NODES):
            name = type(node).__name__
            found.append(
                _problem("not-allowed", f"A template prints, chooses and repeats only, no {name}.", place)
            )
        elif isinstance(node, nodes.Filter) and node.name not in _ALLOWED_FILTERS:
            found.append(_problem("not-allowed", f"The filter {node.name} is not allowed.", place))
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            found.append(_problem("not-allowed", f"The name {node.attr} is not allowed.", place))
        elif isinstance(node, nodes.Getitem) and _computed(node.arg):
            found.append(_problem("not-allowed", "A template takes parts by name only.", place))
    if found:
        return found
    unknown = jinja2.meta.find_undeclared_variables(tree) - known
    return [_problem("unknown-name", f"There is no {name} to print.", place) for name in sorted(unknown)]
