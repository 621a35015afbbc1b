"""Sending a draft for comments, commenting, answering, and what changed since the draft before."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.documents import store
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports.access import get_consolidated_to_write
from liencap.reports.issuing import access, actions, queries
from liencap.reports.issuing.comparing import changes_between
from liencap.reports.issuing.forms import AdoptForm, AnswerForm, CommentForm, SendDraftForm
from liencap.reports.issuing.views.files import attachment
from liencap.reports.models import ConsolidatedReport, DraftComment
from liencap.reports.queries import children
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, seat_of


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who is asked, by when, and send the draft as it stands."""
    actor = actor_of(request)
    report = access_to_draft(request, pk)
    form = SendDraftForm(request.POST or None, queries.choices_for(report), report.revision)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        below = children(report.period, report.unit) if said.get("everybody") else ()
        asked = form.asked([one.unit for one in below], report.unit)
        rest = {"due": said["due"], "note": said["note"], "revision": said["revision"]}
        try:
            made = actions.send_draft(report, asked, actor=actor, **rest)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is frozen and sent for comments."))
            return redirect("reports:draft", made.pk)
    values = {"report": report, "form": form}
    return render(request, "reports/issuing/send.html", values, status=400 if form.is_bound else 200)


def access_to_draft(request: HttpRequest, pk: int) -> ConsolidatedReport:
    """Fetch a report that is still being composed."""
    report = get_consolidated_to_write(actor_of(request), pk)
    if report.state != ConsolidatedReport.State.DRAFT:
        raise Http404
    return report


@require_GET
def asked_list(request: HttpRequest) -> HttpResponse:
    """Show every draft on which the seat, its body or its unit was asked for a comment."""
    seat = seat_of(actor_of(request))
    if seat is None:
        raise Http404
    rows = access.asked_of(seat).select_related("round__report__unit", "round__report__period")
    open_first = F("round__closed_at").desc(
        nulls_first=True
    )  # databases do not agree on where nothing stands
    page = page_of(request, rows.defer("round__values").order_by(open_first, "-pk"))
    return render(request, "reports/issuing/asked.html", {"page": page})


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a draft; comment on it when asked, answer the comments as its author."""
    actor = actor_of(request)
    round_, standing = access.get_round_for(actor, pk)
    values, speaks = queries.drafted(round_), standing.may_say(actor)
    form = CommentForm(request.POST or None, speaks, values, initial={"task": request.GET.get("task")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        who = next(one for one in speaks if one.pk == said["recipient"])
        task = Task.objects.get(pk=said["task"]) if said["task"] else None
        actions.comment_on_draft(who, said["text"], task=task, actor=actor)
        messages.success(request, _("The comment is sent to the author."))
        return redirect("reports:draft", pk)
    seen = None if standing.author else standing.recipients
    shown = {"round": round_, "values": values, "standing": standing, "speaks": speaks, "form": form}
    shown |= {"sections": page_of(request, values.sections, 10), "answers": DraftComment.Answer.choices}
    shown["comments"] = page_of(request, queries.comments_on(round_, seen), 50)
    shown["before"] = queries.round_before(round_)
    shown["recipients"] = queries.recipients_of(round_)[:200] if standing.author else ()
    status = 400 if form.is_bound else 200
    return render(request, "reports/issuing/draft.html", shown, status=status)


@require_GET
def draft_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out a draft as it was printed."""
    round_, _standing = access.get_round_for(actor_of(request), pk)
    if kind not in ("docx", "pdf"):
        raise Http404
    sha256 = round_.pdf if kind == "pdf" else round_.version.sha256
    return attachment(store.get(sha256), f"draft-{round_.report_id}-{round_.n}.{kind}", kind)


@require_GET
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a draft differs from the one before."""
    round_, _standing = access.get_round_for(actor_of(request), pk)
    before = queries.round_before(round_)
    if before is None:
        raise Http404
    found = changes_between(queries.drafted(before), queries.drafted(round_))
    values = {"round": round_, "before": before, "page": page_of(request, found, 20)}
    return render(request, "reports/issuing/changes.html", values)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one comment."""
    actor = actor_of(request)
    comment = access.get_comment_to_answer(actor, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        actions.answer_comment(comment, said["answer"], said["reason"], actor=actor)
        messages.success(request, _("The answer is kept; who made the comment sees it."))
    else:
        messages.error(request, _("Choose whether the comment is taken up."))
    return redirect("reports:draft", comment.recipient.round_id)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own comment back."""
    actor = actor_of(request)
    comment = access.get_own_comment(actor, pk)
    actions.withdraw_comment(comment, actor=actor)
    messages.success(request, _("The comment is taken back."))
    return redirect("reports:draft", comment.recipient.round_id)


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for those asked that there is no remark."""
    actor = actor_of(request)
    _round, standing = access.get_round_for(actor, pk)
    for one in standing.may_say(actor):
        actions.agree_to_draft(one, actor=actor)
    messages.success(request, _("The author sees that you have no remark."))
    return redirect("reports:draft", pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the round."""
    actor = actor_of(request)
    actions.close_round(access.get_own_round_for(actor, pk), actor=actor)
    messages.success(request, _("The round is closed. Answer what has no answer, then have it adopted."))
    return redirect("reports:draft", pk)


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the decision of the meeting."""
    actor, report = actor_of(request), access_to_draft(request, pk)
    kept, bodies = queries.adoption_of(report), queries.choices_for(report).bodies
    form = AdoptForm(request.POST or None, request.FILES or None, initial=AdoptForm.of(kept, bodies))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        rest = {"data": file.read(), "filename": file.name} if file else {}
        no_secrecy = form.cleaned_data["no_secrecy"]
        try:
            actions.adopt_report(report, form.decision(), actor=actor, no_secrecy=no_secrecy, **rest)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The adoption is recorded; the report names it when it is published.")
            )
            return redirect("reports:consolidated", pk)
    values = {"report": report, "form": form, "kept": kept, "bodies": bodies}
    return render(request, "reports/issuing/adopt.html", values, status=400 if form.is_bound else 200)
