"""What a review leaves to the next programme."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.reviews import access, actions, queries
from liencap.reviews.firstpage import paper_of, shown_on
from liencap.reviews.forms import CarryForm, LeaveForm, TakeForm, language_of_papers
from liencap.reviews.models import Carried
from liencap.reviews.printing import render_docx, render_pdf
from liencap.reviews.views.looking import TYPES, file_answer
from liencap.units.access import actor_of, can


@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose follow-up tasks to the unit's next programme, whose first page the review becomes."""
    actor = actor_of(request)
    owed = access.get_own_for(actor, pk)
    if owed.current is None:
        raise Http404
    programmes = access.programmes_to_carry_into(owed)
    proposed = queries.carried_from(owed)
    texts = {one.follow_up.text for one in proposed if one.state != Carried.State.LEFT}
    follow_ups = owed.current.follow_ups.select_related("group").exclude(text__in=texts)
    form = CarryForm(programmes, follow_ups, request.POST or None, first=queries.first_page_of(owed))
    if request.method == "POST" and form.is_valid():
        programme = form.cleaned_data["programme"]
        made = actions.propose_follow_ups(owed, programme, list(form.cleaned_data["follow_ups"]), actor=actor)
        said = ngettext(
            "Proposed to the programme: %(n)s task.", "Proposed to the programme: %(n)s tasks.", len(made)
        )
        messages.success(request, said % {"n": len(made)})
        return redirect("reviews:first-page", programme.pk)
    context = {"owed": owed, "form": form, "there": programmes.exists(), "follow_ups": follow_ups}
    context["proposed"] = proposed
    return render(request, "reviews/carry.html", context, status=400 if form.is_bound else 200)


@require_GET
def first_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the groups of tasks of last year's review: what was done, what carries over."""
    actor = actor_of(request)
    page = access.get_first_page_for(actor, pk)
    may = can(actor, "programme.edit", page.programme.unit)
    return render(request, "reviews/first_page.html", {"shown": shown_on(page), "page": page, "may": may})


@require_GET
def print_first_page(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Print the first page."""
    page = access.get_first_page_for(actor_of(request), pk)
    if kind not in TYPES:
        raise Http404
    values = paper_of(page, language_of_papers())
    data = render_pdf(values) if kind == "pdf" else render_docx(values)
    return file_answer(data, kind, f"{page.programme.unit.code}-first-page-{pk}")


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a proposed task a task of the programme."""
    actor = actor_of(request)
    carried = access.get_carried_for(actor, pk)
    initial = {"text": carried.follow_up.text, "due": carried.follow_up.due}
    form = TakeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.take_carried(carried, **form.cleaned_data, actor=actor)
        messages.success(request, _("It is a task of the programme now; assign it like the others."))
        return redirect("reviews:first-page", carried.programme_id)
    context = {"carried": carried, "form": form}
    return render(request, "reviews/take.html", context, status=400 if form.is_bound else 200)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a proposed task out, with the reason."""
    actor = actor_of(request)
    carried = access.get_carried_for(actor, pk)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        raise DomainError("reason-missing", _("Say why it is not taken up."))
    actions.leave_carried(carried, form.cleaned_data["reason"], actor=actor)
    messages.success(request, _("It is left out of the programme, with your reason."))
    return redirect("reviews:first-page", carried.programme_id)
