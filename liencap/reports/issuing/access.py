"""Who sees a draft and speaks of it, who adopts, who keeps the register: strangers 404, readers 403."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import NotAllowed
from liencap.reports.access import get_acting_unit, get_consolidated_for, require_own
from liencap.reports.issuing import papers
from liencap.reports.models import (
    ConsolidatedReport,
    DraftComment,
    DraftRecipient,
    DraftRound,
    Registration,
    SignedCopy,
)
from liencap.units.access import can, seat_of
from liencap.units.models import Seat, Unit

REGISTER = "report.register"
ROUND = ("report__unit", "report__period__programme", "version__document")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands to a draft: as its author, as one of those asked, or both."""

    author: bool
    recipients: tuple[DraftRecipient, ...]

    def may_say(self, actor: Actor) -> list[DraftRecipient]:
        """Return for whom the actor may comment; for a unit that takes the right to write its reports."""
        return [one for one in self.recipients if speaks_for(actor, one)]


def _asked(seat: Seat) -> Q:
    whole = Q(unit_id=seat.unit_id, body=None, seat=None)
    mine = Q(seat_id=seat.pk) | (Q(body_id=seat.body_id) if seat.body_id else Q(pk__in=[]))
    return whole | mine if "report.view" in {*seat.role.own, *seat.role.below} else mine


def asked_of(seat: Seat) -> "QuerySet[DraftRecipient]":
    """Return where a seat is asked for a comment: itself, its body, or its unit."""
    return DraftRecipient.objects.filter(_asked(seat)).select_related(
        "unit", "body", "seat__role", "seat__unit"
    )


def speaks_for(actor: Actor, recipient: DraftRecipient) -> bool:
    """Say whether the actor may speak for who was asked."""
    if recipient.seat_id is not None:
        return actor.seat_id == recipient.seat_id
    seat = seat_of(actor)
    if seat is None:
        return False
    if recipient.body_id is not None:
        return seat.body_id == recipient.body_id
    return actor.unit_id == recipient.unit_id and can(actor, "report.fill", recipient.unit)


def get_round_for(actor: Actor, pk: int) -> tuple[DraftRound, Standing]:
    """Fetch a draft for its author's unit and those asked; all others, seats above too, 404."""
    found = DraftRound.objects.select_related(*ROUND).filter(pk=pk).first()
    seat = seat_of(actor)
    if found is None or seat is None:
        raise Http404
    unit = found.report.unit
    author = actor.unit_id == unit.pk and can(actor, "report.fill", unit)
    recipients = tuple(asked_of(seat).filter(round=found))
    if not author and not recipients:
        raise Http404
    return found, Standing(author, recipients)


def get_own_round_for(actor: Actor, pk: int) -> DraftRound:
    """Fetch a draft to answer or close it: who was only asked 403."""
    found, standing = get_round_for(actor, pk)
    if not standing.author:
        raise NotAllowed("not-author", _("Only the unit that writes the report may do this."))
    return found


def get_comment_to_answer(actor: Actor, pk: int) -> DraftComment:
    """Fetch a comment on a draft of the actor's own unit."""
    found = DraftComment.objects.select_related("recipient").filter(pk=pk).first()
    if found is None:
        raise Http404
    get_own_round_for(actor, found.recipient.round_id)
    return found


def get_own_comment(actor: Actor, pk: int) -> DraftComment:
    """Fetch a comment to take it back: only who may speak for who made it."""
    found = DraftComment.objects.select_related("recipient__unit", "recipient__round").filter(pk=pk).first()
    if found is None:
        raise Http404
    _round, standing = get_round_for(actor, found.recipient.round_id)
    if found.recipient not in standing.may_say(actor):
        raise NotAllowed("not-yours", _("This comment is not yours."))
    return found


def get_published_for(actor: Actor, pk: int) -> ConsolidatedReport:
    """Fetch a published report that the actor sees by right of a seat."""
    report = get_consolidated_for(actor, pk)
    if report.state != ConsolidatedReport.State.PUBLISHED:
        raise Http404
    return report


def require_clerk(actor: Actor, unit: Unit) -> None:
    """Refuse whoever does not keep the unit's register."""
    require_own(actor, REGISTER, unit)


def is_clerk(actor: Actor, unit: Unit) -> bool:
    """Say whether the actor keeps the unit's register; no refusal."""
    return actor == SYSTEM or (actor.unit_id == unit.pk and can(actor, REGISTER, unit))


def get_row_for(actor: Actor, pk: int) -> Registration:
    """Fetch a row of the register for whoever sees the paper that it is of."""
    found = Registration.objects.select_related("unit", "replaces").filter(pk=pk).first()
    if found is None:
        raise Http404
    papers.see(actor, found)
    return found


def get_row_to_number(actor: Actor, pk: int) -> Registration:
    """Fetch a row of the register to number it or to file its signed copy: readers 403."""
    row = get_row_for(actor, pk)
    require_clerk(actor, row.unit)
    return row


def get_copy_for(actor: Actor, pk: int) -> SignedCopy:
    """Fetch a signed copy for whoever sees the paper."""
    copy = SignedCopy.objects.select_related("registration__unit").filter(pk=pk).first()
    if copy is None:
        raise Http404
    papers.see(actor, copy.registration)
    return copy


def get_unit_of_register(actor: Actor, pk: int | None) -> Unit:
    """Return a unit whose register the actor may see: that of the seat, or one below it."""
    if pk is None:
        return get_acting_unit(actor)
    unit = Unit.objects.filter(pk=pk).first()
    if unit is None or not can(actor, "report.view", unit):
        raise Http404
    return unit
