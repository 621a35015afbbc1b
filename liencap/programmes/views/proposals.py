"""The proposal screen: the source text beside the proposed tasks, until a person confirms."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.documents.access import get_document_for
from liencap.documents.models import Reading
from liencap.errors import DomainError
from liencap.programmes import access, queries
from liencap.programmes import rows as pure
from liencap.programmes.actions import create_programme, edit_proposal, map_tier_words, propose
from liencap.programmes.case import case_file
from liencap.programmes.doubts import by_row, doubts_of, owners_of
from liencap.programmes.forms import (
    ConfirmForm,
    DeadlineSet,
    EditForm,
    EventWordForm,
    OwnerSet,
    RowForm,
    TierForm,
)
from liencap.programmes.models import Programme, Proposal
from liencap.units.access import actor_of

KEPT = ("recurrence", "text", "start", "end")


@require_POST
def propose_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the proposal of a reading, or go to the one there is."""
    reading = get_object_or_404(Reading.objects.select_related("version__document__unit"), pk=pk)
    get_document_for(actor_of(request), reading.version.document_id)
    return redirect("programmes:proposal", propose(reading, actor=actor_of(request)).pk)


@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the source with every found span marked, beside the rows."""
    found = access.get_proposal_for(actor_of(request), pk)
    if found.confirmed:
        programme = Programme.objects.filter(reading_id=found.reading_id).first()
        return redirect("programmes:detail", programme.pk) if programme else redirect("programmes:list")
    words, waits = pure.tier_words(found.rows), pure.waiting_words(found.rows)
    page = Paginator(found.rows, 50).get_page(request.GET.get("page"))
    here, reading = list(page.object_list), found.reading
    doubts = doubts_of(reading.text, reading.problems)
    placed = by_row(doubts, reading.problems, found.rows)
    page.object_list = queries.shown(here, found.rows, placed, owners_of(here, found.unit))
    places = [(doubt.start, doubt.place) for doubt in doubts]
    context = {
        "proposal": found, "page": page, "loose": placed.get("", []),
        "pieces": queries.marked(reading.text, reading.plan, found.rows, places),
        "live": sum(1 for row in found.rows if row["kind"] == "task" and not row["aside"]),
        "tier_form": TierForm(words, queries.remembered_tiers(words)) if words else None,
        "event_form": EventWordForm(waits, queries.remembered_events(waits)) if waits else None,
        "confirm_form": ConfirmForm(initial=_heads(found)),
    }  # fmt: skip
    return render(request, "programmes/proposal.html", context)


def _heads(found: Proposal) -> dict[str, Any]:
    return {"revision": found.revision, "title": found.title, "since": found.since, "until": found.until}


def _back(pk: int, row: str = "") -> HttpResponse:
    return redirect(reverse("programmes:proposal", args=[pk]) + (f"#row-{row}" if row else ""))


@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one deed on one row."""
    found = access.get_proposal_for(actor_of(request), pk)
    form = EditForm(request.POST)
    if not form.is_valid():
        raise DomainError("bad-edit", _("This change was not understood."))
    clean = form.cleaned_data
    values = {name: clean[name] for name in ("at", "words", "start") if clean[name] is not None}
    edit_proposal(
        found,
        revision=clean["revision"],
        deed=clean["deed"],
        row=clean["row"],
        values=values,
        actor=actor_of(request),
    )
    return _back(pk, clean["row"])


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Mend a row's words, deadlines and owners."""
    found = access.get_proposal_for(actor_of(request), pk)
    one = _row(found, name)
    data = request.POST if request.method == "POST" else None
    form = RowForm(data, initial=one | {"revision": found.revision})
    deadlines = DeadlineSet(data, initial=[_shown(d) for d in one["deadlines"]], prefix="d")
    owners = OwnerSet(data, initial=one["owners"], prefix="o")
    if data is not None and form.is_valid() and deadlines.is_valid() and owners.is_valid():
        values = {k: form.cleaned_data[k] for k in ("label", "text", "product", "optional")}
        values |= {"deadlines": _deadlines(deadlines, one), "owners": _owners(owners, one)}
        revision = form.cleaned_data["revision"]
        edit_proposal(found, revision=revision, deed="save", row=name, values=values, actor=actor_of(request))
        return _back(pk, name)
    context = {"proposal": found, "row": one, "form": form, "deadlines": deadlines, "owners": owners}
    return render(request, "programmes/row_edit.html", context, status=400 if data is not None else 200)


@require_GET
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Offer the lines and sentences after which a row can be split."""
    found = access.get_proposal_for(actor_of(request), pk)
    one = _row(found, name)
    ends = [0, *pure.breaks(one["text"]), len(one["text"])]
    pieces = [(end, one["text"][start:end]) for start, end in zip(ends, ends[1:], strict=False)]
    context = {"proposal": found, "row": one, "pieces": pieces[:200]}
    return render(request, "programmes/row_split.html", context)


def _row(found: Proposal, name: str) -> pure.Row:
    for one in found.rows:
        if one["id"] == name:
            return dict(one)
    raise Http404


def _shown(deadline: dict[str, Any]) -> dict[str, Any]:
    return deadline | {"kind": pure.deadline_kind(deadline)}


def _deadlines(formset: Any, one: pure.Row) -> list[dict[str, Any]]:
    """Return the stretches as sent; words and places of those that the reader found stay with them."""
    out = []
    for n, form in enumerate(formset.forms):
        clean = form.cleaned_data
        if not clean or clean.get("DELETE") or not (clean["start_date"] or clean["end_date"] or clean["event"] or
                                                    (n < len(one["deadlines"]))):  # fmt: skip
            continue
        old = one["deadlines"][n] if n < len(one["deadlines"]) else {}
        days = {k: clean[k].isoformat() if clean[k] else None for k in ("start_date", "end_date")}
        rest = {k: clean[k] or None for k in ("kind", "bound", "event", "tier")}
        out.append({k: old.get(k) for k in KEPT} | days | rest)
    return out


def _owners(formset: Any, one: pure.Row) -> list[dict[str, str]]:
    """Return the owners as sent; one whose words stay as they were keeps the code that the reader found."""
    codes = {owner["words"]: {"code": owner["code"]} for owner in one["owners"] if owner.get("code")}
    sent = (form.cleaned_data for form in formset.forms)
    kept = [c for c in sent if c and c["words"] and not c.get("DELETE")]
    return [{"role": c["role"], "words": c["words"]} | codes.get(c["words"], {}) for c in kept]


@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the text and what the person made of it, as a case that tests the reader."""
    found = access.get_proposal_for(actor_of(request), pk)
    answer = HttpResponse(case_file(found), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="case-{found.pk}.zip"'
    return answer


@require_POST
def tiers(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember what the plan's words for tiers mean here."""
    found = access.get_proposal_for(actor_of(request), pk)
    form = TierForm(pure.tier_words(found.rows), {}, request.POST)
    if not form.is_valid():
        raise DomainError("bad-edit", _("This change was not understood."))
    map_tier_words(found, form.mapping(), actor=actor_of(request))
    messages.success(request, _("The words for tiers are remembered, for this plan and the next."))
    return _back(pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the programme."""
    found = access.get_proposal_for(actor_of(request), pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise DomainError("bad-edit", _("A programme needs a title, and days that the calendar knows."))
    programme = create_programme(found, actor=actor_of(request), **form.cleaned_data)
    messages.success(request, _("The programme stands. Assign its tasks to units next."))
    return redirect("programmes:detail", programme.pk)
