import io
import re
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liencap.documents import store
from liencap.documents.models import Document, Version
from liencap.testing import make_cast
from liencap.work.actions import run_one

pytestmark = pytest.mark.django_db
TEXT = "KẾ HOẠCH\nCông tác năm 2026\n\nThứ nhất, mở lớp tập huấn <script>alert(1)</script> trước ngày 15/12/2026."


@pytest.fixture
def cast():
    return make_cast()


def send(member, data=TEXT, name="ke-hoach.txt", **more):
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return member.client().post(
        reverse("documents:upload"), {"file": file, **more}, headers={"accept-language": "en"}
    )


def test_an_upload_is_kept_0600_under_its_digest_and_read_in_the_background(cast):
    answer = send(cast.officer)
    version = Version.objects.get()
    assert answer.url == reverse("documents:detail", args=[version.document_id])
    path = store.path_of(version.sha256)
    assert path.read_bytes() == TEXT.encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert version.reading.state == "waiting"
    while run_one("w"):
        pass
    version.reading.refresh_from_db()
    assert version.reading.state == "read"
    assert len(version.reading.plan["tasks"]) == 1


def test_the_page_shows_the_text_escaped(cast):
    send(cast.officer)
    while run_one("w"):
        pass
    page = (
        cast.officer.client()
        .get(reverse("documents:detail", args=[Document.objects.get().pk]))
        .content.decode()
    )
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_secrecy_mark_is_refused_and_no_copy_is_kept(cast):
    data = "LIÊN HIỆP\n\nMẬT\n\nKẾ HOẠCH\nThứ nhất, làm việc kín số một."
    answer = send(cast.officer, data)
    assert answer.status_code == 400
    assert "Mật" in answer.content.decode()
    assert not Version.objects.exists()
    assert not store.path_of(store.digest_of(data.encode())).exists()


def test_a_scan_needs_the_uploader_s_word_then_is_kept_with_a_clear_answer(cast):
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
    assert send(cast.officer, picture, "scan.png").status_code == 400
    assert not Version.objects.exists()
    send(cast.officer, picture, "scan.png", no_secrecy="on")
    version = Version.objects.get()
    assert (version.reading.state, version.reading.code) == ("unreadable", "scan-without-text")
    client = cast.officer.client()
    page = client.get(
        reverse("documents:detail", args=[version.document_id]), headers={"accept-language": "en"}
    )
    assert "only pictures of pages" in page.content.decode()
    assert client.get(reverse("documents:original", args=[version.pk])).content == picture


def test_a_file_beyond_the_limit_is_refused(cast, settings):
    settings.MAX_UPLOAD_BYTES = 10
    assert send(cast.officer).status_code == 400
    assert not Version.objects.exists()


def test_the_name_of_a_file_is_never_a_path(cast):
    send(cast.officer, name="..\\..\\x.txt")
    assert Version.objects.get().filename == "x.txt"


def test_an_original_is_an_attachment_in_a_sandbox(cast):
    send(
        cast.officer, "<html><body><script>alert(1)</script><p>Kế hoạch năm 2026</p></body></html>", "a.html"
    )
    answer = cast.officer.client().get(reverse("documents:original", args=[Version.objects.get().pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("stranger", 404)])
def test_a_reader_and_a_stranger_upload_nothing(cast, who, status):
    assert send(getattr(cast, who)).status_code == status
    assert not Version.objects.exists()


PAGES = ["documents:detail", "documents:progress", "documents:original"]
WHO = [("officer", 200), ("chief", 200), ("reader", 200), ("neighbour", 404), ("stranger", 404)]


@pytest.mark.parametrize(("who", "status"), WHO)
@pytest.mark.parametrize("name", PAGES)
def test_a_document_is_seen_in_its_line_and_by_no_one_beside(cast, name, who, status):
    send(cast.officer)
    version = Version.objects.get()
    pk = version.pk if name == "documents:original" else version.document_id
    client = getattr(cast, who).client()
    assert client.get(reverse(name, args=[pk]), headers={"HX-Request": "true"}).status_code == status
    assert client.get(reverse(name, args=[pk + 999])).status_code == 404
    assert client.post(reverse(name, args=[pk])).status_code == 405


def test_a_list_shows_a_stranger_nothing_and_takes_few_queries(cast, django_assert_max_num_queries):
    for n in range(8):
        send(cast.officer, f"{TEXT} {n}", f"mot-{n}.txt")
    assert not re.search("mot-", cast.stranger.client().get(reverse("documents:list")).content.decode())
    client = cast.officer.client()
    with django_assert_max_num_queries(8):
        page = client.get(reverse("documents:list"), {"q": "MOT"})
    assert len(page.context["page"].object_list) == 8


def test_a_damaged_word_file_says_so(cast):
    send(cast.officer, io.BytesIO(b"PK\x03\x04" + b"x" * 60).getvalue(), "a.docx", no_secrecy="on")
    assert Version.objects.get().reading.state == "unreadable"
