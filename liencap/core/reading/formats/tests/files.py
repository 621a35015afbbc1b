"""Makes the files that the format tests read: Word packages piece by piece, PDFs by typst."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import typst

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EXTRA = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, **parts: str) -> bytes:
    """Build a Word file from the inside of its body and the insides of other parts."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}
    files = {"word/document.xml": f"<w:document {W} {EXTRA}><w:body>{body}</w:body></w:document>"}
    for name, inside in parts.items():
        files[f"word/{name}.xml"] = f"<w:{roots[name]} {W} {EXTRA}>{inside}</w:{roots[name]}>"
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>' for name in parts
    )
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{kinds}</Types>'
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{rels}">'
        f'<Relationship Id="r1" Type="{_LINK}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{rels}">' + "".join(
        f'<Relationship Id="p{place}" Type="{_LINK}/{name}" Target="{name}.xml"/>' for place, name in enumerate(parts)
    ) + "</Relationships>"  # fmt: skip
    return packed(files)


def packed(files: dict[str, str | bytes]) -> bytes:
    """Zip files by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def p(text: str = "", number: tuple[int, int] | None = None, style: str = "") -> str:
    """Write a paragraph: its words, its list and level, its style."""
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        inside += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    words = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{inside}</w:pPr>{words}</w:p>"


def tc(inside: str, properties: str = "") -> str:
    """Write a cell from paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    """Write a table from rows of cells."""
    grid = '<w:gridCol w:w="2000"/>' * 4
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def abstract(key: int, *levels: tuple[str, str] | tuple[str, str, str]) -> str:
    """Write a list: the form and pattern of each level, and more of its inside."""
    inside = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{level[0]}"/>'
        f'{level[2] if len(level) == 3 else ""}<w:lvlText w:val="{level[1]}"/></w:lvl>'
        for place, level in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{inside}</w:abstractNum>'


def num(key: int, target: int, inside: str = "") -> str:
    """Write a use of a list."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{target}"/>{inside}</w:num>'


def pdf(source: str) -> bytes:
    """Set a PDF with typst."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.typ"
        path.write_text(source, encoding="utf-8")
        made = typst.compile(str(path))
    assert isinstance(made, bytes)
    return made
