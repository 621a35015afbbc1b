"""Write a unit's review: its parts, lessons and follow-up tasks; nobody else sees them before they are sent."""

import dataclasses
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reviews.access import WRITE, require_own
from liencap.reviews.codes import causes_of, grades_of
from liencap.reviews.content import OVERALL, Content, Part, Point, from_plain
from liencap.reviews.models import FollowUp, Lesson, Review, UnitReview
from liencap.reviews.queries import follow_ups_below, lessons_below

MOST_POINTS = 60


def locked(owed: UnitReview, *, revision: int | None, actor: Actor, permission: str = WRITE) -> UnitReview:
    """Return a unit's review locked at the revision that the author saw; refuse a closed round."""
    found = UnitReview.objects.select_for_update(of=("self",)).select_related(
        "review__unit", "unit", "parent", "current", "accepted"
    )
    owed = found.get(pk=owed.pk)
    require_own(actor, permission, owed.unit)
    if owed.review.state != Review.State.OPEN:
        raise DomainError("review-closed", _("This review is closed."), status=409)
    if revision is not None and owed.revision != revision:
        raise DomainError(
            "draft-changed",
            _("The draft was changed in another window. Load the page again before you go on."),
            status=409,
        )
    return owed


@transaction.atomic
def save_part(owed: UnitReview, group: int, part: Part, *, revision: int, actor: Actor) -> UnitReview:
    """Keep what the unit says of a group, or with 0 of the whole."""
    owed = locked(owed, revision=revision, actor=actor)
    if group != OVERALL and not owed.review.groups.filter(pk=group).exists():
        raise DomainError("foreign-group", _("This group belongs to another review."))
    if part.grade and part.grade not in grades_of(owed.review.codes):
        raise DomainError("unknown-grade", _("Choose a grade of the list."))
    if not set(part.causes) <= set(causes_of(owed.review.codes)):
        raise DomainError("unknown-cause", _("Choose causes of the list."))
    content = from_plain(owed.draft)
    return _keep(
        owed, dataclasses.replace(content, parts={**content.parts, group: part}), "write_review", actor
    )


@transaction.atomic
def save_points(
    owed: UnitReview, lessons: Sequence[Point], follow_ups: Sequence[Point], *, revision: int, actor: Actor
) -> UnitReview:
    """Keep the lessons and the follow-up tasks in their order; a source stays only where it was taken over."""
    owed = locked(owed, revision=revision, actor=actor)
    content, groups = from_plain(owed.draft), set(owed.review.groups.values_list("pk", flat=True))
    if any(one.group not in groups | {OVERALL} for one in (*lessons, *follow_ups)):
        raise DomainError("foreign-group", _("This group belongs to another review."))
    if len(lessons) > MOST_POINTS or len(follow_ups) > MOST_POINTS:
        raise DomainError(
            "too-many", _("Keep at most %(most)s lines; merge what is alike.") % {"most": MOST_POINTS}
        )
    known = ({p.source for p in content.lessons}, {p.source for p in content.follow_ups})
    kept = [
        tuple(one if one.source in seen else dataclasses.replace(one, source=0) for one in points)
        for points, seen in zip((lessons, follow_ups), known, strict=True)
    ]
    content = dataclasses.replace(content, lessons=kept[0], follow_ups=kept[1])
    return _keep(owed, content, "write_review_points", actor)


@transaction.atomic
def take_over(owed: UnitReview, kind: str, source: int, *, revision: int, actor: Actor) -> UnitReview:
    """Take a lesson or follow-up task of an accepted unit below into the draft, with the link to its source."""
    owed = locked(owed, revision=revision, actor=actor)
    rows = lessons_below(owed) if kind == "lesson" else follow_ups_below(owed)
    found: Lesson | FollowUp | None = rows.filter(pk=source).first()
    if found is None:
        raise DomainError("foreign-source", _("Only what an accepted review below says can be taken over."))
    due = str(found.due or "") if isinstance(found, FollowUp) else ""
    point = Point(found.text, found.group_id or OVERALL, due, found.pk)
    content = from_plain(owed.draft)
    points = content.lessons if kind == "lesson" else content.follow_ups
    if any(one.source == source for one in points):
        return owed
    if len(points) >= MOST_POINTS:
        raise DomainError(
            "too-many", _("Keep at most %(most)s lines; merge what is alike.") % {"most": MOST_POINTS}
        )
    said = (*points, point)
    if kind == "lesson":
        content = dataclasses.replace(content, lessons=said)
    else:
        content = dataclasses.replace(content, follow_ups=said)
    return _keep(owed, content, "take_over_point", actor)


def _keep(owed: UnitReview, content: Content, action: str, actor: Actor) -> UnitReview:
    owed.draft, owed.revision = content.plain(), owed.revision + 1
    owed.save(update_fields=["draft", "revision"])
    record(
        action, actor=actor, kind="unit_review", object_id=owed.pk, unit_id=owed.unit_id,
        new={"revision": owed.revision, "sha256": digest([owed.draft])},
    )  # fmt: skip
    return owed
