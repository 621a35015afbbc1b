"""Second editions and errata pages: what they print, that the first stays, who may make them."""

import pytest
from django.urls import reverse

from liencap.archive.models import Record
from liencap.audit.models import Entry
from liencap.documents import store
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import begin_consolidated_report, compose_task, publish_consolidated_report
from liencap.reports.editions import actions as editing
from liencap.reports.editions.actions import begin_edition, drop_edition, publish_edition
from liencap.reports.editions.queries import prepared, values_of
from liencap.reports.models import ConsolidatedReport, Edition, Passage
from liencap.reports.printing import render_pdf
from liencap.reports.printing.tests import samples
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES = tmp_path


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    period = make_period(cast)
    send(period, cast.a, cast.officer, "10.5", text="Xã A mở hai lớp.")
    accept(period, cast.a, cast.chief)
    return period


@pytest.fixture
def first(cast, period):
    """Publish the province's report, with the passage of A quoted."""
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    passage = Passage.objects.get(version__report=report_of(period, cast.a))
    task = period.programme.tasks.first()
    compose_task(draft, task, "Toàn tỉnh làm tốt.", {passage.pk: "quote"}, revision=1, actor=cast.chief.actor)
    return publish_consolidated_report(draft, revision=2, actor=cast.chief.actor)


@pytest.fixture
def corrected(cast, period, first):
    send(period, cast.a, cast.officer, "12.5", reason="đếm lại", text="Xã A mở ba lớp.")
    accept(period, cast.a, cast.chief)
    return first


def publish(report, cast, kind="full", **more) -> Edition:
    edition = begin_edition(report, actor=cast.chief.actor)
    report.refresh_from_db()
    said = {"reason": "Xã A đính chính", "revision": report.revision} | more
    return publish_edition(edition, kind=kind, actor=cast.chief.actor, **said)


def test_a_second_edition_prints_all_anew_and_says_what_changed(cast, period, corrected):
    edition = publish(corrected, cast)
    paper = values_of(edition.values)
    assert (edition.n, paper.edition) == (2, "2")
    head, words, trees = paper.sections
    assert head.task == "Những điểm thay đổi so với ấn bản 1"
    rows = {(row.name, row.cells[1:]) for row in head.tables[0].rows}
    assert (cast.a.name, ("10,5", "12,5")) in rows
    assert ("Chính thức", ("10,5", "12,5")) in rows
    assert any("Xã A mở hai lớp." in b.text and "Xã A mở ba lớp." in b.text for b in head.blocks)
    assert [b.text for b in words.blocks if b.kind != "coverage"] == ["Toàn tỉnh làm tốt.", "Xã A mở ba lớp."]
    assert trees.tables[0].rows[0].cells == ("12,5",)
    assert paper.digest() == edition.sha256
    printed = " ".join(samples.page_texts(store.get(edition.pdf)))
    assert "Ấn bản: 2" in printed
    assert samples.word_letters(store.get(edition.docx), paper) == samples.pdf_letters(
        store.get(edition.pdf), paper
    )


def test_the_first_edition_stays_as_it_was_in_bytes_and_words(cast, period, first):
    chief = cast.chief.client()
    urls = [reverse("reports:consolidated-file", args=[first.pk, kind]) for kind in ("pdf", "docx")]
    first.refresh_from_db()
    before = [chief.get(url).content for url in urls], dict(first.values), first.sha256
    send(period, cast.a, cast.officer, "12.5", reason="đếm lại")
    accept(period, cast.a, cast.chief)
    publish(first, cast)
    again = ConsolidatedReport.objects.get(pk=first.pk)
    assert ([chief.get(url).content for url in urls], again.values, again.sha256) == before
    assert values_of(again.values).digest() == again.sha256
    from liencap.reports.printing import render_pdf

    assert render_pdf(values_of(again.values)) == before[0][0]


