"""A unit's review as it was sent, its figures and timeline, what stands below, and its paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from liencap.archive.access import find_record
from liencap.reports.issuing.panels import number_of
from liencap.reports.numbers import kept_note
from liencap.reviews import access, queries
from liencap.reviews.codes import causes_of, grades_of
from liencap.reviews.content import from_plain
from liencap.reviews.figures import tables_of
from liencap.reviews.forms import AcceptForm, ReturnForm
from liencap.reviews.models import UnitReview
from liencap.reviews.printing import render_pdf
from liencap.reviews.publication import KIND, in_word, printed_as_sent
from liencap.reviews.screen import said_of, standing_rows
from liencap.reviews.timeline import timeline
from liencap.ui.paging import page_of
from liencap.units.access import actor_of

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_GET
def unit_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the version that stands, both grades side by side, and to the unit above the way to answer."""
    actor = actor_of(request)
    owed = access.get_unit_review_for(actor, pk)
    if owed.current is None:
        return redirect("reviews:write", pk)
    groups, grades = queries.groups_of(owed.review), grades_of(owed.review.codes)
    answers = owed.state == UnitReview.State.SENT and access.allowed(access.require_parent, actor, owed)
    n, open_ = owed.current.n, owed.review.state == "open"
    context = {
        "owed": owed, "version": owed.current, "sides": queries.sides_of(owed.current, groups, grades),
        "said": said_of(from_plain(owed.current.content), groups, causes_of(owed.review.codes)),
        "returns": queries.returns_of(owed), "own": actor.unit_id == owed.unit_id, "open": open_,
        "checked": queries.checked_files_of(owed)[:20], "answers": answers and open_,
        "accept_form": AcceptForm(groups, grades, n=n), "return_form": ReturnForm(owed.review, n=n),
        "may_carry": access.allowed(access.require_own, actor, "programme.edit", owed.unit),
    }  # fmt: skip
    return render(request, "reviews/unit.html", context | _published(request, owed))


def _published(request: HttpRequest, owed: UnitReview) -> dict[str, Any]:
    """Return what was published of a review, its number, and whether the actor may publish the version that stands."""
    editions = list(queries.editions_of(owed)[:20])
    newest = editions[0] if editions else None
    may = access.allowed(access.require_head, actor_of(request), owed.unit)
    fresh = newest is None or newest.version_id != owed.current_id
    shown = {"editions": editions, "publishes": may and fresh and queries.is_final(owed)}
    if newest is not None:
        shown |= number_of(request, KIND, newest.pk)
        shown["filed"] = find_record(actor_of(request), KIND, newest.pk)
    return shown


@require_GET
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Show targets against results over all periods, with the earlier years that were imported."""
    actor = actor_of(request)
    owed = access.get_standing_for(actor, pk)
    own = actor.unit_id == owed.unit_id
    tables = tables_of(owed.review, owed.unit, actor.unit_id, imported=own or owed.current is not None)
    return render(
        request,
        "reviews/figures.html",
        {"owed": owed, "tables": tables, "own": own, "kept_note": kept_note()},
    )


@require_GET
def moments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened over the term."""
    owed = access.get_standing_for(actor_of(request), pk)
    page = page_of(request, timeline(owed.review, owed.unit), 60)
    return render(request, "reviews/timeline.html", {"owed": owed, "page": page})


@require_GET
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the reviews below a unit: how many are in, their grades and causes, and each directly below."""
    owed = access.get_standing_for(actor_of(request), pk)
    groups, grades = queries.groups_of(owed.review), grades_of(owed.review.codes)
    causes = causes_of(owed.review.codes)
    page = page_of(request, queries.children(owed), 30)
    named = [(causes.get(code, code), n) for code, n in queries.cause_counts(owed).items()]
    context = {
        "owed": owed, "counts": queries.completeness(owed), "grades": list(grades.values()), "page": page,
        "spreads": queries.spreads(owed, groups, grades), "causes": named,
        "rows": standing_rows(page.object_list, grades),
    }  # fmt: skip
    return render(request, "reviews/standing.html", context)


@require_GET
def print_review(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Print the version that stands, as it was sent, with the grades from above once it is accepted."""
    owed = access.get_unit_review_for(actor_of(request), pk)
    if owed.current is None or kind not in TYPES:
        raise Http404
    version = owed.current
    version.unit_review = owed
    values, sha256 = printed_as_sent(version), version.sha256
    data = render_pdf(values, sha256) if kind == "pdf" else in_word(values, owed.unit, sha256)
    return file_answer(data, kind, f"{owed.unit.code}-review-{version.n}")


def file_answer(data: bytes, kind: str, name: str) -> HttpResponse:
    """Hand out a printed file as an attachment that opens nothing here."""
    answer = HttpResponse(data, content_type=TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}") or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer
