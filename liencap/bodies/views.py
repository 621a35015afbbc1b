"""Bodies of units, their papers, and which units have theirs complete."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.bodies import access, actions, forms, queries
from liencap.bodies.export import workbook_of
from liencap.bodies.models import PART_LABELS, BodyKind, BodyPapers, BudgetLine, EquipmentLine, Regulation
from liencap.documents.access import documents_visible_to
from liencap.errors import DomainError
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, get_unit_for, today
from liencap.units.models import Body
from liencap.units.queries import seats_in

LINES: dict[str, tuple[Any, Any]] = {
    "budget": (BudgetLine, forms.BudgetForm),
    "equipment": (EquipmentLine, forms.EquipmentForm),
}
SETTERS: dict[str, Callable[..., object]] = {
    "budget": actions.set_budget_line, "equipment": actions.set_equipment_line,
}  # fmt: skip
TITLES = {"budget": gettext_lazy("Budget line"), "equipment": gettext_lazy("Equipment line")}


def _ask(request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], object], back: str, pk: int, title: str,
         lead: str) -> HttpResponse:  # fmt: skip
    """Show a form; on success do the deed and go back, on a refusal say it at the form."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect(back, pk) if pk else redirect(back)
    values = {"form": form, "title": title, "lead": lead, "back": back, "pk": pk}
    return render(request, "bodies/form.html", values, status=400 if form.is_bound else 200)


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show what is asked of the units below, and the bodies of one's own unit."""
    actor = actor_of(request)
    seat, day = access.get_acting_seat(actor), today()
    unit = seat.unit
    standings = [
        (asked, queries.standing(asked, unit if unit.is_under(asked.unit) else asked.unit, day))
        for asked in queries.requirements_on(unit, day)[:20]
    ]
    values = {
        "unit": unit, "standings": [(asked, one) for asked, one in standings if one.asked],
        "gaps": queries.gaps_of(unit, day), "labels": PART_LABELS,
        "page": page_of(request, Body.objects.filter(unit=unit).exclude(until__lte=day).order_by("name", "pk")),
        "may_ask": can(actor, access.ASK, unit), "may_found": can(actor, "unit.edit", unit),
    }  # fmt: skip
    return render(request, "bodies/overview.html", values)


