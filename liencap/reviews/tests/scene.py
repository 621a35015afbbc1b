"""A programme of ROOT with two tasks and a reported quarter, and a review of it that P, A and B write."""

import datetime

from liencap.reports.actions import open_period
from liencap.reports.models import Period
from liencap.reports.tests.scene import accept, assign, make_programme, plan, send
from liencap.reviews.actions import (
    accept_review,
    call_review,
    open_review,
    save_part,
    save_points,
    send_review,
)
from liencap.reviews.content import OVERALL, Part, Point
from liencap.reviews.models import Review, ReviewVersion, UnitReview
from liencap.reviews.wanted import Wanted
from liencap.testing import Cast, Member
from liencap.units.models import Tier, Unit

SINCE, UNTIL = datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)
DUE = datetime.date(2026, 7, 10)


def reported(cast: Cast) -> Period:
    """Let A, B and P report a quarter: 10 and 5 trees, of which P accepts A's."""
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b)
    period = open_period(plan(programme), actor=cast.root.actor)
    for unit, member, trees in ((cast.a, cast.officer, "10"), (cast.b, cast.neighbour, "5")):
        send(period, unit, member, trees=trees)
    accept(period, cast.a, cast.chief)
    return period


def wanted(period: Period, **more) -> Wanted:
    """Return a review of the period's programme that provinces and communes write."""
    said = {
        "kind": Review.Kind.MID_TERM, "title": "Sơ kết năm hợp tác", "since": SINCE, "until": UNTIL,
        "programmes": [period.programme], "tiers": ["province", "commune"],
        "dues": dict.fromkeys(Tier.objects.all(), DUE),
    }  # fmt: skip
    return Wanted(**{**said, **more})


def called(cast: Cast, period: Period, **more) -> Review:
    """Prepare the review."""
    return call_review(cast.root_unit, wanted(period, **more), actor=cast.root.actor)


def opened(cast: Cast, **more) -> Review:
    """Open the review of a reported quarter."""
    return open_review(called(cast, reported(cast), **more), actor=cast.root.actor)


def of(review: Review, unit: Unit) -> UnitReview:
    """Return a unit's place in the review."""
    return UnitReview.objects.select_related("review__unit", "unit", "parent", "current", "accepted").get(
        review=review, unit=unit
    )


def write(
    review: Review,
    unit: Unit,
    member: Member,
    grade: str = "good",
    text: str = "Đã mở đủ lớp.",
    causes=(),
    **more,
) -> UnitReview:
    """Rate and describe every part, with a lesson and a follow-up task."""
    owed = of(review, unit)
    first = review.groups.first()
    for group in (OVERALL, *review.groups.values_list("pk", flat=True)):
        part = Part(grade, text, tuple(causes))
        owed = save_part(owed, group, part, revision=owed.revision, actor=member.actor)
    lessons = more.get("lessons", [Point("Giao việc sớm thì làm xong sớm.", first.pk)])
    follow = more.get("follow_ups", [Point("Mở thêm lớp ở thôn xa.", first.pk, "2027-03-31")])
    return save_points(owed, lessons, follow, revision=owed.revision, actor=member.actor)


def sent(review: Review, unit: Unit, member: Member, **more) -> ReviewVersion:
    """Write and send."""
    reason = more.pop("reason", "")
    owed = write(review, unit, member, **more)
    return send_review(
        owed, revision=owed.revision, actor=member.actor, reason=reason, language="vi", sample=False
    )


def accepted(
    review: Review, unit: Unit, member: Member, above: Member, grade: str = "met", **more
) -> UnitReview:
    """Write, send, and let the unit above accept with its own grade of every part."""
    version = sent(review, unit, member, **more)
    grades = {OVERALL: grade} | dict.fromkeys(review.groups.values_list("pk", flat=True), grade)
    return accept_review(version.unit_review, n=version.n, grades=grades, actor=above.actor)


def answers(clients, url, method="get", **data):
    return {name: getattr(client, method)(url, data).status_code for name, client in clients.items()}
