"""Questions that wait for the unit's answer, folded together where they say the same."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.communication import access, actions, queries
from liencap.communication.forms import AnswerForm, ReasonForm
from liencap.communication.models import Question
from liencap.errors import DomainError
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """List the open questions at the seat's unit in groups."""
    actor, seat = actor_of(request), request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    seen = seat is not None and can(actor, access.VIEW, seat.unit, seat=seat)
    waiting = queries.waiting_at(seat.unit_id) if seen else Question.objects.none()
    groups = queries.groups_of(waiting)
    return render(request, "communication/questions.html", {"page": page_of(request, groups)})


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a group of questions and answer it for all."""
    actor = actor_of(request)
    sent = request.method == "POST"
    found = access.get_question_for(actor, pk, access.ANSWER if sent else access.VIEW)
    group = queries.group_with(found)
    warned = "names_checked" in request.POST
    form = AnswerForm(request.POST or None, warned=warned, initial={"question": found.text})
    if sent and form.is_valid():
        clean = {"names_checked": False, **form.cleaned_data}
        try:
            actions.answer_questions(_chosen(request, found), actor=actor, **clean)
        except DomainError as refusal:
            form = AnswerForm(request.POST, warned=refusal.code == "names")
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The answer is given to all units that hold this line."))
            return redirect("communication:questions")
    may_answer = can(actor, access.ANSWER, found.at_unit)
    top = found.at_unit_id == found.item.unit_id
    values = {"question": found, "group": group, "form": form, "may_answer": may_answer, "top": top}
    return render(request, "communication/question.html", values, status=400 if form.errors else 200)


def _chosen(request: HttpRequest, found: Question) -> list[Question]:
    """Return the questions that the person saw as one group and left ticked, as far as they still wait."""
    keys = [key for key in request.POST.getlist("of")[: queries.MOST_GROUPED] if key.isdecimal()]
    waiting = queries.waiting_at(found.at_unit_id).filter(item=found.item_id)
    return list(waiting.filter(pk__in=keys or [found.pk]))


@require_POST
def forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass a group of questions on to the unit above."""
    actor = actor_of(request)
    found = access.get_question_for(actor, pk, access.ANSWER)
    actions.forward_questions(_chosen(request, found), actor=actor)
    messages.success(request, _("Forwarded to the unit above; its answer comes back to all."))
    return redirect("communication:questions")


@require_http_methods(["GET", "POST"])
def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the words of a question out."""
    actor = actor_of(request)
    found = access.get_question_for(actor, pk, access.REDACT)
    if found.state == Question.State.REDACTED:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.redact_question(found, reason=form.cleaned_data["reason"], actor=actor)
        messages.success(request, _("The words are taken out; the log keeps the reason."))
        return redirect("communication:questions")
    return render(
        request, "communication/reason.html",
        {"form": form, "heading": _("Take a question out"), "lead": found.text, "deed": _("Take it out")},
        status=400 if form.errors else 200,
    )  # fmt: skip
