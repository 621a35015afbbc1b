"""Files of evidence: attached to a task of the draft, frozen with what is sent, seen by who sees the report."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from liencap.documents import store
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import attach_evidence, close_period, remove_evidence
from liencap.reports.actions import evidence as deeds
from liencap.reports.models import Evidence
from liencap.reports.queries import evidence_sent, is_intact, tasks_of
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
WORDS = "Biên bản mở lớp tập huấn tại nhà văn hóa xã, có ba mươi thành viên dự.".encode()


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES = tmp_path
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


@pytest.fixture
def report(cast, period):
    return report_of(period, cast.a)


def photograph() -> bytes:
    """Make a picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Maker of cameras"
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 42.0)}
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def post(member, report, data=WORDS, name="bien-ban.txt", **more):
    task = tasks_of(report.obligation)[0]
    sent = {"file": SimpleUploadedFile(name, data), "caption": "Biên bản lớp", **more}
    return member.client().post(reverse("reports:evidence", args=[report.pk, task.pk]), sent)


def get(member, name, *args):
    return member.client().get(reverse(name, args=args))


def test_a_file_is_attached_listed_in_the_form_and_handed_out_in_a_sandbox(cast, report):
    assert post(cast.officer, report).status_code == 302
    made = Evidence.objects.get()
    assert store.get(made.sha256) == WORDS
    assert "Biên bản lớp" in get(cast.officer, "reports:write", report.pk).content.decode()
    answer = get(cast.officer, "reports:evidence-file", made.pk)
    assert answer.content == WORDS
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_photograph_keeps_nothing_that_the_camera_wrote(cast, report):
    assert dict(Image.open(io.BytesIO(photograph())).getexif())
    post(cast.officer, report, photograph(), "anh.jpg")
    kept = Image.open(io.BytesIO(store.get(Evidence.objects.get().sha256)))
    assert kept.size == (64, 48)
    assert not dict(kept.getexif())
    assert b"Maker of cameras" not in store.get(Evidence.objects.get().sha256)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"LIEN HIEP\n\nM\xe1\xba\xacT\n\nBI\xc3\x8aN B\xe1\xba\xa2N\n", "a.txt", "dấu chỉ độ mật “mật”"),
        (b"\xff\xd8\xff\xe0 no picture at all", "a.jpg", "hỏng"),
        (b"PK\x03\x04" + b"x" * 60, "a.docx", "hỏng"),
        (b"\x7fELF\x00\x01", "a.pdf", "không phải"),
        (b"", "a.txt", "tệp rỗng"),
    ],
)
def test_a_marked_broken_or_strange_file_is_refused_in_plain_words_and_not_kept(
    cast, report, data, name, said
):
    answer = post(cast.officer, report, data, name)
    assert answer.status_code == 400
    assert said in answer.content.decode().lower()
    assert not Evidence.objects.exists()
    assert not store.path_of(store.digest_of(data)).exists()


def test_a_caption_a_task_of_the_report_and_a_limit_are_asked(cast, report, monkeypatch):
    task = tasks_of(report.obligation)[0]
    assert post(cast.officer, report, caption=" ").status_code == 400
    assert get(cast.officer, "reports:evidence", report.pk, 999_999).status_code == 404
    task.pk = 999_999
    for task_, words, code in (
        (task, "x", "foreign-task"),
        (tasks_of(report.obligation)[0], " ", "caption-missing"),
    ):
        with pytest.raises(DomainError) as refused:
            attach_evidence(report, task_, WORDS, "a.txt", caption=words, actor=cast.officer.actor)
        assert refused.value.code == code
    monkeypatch.setattr(deeds, "MOST", 1)
    assert post(cast.officer, report).status_code == 302
    assert post(cast.officer, report).status_code == 400


def test_files_are_frozen_with_the_version_and_stay_in_it_when_taken_off(cast, period, report):
    post(cast.officer, report)
    first = send(period, cast.a, cast.officer)
    made = Evidence.objects.get()
    assert list(evidence_sent(first)) == [made]
    assert is_intact(first)
    remove_evidence(made, actor=cast.officer.actor)
    second = send(period, cast.a, cast.officer, reason="Gỡ tệp nhầm.")
    assert list(evidence_sent(first)) == [made]
    assert list(evidence_sent(second)) == []
    Evidence.objects.filter(pk=made.pk).update(sha256="0" * 64)
    assert not is_intact(first)
    assert is_intact(second)


def test_a_file_that_was_never_sent_leaves_no_row(cast, report):
    post(cast.officer, report)
    answer = cast.officer.client().post(reverse("reports:evidence-remove", args=[Evidence.objects.get().pk]))
    assert answer.status_code == 302
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("officer", 200, 200),
        ("chief", 404, 200),
        ("root", 404, 200),
        ("neighbour", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_a_file_is_seen_like_the_version_it_went_with(cast, period, report, who, before, after):
    post(cast.officer, report)
    made, member = Evidence.objects.get(), getattr(cast, who)
    assert get(member, "reports:evidence-file", made.pk).status_code == before
    send(period, cast.a, cast.officer)
    assert get(member, "reports:evidence-file", made.pk).status_code == after
    assert member.client().post(reverse("reports:evidence-file", args=[made.pk])).status_code == 405
    if after == 200:
        assert "Biên bản lớp" in get(member, "reports:report", report.pk).content.decode()
    accept(period, cast.a, cast.chief)
    post(cast.officer, report, WORDS + b" draft", caption="Chưa gửi")
    waiting = Evidence.objects.get(caption="Chưa gửi")
    assert get(member, "reports:evidence-file", waiting.pk).status_code == before


@pytest.mark.parametrize(
    ("who", "status"), [("chief", 404), ("root", 404), ("neighbour", 404), ("reader", 403), ("stranger", 404)]
)
def test_nobody_else_attaches_or_takes_off(cast, report, who, status):
    post(cast.officer, report)
    made, member = Evidence.objects.get(), getattr(cast, who)
    assert post(member, report).status_code == status
    removing = reverse("reports:evidence-remove", args=[made.pk])
    assert member.client().post(removing).status_code == status
    assert cast.officer.client().get(removing).status_code == 405
    for deed in (
        lambda: attach_evidence(report, made.task, WORDS, "a.txt", caption="x", actor=member.actor),
        lambda: remove_evidence(made, actor=member.actor),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert Evidence.objects.get() == made


def test_a_closed_period_takes_no_files(cast, period, report):
    post(cast.officer, report)
    close_period(period, actor=cast.root.actor)
    assert post(cast.officer, report_of(period, cast.a)).status_code == 400
    with pytest.raises(DomainError):
        remove_evidence(Evidence.objects.get(), actor=cast.officer.actor)


def test_the_button_of_a_task_keeps_what_was_typed_and_leads_to_its_files(cast, report):
    task = tasks_of(report.obligation)[0]
    typed = {"revision": 0, f"state-{task.pk}": "done", "attach": task.pk}
    answer = cast.officer.client().post(reverse("reports:write", args=[report.pk]), typed)
    assert answer.url == reverse("reports:evidence", args=[report.pk, task.pk])
    assert report.draft.entries.get(task=task).state == "done"
