"""Old and open office files are read through LibreOffice where it is installed, and answered clearly where not."""

import subprocess

import pytest

from liencap.core.reading import read_document
from liencap.demo.files import sample_plan
from liencap.documents.actions import upload_document
from liencap.documents.jobs import read_document as read_job
from liencap.documents.models import Reading
from liencap.testing import make_cast
from liencap.work import office
from liencap.work.models import Job

needs_office = pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def old_files(tmp_path_factory):
    """Write the sample plan as .doc and .odt by LibreOffice itself."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "plan.docx").write_bytes(sample_plan())
    made = {}
    for kind in ("doc", "odt"):
        command = [
            office.installed(),
            "--headless",
            f"-env:UserInstallation=file://{folder}/p",
            "--convert-to",
            kind,
        ]
        subprocess.run(
            [*command, "--outdir", str(folder), str(folder / "plan.docx")], capture_output=True, check=True
        )
        made[kind] = (folder / f"plan.{kind}").read_bytes()
    return made


@needs_office
@pytest.mark.parametrize("kind", ["doc", "odt"])
@pytest.mark.django_db
def test_an_old_file_is_read_as_the_new_one_is(old_files, kind):
    cast = make_cast()
    version = upload_document(cast.province, old_files[kind], f"plan.{kind}", actor=cast.chief.actor)
    assert version.content_kind == kind
    reading = Reading.objects.get(version=version)
    read_job(Job.objects.get(pk=reading.job_id))
    reading.refresh_from_db()
    want = [task.label for task in read_document(sample_plan(), "plan.docx").tasks]
    assert [task["label"] for task in reading.plan["tasks"]] == want
    assert want


@pytest.mark.django_db
def test_without_libreoffice_the_answer_says_what_to_do(monkeypatch):
    monkeypatch.setattr(office, "installed", lambda: None)
    cast = make_cast()
    actor = cast.chief.actor
    version = upload_document(cast.province, b"{\\rtf1 hello}", "a.rtf", actor=actor, no_secrecy=True)
    reading = Reading.objects.get(version=version)
    assert (reading.state, reading.code) == (Reading.State.UNREADABLE, "needs-libreoffice")


def test_a_file_that_libreoffice_cannot_open_gives_nothing():
    assert office.to_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), seconds=60) is None
