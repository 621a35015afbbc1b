"""Draw samples of evidence and note what their check found."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.reviews import access, actions, queries
from liencap.reviews import samples as reads
from liencap.reviews.forms import CheckForm, DrawForm
from liencap.reviews.models import SampleItem
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_http_methods(["GET", "POST"])
def samples(request: HttpRequest, pk: int) -> HttpResponse:
    """List the draws of a unit's review, and draw one more."""
    actor = actor_of(request)
    owed = access.get_standing_for(actor, pk)
    form = DrawForm(request.POST or None)
    if request.method == "POST":
        access.require_own(actor, access.ACCEPT, owed.unit)
        if form.is_valid():
            made = actions.draw_sample(owed, **form.cleaned_data, actor=actor)
            return redirect("reviews:sample", made.pk)
    page = page_of(request, owed.samples.select_related("drawn_by_seat__role"), 20)
    counts = queries.item_counts(one.pk for one in page)
    rows = [(one, sum(counts.get(one.pk, {}).values()), counts.get(one.pk, {})) for one in page]
    may = access.allowed(access.require_own, actor, access.ACCEPT, owed.unit) and owed.review.state == "open"
    context = {"owed": owed, "form": form, "page": page, "rows": rows, "may": may}
    return render(request, "reviews/samples.html", context, status=400 if form.is_bound else 200)


@require_GET
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draw with its seed and what was found; `?again=1` draws again and compares."""
    actor = actor_of(request)
    found = access.get_sample_for(actor, pk)
    page = page_of(request, reads.items_of(found), 30)
    again = reads.repeats(found) if request.GET.get("again") else None
    counts = queries.item_counts([found.pk]).get(found.pk, {})
    context = {
        "sample": found, "owed": found.unit_review, "page": page, "again": again, "of": len(found.ids),
        "counts": [(label, counts.get(value, 0)) for value, label in SampleItem.Result.choices],
        "may": access.allowed(access.require_own, actor, access.ACCEPT, found.unit_review.unit),
        "results": SampleItem.Result.choices,
    }  # fmt: skip
    return render(request, "reviews/sample.html", context)


@require_GET
def drawn_from(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out what a sample was drawn from, so that anybody draws it again with any tool."""
    found = access.get_sample_for(actor_of(request), pk)
    answer = HttpResponse("\n".join(reads.population_lines(found)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="draw-{found.pk}.txt"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def check(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Note what the check of a file found."""
    actor = actor_of(request)
    found = access.get_item_for(actor, pk, item)
    form = CheckForm(request.POST)
    if not form.is_valid():
        raise DomainError("unknown-result", _("Choose what the check found."))
    actions.check_item(found, form.cleaned_data["result"], remark=form.cleaned_data["remark"], actor=actor)
    messages.success(request, _("The result of the check is kept."))
    return redirect(f"{request.path.rpartition('items/')[0]}?page={request.GET.get('page', '1')}#file-{item}")
