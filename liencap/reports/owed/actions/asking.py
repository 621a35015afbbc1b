"""A unit asks for more time; the unit above gives it or says why not."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reports.access import require_own
from liencap.reports.duties import NOT_SENT
from liencap.reports.models import Obligation, ObligationAct
from liencap.reports.owed.access import require_above
from liencap.reports.owed.actions.acts import Kind, locked, note, said
from liencap.reports.owed.actions.telling import tell_asked, tell_refused
from liencap.reports.owed.queries import open_request


@transaction.atomic
def ask_more_time(owed: Obligation, *, until: datetime.date, reason: str, actor: Actor) -> ObligationAct:
    """Ask the unit above for more time; one request at a time."""
    require_own(actor, "report.fill", owed.unit)
    owed, why = locked(owed), said(reason)
    if owed.parent_id is None:
        raise DomainError("no-parent", _("No unit stands above this one in the period."))
    if owed.report.state not in NOT_SENT:
        raise DomainError("sent-already", _("The report is sent: no more time is needed."))
    if until <= owed.last_day:
        raise DomainError("not-later", _("The new day must be later than the due day."))
    if open_request(owed) is not None:
        raise DomainError("asked-already", _("You have asked already; the unit above has not answered yet."))
    asked = note(owed, Kind.ASKED, "ask_more_time", reason=why, actor=actor, day=until)
    tell_asked(owed, actor=actor)
    return asked


@transaction.atomic
def refuse_more_time(owed: Obligation, *, reason: str, actor: Actor) -> ObligationAct:
    """Refuse a unit's request for more time, with the reason."""
    require_above(actor, owed)
    owed, why = locked(owed), said(reason)
    asked = open_request(owed)
    if asked is None:
        raise DomainError("not-asked", _("The unit has not asked for more time."), status=409)
    act = note(owed, Kind.REFUSED, "refuse_more_time", reason=why, actor=actor, answers=asked)
    tell_refused(owed, actor=actor)
    return act
