"""The styles of the Word templates of papers: sizes and distances of the state's form and of the party's."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

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


def set_styles(document: Any, tag: str, styles: Styles) -> None:
    """Give a document its styles, and the language Word spells by."""
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
        form = style.paragraph_format
        form.alignment, form.keep_with_next = align, keep
        form.space_before, form.space_after, form.first_line_indent = Pt(before), Pt(after), Mm(indent)
        form.line_spacing = Pt(4) if name == "LC Rule" else 1.0 if "Table" in name else 1.08
    quote = document.styles["LC Quote"]
    quote.paragraph_format.left_indent = Mm(6)
    _border(quote.element.get_or_add_pPr(), "left", 12, "969696", 8)
    _border(document.styles["LC Rule"].element.get_or_add_pPr(), "bottom", 6, "000000", 1)
    document.styles["LC Task"].element.get_or_add_pPr().append(made("w:outlineLvl", val="0"))


def _face(style: Any, size: float) -> None:
    style.font.name, style.font.size = FACE, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
        fonts.set(qn(name), FACE)


def made(tag: str, **attributes: str) -> Any:
    """Return an element of WordprocessingML with its attributes."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _border(properties: Any, side: str, size: int, colour: str, space: int) -> None:
    box = OxmlElement("w:pBdr")
    box.append(made(f"w:{side}", val="single", sz=str(size), space=str(space), color=colour))
    # The schema wants borders before shading, tabs, spacing and what follows.
    before = properties.xpath("w:shd|w:tabs|w:spacing|w:ind|w:jc|w:outlineLvl")
    before[0].addprevious(box) if before else properties.append(box)