@require_GET
def requirement(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Show how the branches under a unit stand, and what each unit lacks; `?all=1` shows the complete ones too."""
    actor = actor_of(request)
    asked, within = access.get_requirement_for(actor, pk), get_unit_for(actor, unit, access.VIEW)
    day = today()
    whole = request.GET.get("all") == "1"
    page = page_of(request, queries.units_asked(asked, within, day, lacking=not whole))
    values = {
        "asked": asked, "within": within, "standing": queries.standing(asked, within, day), "page": page,
        "branches": queries.branches(asked, within, day), "gaps": queries.gaps(asked, list(page.object_list), day),
        "all": whole, "labels": PART_LABELS, "may_end": can(actor, access.ASK, asked.unit) and not asked.until,
    }  # fmt: skip
    return render(request, "bodies/requirement.html", values)


@require_GET
def export(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Hand out what each unit lacks as a workbook."""
    actor = actor_of(request)
    asked, within = access.get_requirement_for(actor, pk), get_unit_for(actor, unit, access.VIEW)
    answer = HttpResponse(
        workbook_of(asked, within, today()),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = f'attachment; filename="bodies-{asked.pk}.xlsx"'
    return answer


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask units for a complete body of a kind."""
    actor = actor_of(request)
    unit = access.get_acting_seat(actor, access.ASK).unit
    form = forms.AskForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        actions.ask_for_bodies(unit, said.pop("kind"), actor=actor, **said)

    return _ask(request, form, act, "bodies:overview", 0, _("Ask for bodies"), str(unit))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask no longer."""
    actor = actor_of(request)
    actions.end_requirement(access.get_requirement_for(actor, pk, access.ASK), actor=actor)
    messages.success(request, _("This is asked no longer; what units keep stays."))
    return redirect("bodies:overview")


@require_http_methods(["GET", "POST"])
def kinds(request: HttpRequest) -> HttpResponse:
    """Show the kinds of bodies; the topmost unit adds to them."""
    actor = actor_of(request)
    seat = access.get_acting_seat(actor)
    form = forms.KindForm(request.POST or None)
    if form.is_valid():
        try:
            actions.keep_kind(**form.cleaned_data, actor=actor)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            form.add_error("name", str(refusal))
        else:
            return redirect("bodies:kinds")
    may = can(actor, access.ASK, seat.unit) and len(seat.unit.path_ids) == 1
    values = {"page": page_of(request, BodyKind.objects.all()), "form": form, "may_add": may}
    return render(request, "bodies/kinds.html", values, status=400 if form.is_bound else 200)


@require_GET
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a body: what it is, its seats, regulations, budget and equipment, and what it lacks."""
    actor, day = actor_of(request), today()
    found = access.get_body_for(actor, pk)
    papers = BodyPapers.objects.select_related("kind", "document").filter(body=found).first()
    annotated = queries.with_parts(Body.objects.filter(pk=pk), day).get()
    kind = papers.kind_id if papers else None
    asked = [one for one in queries.asked_of(found.unit, day) if one.kind_id == kind]
    missing = {part for one in asked for part in queries.missing_parts(annotated, one)}
    values = {
        "body": found, "papers": papers, "labels": PART_LABELS, "day": day,
        "missing": [PART_LABELS[part] for part in PART_LABELS if part in missing], "asked": asked,
        "seats": seats_in(found.unit, day).filter(body=found)[:100],
        "regulations": found.regulations.select_related("document")[:50],
        "page": page_of(request, found.budget_lines.all(), 20), "equipment": found.equipment_lines.all()[:100],
        "may_edit": can(actor, access.EDIT, found.unit), "may_seat": can(actor, "unit.edit", found.unit),
        "sees_documents": can(actor, "document.view", found.unit),
    }  # fmt: skip
    return render(request, "bodies/body.html", values)


@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Say kind, founding document and term of a body."""
    actor = actor_of(request)
    found = access.get_body_for(actor, pk, access.EDIT)
    papers = BodyPapers.objects.filter(body=found).first()
    names = ("kind", "document", "term_since", "term_until")
    kept = {name: getattr(papers, name) for name in names} if papers else {}
    form = forms.BodyForm(request.POST or None, initial=kept | {"founded_by": found.founded_by})
    form.among(documents_visible_to(actor), found.unit)
    return _ask(
        request, form, lambda said: actions.describe_body(found, actor=actor, **said), "bodies:body", pk,
        _("Papers of the body"), str(found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a regulation into force."""
    actor = actor_of(request)
    found = access.get_body_for(actor, pk, access.EDIT)
    form = forms.RegulationForm(request.POST or None, initial={"since": today()})
    form.among(documents_visible_to(actor), found.unit)
    return _ask(
        request, form, lambda said: actions.add_regulation(found, said.pop("title"), actor=actor, **said),
        "bodies:body", pk, _("Regulation"), str(found),
    )  # fmt: skip


@require_POST
def regulation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a regulation out of force today."""
    actor = actor_of(request)
    found = get_object_or_404(Regulation.objects.select_related("body__unit"), pk=pk)
    access.get_body_for(actor, found.body_id, access.EDIT)
    actions.end_regulation(found, until=today(), actor=actor)
    return redirect("bodies:body", found.body_id)


@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, pk: int, sort: str, number: int = 0) -> HttpResponse:
    """Add or change a line of budget or equipment."""
    actor = actor_of(request)
    found = access.get_body_for(actor, pk, access.EDIT)
    if sort not in LINES:
        raise Http404
    model, shape = LINES[sort]
    kept: Any = get_object_or_404(model, pk=number, body=found) if number else None
    initial = {name: getattr(kept, name) for name in shape.base_fields} if kept else {"year": today().year}
    form = shape(request.POST or None, initial=initial)
    return _ask(
        request, form, lambda said: SETTERS[sort](found, line=kept, actor=actor, **said), "bodies:body", pk,
        str(TITLES[sort]), str(found),
    )  # fmt: skip


@require_POST
def line_remove(request: HttpRequest, pk: int, sort: str, number: int) -> HttpResponse:
    """Take a line away."""
    actor = actor_of(request)
    found = access.get_body_for(actor, pk, access.EDIT)
    if sort not in LINES:
        raise Http404
    kept: Any = get_object_or_404(LINES[sort][0].objects.select_related("body__unit"), pk=number, body=found)
    actions.remove_line(kept, actor=actor)
    return redirect("bodies:body", pk)
