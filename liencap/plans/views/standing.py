"""Who below has issued a plan: tree, list, sheet; and the day by which plans are asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.plans import access, actions, queries, screen
from liencap.plans.forms import CallForm, FilterForm
from liencap.plans.sheet import plans_sheet
from liencap.programmes.access import get_programme_for
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _unit(request: HttpRequest) -> int | None:
    asked = request.GET.get("unit", "")
    return int(asked) if asked.isdecimal() and len(asked) < 16 else None


@require_GET
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which units below have issued a plan: level by level, or as one list when it is filtered."""
    actor = actor_of(request)
    programme, within = access.get_standing_for(actor, pk, _unit(request))
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    listed = "all" in request.GET or any(asked.values())
    context = {
        "programme": programme, "within": within, "form": form, "listed": listed, "asked": asked,
        "counts": queries.counts_by_tier(programme, within), "path": screen.path_below(actor, programme, within),
        "may_ask": can(actor, access.ASK, programme.unit), "call": screen.call_of(programme),
    }  # fmt: skip
    if listed:
        units = page_of(request, screen.filtered(programme, within, asked))
        queries.add_plans(list(units), programme)
        return render(request, "plans/standing.html", context | {"page": units})
    page = page_of(request, queries.branches(programme, within))
    queries.add_plans([branch.unit for branch in page], programme)
    return render(request, "plans/standing.html", context | {"page": page})


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the list as a workbook."""
    programme, within = access.get_standing_for(actor_of(request), pk, _unit(request))
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    answer = HttpResponse(
        plans_sheet(programme, screen.filtered(programme, within, asked)), content_type=XLSX
    )
    answer["Content-Disposition"] = f'attachment; filename="plans-{programme.pk}.xlsx"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the day by which each holder of tasks issues its plan."""
    actor = actor_of(request)
    programme = get_programme_for(actor, pk)
    require(actor, access.ASK, programme.unit)
    call = screen.call_of(programme)
    form = CallForm(request.POST or None, initial={"due": call.due if call else None})
    if request.method == "POST" and form.is_valid():
        actions.ask_for_plans(programme, form.cleaned_data["due"], actor=actor)
        messages.success(request, _("The day is kept."))
        return redirect("plans:standing", pk)
    context = {"programme": programme, "form": form}
    return render(request, "plans/ask.html", context, status=400 if form.is_bound else 200)
