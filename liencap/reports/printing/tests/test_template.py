"""A template from outside may look as it likes and do nothing."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from jinja2 import UndefinedError

from liencap.printing.inspection import TemplateRefused
from liencap.reports.printing import check_template, render_docx, word
from liencap.reports.printing.tests.samples import report, word_texts
from liencap.reports.printing.wording import lines_of
from liencap.work.child import ChildRefusal


def with_text(*texts):
    """Return the default template with paragraphs added at its head."""
    document = docx.Document(io.BytesIO(word.default_template("vi")))
    first = document.paragraphs[0]
    for text in texts:
        first.insert_paragraph_before(text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def with_part(name, content, *, change=lambda name, data: data):
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word.default_template("vi"))) as old,
        zipfile.ZipFile(held, "w", 8) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, change(info.filename, old.read(info)))
        if name:
            new.writestr(name, content)
    return held.getvalue()


def in_document(old, new):
    def change(name, data):
        return data.replace(old, new, 1) if name == "word/document.xml" else data

    return with_part("", b"", change=change)


RELATION = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://example.org/evil.dotm" TargetMode="External"/></Relationships>'
)
DDE = (
    b'<w:body><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDE</w:instrText></w:r>'
    b'<w:r><w:instrText>AUTO c:\\\\a "b"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
REFUSED = {
    "class": (lambda: with_text("{{ ''.__class__.__mro__ }}"), "not-allowed"),
    "class by item": (lambda: with_text("{{ title['__class__'] }}"), "not-allowed"),
    "built name": (lambda: with_text("{{ title['__cla' ~ 'ss__'] }}"), "not-allowed"),
    "attr filter": (lambda: with_text("{{ title|attr('__class__') }}"), "not-allowed"),
    "call": (lambda: with_text("{{ title.format(1) }}"), "not-allowed"),
    "globals": (lambda: with_text("{{ cycler.__init__.__globals__.os.popen('id').read() }}"), "not-allowed"),
    "range bomb": (lambda: with_text("{% for a in range(10**9) %}x{% endfor %}"), "not-allowed"),
    "string bomb": (lambda: with_text("{{ 'a' * 10000000000 }}"), "not-allowed"),
    "include": (lambda: with_text("{% include 'a' %}"), "not-allowed"),
    "unknown": (lambda: with_text("{{ titel }}"), "unknown-name"),
    "open tag": (lambda: with_text("{% if title %}"), "tag-error"),
    "unknown part": (lambda: with_text("{{ signatory.nmae }}"), "does-not-fill"),
    "not a zip": (lambda: b"PK\x03\x04 but not", "not-a-docx"),
    "empty": (lambda: b"", "not-a-docx"),
    "workbook": (lambda: with_part("word/document.xml", b"")[:100], "not-a-docx"),
    "macro": (lambda: with_part("word/vbaProject.bin", b"x"), "embedded-object"),
    "object": (lambda: with_part("word/embeddings/oleObject1.bin", b"x"), "embedded-object"),
    "external": (lambda: with_part("word/_rels/settings.xml.rels", RELATION), "external-relation"),
    "bomb": (lambda: with_part("word/media/a.xml", bytes(90 << 20)), "zip-bomb"),
    "doctype": (lambda: with_part("word/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "doctype"),
    "utf-16": (lambda: with_part("word/a.xml", "<!DOCTYPE a><a/>".encode("utf-16")), "odd-encoding"),
    "field": (lambda: in_document(b"<w:body>", DDE), "field"),
    "object markup": (
        lambda: in_document(b"<w:body>", b"<w:body><w:p><w:r><w:object/></w:r></w:p>"),
        "embedded-object",
    ),
    "path": (lambda: with_part("../../evil.xml", b"<a/>"), "odd-package"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_our_own_templates_pass(language):
    assert check_template(word.default_template(language)) == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_template_is_named_and_never_filled(name):
    make, code = REFUSED[name]
    template = make()
    found = word.try_template(template, lines=lines_of(word.TRIAL))
    assert code in {problem["code"] for problem in found}
    with pytest.raises((TemplateRefused, UndefinedError)):
        word.fill(template, lines=lines_of(report()))


def test_a_bad_template_is_refused_through_the_child_too():
    template = with_text("{{ ''.__class__ }}")
    assert [problem["code"] for problem in check_template(template)] == ["not-allowed"]
    with pytest.raises(ChildRefusal):
        render_docx(report(), template)


def test_loops_within_loops_end_by_the_clock(monkeypatch):
    monkeypatch.setattr(word, "_TRIAL_SECONDS", 3)
    depth = 18
    bomb = "".join(f"{{% for a{n} in title %}}" for n in range(depth)) + "x" + "{% endfor %}" * depth
    (problem,) = check_template(with_text(bomb))
    assert problem["code"] in {"template-timeout", "template-memory"}


def test_an_office_may_change_words_and_looks():
    template = with_text("Mẫu của văn phòng", "{% if sample %}mẫu{% else %}thật{% endif %} {{ title|lower }}")
    assert check_template(template) == []
    texts = word_texts(render_docx(report(), template))
    assert {"Mẫu của văn phòng", "thật báo cáo"} <= set(texts)


def test_a_value_is_never_read_as_a_template():
    texts = word_texts(render_docx(report("{{ 7*7 }}{% if x %} <w:p>")))
    assert "{{ 7*7 }}{% if x %} <w:p>" in texts
    assert not any("49" in text for text in texts)


def test_the_guide_names_all_there_is_to_print():
    guide = Path(__file__).parents[4] / "docs" / "guides" / "templates.md"
    named = guide.read_text(encoding="utf-8")
    assert [name for name in lines_of(report()) if f"`{name}`" not in named] == []
