"""The Word templates of reports and reviews, and what all templates share; make_templates.py writes them."""

import copy
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm
from template_styles import PLAIN, STYLES, Styles, made, set_styles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from liencap.printing.packing import repack  # noqa: E402 - after the path is set


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
    set_styles(document, tag, styles)
    _page(document.sections[0])
    for part in parts:
        part(document)
    held = io.BytesIO()
    document.save(held)
    return repack(held.getvalue())


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
            run._r.append(made("w:fldChar", fldCharType=kind))


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
        row._tr.get_or_add_trPr().append(made("w:cantSplit"))
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
    box.append(made("w:bottom", val="nil"))
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
    rows[0]._tr.get_or_add_trPr().append(made("w:tblHeader"))
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
            properties.append(made("w:shd", val="clear", color="auto", fill=shade))
        properties.append(made("w:vAlign", val="center"))


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
