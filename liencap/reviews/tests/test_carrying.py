"""What a review leaves to the next programme: proposed tasks with their link back, and its first page."""

import io

import pytest
from docx import Document as Word

from liencap.errors import DomainError, NotAllowed
from liencap.programmes.models import Task
from liencap.reports.tests.scene import make_programme
from liencap.reviews.actions import (
    leave_carried,
    propose_follow_ups,
    send_review,
    set_first_page,
    take_carried,
)
from liencap.reviews.firstpage import paper_of, shown_on
from liencap.reviews.models import Carried, FirstPage
from liencap.reviews.printing import render_docx
from liencap.reviews.tests.scene import of, opened, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast):
    return sent(opened(cast), cast.root_unit, cast.root)


@pytest.fixture
def coming(cast):
    return make_programme(cast.root_unit)


def proposed(cast, version, coming):
    (carried,) = propose_follow_ups(
        version.unit_review, coming, list(version.follow_ups.all()), actor=cast.root.actor
    )
    return carried


def test_a_follow_up_is_proposed_made_a_task_and_leads_back(
    cast, version, coming, django_assert_max_num_queries
):
    carried = proposed(cast, version, coming)
    assert not Task.objects.filter(programme=coming, text__contains="thôn xa").exists(), "only proposed"
    task = take_carried(carried, carried.follow_up.text, due=carried.follow_up.due, actor=cast.root.actor)
    assert (task.programme, task.order, str(task.due)) == (coming, 2, "2027-03-31")
    assert task.carried_from.follow_up.version == version
    page = FirstPage.objects.select_related("programme__unit", "version__unit_review__review").get()
    with django_assert_max_num_queries(4):
        shown = shown_on(page)
    assert [one.carried[0].state for one in shown.groups if one.carried] == ["taken"]
    assert shown.waiting == 0
    with pytest.raises(DomainError) as refused:
        leave_carried(carried, "x", actor=cast.root.actor)
    assert refused.value.code == "decided"


def test_what_is_left_out_says_why_and_stands_on_the_printed_page(cast, version, coming):
    carried = proposed(cast, version, coming)
    with pytest.raises(DomainError) as refused:
        leave_carried(carried, " ", actor=cast.root.actor)
    assert refused.value.code == "reason-missing"
    leave_carried(carried, "Đã làm xong", actor=cast.root.actor)
    page = FirstPage.objects.select_related("programme__unit", "version__unit_review__review").get()
    word = Word(io.BytesIO(render_docx(paper_of(page, "vi"))))
    text = "\n".join(p.text for p in word.paragraphs)
    assert "Mở thêm lớp ở thôn xa – không đưa vào: Đã làm xong" in text.replace(
        " (trước ngày 31/03/2027)", ""
    )
    assert "Đã mở đủ lớp." in text
    assert "made a task" not in text
    assert "Results by group" in str(paper_of(page, "en").sections)


def test_a_task_is_proposed_once_even_by_a_later_version(cast, version, coming):
    proposed(cast, version, coming)
    owed = of(version.unit_review.review, cast.root_unit)
    later = send_review(owed, revision=owed.revision, actor=cast.root.actor, reason="Sửa")
    fresh = of(owed.review, cast.root_unit)
    assert propose_follow_ups(fresh, coming, list(later.follow_ups.all()), actor=cast.root.actor) == []
    assert Carried.objects.count() == 1
    assert FirstPage.objects.get().version == later
    with pytest.raises(DomainError) as refused:
        propose_follow_ups(fresh, coming, list(version.follow_ups.all()), actor=cast.root.actor)
    assert refused.value.code == "foreign-task"


def test_only_a_later_programme_of_the_unit_takes_over(cast, version):
    reviewed = version.unit_review.review.subjects.get().programme
    for programme in (reviewed, make_programme(cast.province)):
        with pytest.raises(DomainError) as refused:
            set_first_page(version.unit_review, programme, actor=cast.root.actor)
        assert refused.value.code == "other-programme"
    with pytest.raises(DomainError) as refused:
        set_first_page(of(opened(cast), cast.root_unit), reviewed, actor=cast.root.actor)
    assert refused.value.code == "not-sent"


@pytest.mark.parametrize("who", ["chief", "officer", "reader", "stranger"])
def test_only_the_programme_s_own_unit_decides(cast, version, coming, who):
    carried, actor = proposed(cast, version, coming), getattr(cast, who).actor
    for deed in (
        lambda: take_carried(carried, "x", actor=actor),
        lambda: leave_carried(carried, "x", actor=actor),
        lambda: set_first_page(version.unit_review, coming, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            deed()
