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
# The wheel's own faces: Libertinus holds every Vietnamese letter, in bold italic too, which Liberation Serif does
# not. With no font of the machine the same values give the same bytes everywhere.
_FACES = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
_LONG = re.compile(r"\S{21,}")
_STEP = 10


def render_pdf(report: PrintedReport) -> bytes:
    """Return the PDF; the same values give the same bytes."""
    lines = json.dumps(lines_of(report), ensure_ascii=False).encode()
    made: bytes = run_in_child("liencap.reports.printing.pdf:set_pages", data=lines)
    return made


def set_pages(data: bytes) -> bytes:
    """Compile in the child: root is its empty folder, values arrive as JSON alone, packages cannot be had."""
    import typst

    values = _breakable(json.loads(data))
    values["fonts"] = list(_FACES)
    fonts = typst.Fonts(include_system_fonts=False)
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
