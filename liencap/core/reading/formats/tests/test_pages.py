# ruff: noqa: E501 - markup and tables of cases are easier to read unbroken
"""Web pages and documents saved as pages."""

from __future__ import annotations

from contextlib import suppress

import pytest

from liencap.core.reading.formats import UnreadableFile, to_text

NEWS = """<!DOCTYPE html><html><head><meta charset=utf-8><title>T</title><script>var a = "<p>ĐỘC</p>";</script></head><body>
<div class="header"><ul class="menu"><li><a href=/>Trang chủ</a><li><a href=/a>Giới thiệu</a><li><a href=/b>Tin</a></ul></div>
<form id=all><div class="wrap"><h1>Triển khai nhiệm vụ năm 2020</h1><div class="content-detail">
<p>Hội nghị <b>triển khai</b>
nhiệm vụ diễn ra sáng nay &amp; có nhiều ý kiến.</p><p style="display:none">ẩn</p>
<p>Thứ nhất, tuyên truyền kết quả đại hội chi bộ vào quý 1/2020.<br>Dòng hai.</p>
<ol><li>Một<li>Hai</ol><ul><li>gạch</ul>
<table><tr><th>TT<th>Nội dung<th>Thời hạn</tr><tr><td rowspan=2>1<td>Đào tạo<td>Quý I</tr><tr><td>Tập huấn<td>Quý II</table>
<p>Thu Hằng</p><p>Có thể bạn quan tâm</p><ul><li><a href=1>Bài khác khá dài</a><li><a href=2>Bài nữa khá dài</a><li><a href=3>Bài</a></ul>
<h3>Phản hồi</h3><input><p>Thông tin người gửi phản hồi</p></div></div></form><footer>Bản quyền</footer></body></html>"""


def test_only_the_main_text_of_a_page_is_read() -> None:
    source = to_text(NEWS.encode())
    assert source.text == (
        "Triển khai nhiệm vụ năm 2020\nHội nghị triển khai nhiệm vụ diễn ra sáng nay & có nhiều ý kiến.\n"
        "Thứ nhất, tuyên truyền kết quả đại hội chi bộ vào quý 1/2020.\nDòng hai.\n1. Một\n2. Hai\n- gạch\n"
        "|\nTT\n|\nNội dung\n|\nThời hạn\n|\n|\n1\n|\nĐào tạo\n|\nQuý I\n|\n|\nTập huấn\n|\nQuý II\n|\nThu Hằng\n"
    )
    (grid,) = source.grids
    assert [cell.column for cell in grid.rows[2]] == [1, 2]


def test_a_page_that_word_saved_is_read_whole() -> None:
    page = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="windows-1258"></head><body>
<table class=MsoNormalTable><tr><td><p class=MsoNormal>H\u1ed8I A<br>BAN B</p></td><td><p class=MsoNormal>Độc lập - Tự do<o:p></o:p></p></td></tr></table>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Mục
đích <s>cũ</s></p></body></html>"""
    source = to_text(page.encode())
    assert source.text == "HỘI A\nBAN B\nĐộc lập - Tự do\n1. Mục đích\n"
    assert [problem.code for problem in source.problems] == ["struck-out-dropped"]


def test_a_web_archive_is_read() -> None:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n'
    data = head + "Content-Transfer-Encoding: 8bit\n\n<html><body><p>Kế hoạch</p></body></html>\n--b--\n"
    assert to_text(data.encode()).text == "Kế hoạch\n"


def test_a_page_of_nothing_but_script_is_empty() -> None:
    with pytest.raises(UnreadableFile) as caught:
        to_text(b"<html><script>alert(1)</script></html>")
    assert caught.value.code == "empty"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "bad",
    [
        "<a ",
        "<!",
        "<",
        "<!--",
        "&",
        "</",
        "<script>",
        "<div>",
        "<p>",
        "<table><tr><td>",
        "<a b='>",
        "<a '\">",
        "<i></b>",
        "<li><ul>",
        "<td>",
    ],
)
def test_no_page_takes_more_than_linear_time(bad: str) -> None:
    with suppress(UnreadableFile):
        to_text(("<html>x" + bad * 60_000).encode())
