"""Who may hand out forms and enter what came back: seats of a unit above with the right, for the units below."""

from django.http import Http404
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.errors import NotAllowed
from liencap.offline.models import Bundle, Intake, ReturnedFile
from liencap.reports.access import require_own
from liencap.reports.models import Period
from liencap.units.access import can, require, seat_of
from liencap.units.models import Unit

RIGHT = "report.enter-for"


def get_acting_unit(actor: Actor) -> Unit:
    """Return the unit one acts for: without a seat 404, without the right 403."""
    seat = seat_of(actor)
    if seat is None:
        raise Http404
    require(actor, RIGHT, seat.unit)
    return seat.unit


def get_period_for(actor: Actor, pk: int) -> tuple[Period, Unit]:
    """Fetch an opened period of which the actor hands out forms, with the acting unit."""
    unit = get_acting_unit(actor)
    period = (
        Period.objects.select_related("form", "programme__unit").filter(pk=pk, form__isnull=False).first()
    )
    owed = period is not None and period.obligations.filter(parent=unit).exists()
    if period is None or not owed:
        raise Http404
    return period, unit


def get_bundle_for(actor: Actor, pk: int) -> Bundle:
    """Fetch a ZIP: other units 404, readers of the unit 403, and of those with the right its maker alone."""
    bundle = Bundle.objects.select_related("unit", "period__form", "job").filter(pk=pk).first()
    if bundle is None or actor.unit_id != bundle.unit_id or not can(actor, "report.view", bundle.unit):
        raise Http404
    require(actor, RIGHT, bundle.unit)
    if bundle.made_by != actor.user_id:
        raise NotAllowed("not-maker", _("Only who made the forms downloads them; make your own."))
    return bundle


def get_intake_for(actor: Actor, pk: int) -> Intake:
    """Fetch a drop of files: other units 404, readers of the unit 403."""
    joined = Intake.objects.select_related(
        "unit", "job", "report__obligation__period", "report__obligation__unit"
    )
    intake = joined.filter(pk=pk).first()
    if intake is None or actor.unit_id != intake.unit_id or not can(actor, "report.view", intake.unit):
        raise Http404
    require_intake(actor, intake)
    return intake


def require_intake(actor: Actor, intake: Intake) -> None:
    """Refuse whoever may not go on with a drop: for the units below the right to enter, for one's own to write."""
    if intake.report_id is None:
        require_own(actor, RIGHT, intake.unit)
    else:
        require_own(actor, "report.fill", intake.unit)


def get_file_for(actor: Actor, pk: int) -> ReturnedFile:
    """Fetch a file that came back: judged by its drop, and by the unit it is for."""
    joined = ReturnedFile.objects.select_related(
        "issued__report__obligation__unit", "issued__report__obligation__period__form",
        "issued__report__obligation__period__programme", "issued__report__current__form",
    )  # fmt: skip
    file = joined.filter(pk=pk).first()
    if file is None:
        raise Http404
    file.intake = get_intake_for(actor, file.intake_id)
    if file.issued is not None and file.intake.report_id is None:
        require(actor, RIGHT, file.issued.report.obligation.unit)
    return file
