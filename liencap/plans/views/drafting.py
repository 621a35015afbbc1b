"""Work on a draft: its words, its lines, decisions, issue."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liencap.plans import access, actions, screen
from liencap.plans.forms import AddForm, DecisionForm, HeadForm, ItemForm, RevisionForm, WordsForm
from liencap.plans.models import UnitPlan
from liencap.units.access import actor_of


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the words of the head, the parts and the foot."""
    actor = actor_of(request)
    plan = access.get_draft_for(actor, pk)
    kind = WordsForm if plan.way == UnitPlan.Way.COMPOSED else HeadForm
    initial = {name: getattr(plan, name) for name in kind.base_fields}
    form = kind(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.write_words(plan, form.words(), revision=form.cleaned_data["revision"], actor=actor)
        messages.success(request, _("The words are kept."))
        return redirect("plans:detail", pk)
    context = {"plan": plan, "form": form, "basis": screen.newer_basis(plan)}
    return render(request, "plans/words.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a task of the unit's own."""
    actor = actor_of(request)
    plan = access.get_draft_for(actor, pk)
    if plan.way != UnitPlan.Way.COMPOSED:
        raise Http404
    initial = {"revision": plan.revision, "above": request.GET.get("above", "")}
    form = AddForm(request.POST or None, tops=screen.tops(plan), initial=initial)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        actions.add_own(
            plan, clean["text"], due=clean["due"], owner=clean["owner"], above=form.line_above(),
            revision=clean["revision"], actor=actor,
        )  # fmt: skip
        messages.success(request, _("The task is added."))
        return redirect("plans:detail", pk)
    return render(
        request, "plans/add.html", {"plan": plan, "form": form}, status=400 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Change a line's day and who does it."""
    actor = actor_of(request)
    found = access.get_item_for(actor, pk, item)
    initial = {
        "revision": found.plan.revision, "text": found.text, "owner": found.owner, "due": found.due,
        "waiver": found.waiver,
    }  # fmt: skip
    form = ItemForm(request.POST or None, item=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {k: v for k, v in form.cleaned_data.items() if k != "revision"}
        actions.change_item(found, values, revision=form.cleaned_data["revision"], actor=actor)
        messages.success(request, _("The line is kept."))
        return redirect("plans:detail", pk)
    context = {"plan": found.plan, "item": found, "form": form}
    return render(request, "plans/item.html", context, status=400 if form.is_bound else 200)


@require_POST
def decide(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Decide about a line: pair, take apart, take up, leave out, think again."""
    actor = actor_of(request)
    found = access.get_item_for(actor, pk, item)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    actions.decide(
        found, said["deed"], mate=said["mate"], reason=said["reason"], revision=said["revision"], actor=actor
    )
    messages.success(request, _("The decision is kept."))
    return redirect("plans:detail", pk)


def _revision(request: HttpRequest) -> int:
    form = RevisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    return int(form.cleaned_data["revision"])


@require_POST
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Pair the tasks of an uploaded plan with the inherited ones."""
    actor = actor_of(request)
    plan = access.get_draft_for(actor, pk)
    actions.match_plan(plan, revision=_revision(request), actor=actor)
    return redirect("plans:detail", pk)


@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what the unit was given since the draft was begun."""
    actor = actor_of(request)
    plan = access.get_draft_for(actor, pk)
    count = actions.take_in_new(plan, revision=_revision(request), actor=actor)
    messages.success(request, _("Tasks taken in: %(n)s.") % {"n": count})
    return redirect("plans:detail", pk)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the plan."""
    actor = actor_of(request)
    plan = access.get_draft_for(actor, pk, access.ISSUE)
    actions.issue_plan(plan, revision=_revision(request), actor=actor)
    messages.success(request, _("The plan is issued; it never changes. The units above see it now."))
    return redirect("plans:detail", pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    actor = actor_of(request)
    plan = access.get_draft_for(actor, pk)
    actions.drop_draft(plan, revision=_revision(request), actor=actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("plans:list")
