"""A workbook filled and saved by LibreOffice comes back as one saved by Excel does."""

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liencap.offline.models import Intake
from liencap.offline.tests.scene import drop, form_for, hand_out, make_scene, only
from liencap.reports.models import Draft
from liencap.reports.queries import content_of
from liencap.reports.tests import scene


def calc_is_there() -> bool:
    """Say whether LibreOffice opens workbooks: Debian packages its parts apart, and Writer alone has `soffice` too."""
    program = shutil.which("soffice")
    if program is None:
        return False
    beside = Path(program).resolve().parent / "libscfiltlo.so"
    return beside.exists() or bool(shutil.which("localc") or shutil.which("scalc"))


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        not calc_is_there(), reason="LibreOffice Calc, which opens workbooks, is not installed"
    ),
]
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{code}
</script:module>"""
CODE = """
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  sheet = book.Sheets.getByIndex(1)
  For n = 5 To 80
    key = sheet.getCellByPosition(0, n).String
{cases}
  Next
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", how())
  book.close(True)
End Sub
"""


@pytest.fixture
def made(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return make_scene()


def office(folder: Path, what: str) -> None:
    """Run LibreOffice without a window on a profile of its own."""
    profile = f"-env:UserInstallation={folder.as_uri()}/profile"
    command = ["soffice", profile, "--headless", "--norestore", what]
    subprocess.run(command, check=True, capture_output=True, timeout=100)


def typed_in_libreoffice(form: bytes, answers: dict[str, str | int], folder: Path) -> bytes:
    """Let LibreOffice open a form, type answers beside the keys of its lines, and save it as a workbook."""
    folder.mkdir()
    source, target = folder / "form.xlsx", folder / "filled.xlsx"
    source.write_bytes(form)
    cases = "\n".join(
        f'    If key = "{key}" Then sheet.getCellByPosition(3, n).{"Value" if isinstance(said, int) else "String"} = '
        + (str(said) if isinstance(said, int) else f'"{said}"')
        for key, said in answers.items()
    )
    code = CODE.format(source=source.as_uri(), target=target.as_uri(), cases=cases)
    office(folder, "--terminate_after_init")  # makes a profile with an empty macro
    macro = folder / "profile/user/basic/Standard/Module1.xba"
    macro.write_text(MODULE.format(code=escape(code)), "utf-8")
    office(folder, "macro:///Standard.Module1.Main")
    assert target.exists(), "LibreOffice saved nothing"
    return target.read_bytes()


def test_a_unit_s_own_form_filled_in_libreoffice_becomes_its_draft(made, tmp_path):
    cast, period = made
    report = scene.report_of(period, cast.a)
    browser = cast.officer.client()
    form = browser.post(reverse("offline:own-form", args=[report.pk])).content
    first, second = period.programme.tasks.all()
    answers = {
        f"state:{first.pk}": "Đã hoàn thành", "figure:classes:held": 4, "figure:trees:value": 12,
        f"words:{first.pk}:result": "Mở bốn lớp; “tốt” & đủ <b>.",
    }  # fmt: skip
    back = typed_in_libreoffice(form, answers, tmp_path / "office")
    upload = SimpleUploadedFile("a.xlsx", back)
    answer = browser.post(reverse("offline:own", args=[report.pk]), {"file": upload})
    file = Intake.objects.get(report=report).files.get()
    assert file.state == "ready", (file.code, file.problems)
    assert "Mở bốn lớp" in browser.get(answer.url).content.decode()
    revision = Draft.objects.filter(report=report).values_list("revision", flat=True).first() or 0
    assert browser.post(reverse("offline:fill", args=[file.pk]), {"revision": revision}).status_code == 302
    said = content_of(Draft.objects.get(report=report), period.form.cells)
    assert (int(said.figures["classes", "held"]), int(said.figures["trees", "value"])) == (4, 12)
    assert said.passages[first.pk, "result"] == "Mở bốn lớp; “tốt” & đủ <b>."
    assert said.states[first.pk] == ("done", "")
    assert second.pk not in said.states


def test_a_form_for_a_unit_below_filled_in_libreoffice_is_entered_and_its_errors_are_named_by_cell(
    made, tmp_path
):
    cast, period = made
    form = form_for(hand_out(cast, period), "an-hoa")
    tasks = [f"state:{task.pk}" for task in period.programme.tasks.all()]
    answers = dict.fromkeys(tasks, "Đã hoàn thành") | {"figure:trees:value": "bảy", "figure:classes:held": 2}
    file = only(drop(cast, ("b.xlsx", typed_in_libreoffice(form, answers, tmp_path / "bad"))))
    assert (file.state, [p[1:3] for p in file.problems]) == ("wrong", [["not-number", "figure:trees:value"]])
    answers["figure:trees:value"] = 7
    file = only(drop(cast, ("b.xlsx", typed_in_libreoffice(form, answers, tmp_path / "good"))))
    assert file.state == "ready", (file.code, file.problems)
