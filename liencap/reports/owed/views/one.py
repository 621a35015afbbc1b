"""One obligation: its days, what was done about it and by whom, and what can be done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reports.access import may_act_for, speaks_for
from liencap.reports.duties import NOT_SENT
from liencap.reports.models import Obligation, Period
from liencap.reports.owed import access, actions, history, queries
from liencap.reports.owed.forms import DayReasonForm, ReasonForm
from liencap.units.access import actor_of, today

Deed = Callable[[Obligation, dict[str, Any], Actor], object]
# Each deed of the unit above, with what is said when it is done; the first two ask for a day too.
DEEDS: dict[str, tuple[type[DayReasonForm] | type[ReasonForm], Deed, str | Promise]] = {
    "extend": (DayReasonForm, lambda o, said, a: actions.extend_obligation(o.report, **said, actor=a),
               _("The unit has more time.")),
    "reopen": (DayReasonForm, lambda o, said, a: actions.reopen_obligation(o, **said, actor=a),
               _("The unit can send again.")),
    "excuse": (ReasonForm, lambda o, said, a: actions.excuse_obligation(o, **said, actor=a),
               _("The unit is excused.")),
    "not-due": (ReasonForm, lambda o, said, a: actions.declare_not_due(o, **said, actor=a),
                _("The report is not due.")),
    "owe-again": (ReasonForm, lambda o, said, a: actions.owe_again(o, **said, actor=a),
                  _("The unit owes its report again.")),
    "refuse": (ReasonForm, lambda o, said, a: actions.refuse_more_time(o, **said, actor=a),
               _("The request is refused with your reason.")),
}  # fmt: skip


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an obligation with its history, and to who may act the deeds."""
    actor = actor_of(request)
    owed = access.get_obligation_for(actor, pk)
    open_, sent, request_ = (
        owed.period.state == Period.State.OPEN,
        owed.report.current,
        queries.open_request(owed),
    )
    own = may_act_for(actor, "report.fill", speaks_for(actor, owed))
    itself = own and actor.unit_id == owed.unit_id
    values = {
        "owed": owed, "report": owed.report, "period": owed.period, "asked": request_,
        "parent_due": queries.parent_due(owed), "locked": owed.is_locked_on(today()),
        "events": history.events_of(owed), "gives": open_ and access.stands_above(actor, owed),
        "let_off": owed.cls in queries.LET_OFF, "sent": sent,
        "asks": itself and open_ and owed.parent_id and request_ is None and owed.report.state in NOT_SENT,
        "day_form": DayReasonForm(), "reason_form": ReasonForm(), "own": own,
    }  # fmt: skip
    return render(request, "reports/owed/one.html", values)


@require_POST
def act(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Do one of the deeds of the unit above."""
    if deed not in DEEDS:
        raise Http404
    actor = actor_of(request)
    owed = access.get_obligation_to_judge(actor, pk)
    kind, do, done = DEEDS[deed]
    do(owed, _said(kind(request.POST)), actor)
    messages.success(request, str(done))
    return redirect("reports:owed-one", pk)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the unit above for more time."""
    actor = actor_of(request)
    owed = access.get_own_obligation_for(actor, pk)
    actions.ask_more_time(owed, **_said(DayReasonForm(request.POST)), actor=actor)
    messages.success(request, str(_("Your request is with the unit above.")))
    return redirect("reports:owed-one", pk)


def _said(form: DayReasonForm | ReasonForm) -> dict[str, Any]:
    """Return what was typed; what is missing is said in one sentence."""
    if not form.is_valid():
        words = _("Give the new day and say why.") if "until" in form.fields else _("Say why.")
        raise DomainError("day-and-reason", str(words))
    return form.cleaned_data
