"""The room's first page, and handing out forms for the units below."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liencap.documents import store
from liencap.errors import DomainError
from liencap.offline import access, actions, queries
from liencap.offline.forms import BundleForm, DropForm
from liencap.offline.models import Bundle
from liencap.ui.paging import page_of
from liencap.units.access import actor_of

PERIODS = 6


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what can be handed out, the field for what came back, and earlier drops."""
    actor = actor_of(request)
    unit = access.get_acting_unit(actor)
    rows = [
        (
            period,
            queries.owing(period, unit, deep=False).count(),
            queries.owing(period, unit, deep=True).count(),
        )
        for period in queries.open_periods(unit)[:PERIODS]
    ]
    values = {
        "unit": unit, "rows": rows, "form": BundleForm(initial={"language": get_language()}),
        "drop_form": DropForm(), "page": page_of(request, queries.intakes_of(unit.pk), 20),
        "bundles": queries.bundles_of(unit.pk, actor.user_id)[:5],
    }  # fmt: skip
    return render(request, "offline/home.html", values)


@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a ZIP of forms for a period."""
    actor = actor_of(request)
    period, unit = access.get_period_for(actor, pk)
    form = BundleForm(request.POST)
    if not form.is_valid():
        raise DomainError("bad-choice", _("Choose the units and the language of the forms."))
    said = form.cleaned_data
    made = actions.make_bundle(period, unit, deep=bool(said["deep"]), language=said["language"], actor=actor)
    return redirect("offline:bundle", made.pk)


@require_GET
def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a ZIP is and, once it is ready, the way to download it; asked by script, the middle alone."""
    found = access.get_bundle_for(actor_of(request), pk)
    template = "offline/_bundle.html" if request.headers.get("HX-Request") else "offline/bundle.html"
    return render(request, template, {"bundle": found, "job": found.job, "progress_url": request.path})


@require_GET
def bundle_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a ZIP to its maker."""
    found = access.get_bundle_for(actor_of(request), pk)
    if found.state != Bundle.State.READY:
        messages.info(request, _("The forms are still being written. Wait a moment."))
        return redirect("offline:bundle", pk)
    answer = HttpResponse(store.get(found.sha256), content_type="application/zip")
    name = f"liencap-{found.period_id}-{found.made_at:%Y%m%d}-{found.pk}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
