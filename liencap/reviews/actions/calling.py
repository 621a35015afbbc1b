"""Call a review: its term, subjects and groups; opening freezes who writes, the groups and the codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reviews.access import CALL, CODES, require_own
from liencap.reviews.actions.telling import tell_closed, tell_opened
from liencap.reviews.codes import plain_for
from liencap.reviews.models import CodeList, Review, ReviewDue, Subject, TaskGroup, UnitReview
from liencap.reviews.queries import default_groups, units_asked
from liencap.reviews.wanted import Wanted
from liencap.units.models import Unit

BATCH = 1000


@transaction.atomic
def call_review(unit: Unit, wanted: Wanted, *, actor: Actor) -> Review:
    """Prepare a review; nobody else sees it before it is opened."""
    require_own(actor, CALL, unit)
    _require_sound(wanted)
    review = Review.objects.create(unit=unit, **_plain(wanted))
    _set_subjects(review, wanted)
    _set_dues(review, wanted)
    _note("call_review", review, actor, new={"title": review.title, "subjects": review.subjects.count()})
    return review


@transaction.atomic
def change_review(review: Review, wanted: Wanted, *, actor: Actor) -> Review:
    """Change a review that is not open yet; other programmes or directives begin with groups of their own."""
    review = _prepared(review, actor)
    _require_sound(wanted)
    for name, value in _plain(wanted).items():
        setattr(review, name, value)
    review.save(update_fields=list(_plain(wanted)))
    _set_subjects(review, wanted)
    review.dues.all().delete()
    _set_dues(review, wanted)
    _note("change_review", review, actor, new={"title": review.title, "subjects": review.subjects.count()})
    return review


def _plain(wanted: Wanted) -> dict[str, Any]:
    return {
        "kind": wanted.kind, "title": wanted.title.strip()[:300], "since": wanted.since, "until": wanted.until,
        "tiers": list(wanted.tiers), "under": wanted.under,
    }  # fmt: skip


def _require_sound(wanted: Wanted) -> None:
    if wanted.until < wanted.since:
        raise DomainError("days-crossed", _("The term ends before it begins."))
    if not (wanted.programmes or wanted.documents or any(wanted.words)):
        raise DomainError("no-subject", _("Choose at least one programme or directive to review."))
    days = [day for _tier, day in sorted(wanted.dues.items(), key=lambda item: -item[0].rank)]
    if days != sorted(days):
        raise DomainError("dues-crossed", _("A lower tier must be due no later than the tier above it."))


def _set_subjects(review: Review, wanted: Wanted) -> None:
    """Keep the subjects that stay with their groups, drop the others, add what is new with its first groups."""
    keys: list[dict[str, Any]] = [{"programme": one} for one in wanted.programmes]
    keys += [{"document": one} for one in wanted.documents]
    keys += [{"words": line.strip()[:500]} for line in wanted.words if line.strip()]
    kept = []
    for order, key in enumerate(keys):
        subject = review.subjects.filter(**key).first()
        if subject is None:
            subject = Subject.objects.create(review=review, order=order, **key)
            _first_groups(subject)
        kept.append(subject.pk)
    review.subjects.exclude(pk__in=kept).delete()


def _first_groups(subject: Subject) -> None:
    """Give a new subject its groups: a directive has one of its own, a programme those of its tasks."""
    order = TaskGroup.objects.filter(review_id=subject.review_id).count()
    found = [(str(subject)[:300], [])] if subject.is_directive else default_groups(subject)
    for place, (title, tasks) in enumerate(found, order + 1):
        group = TaskGroup.objects.create(
            review_id=subject.review_id, subject=subject, order=place, title=title
        )
        group.tasks.set(tasks)


def _set_dues(review: Review, wanted: Wanted) -> None:
    ReviewDue.objects.bulk_create(ReviewDue(review=review, tier=t, due=d) for t, d in wanted.dues.items())


@transaction.atomic
def set_groups(
    review: Review, subject: Subject, groups: Sequence[tuple[str, Sequence[Task]]], *, actor: Actor
) -> None:
    """Lay down the groups of a programme under review, each with its tasks; a task belongs to one group."""
    review = _prepared(review, actor)
    if subject.review_id != review.pk or subject.is_directive:
        raise DomainError("foreign-subject", _("These groups belong to another review."))
    named = [task.pk for _title, tasks in groups for task in tasks]
    if len(set(named)) < len(named) or any(
        t.programme_id != subject.programme_id for _n, ts in groups for t in ts
    ):
        raise DomainError("foreign-task", _("A task stands in two groups, or belongs to another programme."))
    if not groups:
        raise DomainError("no-group", _("Name at least one group."))
    subject.groups.all().delete()
    others = review.groups.count()
    for order, (title, tasks) in enumerate(groups, others + 1):
        group = TaskGroup.objects.create(review=review, subject=subject, order=order, title=title[:300])
        group.tasks.set(tasks)
    _note("set_review_groups", review, actor, new={"subject": subject.pk, "groups": len(groups)})


@transaction.atomic
def open_review(review: Review, *, actor: Actor) -> Review:
    """Freeze who writes, under whom and by when, and tell them; one entry with a digest of the rows."""
    review = _prepared(review, actor)
    if not review.groups.exists():
        raise DomainError("no-group", _("Name at least one group."))
    owed = _owed(review)
    if len(owed) < 2:
        raise DomainError("nobody-asked", _("No unit below is asked: choose the tiers that write."))
    UnitReview.objects.bulk_create(owed, batch_size=BATCH)
    review.state, review.codes = Review.State.OPEN, plain_for(review.unit)
    review.save(update_fields=["state", "codes"])
    rows = [[one.unit_id, one.parent_id, str(one.due)] for one in owed]
    _note(
        "open_review", review, actor, old={"state": Review.State.DRAFT},
        new={"state": review.state, "units": len(rows), "sha256": digest(rows)},
    )  # fmt: skip
    tell_opened(review, actor=actor)
    return review


def _owed(review: Review) -> list[UnitReview]:
    """Place every unit that writes under the nearest one above that also does; the calling unit is the top."""
    top = review.unit
    dues = {one.tier_id: one.due for one in review.dues.all()}
    last = max(dues.values(), default=review.until)
    asked = sorted(units_asked(review), key=lambda unit: (len(unit.path), unit.pk))
    chains: dict[int, bytes] = {}
    found = []
    for unit in [top, *asked]:
        parent = next((pk for pk in reversed(unit.path_ids[:-1]) if pk in chains), None)
        chains[unit.pk] = chains.get(parent or 0, b"") + unit.pk.to_bytes(4, "big")
        found.append(
            UnitReview(
                review=review, unit=unit, parent_id=parent, tier_id=unit.tier_id, chain=chains[unit.pk],
                due=dues.get(unit.tier_id, last),
            )
        )  # fmt: skip
    return found


@transaction.atomic
def close_review(review: Review, *, actor: Actor) -> Review:
    """Close a review: nothing more is sent or accepted; what carries over can still be proposed."""
    require_own(actor, CALL, review.unit)
    review = Review.objects.select_for_update(of=("self",)).select_related("unit").get(pk=review.pk)
    if review.state != Review.State.OPEN:
        raise DomainError("review-not-open", _("Only an open review can be closed."), status=409)
    silent = UnitReview.objects.filter(review=review, current__isnull=True)
    review.state = Review.State.CLOSED
    review.save(update_fields=["state"])
    new = {
        "state": review.state,
        "missing": silent.count(),
        "sha256": digest(list(silent.values_list("unit_id"))),
    }
    _note("close_review", review, actor, old={"state": Review.State.OPEN}, new=new)
    tell_closed(review, actor=actor)
    return review


@transaction.atomic
def drop_review(review: Review, *, actor: Actor) -> None:
    """Throw a prepared review away; one that was opened stays for ever."""
    review = _prepared(review, actor)
    _note("drop_review", review, actor, old={"title": review.title})
    review.delete()


@transaction.atomic
def set_codes(
    unit: Unit, grades: Sequence[Mapping[str, Any]], causes: Sequence[Mapping[str, Any]], *, actor: Actor
) -> CodeList:
    """Lay down the grades and causes of a unit and all below; reviews that are open keep theirs."""
    require_own(actor, CODES, unit)
    for rows, least in ((grades, 2), (causes, 1)):
        if len(rows) < least or len({row["code"] for row in rows}) < len(rows):
            raise DomainError("bad-codes", _("Name at least two grades and one cause, each code once."))
    made = CodeList.objects.create(unit=unit, grades=list(grades), causes=list(causes))
    record(
        "set_review_codes", actor=actor, kind="review_codes", object_id=made.pk, unit_id=unit.pk,
        new={"grades": [one["name"] for one in grades], "causes": [one["name"] for one in causes]},
    )  # fmt: skip
    return made


def _prepared(review: Review, actor: Actor) -> Review:
    """Return a review locked that is still being prepared."""
    require_own(actor, CALL, review.unit)
    review = Review.objects.select_for_update(of=("self",)).select_related("unit").get(pk=review.pk)
    if review.state != Review.State.DRAFT:
        raise DomainError("review-open", _("This review is open: its frame no longer changes."), status=409)
    return review


def _note(
    action: str,
    review: Review,
    actor: Actor,
    *,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    record(action, actor=actor, kind="review", object_id=review.pk, unit_id=review.unit_id, old=old, new=new)
