"""The answers of the unit above to a sent review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liencap.errors import DomainError
from liencap.reviews import access, actions, queries
from liencap.reviews.codes import grades_of
from liencap.reviews.forms import AcceptForm, ReturnForm
from liencap.units.access import actor_of


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the version that was read, with the grades of the tier above."""
    actor = actor_of(request)
    owed = access.get_to_judge(actor, pk)
    form = AcceptForm(queries.groups_of(owed.review), grades_of(owed.review.codes), request.POST)
    if not form.is_valid():
        raise DomainError("no-grade", _("Rate the work as a whole before you accept."))
    actions.accept_review(
        owed, n=form.cleaned_data["n"], grades=form.grades(), remarks=form.remarks(), actor=actor
    )
    messages.success(request, _("The review is accepted; its unit sees both grades side by side."))
    return redirect("reviews:unit", pk)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the whole review or some groups of it, with the reason."""
    actor = actor_of(request)
    owed = access.get_to_judge(actor, pk)
    form = ReturnForm(owed.review, request.POST)
    if not form.is_valid():
        raise DomainError("reason-missing", _("Say why the review is returned."))
    said = form.cleaned_data
    actions.return_review(owed, n=said["n"], reason=said["reason"], groups=list(said["groups"]), actor=actor)
    messages.success(request, _("The review is returned to its unit with your reason."))
    return redirect("reviews:inbox")
