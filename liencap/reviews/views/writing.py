"""Write a unit's review and send it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.reports.numbers import kept_note
from liencap.reviews import access, actions, queries
from liencap.reviews.codes import causes_of, grades_of
from liencap.reviews.content import OVERALL, from_plain
from liencap.reviews.figures import tables_of
from liencap.reviews.folding import offered, said_below
from liencap.reviews.forms import PartForm, SendForm, language_of_papers, point_forms
from liencap.reviews.models import TaskGroup, UnitReview
from liencap.reviews.screen import writing_rows
from liencap.reviews.words import tellings_of
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the draft is, part by part."""
    actor = actor_of(request)
    owed = access.get_own_for(actor, pk)
    groups, content = queries.groups_of(owed.review), from_plain(owed.draft)
    rows = writing_rows(content, groups, grades_of(owed.review.codes))
    context = {
        "owed": owed, "rows": rows, "content": content, "counts": queries.completeness(owed),
        "returns": queries.returns_of(owed) if owed.state == UnitReview.State.RETURNED else (),
        "lacking": sum(row.grade is None for row in rows), "open": owed.review.state == "open",
        "head": access.allowed(access.require_head, actor, owed.unit), "doubts": tellings_of(owed, content),
    }  # fmt: skip
    return render(request, "reviews/write.html", context)


@require_http_methods(["GET", "POST"])
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate and describe the work as a whole."""
    return _part(request, access.get_own_for(actor_of(request), pk), None)


@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """Rate and describe a group of tasks, beside its figures and what the units below say."""
    owed = access.get_own_for(actor_of(request), pk)
    found = get_object_or_404(owed.review.groups.select_related("subject"), pk=group)
    return _part(request, owed, found)


def _part(request: HttpRequest, owed: UnitReview, about: TaskGroup | None) -> HttpResponse:
    key = about.pk if about else OVERALL
    grades, causes = grades_of(owed.review.codes), causes_of(owed.review.codes)
    part = from_plain(owed.draft).part(key)
    form = PartForm(grades, causes, request.POST or None, part, owed.revision)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        actions.save_part(owed, key, form.part(), revision=revision, actor=actor_of(request))
        messages.success(request, _("Kept. It is seen by your unit alone until it is sent."))
        return redirect("reviews:write", owed.pk)
    tables = [
        (t, [r for r in t.rows if r.group == key or not about])
        for t in tables_of(owed.review, owed.unit, owed.unit_id)
    ]
    accepted = (
        queries.children(owed).filter(accepted__isnull=False).defer("accepted__values", "current__values")
    )
    context = {
        "owed": owed, "group": about, "form": form, "tables": [pair for pair in tables if pair[1]],
        "page": page_of(request, said_below(owed, key, accepted), 30), "kept_note": kept_note(),
        "old": queries.old_folds(owed, about) if about else (),
        "tasks": about.tasks.order_by("order", "pk") if about else (),
    }  # fmt: skip
    return render(request, "reviews/part.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """Write lessons and follow-up tasks, or take over those of the units below."""
    actor = actor_of(request)
    owed = access.get_own_for(actor, pk)
    content, groups = from_plain(owed.draft), queries.groups_of(owed.review)
    data = request.POST or None
    lessons = point_forms("lesson", content.lessons, groups, data)
    follow = point_forms("follow", content.follow_ups, groups, data)
    # Every line is judged, so that each shows its own error.
    if data and False not in [form.is_valid() for form in (*lessons, *follow)]:
        said = [[p for form in forms if (p := form.point())] for forms in (lessons, follow)]
        revision = int(data.get("revision", "")) if data.get("revision", "").isdecimal() else -1
        actions.save_points(owed, said[0], said[1], revision=revision, actor=actor)
        messages.success(request, _("Lessons and follow-up tasks are kept."))
        return redirect("reviews:write", pk)
    context = {
        "owed": owed, "lessons": lessons, "follow": follow,
        "below": page_of(
            request, offered(queries.lessons_below(owed), {p.source for p in content.lessons}), 15
        ),
        "tasks_below": offered(queries.follow_ups_below(owed), {p.source for p in content.follow_ups})[:60],
    }  # fmt: skip
    return render(request, "reviews/points.html", context, status=400 if data else 200)


@require_POST
def take(request: HttpRequest, pk: int, kind: str, source: int) -> HttpResponse:
    """Take a lesson or follow-up task of a unit below into the draft."""
    if kind not in ("lesson", "follow-up"):
        raise Http404
    actor = actor_of(request)
    owed = access.get_own_for(actor, pk)
    actions.take_over(owed, kind, source, revision=owed.revision, actor=actor)
    messages.success(request, _("Taken over, with the link to where it came from."))
    return redirect("reviews:write-points", pk)


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Look once more, then sign and send."""
    actor = actor_of(request)
    owed = access.get_own_for(actor, pk, access.SEND)
    form = SendForm(request.POST or None, initial={"revision": owed.revision})
    if request.method == "POST":
        if not form.is_valid():
            raise DomainError("bad-answer", _("The page could not be read; load it again."))
        said = form.cleaned_data
        actions.send_review(
            owed, revision=said["revision"], reason=said["reason"], language=language_of_papers(), actor=actor
        )
        messages.success(request, _("The review is signed and sent."))
        return redirect("reviews:unit", pk)
    content = from_plain(owed.draft)
    rows = writing_rows(content, queries.groups_of(owed.review), grades_of(owed.review.codes))
    again = owed.current is not None and owed.state != UnitReview.State.RETURNED
    context = {"owed": owed, "form": form, "rows": rows, "again": again, "counts": queries.completeness(owed)}
    context["doubts"] = tellings_of(owed, content)
    return render(request, "reviews/send.html", context)
