import dataclasses
import io
import re

import docx
import pypdfium2
import pytest

from liencap.core.reading import read_document
from liencap.plans.printing import (
    PlanLine,
    PrintedPlan,
    check_template,
    default_template,
    render_docx,
    render_pdf,
)
from liencap.plans.printing.wording import lines_of
from liencap.printing.paper import Header, Signatory, motto_for

PLAN = PrintedPlan(
    header=Header("Liên hiệp tỉnh Bình Minh", "Liên hiệp Sông Xanh", motto_for("state", "vi"), "05/KH-LHT", "Bình Minh",
                  "2026-02-03"),
    subject="Thực hiện Kế hoạch số 12/KH-LH",
    bases=("Căn cứ Kế hoạch số 12/KH-LH ngày 12 tháng 01 năm 2026 của Liên hiệp;",),
    purpose=("Cụ thể hóa {{ kế hoạch }} <b>đầy đủ</b> & kịp thời.",),
    lines=(
        PlanLine("1", "Tổ chức học tập Nghị quyết tới toàn thể thành viên.", "2026-03-15", "Ban Tuyên huấn"),
        PlanLine("1.1", "Gửi tài liệu học tập", "2026-03-01", depth=1),
        PlanLine("2", "Trồng mới cây xanh quanh trụ sở"),
    ),
    implementation=("Các đơn vị trực thuộc thực hiện.",),
    signatory=Signatory("Chủ tịch", "Trần Minh Khôi", "TM. Ban Chấp hành"),
    recipients=("Liên hiệp", "Lưu: Văn phòng."),
    plan_hash="a" * 64,
)  # fmt: skip
PARTY = dataclasses.replace(
    PLAN,
    party=True,
    header=dataclasses.replace(PLAN.header, motto=motto_for("party", "vi"), number="05-KH/TU"),
)
ENGLISH = dataclasses.replace(PLAN, language="en", header=dataclasses.replace(PLAN.header, motto=()))
FORMS = pytest.mark.parametrize("plan", [PLAN, PARTY, ENGLISH], ids=["state", "party", "plain"])


def word_words(data):
    """Return the words of a DOCX in order: head table, body, signature table."""
    said = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        cells = [c for row in block.rows for c in row.cells] if hasattr(block, "rows") else [block]
        said += [p.text for cell in cells for p in getattr(cell, "paragraphs", [cell])]
    return sorted(" ".join(said).split())


def page_words(data):
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    # Long words are set with places to break; a page number stands on later pages only.
    return sorted(re.sub("[\u200b\ufffe\u00ad]", "", " ".join(pages)).split())


@FORMS
def test_word_and_pdf_say_the_same_words(plan):
    def whole(words):
        return "".join(sorted("".join(words)))

    assert whole(word_words(render_docx(plan))) == whole(page_words(render_pdf(plan)))


@FORMS
def test_the_same_values_give_the_same_bytes(plan):
    assert render_docx(plan) == render_docx(plan)
    assert PrintedPlan.from_json(plan.to_json()) == plan


def test_the_party_s_head_differs_by_data_alone():
    state, party = lines_of(PLAN), lines_of(PARTY)
    assert (state["number_line"], state["star"], len(state["motto"])) == ("Số: 05/KH-LHT", "", 2)
    assert (party["number_line"], party["star"], party["motto"]) == (
        "Số 05-KH/TU",
        "*",
        ["ĐẢNG CỘNG SẢN VIỆT NAM"],
    )


def test_a_draft_has_dots_for_number_and_day():
    bare = dataclasses.replace(PLAN, header=Header("Đơn vị"), plan_hash="")
    lines = lines_of(bare)
    assert "……" in lines["number_line"]
    assert "…" in lines["place_date"]
    assert lines["record"] == []


def test_a_printed_plan_reads_back_as_the_plan_it_is():
    read = read_document(render_docx(PLAN), "plan.docx").as_dict()
    assert (read["document"]["number"], read["document"]["date"]) == ("05/KH-LHT", "2026-02-03")
    assert [task["text"].split("\n")[0] for task in read["tasks"]] == [PLAN.lines[0].text, PLAN.lines[2].text]
    assert [sub["text"].split("\n")[0] for sub in read["tasks"][0]["subtasks"]] == [PLAN.lines[1].text]
    assert "2026-03-15" in {one["end_date"] for one in read["tasks"][0]["deadlines"]}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_our_own_templates_pass(language):
    assert check_template(default_template(language)) == []
