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
        "|\nTT\n|\nNội dung\n|\nThời hạn\n|\n|\n1\n|\nĐào tạo\n|\nQuý I\n|\n|\nTập huấn\n|\nQuý II\n|\n\nThu Hằng\n"
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
        to_text(("<html>x" + bad * 20_000).encode())


def test_a_page_laid_out_with_a_table_gives_its_middle() -> None:
    links = "".join(f"<li><a href={n}>Tin khác số {n} dài dài</a>" for n in range(4))
    page = f"""<html><body><table width=100%><tr><td><ul>{links}</ul></td><td><div>Đảng ủy Khối: Triển khai nhiệm vụ</div>
<div>Đồng chí A trình bày chuyên đề công tác lý luận chính trị tại Hội nghị toàn quốc năm nay.<br><br>Thứ nhất, tuyên truyền
kết quả đại hội.<br>Thu Hằng</div><div>Các tin khác</div><ul>{links}</ul></td><td>Liên kết website<select><option>A</select>
Xem nhiều nhất <a href=1>Bài một</a></td></tr></table></body></html>"""
    assert to_text(page.encode()).text == (
        "Đảng ủy Khối: Triển khai nhiệm vụ\nĐồng chí A trình bày chuyên đề công tác lý luận chính trị tại Hội nghị toàn quốc "
        "năm nay.\n\nThứ nhất, tuyên truyền kết quả đại hội.\nThu Hằng\n"
    )


def test_a_page_of_a_law_portal_keeps_header_and_task_table() -> None:
    page = """<html><body><div id="header"><a href=1>Đăng nhập</a> <a href=2>Đăng ký</a></div>
<div class="breadcrumb"><a href=1>Trang chủ</a> » <a href=2>Văn bản</a></div><div class="left"><div class="content1">
<table><tr><td><p><b>LIÊN HIỆP<br>TỈNH A</b></p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập</p></td></tr>
<tr><td>Số: 5/KH-LH</td><td><i>A, ngày 1 tháng 2 năm 2026</i></td></tr></table><p>Căn cứ <a href=x>Nghị định số 80/2021/NĐ-CP</a>;</p>
<table><tr><td>STT</td><td>Nhiệm vụ</td><td>Chủ trì</td></tr><tr><td colspan=3>I. NHẬN THỨC</td></tr><tr><td>1</td><td>Đào tạo</td><td>Ban A</td></tr></table>
<p>Nơi nhận: Như trên</p></div></div><div class="right"><h3>Văn bản mới</h3><ul><li><a href=1>Quyết định về việc này</a>
<li><a href=2>Quyết định về việc kia</a><li><a href=3>Quyết định 3</a></ul></div><div class="footer"><p>Bản quyền</p></div></body></html>"""
    assert to_text(page.encode()).text == (
        "LIÊN HIỆP\nTỈNH A\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập\nSố: 5/KH-LH\nA, ngày 1 tháng 2 năm 2026\n"
        "Căn cứ Nghị định số 80/2021/NĐ-CP;\n|\nSTT\n|\nNhiệm vụ\n|\nChủ trì\n|\n|\nI. NHẬN THỨC\n|\n"
        "|\n1\n|\nĐào tạo\n|\nBan A\n|\n\nNơi nhận: Như trên\n"
    )