def test_an_errata_page_holds_what_changed_alone_and_the_next_edition_goes_on_from_it(
    cast, period, corrected
):
    errata = publish(corrected, cast, "errata")
    paper = values_of(errata.values)
    assert (paper.missing, paper.charts, paper.annexes) == ((), (), ())
    assert paper.title == "BẢN ĐÍNH CHÍNH"
    assert len(paper.sections) == 1
    assert corrected.sha256 in paper.bases[-1]
    send(period, cast.b, cast.neighbour, "4")
    accept(period, cast.b, cast.chief)
    found = prepared(corrected, cast.chief.seat, "Chief")
    assert found.against == 2
    assert {(f.row.name, f.old, f.new) for f in found.figures} >= {
        (cast.b.name, "–", "4,0"), ("Chính thức", "12,5", "16,5")
    }  # fmt: skip
    third = publish(corrected, cast)
    assert third.n == 3
    assert "12,5" in str(third.values["sections"][0])


def test_each_edition_is_listed_and_filed(cast, period, corrected):
    edition = publish(corrected, cast)
    filed = Record.objects.get(source_kind="report_edition", source_id=edition.pk)
    assert [f.sha256 for f in filed.files.all()][:2] == [edition.pdf, edition.docx]
    assert [f.filename[-4:] for f in filed.files.all()] == [".pdf", "docx", "xlsx"]
    chief = cast.chief.client()
    for name, args in (("consolidated", [corrected.pk]), ("edition", [corrected.pk, 2])):
        page = chief.get(reverse(f"reports:{name}", args=args)).content.decode()
        assert "Ấn bản đầu" in page
        assert "Xã A đính chính" in page
    assert 'class="cell-words"' in page, "what changed is words as well as numbers, and words need room"
    assert (
        reverse("reports:edition", args=[corrected.pk, 2])
        in chief.get(reverse("archive:record", args=[filed.pk])).content.decode()
    )
    entry = Entry.objects.get(action="publish_edition")
    assert (entry.new["edition"], entry.new["sha256"]) == (2, edition.sha256)
    report = report_of(period, cast.a)
    assert report.state == "consolidated"


def test_the_head_is_told_prepares_changes_the_words_and_publishes_on_screen(cast, period, corrected):
    chief, task = cast.chief.client(), period.programme.tasks.first()
    url = reverse("reports:edition-draft", args=[corrected.pk])
    assert chief.get(url).status_code == 404
    assert chief.post(reverse("reports:edition-begin", args=[corrected.pk])).url == url
    page = chief.get(url).content.decode()
    assert "12,5" in page
    compose = reverse("reports:compose", args=[corrected.pk, task.pk])
    revision = ConsolidatedReport.objects.get().revision
    more = {"do": "own", "question": "result", "text": "Toàn tỉnh làm rất tốt.", "seen": revision}
    assert chief.post(compose, more).status_code == 302
    typed = {"kind": "full", "reason": "Đính chính", "revision": revision + 1}
    assert chief.post(url, typed | {"reason": ""}).status_code == 200
    assert chief.post(url, typed | {"revision": revision}).status_code == 409
    assert chief.post(url, typed).url == reverse("reports:edition", args=[corrected.pk, 2])
    shown = chief.get(reverse("reports:edition", args=[corrected.pk, 2])).content.decode()
    assert "Toàn tỉnh làm rất tốt." in shown
    for kind, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
        assert chief.get(reverse("reports:edition-file", args=[corrected.pk, 2, kind])).content.startswith(
            start
        )
    assert chief.get(reverse("reports:edition-file", args=[corrected.pk, 2, "exe"])).status_code == 404
    assert chief.get(reverse("reports:edition", args=[corrected.pk, 9])).status_code == 404
    assert chief.post(compose, more | {"seen": revision + 1}).status_code == 409


def test_the_first_edition_says_when_a_later_one_prints_what_changed(cast, period, corrected):
    address = reverse("reports:consolidated", args=[corrected.pk])
    offers = 'class="btn btn-primary" type="submit"'
    page = cast.chief.client().get(address).content.decode()
    assert offers in page
    assert "in đúng số hiện nay" not in page
    publish(corrected, cast, kind="errata")
    page = cast.chief.client().get(address).content.decode()
    assert "Ấn bản 2 in đúng số hiện nay." in page
    assert offers not in page
    send(period, cast.a, cast.officer, "13.5", reason="đếm lần nữa", text="Xã A mở ba lớp.")
    accept(period, cast.a, cast.chief)
    page = cast.chief.client().get(address).content.decode()
    assert offers in page
    assert "in đúng số hiện nay" not in page


