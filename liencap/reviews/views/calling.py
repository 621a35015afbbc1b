"""Call a review, see and change its frame, open and close it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.reviews import access, actions, queries
from liencap.reviews.codes import grades_of, plain_for
from liencap.reviews.forms import CallForm, GroupsForm, subject_tasks
from liencap.reviews.models import Review, UnitReview
from liencap.units.access import actor_of, can


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a review."""
    actor = actor_of(request)
    unit = access.get_acting_unit(actor, access.CALL)
    form = CallForm(unit, request.POST or None, programmes=request.GET.getlist("programme"))
    if request.method == "POST" and form.is_valid():
        made = actions.call_review(unit, form.wanted(), actor=actor)
        messages.success(request, _("The review is prepared. Look at its groups, then open it."))
        return redirect("reviews:review", made.pk)
    return render(
        request, "reviews/call.html", {"form": form, "unit": unit}, status=400 if form.is_bound else 200
    )


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the frame of a review: what is reviewed in which groups, who writes by when, and what to do next."""
    actor = actor_of(request)
    found = access.get_review_for(actor, pk)
    joined = ("programme__reading__version", "document")
    subjects = list(found.subjects.select_related(*joined).prefetch_related("groups__tasks"))
    draft = found.state == Review.State.DRAFT
    top = UnitReview.objects.filter(review=found, unit=found.unit_id).first()
    mine = UnitReview.objects.filter(review=found, unit=actor.unit_id or 0).first()
    context = {
        "review": found, "subjects": subjects, "linked": queries.linked_directives(subjects),
        "dues": found.dues.select_related("tier"), "top": top, "mine": mine,
        "asked": queries.units_asked(found).count() if draft else None,
        "grades": grades_of(plain_for(found.unit) if draft else found.codes).values(),
        "may": access.allowed(access.require_own, actor, access.CALL, found.unit),
        "looks_down": top is not None and can(actor, access.VIEW, found.unit),
    }  # fmt: skip
    return render(request, "reviews/review.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the frame of a prepared review."""
    actor = actor_of(request)
    found = access.get_review_for(actor, pk, access.CALL)
    form = CallForm(found.unit, request.POST or None, review=found)
    if request.method == "POST" and form.is_valid():
        actions.change_review(found, form.wanted(), actor=actor)
        messages.success(request, _("The review is changed."))
        return redirect("reviews:review", pk)
    context = {"form": form, "unit": found.unit, "review": found}
    return render(request, "reviews/call.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def groups(request: HttpRequest, pk: int, subject: int) -> HttpResponse:
    """Name the group of each task of a programme under review."""
    actor = actor_of(request)
    found = access.get_review_for(actor, pk, access.CALL)
    about = get_object_or_404(found.subjects.select_related("programme"), pk=subject)
    if about.is_directive:
        raise Http404
    named = {
        task.pk: group.title for group in about.groups.prefetch_related("tasks") for task in group.tasks.all()
    }
    form = GroupsForm(subject_tasks(about), request.POST or None, named)
    if request.method == "POST" and form.is_valid():
        actions.set_groups(found, about, form.groups(), actor=actor)
        messages.success(request, _("The groups are kept."))
        return redirect("reviews:review", pk)
    context = {"review": found, "subject": about, "form": form, "names": dict.fromkeys(named.values())}
    return render(request, "reviews/groups.html", context)


@require_POST
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a review: who writes, the groups and the codes are frozen."""
    actor = actor_of(request)
    actions.open_review(access.get_review_for(actor, pk, access.CALL), actor=actor)
    messages.success(request, _("The review is open; every unit that writes finds it on its start page."))
    return redirect("reviews:review", pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a review."""
    actor = actor_of(request)
    actions.close_review(access.get_review_for(actor, pk, access.CALL), actor=actor)
    messages.success(request, _("The review is closed."))
    return redirect("reviews:review", pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a prepared review away."""
    actor = actor_of(request)
    actions.drop_review(access.get_review_for(actor, pk, access.CALL), actor=actor)
    messages.success(request, _("The prepared review is thrown away."))
    return redirect("reviews:list")
