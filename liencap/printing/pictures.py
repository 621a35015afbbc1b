"""Turn drawn charts into what paper can carry, with typst's own faces; runs in the child process."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_SOURCE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let drawn = json(bytes(sys.inputs.values))
#for (i, one) in drawn.enumerate() {
  if i > 0 { pagebreak() }
  image(bytes(one), format: "svg", width: 160mm)
}
"""
_SHARP = 220.0  # points an inch, enough for an office printer


def pictured(drawn: Sequence[str]) -> list[bytes]:
    """Return the charts as PNG: a picture's words are no words of the paper's text.

    typst's own SVG would be smaller, but keeps the letters as text, which a paper that holds it cannot draw.
    """
    if not drawn:
        return []
    import typst

    root = Path.cwd()
    compiler: typst.Compiler = typst.Compiler(
        input=_SOURCE, root=root, font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"values": json.dumps(list(drawn), ensure_ascii=False)}, package_path=root,
        package_cache_path=root,
    )  # fmt: skip
    made: Any = compiler.compile(format="png", ppi=_SHARP)
    return list(made) if isinstance(made, list) else [made]