def test_without_a_change_or_a_reason_there_is_no_edition(cast, period, first):
    edition = begin_edition(first, actor=cast.chief.actor)
    assert begin_edition(first, actor=cast.chief.actor) == edition
    for kind, reason, code in (
        ("full", "x", "nothing-new"), ("full", " ", "reason-missing"), ("book", "x", "edition-kind")
    ):  # fmt: skip
        with pytest.raises(DomainError) as refused:
            publish_edition(edition, kind=kind, reason=reason, revision=2, actor=cast.chief.actor)
        assert refused.value.code == code
    drop_edition(edition, actor=cast.chief.actor)
    assert not Edition.objects.exists()


def test_nobody_else_prepares_an_edition_and_a_stranger_reads_none(cast, period, corrected):
    pk, edition = corrected.pk, publish(corrected, cast)
    begin_edition(corrected, actor=cast.chief.actor)
    for who in ("root", "officer", "neighbour", "reader", "stranger"):
        member = getattr(cast, who)
        client = member.client()
        for name in ("reports:edition-begin", "reports:edition-drop", "reports:edition-draft"):
            assert client.post(reverse(name, args=[pk])).status_code in (403, 404)
        assert client.get(reverse("reports:edition-draft", args=[pk])).status_code in (403, 404)
        seen = 200 if who == "root" else 404
        assert client.get(reverse("reports:edition", args=[pk, 2])).status_code == seen
        assert client.get(reverse("reports:edition-file", args=[pk, 2, "pdf"])).status_code == seen
        deeds = (
            lambda by: begin_edition(corrected, actor=by),
            lambda by: drop_edition(edition, actor=by),
            lambda by: publish_edition(edition, kind="full", reason="x", revision=2, actor=by),
        )
        for deed in deeds:
            with pytest.raises(NotAllowed):
                deed(member.actor)


def test_wrong_methods_and_bad_ids_are_refused(cast, period, corrected):
    chief = cast.chief.client()
    assert chief.get(reverse("reports:edition-begin", args=[corrected.pk])).status_code == 405
    assert chief.get(reverse("reports:edition-drop", args=[corrected.pk])).status_code == 405
    assert chief.post(reverse("reports:edition-begin", args=[999_999])).status_code == 404
    draft = begin_consolidated_report(period, cast.a, actor=cast.officer.actor)
    assert cast.officer.client().post(reverse("reports:edition-begin", args=[draft.pk])).status_code == 404


def test_pages_of_editions_cost_few_queries(cast, period, corrected, django_assert_max_num_queries):
    chief = cast.chief.client()
    chief.post(reverse("reports:edition-begin", args=[corrected.pk]))
    with django_assert_max_num_queries(49):
        assert chief.get(reverse("reports:edition-draft", args=[corrected.pk])).status_code == 200
    publish(corrected, cast)
    with django_assert_max_num_queries(26):
        assert chief.get(reverse("reports:edition", args=[corrected.pk, 2])).status_code == 200


def test_what_is_accepted_while_an_edition_is_printed_is_not_missed(cast, period, corrected, monkeypatch):
    def slowly(values):
        if report_of(period, cast.b).current is None:
            send(period, cast.b, cast.neighbour, "4")
            accept(period, cast.b, cast.chief)
        return render_pdf(values)

    monkeypatch.setattr(editing, "render_pdf", slowly)
    with pytest.raises(DomainError) as refused:
        publish(corrected, cast)
    assert refused.value.code == "figures-moved"
    paper = values_of(publish(corrected, cast).values)
    rows = {row.name: row.cells[2] for row in paper.sections[0].tables[0].rows}
    assert rows[cast.b.name] == "4,0"
