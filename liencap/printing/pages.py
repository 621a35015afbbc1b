"""Set the lines of a paper as PDF with typst, in a child process."""

import json
import re
from pathlib import Path
from typing import Any

from liencap.printing.pictures import pictured
from liencap.work.child import run_in_child

# The wheel's own faces: Libertinus holds every Vietnamese letter, in bold italic too, which Liberation Serif does
# not. With no font of the machine the same values give the same bytes everywhere.
_FACES = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
_LONG = re.compile(r"\S{21,}")
_STEP = 10


def pdf_of(lines: dict[str, Any], source: str) -> bytes:
    """Return the PDF of a typst source that reads the lines; the same values give the same bytes."""
    data = json.dumps(lines, ensure_ascii=False).encode()
    made: bytes = run_in_child("liencap.printing.pages:set_pages", data=data, args={"source": source})
    return made


def prepare_children() -> None:
    """Load what setting needs, before any values are there."""
    import typst  # noqa: F401


def set_pages(data: bytes, *, source: str) -> bytes:
    """Compile in the child: root is its empty folder, values arrive as JSON alone, packages cannot be had."""
    import typst

    said = json.loads(data)
    drawn = pictured([chart.pop("svg") for chart in said.get("charts", ())])
    values = _breakable(said)
    for chart, png in zip(values.get("charts", ()), drawn, strict=True):
        chart["png"] = list(png)
    values["fonts"] = list(_FACES)
    fonts = typst.Fonts(include_system_fonts=False)
    root = Path.cwd()
    compiler: typst.Compiler = typst.Compiler(
        input=source.encode(),
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
