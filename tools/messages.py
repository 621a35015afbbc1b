"""Keep the translations of every room: `messages.py update | check | compile`.

Strings are found in Python with ast and in templates with Django's own lexer, so that gettext's
programs are not needed. Each room keeps its own locale/vi/LC_MESSAGES/django.po.
"""

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent / "liencap"
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
WITH_CONTEXT = {"pgettext": 1, "pgettext_lazy": 1}
TRANS = re.compile(
    r"""\{%-?\s*(?:trans|translate)\s+(?P<q>["'])(?P<text>(?:(?!(?P=q)).)*)(?P=q)(?P<rest>[^%]*)%\}"""
)
FILTER = re.compile(r"""_\((?P<q>["'])(?P<text>(?:(?!(?P=q)).)*)(?P=q)\)""")
BLOCK = re.compile(
    r"\{%\s*(?:blocktrans|blocktranslate)\b(?P<args>[^%]*)%\}(?P<body>.*?)\{%\s*end(?:blocktrans|blocktranslate)\s*%\}",
    re.S,
)
PLURAL = re.compile(r"\{%%?\s*plural\s*%%?\}")
FIELD = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")
# What a room shows of a library that ships no Vietnamese. Its pages are overridden by ours (a test of the room
# holds that) and it sends no mail, so its Python and its short messages are all that can appear.
BORROWED = {
    "accounts": (
        "allauth", ("account/adapter.py", "mfa/*.py", "mfa/*/*.py", "socialaccount/adapter.py",
                    "templates/mfa/messages/*.txt"),
    ),
}  # fmt: skip
Message = tuple[str, str, str]  # context, singular, plural


def rooms() -> list[Path]:
    """Return the folders that keep translations: every room, and the package for what is outside them."""
    return sorted(
        p for p in ROOT.iterdir() if p.is_dir() and (p / "__init__.py").exists() and p.name != "core"
    )


def in_python(source: str) -> Iterator[Message]:
    """Yield the literal strings given to gettext calls."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in CALLS and len(texts) >= CALLS[name]:
            yield "", texts[0], texts[1] if CALLS[name] == 2 else ""
        elif name in WITH_CONTEXT and len(texts) >= 2:
            yield texts[0], texts[1], ""


def in_template(source: str) -> Iterator[Message]:
    """Yield the strings of translate and blocktranslate tags and of _("…") arguments."""
    for found in TRANS.finditer(source):
        context = re.search(r"""context\s+["']([^"']+)["']""", found["rest"])
        yield (context[1] if context else ""), found["text"], ""
    for found in FILTER.finditer(source):
        yield "", found["text"], ""
    for found in BLOCK.finditer(source):
        body = FIELD.sub(lambda m: f"%({m[1]})s", found["body"].replace("%", "%%"))
        parts = [p.strip() if "trimmed" in found["args"] else p for p in PLURAL.split(body)]
        if "trimmed" in found["args"]:
            parts = [" ".join(line.strip() for line in p.splitlines()).strip() for p in parts]
        context = re.search(r"""context\s+["']([^"']+)["']""", found["args"])
        yield (context[1] if context else ""), parts[0], parts[1] if len(parts) > 1 else ""


def used_in(room: Path) -> set[Message]:
    """Return all messages of one room."""
    found: set[Message] = set()
    for path in sorted(room.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(room).parts):
            found |= set(in_python(path.read_text("utf-8")))
    for path in sorted(room.rglob("templates/**/*.html")):
        found |= set(in_template(path.read_text("utf-8")))
    return {m for m in found | borrowed(room) if m[1]}


def borrowed(room: Path) -> set[Message]:
    """Return the messages that a room shows of a library."""
    package, patterns = BORROWED.get(room.name, ("", ()))
    spec = importlib.util.find_spec(package) if package else None
    places = list(spec.submodule_search_locations or ()) if spec else []
    found: set[Message] = set()
    for path in [p for place in places for pattern in patterns for p in sorted(Path(place).glob(pattern))]:
        read = in_python if path.suffix == ".py" else in_template
        found |= set(read(path.read_text("utf-8")))
    return found


def catalogue(room: Path) -> tuple[Path, polib.POFile]:
    """Return a room's Vietnamese catalogue, new when there is none."""
    path = room / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    if path.exists():
        return path, polib.pofile(str(path), wrapwidth=100)
    po = polib.POFile(wrapwidth=100)
    po.metadata = {
        "Language": "vi",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return path, po


def update() -> int:
    """Add missing messages and drop unused ones; translations stay."""
    for room in rooms():
        path, po = catalogue(room)
        used = used_in(room)
        keep = {(e.msgctxt or "", e.msgid): e for e in po}
        for entry in [
            e for k, e in keep.items() if k not in {m[:2] for m in used} and "extra" not in e.flags
        ]:
            if not (entry.comment or "").startswith("keep"):
                po.remove(entry)
        for context, text, plural in sorted(used):
            if (context, text) not in keep:
                entry = polib.POEntry(msgid=text, msgctxt=context or None, msgid_plural=plural)
                if plural:
                    entry.msgstr_plural = {0: ""}
                if "%(" in text or "%s" in text:
                    entry.flags.append("python-format")
                po.append(entry)
        if used or path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            po.sort(key=lambda e: (e.msgid, e.msgctxt or ""))
            po.save(str(path))
    return 0


def differing() -> list[str]:
    """Name the strings that two rooms translate differently: Django shows only one of the two."""
    said: dict[tuple[str, str], tuple[str, str]] = {}
    bad = []
    for room in rooms():
        for entry in catalogue(room)[1]:
            text = entry.msgstr or (entry.msgstr_plural or {}).get(0, "")
            first = said.setdefault((entry.msgctxt or "", entry.msgid), (room.name, text))
            if first[1] != text:
                bad.append(f"{room.name}: {entry.msgid!r} is {text!r} here and {first[1]!r} in {first[0]}")
    return bad


def check() -> int:
    """Fail when a visible string has no Vietnamese, or its named places differ."""
    bad = []
    for room in rooms():
        have = {(e.msgctxt or "", e.msgid): e for e in catalogue(room)[1]}
        for context, text, _plural in sorted(used_in(room)):
            entry = have.get((context, text))
            said = (entry.msgstr or (entry.msgstr_plural or {}).get(0, "")) if entry else ""
            if not said or (entry is not None and "fuzzy" in entry.flags):
                bad.append(f"{room.name}: not translated: {text!r}")
            elif set(re.findall(r"%\(\w+\)s", said)) - set(re.findall(r"%\(\w+\)s", f"{text} {_plural}")):
                bad.append(f"{room.name}: other places in the translation: {text!r}")
    bad += differing()
    print("\n".join(bad) or "translations complete")
    return 1 if bad else 0


def compile_all() -> int:
    """Write a .mo beside every .po whose text is newer."""
    for po in ROOT.rglob("locale/*/LC_MESSAGES/django.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po)).save_as_mofile(str(mo))
    return 0


if __name__ == "__main__":
    deeds = {"update": update, "check": check, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in deeds:
        sys.exit("usage: messages.py update | check | compile")
    sys.exit(deeds[sys.argv[1]]())
