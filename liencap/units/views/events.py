"""What happened in a unit and what is planned: the list, recording and correcting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.ui.paging import page_of
from liencap.units import access, actions, forms, queries
from liencap.units.models import UnitEvent
from liencap.units.views.pages import form_page, say_panels, way_back


@require_GET
def event_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List the events of a unit, newest first; a corrected row stands under the one that took its place."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk)
    values = {
        "unit": unit, "page": page_of(request, queries.standing_events(unit)),
        "may_record": access.can(actor, "unit.event", unit),
    }  # fmt: skip
    return render(request, "units/event_list.html", values)


@require_http_methods(["GET", "POST"])
def record_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an event; `?kind=` chooses it beforehand, `?next=` is where it leads back to."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.event")
    kind = request.GET.get("kind", "")
    first = {"kind": kind if kind in UnitEvent.Kind.values else "", "day": access.today(), "state": "held"}
    form = forms.EventForm(request.POST or None, initial=first)
    return form_page(
        request, form, lambda data: actions.record_event(unit, **data, actor=actor),
        title=_("Record an event"), button=_("Record it"),
        lead=_("%(unit)s: what took place or is planned. Tasks that hang on it become due by themselves.")
        % {"unit": unit},
        back=way_back(request, resolve_url("units:events", pk)), done=_("The event is recorded."),
        then=lambda event: say_panels(request, "unit-event", event),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def correct_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the day or the state of an event; the old row stays."""
    actor = access.actor_of(request)
    event = access.get_event_for(actor, pk, "unit.event")
    first = {"state": event.state, "day": event.day, "note": event.note}
    form = forms.CorrectEventForm(request.POST or None, initial=first)
    return form_page(
        request, form, lambda data: actions.correct_event(event, **data, actor=actor),
        title=_("Correct an event"), button=_("Save the correction"),
        lead=_("%(event)s of %(unit)s. The old entry stays; tasks that hang on it move to the new day.")
        % {"event": event.get_kind_display(), "unit": event.unit},
        back=way_back(request, resolve_url("units:events", event.unit_id)), done=_("The event is corrected."),
        then=lambda event: say_panels(request, "unit-event", event),
    )  # fmt: skip
