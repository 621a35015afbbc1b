"""Who may see and prepare the editions of a report: whoever may do so with the report itself."""

from django.http import Http404

from liencap.audit.actor import Actor
from liencap.reports.access import get_consolidated_for, get_consolidated_to_write, get_printed_for
from liencap.reports.models import ConsolidatedReport, Edition


def _published(report: ConsolidatedReport, n: int) -> Edition:
    found = report.editions.filter(n=n, state=Edition.State.PUBLISHED).first()
    if found is None:
        raise Http404
    found.report = report
    return found


def get_edition_for(actor: Actor, pk: int, n: int) -> Edition:
    """Fetch a published edition to read on screen."""
    return _published(get_consolidated_for(actor, pk), n)


def get_printed_edition(actor: Actor, pk: int, n: int) -> Edition:
    """Fetch a published edition whose files are asked for."""
    return _published(get_printed_for(actor, pk), n)


def get_published_to_write(actor: Actor, pk: int) -> ConsolidatedReport:
    """Fetch a published report of the unit's own to prepare an edition of: not published 404."""
    report = get_consolidated_to_write(actor, pk)
    if report.state != ConsolidatedReport.State.PUBLISHED:
        raise Http404
    return report


def get_edition_to_write(actor: Actor, pk: int) -> Edition:
    """Fetch the edition in preparation of a report: other units 404, readers of the unit 403."""
    report = get_published_to_write(actor, pk)
    found = report.editions.filter(state=Edition.State.DRAFT).first()
    if found is None:
        raise Http404
    found.report = report
    return found
