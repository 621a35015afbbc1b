"""An office's own Word template: checked, in use for the unit and those below, and the way back."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from liencap.errors import NotAllowed
from liencap.printing.sentences import PROBLEMS
from liencap.reports.actions import (
    begin_consolidated_report,
    publish_consolidated_report,
    reset_template,
    set_template,
)
from liencap.reports.models import ReportTemplate
from liencap.reports.printing.word import default_template
from liencap.reports.templating import in_use
from liencap.reports.tests.scene import make_period
from liencap.testing import make_cast
from liencap.units.models import Unit

pytestmark = pytest.mark.django_db
LINE = "Một dòng riêng của văn phòng"


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES = tmp_path
    return make_cast()


def own_template(line: str = LINE) -> bytes:
    """Change the built-in template as an office would: a line of its own at the end."""
    document = Document(io.BytesIO(default_template("vi")))
    document.paragraphs[0].insert_paragraph_before(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def post(member, data, name="mau.docx", language="vi"):
    sent = {"file": SimpleUploadedFile(name, data), "language": language}
    return member.client().post(reverse("reports:templates"), sent)


def fresh(unit):
    return Unit.objects.get(pk=unit.pk)


def test_a_template_prints_the_reports_of_its_unit_and_of_those_below(cast):
    assert post(cast.chief, own_template()).status_code == 302
    row = ReportTemplate.objects.get()
    assert in_use(fresh(cast.province), "vi").row == row
    assert in_use(fresh(cast.a), "vi").row == row
    assert in_use(fresh(cast.other_province), "vi").row is None
    assert in_use(fresh(cast.province), "en").row is None
    period = make_period(cast)
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    report = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    printed = cast.chief.client().get(reverse("reports:consolidated-file", args=[report.pk, "docx"])).content
    assert LINE in "\n".join(p.text for p in Document(io.BytesIO(printed)).paragraphs)


def test_one_goes_back_to_the_template_from_above(cast):
    post(cast.root, own_template("Từ trung ương"))
    post(cast.chief, own_template())
    page = cast.chief.client().get(reverse("reports:templates")).content.decode()
    assert "mau.docx" in page
    answer = cast.chief.client().post(reverse("reports:template-reset", args=["vi"]))
    assert answer.status_code == 302
    above = in_use(fresh(cast.province), "vi").row
    assert above is not None
    assert above.unit == cast.root_unit
    handed = cast.chief.client().get(reverse("reports:template-file", args=["vi"])).content
    assert "Từ trung ương" in "\n".join(p.text for p in Document(io.BytesIO(handed)).paragraphs)


def test_a_template_that_reaches_out_is_refused_in_plain_words_and_the_old_one_stays(cast):
    assert post(cast.chief, own_template("{{ title.__class__ }}")).status_code == 400
    assert post(cast.chief, own_template("{{ no_such_name }}")).status_code == 400
    answer = post(cast.chief, b"no word file")
    assert answer.status_code == 400
    assert "không phải là tệp Word" in answer.content.decode()
    assert not ReportTemplate.objects.exists()


def test_every_problem_that_the_inspection_names_has_a_sentence():
    import inspect
    import re

    from liencap.printing import inspection

    codes = set(re.findall(r'_problem\(\s*"([a-z-]+)"', inspect.getsource(inspection)))
    assert codes - set(PROBLEMS) == set()


def test_a_macro_is_refused(cast):
    held = io.BytesIO(own_template())
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    answer = post(cast.chief, held.getvalue())
    assert answer.status_code == 400
    assert not ReportTemplate.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("stranger", 404)])
def test_nobody_without_the_right_sees_or_changes_templates(cast, who, status):
    member = getattr(cast, who)
    client = member.client()
    assert client.get(reverse("reports:templates")).status_code == status
    assert client.get(reverse("reports:template-file", args=["vi"])).status_code == status
    assert client.post(reverse("reports:template-reset", args=["vi"])).status_code == status
    assert post(member, own_template()).status_code == status


@pytest.mark.parametrize("who", ["root", "officer", "neighbour", "reader", "stranger"])
def test_nobody_but_the_unit_itself_changes_its_template(cast, who):
    actor = getattr(cast, who).actor
    for deed in (
        lambda: set_template(cast.province, "vi", own_template(), "a.docx", actor=actor),
        lambda: reset_template(cast.province, "vi", actor=actor),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_wrong_methods_and_languages_are_refused(cast):
    client = cast.chief.client()
    assert client.get(reverse("reports:template-reset", args=["vi"])).status_code == 405
    assert client.get(reverse("reports:template-file", args=["fr"])).status_code == 404
    assert client.post(reverse("reports:template-reset", args=["fr"])).status_code == 404
    assert post(cast.chief, own_template(), language="fr").status_code == 400
