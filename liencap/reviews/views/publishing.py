"""Publishing a unit's review, and its frozen files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liencap.documents import store
from liencap.errors import DomainError
from liencap.reviews import access, actions
from liencap.reviews.models import PublishedReview
from liencap.reviews.views.looking import TYPES, file_answer
from liencap.units.access import actor_of


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the version that the head saw."""
    actor = actor_of(request)
    owed = access.get_own_for(actor, pk, access.SEND)
    seen = request.POST.get("n", "")
    try:
        actions.publish_review(owed, n=int(seen) if seen.isdecimal() else 0, actor=actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The review is published and filed; the clerk enters number and day."))
    return redirect("reviews:unit", pk)


@require_GET
def published_file(request: HttpRequest, pk: int, n: int, kind: str) -> HttpResponse:
    """Hand out a published review as it was printed."""
    owed = access.get_unit_review_for(actor_of(request), pk)
    made = PublishedReview.objects.filter(unit_review=owed, n=n).first()
    if made is None or kind not in TYPES:
        raise Http404
    return file_answer(store.get(getattr(made, kind)), kind, f"{owed.unit.code}-review-edition-{n}")
