"""Calling, writing, sending, accepting and returning a review."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.documents.models import Document
from liencap.errors import DomainError, NotAllowed
from liencap.notices.models import Notice
from liencap.reviews.actions import (
    accept_review,
    change_review,
    close_review,
    drop_review,
    open_review,
    return_review,
    save_part,
    save_points,
    send_review,
    set_codes,
    set_groups,
    take_over,
)
from liencap.reviews.actions.sending import hash_of
from liencap.reviews.codes import BUILT_IN, grades_of, plain_for
from liencap.reviews.content import OVERALL, Part, Point, from_plain
from liencap.reviews.folding import offered, said_below
from liencap.reviews.models import FollowUp, Grade, Lesson, Review, ReviewVersion, TaskGroup
from liencap.reviews.queries import (
    cause_counts,
    children,
    completeness,
    groups_of,
    lessons_below,
    linked_directives,
    sides_of,
    spreads,
    waiting_for,
)
from liencap.reviews.tests.scene import accepted, called, of, opened, reported, sent, wanted, write
from liencap.units.models import Tier

pytestmark = pytest.mark.django_db


def code(refused):
    return refused.value.code


def test_calling_proposes_a_group_for_each_task_and_opening_freezes_who_writes(cast):
    review = called(cast, reported(cast))
    assert [group.tasks.count() for group in groups_of(review)] == [1, 1]
    review = open_review(review, actor=cast.root.actor)
    places = {
        one.unit.code: one.parent and one.parent.code
        for one in review.unit_reviews.select_related("unit", "parent")
    }
    assert places == {"ROOT": None, "P": "ROOT", "A": "P", "B": "P", "P2": "ROOT"}
    assert review.codes == BUILT_IN
    assert Entry.objects.get(action="open_review").new["units"] == 5
    told = Notice.objects.filter(key__startswith="review-").values_list("seat__unit__code", flat=True)
    assert {*told} == {"P", "A", "B"}, "not whoever opened it, and nobody sits in P2"
    with pytest.raises(DomainError) as refused:
        change_review(review, wanted(reported(cast)), actor=cast.root.actor)
    assert code(refused) == "review-open"


def test_a_rule_and_days_choose_who_writes(cast):
    commune = Tier.objects.get(code="commune")
    days = {commune: datetime.date(2026, 7, 1), cast.root_unit.tier: datetime.date(2026, 7, 9)}
    review = opened(cast, tiers=["commune"], under="P", dues=days)
    assert {one.unit.code for one in review.unit_reviews.all()} == {"ROOT", "A", "B"}
    assert of(review, cast.a).parent == cast.root_unit
    assert (of(review, cast.a).due, of(review, cast.root_unit).due) == (
        days[commune],
        days[cast.root_unit.tier],
    )


def test_what_cannot_be_called_says_why(cast):
    period = reported(cast)
    commune, province = Tier.objects.get(code="commune"), Tier.objects.get(code="province")
    crossed = {commune: datetime.date(2026, 7, 9), province: datetime.date(2026, 7, 1)}
    for more, said in (
        ({"programmes": []}, "no-subject"),
        ({"since": datetime.date(2026, 7, 1)}, "days-crossed"),
        ({"dues": crossed}, "dues-crossed"),
    ):
        with pytest.raises(DomainError) as refused:
            called(cast, period, **more)
        assert code(refused) == said
    with pytest.raises(DomainError) as refused:
        open_review(called(cast, period, tiers=["none"]), actor=cast.root.actor)
    assert code(refused) == "nobody-asked"


def test_groups_are_named_by_a_person_and_a_task_is_in_one(cast):
    period = reported(cast)
    review = called(cast, period)
    subject, tasks = review.subjects.get(), list(period.programme.tasks.all())
    set_groups(review, subject, [("Công tác hội", tasks)], actor=cast.root.actor)
    assert [(str(g), g.tasks.count()) for g in groups_of(review)] == [("Công tác hội", 2)]
    with pytest.raises(DomainError) as refused:
        set_groups(review, subject, [("A", tasks), ("B", tasks[:1])], actor=cast.root.actor)
    assert code(refused) == "foreign-task"
    change_review(review, wanted(period, title="Tên khác"), actor=cast.root.actor)
    assert [str(g) for g in groups_of(review)] == ["Công tác hội"], "subjects that stay keep their groups"
    drop_review(review, actor=cast.root.actor)
    assert not Review.objects.exists()


def test_several_directives_are_linked_and_each_is_rated(cast):
    period = reported(cast)
    reading = period.programme.reading
    reading.plan = {"citations": [{"key": "12-NQ/TW", "start": 0, "end": 3}]}
    reading.save(update_fields=["plan"])
    own = Document.objects.get(pk=reading.version.document_id)
    review = called(
        cast, period, documents=[own], words=["Nghị quyết 12-NQ/TW ngày 03/01/2026", "Chỉ thị 05"]
    )
    linked = linked_directives(review.subjects.select_related("programme__reading__version", "document"))
    assert [len(one.programmes) for one in linked] == [1, 1, 0]
    assert TaskGroup.objects.filter(review=review).count() == 5


def test_the_organisation_s_own_codes_hold_below_and_open_reviews_keep_theirs(cast):
    before = opened(cast)
    rows = [
        {"code": "a", "name": "Đạt", "name_en": "", "value": 2},
        {"code": "b", "name": "Không đạt", "name_en": "", "value": 1},
    ]
    set_codes(cast.province, rows, [{"code": "c", "name": "Khác", "name_en": ""}], actor=cast.chief.actor)
    assert list(grades_of(plain_for(cast.a))) == ["a", "b"]
    assert plain_for(cast.root_unit) == BUILT_IN
    before.refresh_from_db()
    assert before.codes == BUILT_IN
    with pytest.raises(DomainError) as refused:
        set_codes(cast.province, rows[:1], rows[:1], actor=cast.chief.actor)
    assert code(refused) == "bad-codes"


def test_a_review_is_written_sent_and_hashed(cast):
    review = opened(cast)
    version = sent(review, cast.a, cast.officer, causes=["means"])
    version = ReviewVersion.objects.get(pk=version.pk)
    assert version.sha256 == hash_of(version)
    assert from_plain(version.content).part(OVERALL).grade == "good"
    assert Grade.objects.filter(version=version).count() == 3
    assert list(waiting_for(cast.province.pk)) == [version.unit_review]
    assert Notice.objects.filter(key=f"reviews-waiting-{review.pk}", seat__unit=cast.province).exists()
    tampered = ReviewVersion.objects.get(pk=version.pk)
    tampered.content["lessons"][0]["text"] = "Khác"
    assert hash_of(tampered) != version.sha256


def test_what_is_not_whole_or_stale_is_not_sent(cast):
    review = opened(cast)
    owed = of(review, cast.a)
    with pytest.raises(DomainError) as refused:
        send_review(owed, revision=0, actor=cast.officer.actor)
    assert code(refused) == "no-grade"
    save_part(owed, OVERALL, Part("good"), revision=0, actor=cast.officer.actor)
    with pytest.raises(DomainError) as refused:
        send_review(owed, revision=1, actor=cast.officer.actor)
    assert code(refused) == "no-grade"
    with pytest.raises(DomainError) as refused:
        save_part(owed, OVERALL, Part("good"), revision=0, actor=cast.officer.actor)
    assert code(refused) == "draft-changed"
    for part, said in ((Part("perfect"), "unknown-grade"), (Part("good", "", ("weather",)), "unknown-cause")):
        with pytest.raises(DomainError) as refused:
            save_part(owed, OVERALL, part, revision=1, actor=cast.officer.actor)
        assert code(refused) == said


@pytest.mark.parametrize("who", ["chief", "root", "neighbour", "reader", "stranger"])
def test_only_the_unit_itself_writes_and_only_its_head_sends(cast, who):
    review = opened(cast)
    owed = write(review, cast.a, cast.officer)
    actor = getattr(cast, who).actor
    for deed in (
        lambda: save_part(owed, OVERALL, Part("good"), revision=owed.revision, actor=actor),
        lambda: save_points(owed, [], [], revision=owed.revision, actor=actor),
        lambda: send_review(owed, revision=owed.revision, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_the_unit_above_rates_and_both_grades_stand_side_by_side_with_their_gap(cast):
    review = opened(cast)
    owed = accepted(review, cast.a, cast.officer, cast.chief, grade="met")
    sides = sides_of(owed.accepted, groups_of(review), grades_of(review.codes))
    assert [(s.own.code, s.above.code, s.gap) for s in sides] == [("good", "met", 1)] * 3
    assert owed.state == "accepted"
    with pytest.raises(DomainError) as refused:
        accept_review(owed, n=1, grades={OVERALL: "met"}, actor=cast.chief.actor)
    assert code(refused) == "not-waiting"


def test_who_does_not_stand_directly_above_neither_accepts_nor_returns(cast):
    review = opened(cast)
    version = sent(review, cast.a, cast.officer)
    for member in (cast.root, cast.officer, cast.neighbour, cast.reader, cast.stranger):
        with pytest.raises(NotAllowed):
            accept_review(version.unit_review, n=1, grades={OVERALL: "met"}, actor=member.actor)
        with pytest.raises(NotAllowed):
            return_review(version.unit_review, n=1, reason="x", actor=member.actor)
    for grades, said in (
        ({}, "no-grade"),
        ({OVERALL: "perfect"}, "unknown-grade"),
        ({OVERALL: "met", 0 - 1: "met"}, "unknown-grade"),
    ):
        with pytest.raises(DomainError) as refused:
            accept_review(version.unit_review, n=1, grades=grades, actor=cast.chief.actor)
        assert code(refused) == said


def test_a_group_is_returned_with_its_reason_and_the_next_version_read_anew(cast):
    review = opened(cast)
    version = sent(review, cast.a, cast.officer)
    owed, group = version.unit_review, review.groups.first()
    with pytest.raises(DomainError) as refused:
        return_review(owed, n=1, reason=" ", actor=cast.chief.actor)
    assert code(refused) == "reason-missing"
    owed = return_review(owed, n=1, reason="Thiếu số liệu", groups=[group], actor=cast.chief.actor)
    assert version.returns.get().group == group
    assert send_review(owed, revision=owed.revision, actor=cast.officer.actor).n == 2
    with pytest.raises(DomainError) as refused:
        accept_review(owed, n=1, grades={OVERALL: "met"}, actor=cast.chief.actor)
    assert code(refused) == "newer-version"
    with pytest.raises(DomainError) as refused:
        send_review(owed, revision=owed.revision, actor=cast.officer.actor)
    assert code(refused) == "reason-missing"
    assert send_review(owed, revision=owed.revision, actor=cast.officer.actor, reason="Sửa số").n == 3


def test_grades_and_causes_of_the_units_below_are_counted_over_the_tree(cast, django_assert_max_num_queries):
    review = opened(cast)
    accepted(review, cast.a, cast.officer, cast.chief, grade="met", causes=["means"])
    sent(review, cast.b, cast.neighbour, grade="met", causes=["means", "staff"])
    top, grades = of(review, cast.root_unit), grades_of(review.codes)
    groups = groups_of(review)
    with django_assert_max_num_queries(5):
        whole = spreads(top, groups, grades)[0]
        counts, named = completeness(top), cause_counts(top)
    assert (counts.expected, counts.sent, counts.accepted, counts.missing) == (4, 2, 1, 2)
    assert (whole.own, whole.above, whole.higher, whole.lower) == ((0, 1, 1, 0), (0, 0, 1, 0), 1, 0)
    assert named == {"means": 2, "staff": 1}
    assert completeness(of(review, cast.a)).expected == 0
    sent(review, cast.province, cast.chief, causes=["plan"])
    assert cause_counts(of(review, cast.province)) == {"means": 2, "staff": 1}, (
        "of those below, not of itself"
    )


def test_lessons_of_accepted_units_are_taken_over_with_their_source(cast):
    review = opened(cast)
    accepted(review, cast.a, cast.officer, cast.chief)
    sent(review, cast.b, cast.neighbour)
    owed = of(review, cast.province)
    lesson, theirs = (Lesson.objects.get(version__unit_review__unit=unit) for unit in (cast.a, cast.b))
    owed = take_over(owed, "lesson", lesson.pk, revision=0, actor=cast.chief.actor)
    follow = FollowUp.objects.get(version__unit_review__unit=cast.a)
    owed = take_over(owed, "follow-up", follow.pk, revision=1, actor=cast.chief.actor)
    again = take_over(owed, "lesson", lesson.pk, revision=2, actor=cast.chief.actor)
    assert len(from_plain(again.draft).lessons) == 1
    with pytest.raises(DomainError) as refused:
        take_over(owed, "lesson", theirs.pk, revision=2, actor=cast.chief.actor)
    assert code(refused) == "foreign-source", "B's review is not accepted"
    content = from_plain(owed.draft)
    version = sent(review, cast.province, cast.chief, lessons=content.lessons, follow_ups=content.follow_ups)
    assert version.lessons.get().source == lesson
    assert version.follow_ups.get().source == follow


def test_a_source_that_was_never_taken_over_is_not_believed(cast):
    review = opened(cast)
    accepted(review, cast.a, cast.officer, cast.chief)
    lesson = Lesson.objects.get()
    owed = save_points(
        of(review, cast.b), [Point("Chép", 0, "", lesson.pk)], [], revision=0, actor=cast.neighbour.actor
    )
    assert from_plain(owed.draft).lessons[0].source == 0
    with pytest.raises(DomainError) as refused:
        save_points(owed, [Point("Lạ", 10**9)], [], revision=1, actor=cast.neighbour.actor)
    assert code(refused) == "foreign-group"


def test_a_closed_review_takes_nothing_more(cast):
    review = opened(cast)
    version = sent(review, cast.a, cast.officer)
    close_review(review, actor=cast.root.actor)
    for deed in (
        lambda: write(review, cast.b, cast.neighbour),
        lambda: accept_review(version.unit_review, n=1, grades={OVERALL: "met"}, actor=cast.chief.actor),
        lambda: close_review(review, actor=cast.root.actor),
    ):
        with pytest.raises(DomainError) as refused:
            deed()
        assert refused.value.status == 409
    assert Entry.objects.get(action="close_review").new["missing"] == 4


@pytest.mark.parametrize("who", ["chief", "officer", "reader", "stranger"])
def test_only_the_calling_unit_opens_and_closes(cast, who):
    review = called(cast, reported(cast))
    actor = getattr(cast, who).actor
    for deed in (open_review, drop_review, close_review):
        with pytest.raises(NotAllowed):
            deed(review, actor=actor)


def test_what_units_below_say_in_the_same_words_is_folded_with_their_count(cast):
    review = opened(cast)
    words = "Đã mở đủ các lớp tập huấn theo kế hoạch, hội viên dự đông."
    lesson = [Point("Giao việc sớm thì làm xong sớm.", 0)]
    accepted(review, cast.a, cast.officer, cast.chief, text=words, lessons=lesson)
    accepted(review, cast.b, cast.neighbour, cast.chief, text=f"{words} ", lessons=lesson, grade="good")
    owed, group = of(review, cast.province), review.groups.first()
    below = children(owed).filter(accepted__isnull=False)
    (fold,) = said_below(owed, group.pk, below)
    assert (fold.more, {one.owed.unit for one in fold.rows}) == (1, {cast.a, cast.b})
    (offer,) = offered(lessons_below(owed), ())
    assert (offer.more, offer.taken) == (1, False)
    owed = take_over(owed, "lesson", offer.first.pk, revision=owed.revision, actor=cast.chief.actor)
    (offer,) = offered(lessons_below(owed), {point.source for point in from_plain(owed.draft).lessons})
    assert offer.taken
    client = cast.chief.client()
    page = client.get(
        reverse("reviews:write-group", args=[owed.pk, group.pk]), headers={"accept-language": "en"}
    ).content.decode()
    assert page.count(words) == 1
    assert "1 more unit says so in nearly the same words" in page
    points = client.get(reverse("reviews:write-points", args=[owed.pk]), headers={"accept-language": "en"})
    assert "and 1 more unit in nearly the same words" in points.content.decode()


def test_other_words_and_grades_without_words_stand_apart(cast):
    review = opened(cast)
    accepted(review, cast.a, cast.officer, cast.chief, text="")
    accepted(review, cast.b, cast.neighbour, cast.chief, text="Mưa bão làm chậm việc trồng cây ở ba thôn.")
    owed = of(review, cast.province)
    folds = said_below(owed, review.groups.first().pk, children(owed))
    assert [(fold.first.owed.unit, fold.more) for fold in folds] == [(cast.b, 0), (cast.a, 0)]
