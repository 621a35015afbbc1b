"""Plain text in every encoding it comes in."""

from __future__ import annotations

import unicodedata

import pytest

from liencap.core.reading.formats import UnreadableFile, legacy, secrecy_mark, sniff, to_text

SENTENCE = (
    "Nghị quyết số 05-CT/TW của Đảng ủy Khối các cơ quan, ngày 12 tháng 3 về đường lối\r\nđổi mới ở cơ sở.\n"
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def windows_1258(text: str) -> bytes:
    """Write text as old Windows did: the hat on the letter, the tone after it."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            hats = "".join(mark for mark in marks if mark != tone)
            out += unicodedata.normalize("NFC", base + hats).encode("cp1258") + tone.encode("cp1258")
    return out


def by_table(table: dict[str, str], text: str) -> bytes:
    """Write text in an old encoding by its table turned round."""
    back = {value: key for key, value in reversed(table.items())}
    return "".join(back.get(letter, letter) for letter in text).encode("cp1252")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (SENTENCE.encode(), None),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), None),
        (SENTENCE.encode("utf-16"), None),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), None),
        (SENTENCE.encode("utf-16-le"), None),
        (unicodedata.normalize("NFD", SENTENCE).encode(), None),
        (windows_1258(SENTENCE), "WINDOWS-1258"),
        (by_table(legacy._TCVN3, SENTENCE), "TCVN3"),
        (by_table(legacy._VNI, SENTENCE), "VNI"),
        (by_table(legacy._TCVN3, SENTENCE * 2).decode("cp1252").encode(), "TCVN3"),
        (by_table(legacy._VNI, SENTENCE * 2).decode("cp1252").encode(), "VNI"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, problem: str | None) -> None:
    source = to_text(data)
    assert source.text in (SENTENCE, SENTENCE * 2)
    assert [p.message.split()[-1].rstrip(".") for p in source.problems] == ([problem] if problem else [])


def test_capitals_of_an_old_heading_are_capitals() -> None:
    heading = "KÕ HO¹CH\nNghÞ quyÕt ®¹i héi ®¶ng bé cña §¶ng uû c¸c cÊp\n"
    assert (
        to_text(heading.encode("cp1252")).text == "KẾ HOẠCH\nNghị quyết đại hội đảng bộ của Đảng uỷ các cấp\n"
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Nghị định 80/2021/NĐ-СР của", "Nghị định 80/2021/NĐ-CP của"),
        ("Chỉ thị 05-СТ/ТW ngày", "Chỉ thị 05-CT/TW ngày"),
        ("Chỉ thị số 35-СТ/ТТ ngày", "Chỉ thị số 35-CT/TT ngày"),
        ("Сhính phủ", "Chính phủ"),
    ],
)
def test_cyrillic_letters_in_symbols_are_repaired_and_reported(text: str, read: str) -> None:
    source = to_text((text + " " + "một hai ba bốn năm " * 20).encode())
    assert source.text.startswith(read)
    (problem,) = source.problems
    assert problem.code == "lookalike-repaired"
    assert source.text[problem.start : problem.end] in read


def test_russian_words_are_left_alone() -> None:
    text = "Ông đọc báo Правда và tạp chí Москва trong thư viện."
    assert to_text(text.encode()).text == text
    assert to_text(text.encode()).problems == ()


def test_a_stray_byte_does_not_change_the_encoding() -> None:
    data = (SENTENCE * 5).encode() + b"\xff" + SENTENCE.encode()
    source = to_text(data)
    assert source.text == SENTENCE * 5 + "\ufffd" + SENTENCE
    assert source.problems[0].code == "bytes-undecodable"
    assert source.text[source.problems[0].start] == "\ufffd"


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"", "empty", "empty"),
        (b" \r\n\t ", "empty", "empty"),
        (b"\xef\xbb\xbf", "empty", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture", "scan-without-text"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "picture", "scan-without-text"),
        (b"\x7fELF" + bytes(100), "binary", "wrong-type"),
        (b"{\\rtf1 hello}", "rtf", "needs-libreoffice"),
        (COMPOUND + bytes(600) + "WordDocument".encode("utf-16-le"), "doc", "needs-libreoffice"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "locked-office", "password"),
        (b"abc\x00\x01\x02\x00\x00def", "binary", "wrong-type"),
    ],
)  # fmt: skip
def test_what_is_no_text_says_so(data: bytes, kind: str, code: str) -> None:
    assert sniff(data) == kind
    with pytest.raises(UnreadableFile) as caught:
        to_text(data, "plan.txt")
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT\nỦY BAN NHÂN DÂN\nSố: 1/KH\n", "Mật"),
        ("ỦY BAN NHÂN DÂN\nTỐI MẬT\nSố: 1/KH\n", "Tối mật"),
        ("TUYỆT MẬT\n", "Tuyệt mật"),
        ("[ĐỘ MẬT]\nKẾ HOẠCH", "Mật"),
        ("Độ mật: Tối mật\nKẾ HOẠCH", "Tối mật"),
        ("**Mật**\n|\n", "Mật"),
        ("ĐẢNG ỦY A\t\tTuyệt mật\n", "Tuyệt mật"),
        ("KẾ HOẠCH\nvề công tác bảo mật\n", None),
        ("KẾ HOẠCH VỀ BẢO\nMẬT\n", None),
        ("Nguyễn Văn Mật\n", None),
        ("về việc bảo\nmật\n", None),
        ("KẾ HOẠCH\nCăn cứ Luật\nMẬT\n", None),
        ("Tài liệu không mật\n", None),
    ],
)
def test_the_secrecy_mark_is_a_line_of_its_own_in_the_header(text: str, mark: str | None) -> None:
    assert secrecy_mark(text) == mark
