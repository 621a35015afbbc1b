"""A final review is published: frozen, filed, numbered by the clerk, printed in the office's own template."""

import datetime
import io
import zipfile

import pytest
from django.urls import reverse

from liencap.archive.models import Record
from liencap.documents import store
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import set_template
from liencap.reports.issuing.actions import file_signed_copy, register_report
from liencap.reports.issuing.queries import next_number, row_of
from liencap.reports.models import SignedCopy
from liencap.reports.printing.word import default_template
from liencap.reviews.actions import publish_review
from liencap.reviews.models import PublishedReview
from liencap.reviews.publication import KIND
from liencap.reviews.tests.scene import accepted, opened, sent
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 7, 20)


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES = tmp_path
    return make_cast()


@pytest.fixture
def owed(cast):
    """P's review, accepted by ROOT with grades of its own."""
    return accepted(opened(cast), cast.province, cast.chief, cast.root)


def words_of(docx: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


def test_a_published_review_is_frozen_filed_and_numbered(cast, owed):
    chief = cast.chief.client()
    page = chief.get(reverse("reviews:unit", args=[owed.pk])).content.decode()
    assert reverse("reviews:publish", args=[owed.pk]) in page
    chief.post(reverse("reviews:publish", args=[owed.pk]), {"n": 1})
    made = PublishedReview.objects.get()
    record = Record.objects.get(source_kind=KIND, source_id=made.pk)
    assert {file.sha256 for file in record.files.all()} == {made.docx, made.pdf}
    assert (
        reverse("reviews:unit", args=[owed.pk])
        in chief.get(reverse("archive:record", args=[record.pk])).content.decode()
    )
    row = row_of(KIND, made.pk)
    assert (row.n, row.title, row.sha256) == (None, owed.review.title, owed.accepted.sha256)
    assert owed.review.title in chief.get(reverse("reports:register")).content.decode()
    there = reverse("reports:register-enter", args=[row.pk])
    symbol = next_number(row, DAY).symbol
    assert symbol in chief.get(there).content.decode()
    answer = chief.post(there, {"n": 1, "symbol": symbol, "date": DAY.isoformat()})
    assert answer["Location"] == reverse("reports:issue", args=[row.pk])
    row.refresh_from_db()
    assert symbol in words_of(store.get(row.docx))
    assert symbol not in words_of(store.get(made.docx))
    page = chief.get(reverse("reviews:unit", args=[owed.pk])).content.decode()
    assert symbol in page
    assert reverse("reviews:publish", args=[owed.pk]) not in page
    copy = file_signed_copy(row, store.get(row.pdf), "ban-ky.pdf", actor=cast.chief.actor)
    assert (copy.state, copy.count) == (SignedCopy.State.SAME, 0)
    printed = chief.get(reverse("reviews:published-file", args=[owed.pk, 1, "docx"]))
    assert printed.content == store.get(made.docx)


def test_a_later_version_is_a_later_edition_that_replaces_the_first(cast, owed):
    first = publish_review(owed, n=1, actor=cast.chief.actor)
    row = register_report(row_of(KIND, first.pk), 1, "1/BC-X", DAY, actor=cast.chief.actor)
    with pytest.raises(DomainError) as twice:
        publish_review(owed, n=1, actor=cast.chief.actor)
    assert twice.value.code == "published"
    again = accepted(owed.review, cast.province, cast.chief, cast.root, reason="Đính chính.")
    second = publish_review(again, n=2, actor=cast.chief.actor)
    assert row_of(KIND, second.pk).replaces == row
    assert Record.objects.get(source_kind=KIND, source_id=second.pk).replaces.source_id == first.pk


def test_what_is_not_accepted_is_not_published_but_the_topmost_unit_answers_to_nobody(cast):
    review = opened(cast)
    version = sent(review, cast.province, cast.chief)
    with pytest.raises(DomainError) as early:
        publish_review(version.unit_review, n=1, actor=cast.chief.actor)
    assert early.value.code == "not-final"
    top = sent(review, cast.root_unit, cast.root)
    assert publish_review(top.unit_review, n=1, actor=cast.root.actor).n == 1


def test_the_office_s_own_word_template_prints_its_reviews(cast, owed):
    template = _with_mark(default_template("vi"))
    made, problems = set_template(cast.province, "vi", template, "mau.docx", actor=cast.chief.actor)
    assert made, problems
    published = publish_review(owed, n=1, actor=cast.chief.actor)
    assert "MẪU CỦA TỈNH" in words_of(store.get(published.docx))
    url = reverse("reviews:print", args=[owed.pk, "docx"])
    assert "MẪU CỦA TỈNH" in words_of(cast.chief.client().get(url).content)


def _with_mark(template: bytes) -> bytes:
    """Write a line of the office at the foot of the template."""
    from docx import Document

    document, held = Document(io.BytesIO(template)), io.BytesIO()
    document.add_paragraph("MẪU CỦA TỈNH")
    document.save(held)
    return held.getvalue()


def test_who_publishes_and_who_sees_what_was_published(cast, owed):
    url = reverse("reviews:publish", args=[owed.pk])
    for who, status in ((cast.root, 404), (cast.neighbour, 404), (cast.stranger, 404)):
        assert who.client().post(url, {"n": 1}).status_code == status, who.login
    assert cast.chief.client().get(url).status_code == 405
    with pytest.raises(NotAllowed):
        publish_review(owed, n=1, actor=cast.root.actor)
    made = publish_review(owed, n=1, actor=cast.chief.actor)
    file = reverse("reviews:published-file", args=[owed.pk, 1, "pdf"])
    row = reverse("reports:issue", args=[row_of(KIND, made.pk).pk])
    for there in (file, row):
        assert cast.root.client().get(there).status_code == 200, there
        for who in (cast.officer, cast.neighbour, cast.stranger):
            assert who.client().get(there).status_code == 404, (there, who.login)
    assert cast.root.client().post(row).status_code == 403
