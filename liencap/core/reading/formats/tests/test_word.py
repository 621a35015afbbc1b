# ruff: noqa: E501 - markup and tables of cases are easier to read unbroken
"""Word documents: order, numbering, changes, boxes, notes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from liencap.core.reading.formats import UnreadableFile, sniff, to_text
from liencap.core.reading.formats.tests.files import abstract, docx, num, p, packed, table, tc

LEVELS = abstract(1, ("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
LEGAL = abstract(2, ("upperRoman", "%1"), ("decimal", "%1.%2.", "<w:isLgl/>"))
BULLETS = abstract(3, ("bullet", "-"), ("bullet", "+"), ("bullet", "\uf0b7"))
NESTED = abstract(4, ("decimal", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3."))
KEPT = abstract(5, ("decimal", "%1."), ("lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'))
ORDER = LEVELS + LEGAL + BULLETS + NESTED + KEPT
AGAIN = num(6, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
AT_FIVE = num(7, 4, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
NUMBERING = ORDER + "".join(num(key, key) for key in range(1, 6)) + AGAIN + AT_FIVE + num(8, 1)

# The list and level of each paragraph, and the labels that Word prints.
CASES = [
    ("levels", [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 0), (1, 1)], "I. 1. a) b) 2. II. 1."),
    ("legal", [(2, 0), (2, 1), (2, 1), (2, 0), (2, 1)], "I 1.1. 1.2. II 2.1."),
    ("bullets", [(3, 0), (3, 1), (3, 2), (3, 0)], "- + • -"),
    ("nested", [(4, 0), (4, 1), (4, 2), (4, 2), (4, 1), (4, 2)], "1. 1.1. 1.1.1. 1.1.2. 1.2. 1.2.1."),
    ("never restarts", [(5, 0), (5, 1), (5, 1), (5, 0), (5, 1)], "1. a) b) 2. c)"),
    ("a list begun again", [(1, 0), (1, 0), (6, 0), (6, 0)], "I. II. I. II."),
    ("two uses of one list go on", [(1, 0), (8, 0), (1, 0)], "I. II. III."),
    ("begins at five", [(7, 0), (7, 0), (7, 1)], "5. 6. 6.1."),
    ("letters past z", [(1, 2)] * 27, " ".join([*(f"{chr(97 + i)})" for i in range(26)), "aa)"])),
]


def labels(text: str) -> str:
    """Return what stands before the word of each line."""
    return " ".join(line.rsplit("w", 1)[0].strip() for line in text.splitlines() if line.strip())


@pytest.mark.parametrize(("name", "numbers", "printed"), CASES)
def test_numbers_are_those_that_word_prints(name: str, numbers: list[tuple[int, int]], printed: str) -> None:
    body = "".join(p(f"w{place}", number) for place, number in enumerate(numbers))
    assert labels(to_text(docx(body, numbering=NUMBERING)).text) == printed


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_numbers_are_those_that_libreoffice_prints(tmp_path: Path) -> None:
    for place, (_, numbers, _) in enumerate(CASES):
        body = "".join(p(f"w{at}", number) for at, number in enumerate(numbers))
        (tmp_path / f"{place}.docx").write_bytes(docx(body, numbering=NUMBERING))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    files = [str(tmp_path / f"{place}.docx") for place in range(len(CASES))]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=120
    )
    theirs = {
        name: labels((tmp_path / f"{place}.txt").read_text(encoding="utf-8-sig"))
        for place, (name, _, _) in enumerate(CASES)
    }
    # LibreOffice knows neither legal numbering nor lists that never restart, and has bullets of its own.
    compared = [
        (name, printed) for name, _, printed in CASES if name not in ("legal", "never restarts", "bullets")
    ]
    assert [(name, theirs[name]) for name, _ in compared] == compared


def test_a_style_numbers_its_paragraphs_and_list_zero_does_not() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="loud"/><w:rPr><w:caps/></w:rPr></w:style>'
    )
    numbering = abstract(
        9, ("upperRoman", "%1.", '<w:pStyle w:val="H1"/>'), ("decimal", "%2.", '<w:pStyle w:val="H2"/>')
    ) + num(9, 9)
    body = (
        p("wA", style="H1")
        + p("wB", style="H2")
        + p("plain", (0, 0), style="H1")
        + p("wC", style="H1")
        + p("hô to", style="C")
    )
    text = to_text(docx(body, numbering=numbering, styles=styles)).text
    assert text == "I. wA\nII. wB\nplain\nIII. wC\nHÔ TO\n"


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('Giao ')}<w:ins>{run.format('Sở Nội vụ')}</w:ins><w:del><w:r><w:delText>Sở Y tế</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run.format('nối ')}</w:p><w:p>{run.format('liền')}</w:p>"
        f"<w:p><w:moveFrom>{run.format('cũ')}</w:moveFrom><w:moveTo>{run.format('mới')}</w:moveTo></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{tc(p('bỏ'))}</w:tr><w:tr>{tc(p('giữ'))}</w:tr></w:tbl>"
    )
    assert to_text(docx(body)).text == "Giao Sở Nội vụ\nnối liền\nmới\ngiữ\n"


def test_boxes_stand_once_notes_at_the_end_and_fields_show_their_result() -> None:
    box = f"<w:txbxContent>{p('DỰ THẢO')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>"
        + box
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t>KẾ HOẠCH</w:t></w:r></w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>ngày 1</w:t><w:fldChar w:fldCharType="end"/><w:t>/2026</w:t><w:tab/><w:t>05</w:t><w:noBreakHyphen/><w:t>CT/TW</w:t>'
        '<w:footnoteReference w:id="2"/></w:r><w:hyperlink><w:r><w:t> xem</w:t></w:r></w:hyperlink>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"
    )
    notes = f'<w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote><w:footnote w:id="2">{p("Chú thích.")}</w:footnote>'
    assert (
        to_text(docx(body, footnotes=notes)).text
        == "KẾ HOẠCH\nDỰ THẢO\nngày 1/2026\t05-CT/TW xem\n[1] Chú thích.\n"
    )


def test_the_two_halves_of_a_header_come_one_after_the_other() -> None:
    rows = [
        tc(p("ỦY BAN NHÂN DÂN") + p("TỈNH BÌNH AN"))
        + tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc")),
        tc(p("Số: 12/KH-UBND")) + tc(p("Bình An, ngày 01 tháng 12 năm 2026")),
    ]
    source = to_text(docx(table(*rows) + p("KẾ HOẠCH")))
    assert source.text.splitlines() == [
        "ỦY BAN NHÂN DÂN", "TỈNH BÌNH AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-UBND", "Bình An, ngày 01 tháng 12 năm 2026", "KẾ HOẠCH",
    ]  # fmt: skip
    assert source.tables == ()


def test_merged_cells_stand_once_and_keep_their_columns() -> None:
    head = "".join(tc(p(name)) for name in ("TT", "Nội dung", "Chủ trì", "Thời hạn"))
    group = tc(p("I. NHẬN THỨC"), '<w:gridSpan w:val="4"/>')
    one = (
        tc(p("", (1, 1)))
        + tc(p("Đào tạo"))
        + tc(p("Sở Nội vụ"), '<w:vMerge w:val="restart"/>')
        + tc(p("Quý I"))
    )
    two = tc(p("", (1, 1))) + tc(p("Tập huấn")) + tc(p(), "<w:vMerge/>") + tc(p("Quý II"))
    source = to_text(docx(table(head, group, one, two), numbering=NUMBERING))
    (grid,) = source.grids
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["TT", "Nội dung", "Chủ trì", "Thời hạn"], ["I. NHẬN THỨC"], ["1.", "Đào tạo", "Sở Nội vụ", "Quý I"], ["2.", "Tập huấn", "Quý II"],
    ]  # fmt: skip
    assert grid.rows[2][2].rows == 2
    assert [cell.column for cell in grid.rows[3]] == [0, 1, 3]
    assert all(source.text[cell.start : cell.end] == cell.text for row in grid.rows for cell in row)
    (span,) = source.tables
    assert source.text[span.start : span.end].startswith("|\nTT\n|\nNội dung\n|")


def test_old_fonts_are_turned_into_unicode() -> None:
    run = '<w:r><w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}"/></w:rPr><w:t>{1}</w:t></w:r>'
    body = f"<w:p>{run.format('.VnTime', 'NghÞ quyÕt sè 05')}</w:p><w:p>{run.format('.VnTimeH', 'KÕ ho¹ch')}</w:p><w:p>{run.format('VNI-Times', 'Keá hoaïch')}</w:p>"
    assert to_text(docx(body)).text == "Nghị quyết số 05\nKẾ HOẠCH\nKế hoạch\n"


def test_struck_out_words_are_left_out_and_reported() -> None:
    source = to_text(
        docx(
            "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>trước 1/1/2026 </w:t></w:r><w:r><w:t>trước 1/3/2026</w:t></w:r></w:p>"
        )
    )
    assert source.text == "trước 1/3/2026\n"
    assert [problem.code for problem in source.problems] == ["struck-out-dropped"]


def test_bombs_and_damage_are_answered() -> None:
    good = docx(p("một"))
    entity = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    document = f"<w:document xmlns:w='x'><w:body/>{'<w:p>' * 5000}{'</w:p>' * 5000}</w:document>"
    cases = {
        "zip-bomb": packed({"word/document.xml": b" " * 60_000_000}),
        "xml-bomb": packed({"word/document.xml": entity + "<d>&b;</d>"}),
        "broken-zip": good[: len(good) // 2],
        "broken": packed({"word/document.xml": "<w:document"}),
        "wrong-type": packed({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}),
        "needs-libreoffice": packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
    }
    for code, data in {
        **cases,
        "xml-bomb 16": packed({"word/document.xml": (entity + "<d/>").encode("utf-16")}),
    }.items():
        with pytest.raises(UnreadableFile) as caught:
            to_text(data)
        assert caught.value.code == code.split()[0]
    with pytest.raises(UnreadableFile, match="exhaust"):
        to_text(packed({"word/document.xml": document}))
    assert sniff(good) == "docx"


def test_a_very_long_document_is_read() -> None:
    source = to_text(docx("".join(p(f"đoạn {place} {hash(str(place))}") for place in range(200_000))))
    assert source.text.count("\n") == 200_000
