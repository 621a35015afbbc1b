"""Who may see and do what with a review: the unit alone before sending, then the units above, never those beside."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import NotAllowed
from liencap.programmes.access import get_programme_for
from liencap.programmes.models import Programme
from liencap.reviews.models import (
    Carried,
    FigureImport,
    FirstPage,
    OldPassage,
    OldReport,
    Review,
    Sample,
    SampleItem,
    UnitReview,
)
from liencap.units.access import can, require, seat_of
from liencap.units.models import Unit

VIEW, CALL, WRITE = "review.view", "review.call", "review.write"
SEND, ACCEPT, CODES = "review.send", "review.accept", "review.codes"
JOINED = ("review__unit", "unit__tier", "parent", "current", "accepted")


def require_own(actor: Actor, permission: str, unit: Unit) -> None:
    """Refuse whoever does not act in a seat of this very unit with the permission."""
    require(actor, permission, unit)
    if actor != SYSTEM and actor.unit_id != unit.pk:
        raise NotAllowed("not-own-unit", _("Only the unit itself may do this."))


def require_head(actor: Actor, unit: Unit) -> None:
    """Refuse whoever is not the unit's own head: the head signs and sends."""
    require_own(actor, SEND, unit)
    seat = seat_of(actor)
    if actor != SYSTEM and (seat is None or not seat.role.is_head):
        raise NotAllowed("not-head", _("Only the head of the unit signs and sends its review."))


def require_parent(actor: Actor, owed: UnitReview) -> None:
    """Refuse whoever does not act for the unit directly above."""
    if owed.parent is None:
        raise NotAllowed("no-parent", _("No unit stands above this one in the review."))
    require_own(actor, ACCEPT, owed.parent)


def allowed(check: object, *given: object) -> bool:
    """Say whether a check lets pass what it is given."""
    try:
        check(*given)  # type: ignore[operator]  # one of the functions above
    except NotAllowed:
        return False
    return True


def get_acting_unit(actor: Actor, permission: str = VIEW) -> Unit:
    """Return the unit of the seat one acts in: without a seat 404, without the right 403."""
    seat = seat_of(actor)
    if seat is None or not can(actor, VIEW, seat.unit, seat=seat):
        raise Http404
    require(actor, permission, seat.unit)
    return seat.unit


def reviews_called_by(unit_id: int) -> "QuerySet[Review]":
    """Return the reviews that a unit calls, the newest first."""
    return Review.objects.filter(unit_id=unit_id).defer("codes")


def get_review_for(actor: Actor, pk: int, permission: str = VIEW) -> Review:
    """Fetch a review as it was called: a draft exists for its own unit alone, an open one for those it asks too."""
    review = Review.objects.select_related("unit__tier").filter(pk=pk).first()
    if review is None:
        raise Http404
    own = can(actor, VIEW, review.unit) and (
        review.state != Review.State.DRAFT or _acts_for(actor, review.unit_id)
    )
    asked = UnitReview.objects.filter(review=review, unit_id=actor.unit_id or 0)
    seat = seat_of(actor)
    if not own and (seat is None or not can(actor, VIEW, seat.unit, seat=seat) or not asked.exists()):
        raise Http404
    if permission != VIEW:
        require_own(actor, permission, review.unit)
    return review


def _acts_for(actor: Actor, unit_id: int) -> bool:
    return actor == SYSTEM or actor.unit_id == unit_id


def _found(pk: int) -> UnitReview:
    owed = UnitReview.objects.select_related(*JOINED).filter(pk=pk).first()
    if owed is None:
        raise Http404
    return owed


def get_unit_review_for(actor: Actor, pk: int) -> UnitReview:
    """Fetch a unit's review that was sent; one that was not exists for its own unit alone."""
    owed = _found(pk)
    if not can(actor, VIEW, owed.unit) or (owed.current is None and not _acts_for(actor, owed.unit_id)):
        raise Http404
    return owed


def get_standing_for(actor: Actor, pk: int) -> UnitReview:
    """Fetch a place in a review's tree to look down from: its unit and those above, sent or not."""
    owed = _found(pk)
    if not can(actor, VIEW, owed.unit):
        raise Http404
    return owed


