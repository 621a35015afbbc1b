"""Write the built-in Word templates of plans, one a language; run after changing this file or make_templates.py."""

import io
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_templates as common

TARGET = common.ROOT / "liencap" / "plans" / "printing" / "templates"
common.STYLES |= {
    "LC Part": (13.5, True, False, common.BOTH, 12, 4, 10, None, True),
    "LC Line": (13.5, False, False, common.BOTH, 0, 3, 10, None, False),
    "LC Line below": (13.5, False, False, common.BOTH, 0, 3, 10, None, False),
    "LC Details": (12.5, False, True, common.BOTH, 0, 6, 10, None, False),
    "LC Star": (12, False, False, ALIGN.CENTER, 0, 0, 0, None, False),
}


def main() -> None:
    """Write one template a language; they differ only in the language Word spells by."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for language, tag in (("vi", "vi-VN"), ("en", "en-GB")):
        TARGET.joinpath(f"plan_{language}.docx").write_bytes(build(tag))


def build(tag: str) -> bytes:
    document = Document()
    document.core_properties.author = "Liencap"
    document.core_properties.title = "Plan"
    document.core_properties.comments = ""
    common._styles(document, tag)
    document.styles["LC Line below"].paragraph_format.left_indent = common.Mm(8)
    common._page(document.sections[0])
    _head(document)
    _body(document)
    common._signature(document)
    common._record(document)
    held = io.BytesIO()
    document.save(held)
    return common.repack(held.getvalue())


def _head(document: Any) -> None:
    """Set agency and motto; below the issuer stands the party's star or the state's rule."""
    say = common._say
    table = common._grid(document, (68, 97), rows=2)
    left, right = table.rows[0].cells
    say(left, "LC Agency", "{%p if authority %}", first=True)
    say(left, "LC Agency", "{{ authority }}")
    say(left, "LC Agency", "{%p endif %}")
    say(left, "LC Issuer", "{{ issuer }}")
    say(left, "LC Star", "{%p if star %}")
    say(left, "LC Star", "{{ star }}")
    say(left, "LC Star", "{%p else %}")
    common._rule(left, 24, 24)
    say(left, "LC Star", "{%p endif %}")
    say(right, "LC Motto", "{%p if motto %}", first=True)
    say(right, "LC Motto", "{%p for line in motto %}")
    say(right, "LC Motto", "{{ line }}")
    say(right, "LC Motto", "{%p endfor %}")
    common._rule(right, 20, 20)
    say(right, "LC Motto", "{%p endif %}")
    say(right, "LC Rule", "")._p.get_or_add_pPr().append(common._no_border())
    say(table.rows[1].cells[0], "LC Number", "{{ number_line }}", first=True)
    say(table.rows[1].cells[1], "LC Place and date", "{{ place_date }}", first=True)


def _body(document: Any) -> None:
    say = common._say
    say(document, "LC Title", "{{ title }}")
    say(document, "LC Subject", "{{ subject }}")
    common._rule(document, 64, 64)
    common._each(document, "LC Basis", "base", "bases")
    say(document, "LC Text", "{{ opening }}")
    say(document, "LC Part", "{%p for section in sections %}")
    say(document, "LC Part", "{{ section.heading }}")
    common._each(document, "LC Text", "text", "section.paragraphs")
    say(document, "LC Line", "{%p for task in section.tasks %}")
    say(document, "LC Line", "{%p if task.below %}")
    say(document, "LC Line below", "{{ task.heading }}")
    say(document, "LC Line", "{%p else %}")
    say(document, "LC Line", "{{ task.heading }}")
    say(document, "LC Line", "{%p endif %}")
    common._if(document, "LC Details", "task.details")
    say(document, "LC Line", "{%p endfor %}")
    say(document, "LC Part", "{%p endfor %}")


if __name__ == "__main__":
    main()
