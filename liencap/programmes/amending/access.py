"""Fetch amendments and judge: who sees the programme sees what changed; who confirmed is seen from above alone."""

from django.http import Http404

from liencap.audit.actor import Actor
from liencap.documents.models import Reading
from liencap.programmes.access import VIEW, get_programme_for
from liencap.programmes.models import Amendment, AmendmentProposal, Programme
from liencap.units.access import can, require, units_visible_to
from liencap.units.models import Unit, UnitQuerySet


def get_amendment_proposal_for(actor: Actor, pk: int) -> AmendmentProposal:
    """Fetch a proposal with its document and judge by the programme's unit."""
    found = AmendmentProposal.objects.select_related("programme__unit", "reading__version__document")
    proposal = found.filter(pk=pk).first()
    if proposal is None or not can(actor, VIEW, proposal.programme.unit):
        raise Http404
    require(actor, "programme.edit", proposal.programme.unit)
    return proposal


def get_amendment_for(actor: Actor, pk: int) -> Amendment:
    """Fetch an amendment and judge by its programme."""
    found = Amendment.objects.select_related("programme__unit", "reading__version__document__unit", "job")
    # A document's text can be long, and no page about an amendment shows it.
    amendment = found.defer("reading__text", "reading__plan").filter(pk=pk).first()
    if amendment is None:
        raise Http404
    get_programme_for(actor, amendment.programme_id)
    return amendment


def get_reading_for(actor: Actor, pk: int) -> Reading:
    """Fetch a document's reading and judge: it is to amend a programme of its unit."""
    reading = Reading.objects.select_related("version__document__unit").filter(pk=pk).first()
    if reading is None or not can(actor, "document.view", reading.version.document.unit):
        raise Http404
    require(actor, "programme.edit", reading.version.document.unit)
    return reading


def seen_units(actor: Actor) -> UnitQuerySet:
    """Return the units whose confirmations the actor may see: its own and those below."""
    return units_visible_to(actor, VIEW)


def place_of(actor: Actor, programme: Programme, seat_unit: Unit | None) -> Unit | None:
    """Return the unit that a page about an amendment begins with: the seat's, or the programme's from above."""
    if seat_unit is None:
        return None
    if seat_unit.is_under(programme.unit):
        return seat_unit
    return programme.unit if can(actor, VIEW, programme.unit) else seat_unit
