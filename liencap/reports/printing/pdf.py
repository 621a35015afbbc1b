"""Set a report as PDF with typst, in a child process."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from liencap.reports.printing.values import PrintedReport
from liencap.reports.printing.wording import lines_of
from liencap.work.child import run_in_child

_SOURCE = Path(__file__).with_name("report.typ")
# Free fonts with the measures of the face the law names; the wheel's own Libertinus serves where they are not.
_FONT_FOLDERS = (
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/liberation-serif-fonts",
)
_FACES = ("Liberation Serif", "Libertinus Serif", "DejaVu Sans Mono")
_LONG = re.compile(r"\S{21,}")
_STEP = 10


def render_pdf(report: PrintedReport, *, own_fonts_only: bool = False) -> bytes:
    """Return the PDF; the same values give the same bytes on the same fonts."""
    lines = json.dumps(lines_of(report), ensure_ascii=False).encode()
    made: bytes = run_in_child(
        "liencap.reports.printing.pdf:set_pages", data=lines, args={"own_fonts_only": own_fonts_only}
    )
    return made


def set_pages(data: bytes, *, own_fonts_only: bool) -> bytes:
    """Compile in the child: root is its empty folder, values arrive as JSON alone, packages cannot be had."""
    import typst

    values = _breakable(json.loads(data))
    values["fonts"] = list(_FACES[1:] if own_fonts_only else _FACES)
    folders = [] if own_fonts_only else [folder for folder in _FONT_FOLDERS if Path(folder).is_dir()]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
    root = Path.cwd()
    compiler: typst.Compiler = typst.Compiler(
        input=_SOURCE.read_bytes(),
        root=root,
        font_paths=fonts,
        sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
        package_path=root,
        package_cache_path=root,
    )
    made = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(made, bytes)
    return made


def _breakable(value: Any) -> Any:
    """Let very long words break: an invisible space now and then, as Word does by itself."""
    if isinstance(value, str):
        return _LONG.sub(_spread, value)
    if isinstance(value, list):
        return [_breakable(held) for held in value]
    if isinstance(value, dict):
        return {name: _breakable(held) for name, held in value.items()}
    return value


def _spread(match: re.Match[str]) -> str:
    word = match[0]
    return "\u200b".join(word[start : start + _STEP] for start in range(0, len(word), _STEP))


def fingerprint(data: bytes) -> str:
    """Return the sha256 under which a rendering is stored and served."""
    return hashlib.sha256(data).hexdigest()
