"""The pages of a unit's list of causes and lengths, and of what was named up the tree."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reports import access
from liencap.reports.models import Cause, LengthBudget, Passage
from liencap.reports.told import actions
from liencap.reports.told.causes import cause_counts, causes_for
from liencap.ui.paging import page_of
from liencap.units.access import actor_of
from liencap.units.models import Tier, Unit

QUESTIONS = Passage.Question.choices


@require_http_methods(["GET", "POST"])
def causes(request: HttpRequest) -> HttpResponse:
    """Keep the list of causes and the lengths of the seat's unit."""
    actor = actor_of(request)
    unit = access.get_unit_that_lists(actor)
    refused = ""
    if request.method == "POST":
        try:
            _kept(unit, request.POST, actor)
        except DomainError as error:
            if error.status == 403:
                raise
            refused = str(error)
        else:
            messages.success(request, _("Kept."))
            return redirect("reports:causes")
    held = {(b.tier_id, b.question): b.words for b in LengthBudget.objects.filter(unit=unit)}
    rows = [
        (tier, [(f"l-{tier.pk}-{q}", label, held.get((tier.pk, q), "")) for q, label in QUESTIONS])
        for tier in Tier.objects.all()
    ]
    values = {"unit": unit, "page": page_of(request, Cause.objects.filter(unit=unit)), "lengths": rows}
    values |= {"above": causes_for(unit), "refused": refused, "typed": request.POST}
    return render(request, "reports/told/causes.html", values, status=400 if refused else 200)


def _kept(unit: Unit, typed: QueryDict, actor: Actor) -> None:
    """Do what the pressed button says."""
    do = typed.get("do", "")
    if do == "begin":
        actions.begin_causes(unit, actor=actor)
    elif do == "add":
        actions.add_cause(unit, typed.get("name", ""), typed.get("name_en", ""), actor=actor)
    elif do == "lengths":
        actions.set_lengths(unit, _lengths(typed), actor=actor)
    elif do.isdecimal() and len(do) < 18:
        cause = get_object_or_404(Cause.objects.select_related("unit"), pk=int(do), unit=unit)
        words = {"name": typed.get("name", ""), "name_en": typed.get("name_en", "")}
        actions.change_cause(cause, **words, retired="retired" in typed, actor=actor)
    else:
        raise DomainError("unreadable", _("This could not be read; load the page again."))


def _lengths(typed: QueryDict) -> dict[tuple[int, str], int | None]:
    """Read the lengths; what is no number below a hundred thousand is refused."""
    found: dict[tuple[int, str], int | None] = {}
    for tier in Tier.objects.all():
        for question in Passage.Question.values:
            text = typed.get(f"l-{tier.pk}-{question}", "").strip()
            if text and not (text.isdecimal() and len(text) < 6):
                raise DomainError(
                    "bad-length", _("Write the number of words as a whole number, such as 150.")
                )
            found[tier.pk, question] = int(text) if text else None
    return found


@require_GET
def counts(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Show which causes a unit and those below named in a period, task by task."""
    when, who = access.get_period_unit_for(actor_of(request), period, unit)
    page = page_of(request, cause_counts(when, who), 30)
    return render(request, "reports/told/counts.html", {"period": when, "unit": who, "page": page})
