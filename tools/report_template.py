"""The Word templates of reports and reviews, and what all templates share; make_templates.py writes them."""

import copy
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from liencap.printing.packing import repack  # noqa: E402 - after the path is set

FACE = "Times New Roman"
GREY, RED = RGBColor(0x5A, 0x5A, 0x5A), RGBColor(0xB0, 0x00, 0x20)
CENTRE, LEFT, RIGHT, BOTH = ALIGN.CENTER, ALIGN.LEFT, ALIGN.RIGHT, ALIGN.JUSTIFY

# name: (size, bold, italic, alignment, before, after, first-line indent in mm, colour, stays with the next)
Styles = dict[str, tuple[float, bool, bool, Any, float, float, float, Any, bool]]
STYLES: Styles = {
    "LC Agency": (12, False, False, CENTRE, 0, 0, 0, None, False),
    "LC Issuer": (12, True, False, CENTRE, 0, 0, 0, None, False),
    "LC Motto": (12, True, False, CENTRE, 0, 0, 0, None, False),
    "LC Motto below": (13, True, False, CENTRE, 0, 0, 0, None, False),
    "LC Star": (14, False, False, CENTRE, 0, 0, 0, None, False),
    "LC Party agency": (14, False, False, CENTRE, 0, 0, 0, None, False),
    "LC Party issuer": (14, True, False, CENTRE, 0, 0, 0, None, False),
    "LC Party motto": (15, True, False, CENTRE, 0, 0, 0, None, False),
    "LC Party number": (14, False, False, CENTRE, 2, 0, 0, None, False),
    "LC Party title": (15, True, False, CENTRE, 18, 2, 0, None, True),
    "LC Number": (13, False, False, CENTRE, 2, 0, 0, None, False),
    "LC Place and date": (14, False, True, CENTRE, 2, 0, 0, None, False),
    "LC Title": (14, True, False, CENTRE, 18, 2, 0, None, True),
    "LC Subject": (14, True, False, CENTRE, 0, 0, 0, None, True),
    "LC Period": (14, False, True, CENTRE, 4, 10, 0, None, False),
    "LC Rule": (4, False, False, CENTRE, 0, 0, 0, None, False),
    "LC Basis": (14, False, True, BOTH, 0, 4, 10, None, False),
    "LC Text": (14, False, False, BOTH, 0, 5, 10, None, False),
    "LC Task": (14, True, False, BOTH, 12, 4, 10, None, True),
    "LC Citation": (11.5, False, True, BOTH, 0, 5, 10, GREY, True),
    "LC Caption": (12.5, True, False, CENTRE, 8, 5, 0, None, True),
    "LC Annex": (14, True, False, CENTRE, 0, 5, 0, None, True),
    "LC Chart": (11.5, False, False, CENTRE, 8, 2, 0, None, True),
    "LC Chart caption": (11.5, False, True, CENTRE, 0, 8, 0, None, False),
    "LC Quote": (13, False, True, BOTH, 4, 4, 0, None, True),
    "LC Source": (11.5, False, True, RIGHT, 0, 7, 0, GREY, False),
    "LC Table head": (11.5, True, False, CENTRE, 2, 2, 0, None, False),
    "LC Table text": (11.5, False, False, LEFT, 2, 2, 0, None, False),
    "LC Table order": (11.5, False, False, CENTRE, 2, 2, 0, None, False),
    "LC Table figure": (11.5, False, False, RIGHT, 2, 2, 0, None, False),
    "LC Table note": (11.5, False, True, LEFT, 2, 6, 0, None, False),
    "LC Recipients head": (12, True, True, LEFT, 0, 0, 0, None, False),
    "LC Recipients": (11, False, False, LEFT, 0, 0, 0, None, False),
    "LC Signatory": (14, True, False, CENTRE, 0, 0, 0, None, True),
    "LC Signatory name": (14, True, False, CENTRE, 62, 0, 0, None, False),
    "LC Record": (9, False, False, LEFT, 4, 0, 0, GREY, False),
    "LC Page number": (13, False, False, CENTRE, 0, 0, 0, None, False),
    "LC Sample": (9, True, False, CENTRE, 0, 0, 0, RED, False),
}
PLAIN = {name: look for name, look in STYLES.items() if "Chart" not in name}