def get_own_for(actor: Actor, pk: int, permission: str = WRITE) -> UnitReview:
    """Fetch a unit's review to write in: other units 404, readers of the unit 403."""
    owed = _found(pk)
    if not _acts_for(actor, owed.unit_id) or not can(actor, VIEW, owed.unit):
        raise Http404
    require_own(actor, permission, owed.unit)
    return owed


def get_to_judge(actor: Actor, pk: int) -> UnitReview:
    """Fetch a sent review to accept or return: who sees it without the right 403."""
    owed = get_unit_review_for(actor, pk)
    if owed.current is None:
        raise Http404
    require_parent(actor, owed)
    return owed


def get_sample_for(actor: Actor, pk: int, permission: str = VIEW) -> Sample:
    """Fetch a sample: the unit that drew it and those above see it, the unit itself checks."""
    joined = ("unit_review__unit", "unit_review__review", "drawn_by_seat__role")
    sample = Sample.objects.select_related(*joined).filter(pk=pk).first()
    if sample is None or not can(actor, VIEW, sample.unit_review.unit):
        raise Http404
    if permission != VIEW:
        require_own(actor, permission, sample.unit_review.unit)
    return sample


def get_item_for(actor: Actor, sample: int, pk: int) -> SampleItem:
    """Fetch a drawn file to say what its check found."""
    found = get_sample_for(actor, sample, ACCEPT)
    item = SampleItem.objects.filter(sample=found, pk=pk).first()
    if item is None:
        raise Http404
    item.sample = found
    return item


def get_import_for(actor: Actor, pk: int) -> FigureImport:
    """Fetch a sheet of earlier years; it is its own unit's alone."""
    batch = FigureImport.objects.filter(pk=pk).first()
    if batch is None:
        raise Http404
    batch.unit_review = get_own_for(actor, batch.unit_review_id)
    return batch


def get_old_report_for(actor: Actor, pk: int) -> OldReport:
    """Fetch an old report to cut and sort; it is its own unit's alone."""
    old = OldReport.objects.select_related("version__document", "version__reading__job").filter(pk=pk).first()
    if old is None:
        raise Http404
    old.unit_review = get_own_for(actor, old.unit_review_id)
    return old


def get_old_passage_for(actor: Actor, report: int, pk: int) -> OldPassage:
    """Fetch a passage of an old report to tie it to a group."""
    old = get_old_report_for(actor, report)
    found = OldPassage.objects.filter(report=old, pk=pk).first()
    if found is None:
        raise Http404
    found.report = old
    return found


def get_first_page_for(actor: Actor, programme: int) -> FirstPage:
    """Fetch what last year's review leaves to a programme, for whoever sees the programme."""
    seen = get_programme_for(actor, programme)
    page = FirstPage.objects.select_related(
        "version__unit_review__review", "version__unit_review__unit"
    ).filter(programme=seen)
    found = page.first()
    if found is None:
        raise Http404
    found.programme = seen
    return found


def get_carried_for(actor: Actor, pk: int, permission: str = "programme.edit") -> Carried:
    """Fetch a task proposed to a programme: who sees the programme without the right 403."""
    carried = Carried.objects.select_related("follow_up").filter(pk=pk).first()
    if carried is None:
        raise Http404
    carried.programme = get_programme_for(actor, carried.programme_id, permission)
    return carried


def programmes_to_carry_into(owed: UnitReview) -> "QuerySet[Programme]":
    """Return the unit's programmes under way that the review does not itself review, the newest first."""
    reviewed = owed.review.subjects.filter(programme__isnull=False).values("programme_id")
    running = Programme.objects.filter(unit_id=owed.unit_id, state=Programme.State.ACTIVE)
    return running.exclude(pk__in=reviewed).order_by("-pk")


def programmes_to_review(unit: Unit) -> "QuerySet[Programme]":
    """Return the programmes that a unit set, or of which it holds tasks, the newest first."""
    held = Programme.objects.filter(tasks__assignments__unit=unit, pk=OuterRef("pk"))
    return Programme.objects.filter(Q(unit=unit) | Exists(held)).order_by("-pk")
