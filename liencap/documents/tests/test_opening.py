"""The kinds of files that are taken, each opened within the walls of the child process."""

import io

import pytest

from liencap.work.child import ChildRefusal, run_in_child

LINES = [
    "LIÊN HIỆP",
    "KẾ HOẠCH",
    "Thứ nhất, mở lớp tập huấn trước ngày 15/12/2026.",
    "Thứ hai, tổng kết năm.",
]


def word(lines):
    docx = pytest.importorskip("docx")
    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def pdf(lines):
    return pytest.importorskip("typst").compile("\n\n".join(lines).encode())


def page(lines):
    return ("<html><body>" + "".join(f"<p>{line}</p>" for line in lines)).encode()


def plain(lines):
    return "\n".join(lines).encode()


KINDS = [(word, "docx"), (pdf, "pdf"), (page, "html"), (plain, "txt")]


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_each_kind_is_told_by_content_and_read_within_the_walls(make, kind):
    data = make(LINES)
    assert run_in_child("liencap.documents.opening:look", data=data) == {"kind": kind, "mark": ""}
    plan = run_in_child("liencap.documents.opening:read", data=data, args={"filename": "x.exe"})
    assert [task["label"] for task in plan["tasks"]] == ["Thứ nhất", "Thứ hai"]
    assert plan["tasks"][0]["deadlines"][0]["end_date"] == "2026-12-15"


@pytest.mark.parametrize(("make", "_kind"), KINDS)
def test_a_secrecy_mark_is_seen_in_each_kind(make, _kind):
    seen = run_in_child("liencap.documents.opening:look", data=make(["TỐI MẬT", *LINES]))
    assert seen["mark"] == "Tối mật"


def test_a_file_without_text_is_refused_with_a_code():
    with pytest.raises(ChildRefusal) as refusal:
        run_in_child("liencap.documents.opening:look", data=b"\x89PNG\r\n\x1a\n" + bytes(range(99)))
    assert refusal.value.code == "scan-without-text"
