"""The first hour: from an empty installation to a period in which units report."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.accounts.cookies import with_language
from liencap.audit.actor import SYSTEM
from liencap.errors import DomainError
from liencap.founding import actions, code, forms, queries
from liencap.founding.access import get_founding_for
from liencap.founding.sample import sheet_for
from liencap.founding.values import Organisation
from liencap.units.access import actor_of, today
from liencap.units.models import Tier


@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Found the organisation; open only while nobody can sign in, and only to who has the terminal's code."""
    if not queries.is_empty():
        return redirect("founding:steps" if request.user.is_authenticated else "sign-in")
    typed = request.GET.get("code") or request.session.get("setup_code", "")
    if not code.fits(typed):
        wrong = bool(request.GET.get("code"))
        return render(request, "founding/locked.html", {"wrong": wrong}, status=403)
    request.session["setup_code"] = typed
    form = forms.BeginForm(request.POST or None)
    if not form.is_valid():
        return render(request, "founding/begin.html", {"form": form}, status=400 if form.is_bound else 200)
    language = get_language() or "vi"
    user = actions.found_organisation(Organisation(**form.cleaned_data, language=language), actor=SYSTEM)
    code.burn()
    record_authentication(request, user, "password", reauthenticated=True)
    answer: HttpResponse = perform_login(
        request, Login(user=user, redirect_url=resolve_url("founding:steps"))
    )
    return with_language(request, answer, language, always=True)


@require_GET
def steps(request: HttpRequest) -> HttpResponse:
    """Show the steps, what is done, and the next one."""
    founding = get_founding_for(actor_of(request))
    request.session["founding"] = founding.finished is None  # every page leads back here meanwhile
    found = queries.steps_of(founding)
    next_step = next((step for step in found if step.open), None)
    values = {"founding": founding, "steps": found, "next": next_step}
    return render(request, "founding/steps.html", values)


@require_POST
def skip(request: HttpRequest, step: str) -> HttpResponse:
    """Put a step off."""
    actor = actor_of(request)
    actions.skip_step(get_founding_for(actor), step, actor=actor)
    return redirect("founding:steps")


@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Take the steps off the start page."""
    actor = actor_of(request)
    actions.finish_founding(get_founding_for(actor), actor=actor)
    request.session.pop("founding", None)
    messages.success(request, _("The setting up is finished. You find all of it again in the menu."))
    return redirect("home")


@require_http_methods(["GET", "POST"])
def tiers(request: HttpRequest) -> HttpResponse:
    """Name the tiers."""
    actor = actor_of(request)
    founding, there = get_founding_for(actor), queries.tier_rows()
    initial = [{"pk": r.tier.pk, "name": r.tier.name, "name_en": r.tier.name_en} for r in there]
    rows = forms.TierSet(request.POST or None, initial=initial)
    problem = ""
    if request.method == "POST" and rows.is_valid():
        try:
            actions.set_tiers(founding, forms.kept_tiers(rows), actor=actor)
        except DomainError as refusal:
            problem = str(refusal)
        else:
            return redirect("founding:steps")
    values = {"rows": rows, "used": {row.tier.pk for row in there if row.used}, "problem": problem}
    return render(request, "founding/tiers.html", values, status=400 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    """Take units in: typed here, or by the sheet; both lead to the same preview."""
    actor = actor_of(request)
    founding = get_founding_for(actor)
    lower = Tier.objects.filter(rank__gt=founding.unit.tier.rank)
    form = forms.UnitsForm(request.POST or None, lower)
    if form.is_valid():
        try:
            clean = form.cleaned_data
            batch = actions.type_units(founding, clean["tier"], clean["lines"], actor=actor)
        except DomainError as refusal:
            form.add_error("lines", str(refusal))
        else:
            return redirect("units:import", batch.pk)
    status = 400 if form.is_bound else 200
    return render(request, "founding/units.html", {"form": form, "unit": founding.unit}, status=status)


@require_GET
def sample(request: HttpRequest) -> FileResponse:
    """Hand out the sheet with the organisation's own tiers and ten rows to fill."""
    founding = get_founding_for(actor_of(request))
    return FileResponse(sheet_for(founding.unit), as_attachment=True, filename="liencap-units.xlsx")


@require_GET
def slips(request: HttpRequest) -> HttpResponse:
    """Lead to the slips of the units below."""
    return redirect("units:slips", get_founding_for(actor_of(request)).unit_id)


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Lead to the upload, or to the plan whose reading or proposal waits."""
    founding = get_founding_for(actor_of(request))
    waiting = queries.plan_in_work(founding.unit)
    return redirect("documents:detail", waiting.pk) if waiting else redirect("documents:upload")


@require_http_methods(["GET", "POST"])
def dates(request: HttpRequest) -> HttpResponse:
    """Give the programme's tasks to the tiers that report, and open their first period."""
    actor = actor_of(request)
    founding = get_founding_for(actor)
    programme, there = queries.programme_to_date(founding.unit), queries.tiers_in_use(founding.unit)
    if programme is None or not there:
        return render(request, "founding/not_yet.html", {"programme": programme})
    form = forms.DatesForm(request.POST or None, there, queries.suggested_period(today(), there))
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("title", "since", "until")}
        try:
            actions.begin_reporting(founding, programme, **days, dues=form.dues(), actor=actor)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The tasks are given out and the period is open."))
            return redirect("founding:steps")
    values = {"form": form, "programme": programme}
    return render(request, "founding/dates.html", values, status=400 if form.is_bound else 200)