def report(tag: str) -> bytes:
    """Return the template of reports."""
    return made_of("Report", tag, STYLES, (_head, _body, _charts, _missing, *END))


def review(tag: str) -> bytes:
    """Return the template of reviews, which have no charts."""
    return made_of("Report", tag, PLAIN, (_head, _body, _missing, *END))


def made_of(title: str, tag: str, styles: Styles, parts: Sequence[Callable[[Any], None]]) -> bytes:
    """Return a Word file of some parts, one after the other."""
    document = Document()
    document.core_properties.author = "Liencap"
    document.core_properties.title = title
    document.core_properties.comments = ""
    _styles(document, tag, styles)
    _page(document.sections[0])
    for part in parts:
        part(document)
    held = io.BytesIO()
    document.save(held)
    return repack(held.getvalue())


def _styles(document: Any, tag: str, styles: Styles) -> None:
    normal = document.styles["Normal"]
    _face(normal, 13.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    language.set(qn("w:eastAsia"), tag)
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = Pt(0)
    for name, (size, bold, italic, align, before, after, indent, colour, keep) in styles.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        _face(style, size)
        style.font.bold, style.font.italic = bold, italic
        if colour is not None:
            style.font.color.rgb = colour
        made = style.paragraph_format
        made.alignment, made.keep_with_next = align, keep
        made.space_before, made.space_after, made.first_line_indent = Pt(before), Pt(after), Mm(indent)
        made.line_spacing = Pt(4) if name == "LC Rule" else 1.0 if "Table" in name else 1.08
    quote = document.styles["LC Quote"]
    quote.paragraph_format.left_indent = Mm(6)
    _border(quote.element.get_or_add_pPr(), "left", 12, "969696", 8)
    _border(document.styles["LC Rule"].element.get_or_add_pPr(), "bottom", 6, "000000", 1)
    document.styles["LC Task"].element.get_or_add_pPr().append(_made("w:outlineLvl", val="0"))


def _face(style: Any, size: float) -> None:
    style.font.name, style.font.size = FACE, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
        fonts.set(qn(name), FACE)


def _made(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _border(properties: Any, side: str, size: int, colour: str, space: int) -> None:
    box = OxmlElement("w:pBdr")
    box.append(_made(f"w:{side}", val="single", sz=str(size), space=str(space), color=colour))
    # The schema wants borders before shading, tabs, spacing and what follows.
    before = properties.xpath("w:shd|w:tabs|w:spacing|w:ind|w:jc|w:outlineLvl")
    before[0].addprevious(box) if before else properties.append(box)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(8)
    section.different_first_page_header_footer = True
    for header, numbered in ((section.header, True), (section.first_page_header, False)):
        _say(header, "LC Sample", "{%p if sample %}", first=True)
        _say(header, "LC Sample", "{{ sample_mark }}")
        _say(header, "LC Sample", "{%p endif %}")
        last = _say(header, "LC Page number", "")
        if numbered:
            _field(last, "PAGE")


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.text = f" {code} "
            run._r.append(text)
        elif kind == "shown":
            run.text = "2"
        else:
            run._r.append(_made("w:fldChar", fldCharType=kind))


def _say(place: Any, style: str, text: str, *, first: bool = False) -> Any:
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    paragraph.style = style
    if text:
        paragraph.add_run(text)
    return paragraph


def _rule(place: Any, left: float, right: float) -> None:
    paragraph = _say(place, "LC Rule", "")
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = Mm(left), Mm(right)


def _grid(document: Any, widths: tuple[float, ...], rows: int = 1) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_made("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _head(document: Any) -> None:
    head(document)


def head(document: Any) -> None:
    """Set agency and motto, number and day, in the sizes of the state's form and of the party's."""
    table = _grid(document, (68, 97), rows=2)
    left, right = table.rows[0].cells
    _say(left, "LC Agency", "{%p if authority %}", first=True)
    either(left, "agency", "LC Agency", "{{ authority }}")
    _say(left, "LC Agency", "{%p endif %}")
    either(left, "issuer", "LC Issuer", "{{ issuer }}")
    _say(left, "LC Star", "{%p if star %}")
    _say(left, "LC Star", "{{ star }}")
    _say(left, "LC Star", "{%p else %}")
    _rule(left, 24, 24)
    _say(left, "LC Star", "{%p endif %}")
    _say(right, "LC Motto", "{%p if motto %}", first=True)
    either(right, "motto", "LC Motto", "{{ motto|first }}")
    _each(right, "LC Motto below", "line", "motto_below")
    # The rule is as long as the line above it.
    _say(right, "LC Star", "{%p if star %}")
    _rule(right, 8, 8)
    _say(right, "LC Star", "{%p else %}")
    _rule(right, 18, 18)
    _say(right, "LC Star", "{%p endif %}")
    _say(right, "LC Motto", "{%p endif %}")
    _say(right, "LC Rule", "")._p.get_or_add_pPr().append(_no_border())
    either(table.rows[1].cells[0], "number", "LC Number", "{{ number_line }}", first=True)
    _say(table.rows[1].cells[1], "LC Place and date", "{{ place_date }}", first=True)


def either(place: Any, party: str, state: str, text: str, *, first: bool = False) -> None:
    """Set a text in the party's size or in the state's."""
    _say(place, state, "{%p if star %}", first=first)
    _say(place, f"LC Party {party}", text)
    _say(place, state, "{%p else %}")
    _say(place, state, text)
    _say(place, state, "{%p endif %}")


def _no_border() -> Any:
    box = OxmlElement("w:pBdr")
    box.append(_made("w:bottom", val="nil"))
    return box


def _body(document: Any) -> None:
    either(document, "title", "LC Title", "{{ title }}")
    _say(document, "LC Subject", "{{ subject }}")
    _rule(document, 64, 64)
    _if(document, "LC Period", "period")
    _each(document, "LC Basis", "base", "bases")
    _if(document, "LC Text", "coverage")
    _say(document, "LC Task", "{%p for section in sections %}")
    _say(document, "LC Task", "{{ section.heading }}")
    _if(document, "LC Citation", "section.citation")
    _say(document, "LC Caption", "{%p for table in section.tables %}")
    _figures(document, (10, 59, 1, 94, 1), "LC Caption")
    _say(document, "LC Caption", "{%p endfor %}")
    _each(document, "LC Text", "pointer", "section.pointers")
    _blocks(document)
    _say(document, "LC Task", "{%p endfor %}")


def _missing(document: Any) -> None:
    _say(document, "LC Task", "{%p if missing %}")
    _say(document, "LC Task", "{{ missing_heading }}")
    _say(document, "LC Text", "{{ missing }}")
    _say(document, "LC Task", "{%p endif %}")


def _charts(document: Any) -> None:
    _say(document, "LC Task", "{%p if charts %}")
    _say(document, "LC Task", "{{ charts_heading }}")
    _say(document, "LC Task", "{%p endif %}")
    _say(document, "LC Chart", "{%p for chart in charts %}")
    _say(document, "LC Chart", "{{ chart.picture }}")
    _say(document, "LC Chart caption", "{{ chart.caption }}")
    _say(document, "LC Chart", "{%p endfor %}")


def _if(place: Any, style: str, name: str) -> None:
    _say(place, style, f"{{%p if {name} %}}")
    _say(place, style, f"{{{{ {name} }}}}")
    _say(place, style, "{%p endif %}")


def _each(place: Any, style: str, one: str, many: str) -> None:
    _say(place, style, f"{{%p for {one} in {many} %}}")
    _say(place, style, f"{{{{ {one} }}}}")
    _say(place, style, "{%p endfor %}")


def _blocks(document: Any) -> None:
    _say(document, "LC Text", "{%p for block in section.blocks %}")
    _say(document, "LC Text", "{%p for text in block.paragraphs %}")
    _say(document, "LC Text", "{%p if block.quote %}")
    _say(document, "LC Quote", "{{ text }}")
    _say(document, "LC Text", "{%p else %}")
    _say(document, "LC Text", "{{ text }}")
    _say(document, "LC Text", "{%p endif %}")
    _say(document, "LC Text", "{%p endfor %}")
    _if(document, "LC Source", "block.source")
    _say(document, "LC Text", "{%p endfor %}")


def _figures(document: Any, widths: tuple[float, ...], caption: str) -> None:
    """Add one table whose rows and columns repeat; rows never split and the head comes again on each page."""
    _say(document, caption, "{{ table.caption }}")
    table = _grid(document, widths, rows=7)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    rows = table.rows
    rows[0]._tr.get_or_add_trPr().append(_made("w:tblHeader"))
    _row(rows[0], "table.order", "table.unit", "table.columns", ("LC Table head",) * 3, shade="EBEBEB")
    _line(rows[1], "{%tr for row in table.rows %}")
    _line(rows[2], "{%tr if row.total %}")
    looks = ("LC Table order", "LC Table text", "LC Table figure")
    _row(rows[3], "row.order", "row.name", "row.cells", looks, shade="F5F5F5", bold=True)
    _line(rows[4], "{%tr else %}")
    _row(rows[5], "row.order", "row.name", "row.cells", looks)
    _line(rows[6], "{%tr endif %}")
    last = copy.deepcopy(rows[6]._tr)
    rows[6]._tr.addnext(last)
    _line(table.rows[7], "{%tr endfor %}")
    _say(document, "LC Table note", "{%p if table.note %}")
    _say(document, "LC Table note", "{{ table.note }}")
    _say(document, "LC Table note", "{%p endif %}")


def _line(row: Any, text: str) -> None:
    paragraph = row.cells[0].paragraphs[0]
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    paragraph.style = "LC Table text"
    paragraph.add_run(text)


def _row(
    row: Any,
    order: str,
    name: str,
    cells: str,
    styles: tuple[str, ...],
    *,
    shade: str = "",
    bold: bool = False,
) -> None:
    texts = (
        f"{{{{ {order} }}}}",
        f"{{{{ {name} }}}}",
        f"{{%tc for cell in {cells} %}}",
        "{{ cell }}",
        "{%tc endfor %}",
    )
    looks = (styles[0], styles[1], styles[2], styles[2], styles[2])
    for cell, text, look in zip(row.cells, texts, looks, strict=True):
        paragraph = _say(cell, look, text, first=True)
        if bold:
            paragraph.runs[0].bold = True
        properties = cell._tc.get_or_add_tcPr()
        if shade:
            properties.append(_made("w:shd", val="clear", color="auto", fill=shade))
        properties.append(_made("w:vAlign", val="center"))


def _signature(document: Any) -> None:
    _say(document, "LC Text", "")
    table = _grid(document, (74, 91))
    left, right = table.rows[0].cells
    _say(left, "LC Recipients head", "{%p if recipients_heading %}", first=True)
    _say(left, "LC Recipients head", "{{ recipients_heading }}")
    _say(left, "LC Recipients head", "{%p endif %}")
    _each(left, "LC Recipients", "name", "recipients")
    _say(left, "LC Recipients", "")
    for number, name in enumerate(("on_behalf", "acting", "role")):
        _say(right, "LC Signatory", f"{{%p if signatory.{name} %}}", first=number == 0)
        _say(right, "LC Signatory", f"{{{{ signatory.{name} }}}}")
        _say(right, "LC Signatory", "{%p endif %}")
    _say(right, "LC Signatory name", "{{ signatory.name }}")


def _annexes(document: Any) -> None:
    """Put the wide tables on lying pages between two section breaks that exist only when there are any."""
    _say(document, "LC Text", "{%p if annexes %}")
    first = document.sections[0]._sectPr
    references = [copy.deepcopy(e) for e in first.xpath("w:headerReference")]
    lying = document.add_section(WD_SECTION.NEW_PAGE)
    lying.orientation = WD_ORIENT.LANDSCAPE
    lying.page_width, lying.page_height = Mm(297), Mm(210)
    lying.left_margin = lying.right_margin = lying.bottom_margin = Mm(20)
    lying.top_margin = Mm(25)
    lying.different_first_page_header_footer = False
    _say(document, "LC Caption", "{%p for table in annexes %}")
    _figures(document, (10, 67, 1, 178, 1), "LC Annex")
    _say(document, "LC Caption", "{%p endfor %}")
    last = document.add_section(WD_SECTION.NEW_PAGE)
    last.orientation = WD_ORIENT.PORTRAIT
    last.page_width, last.page_height = Mm(210), Mm(297)
    last.top_margin = last.bottom_margin = Mm(20)
    last.left_margin, last.right_margin = Mm(30), Mm(15)
    # Without annexes this is the only section left, so it must know the headers, and that the first page has its own.
    for reference in references:
        last._sectPr.insert(0, reference)
    last.different_first_page_header_footer = True
    _say(document, "LC Text", "{%p endif %}")


def _record(document: Any) -> None:
    _each(document, "LC Record", "line", "record")


END = (_signature, _record, _annexes)
