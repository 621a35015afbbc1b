"""The form of a programme: what it asks, how each version continues the one before, and what it aims at."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.programmes.models import Programme, Task
from liencap.reports import access, actions
from liencap.reports.forming.aiming import TargetsForm, unit_named
from liencap.reports.forming.asking import evidence_asked, questions_of
from liencap.reports.forming.editing import Editing, initial_of, input_from
from liencap.reports.forming.forms import AskedForm, IndicatorForm
from liencap.reports.forming.overview import indicators_by_task, versions_of
from liencap.reports.forming.personal import hint_of
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_GET
def overview(request: HttpRequest, programme: int) -> HttpResponse:
    """Show what the next period will ask, task by task, and the versions before."""
    found = access.get_programme_to_open(actor_of(request), programme)
    editing = Editing(found)
    page = page_of(request, _tasks(found))
    rows = indicators_by_task(editing, page.object_list)
    asked = [
        (task, rows[task.pk], questions_of(editing.form, task.pk), evidence_asked(editing.form, task.pk))
        for task in page.object_list
    ]
    values = {
        "programme": found,
        "editing": editing,
        "page": page,
        "tasks": asked,
        "versions": versions_of(found),
    }
    return render(request, "reports/forming/overview.html", values)


def _tasks(programme: Programme) -> Any:
    return Task.objects.filter(programme=programme, rescinded=False).order_by("order", "pk")


def _kept(request: HttpRequest, programme: Programme, editing: Editing, rows: Any, asks: Any) -> str:
    """Keep a change of the form; return why it was refused, or nothing."""
    seen = request.POST.get("seen", editing.seen)
    try:
        form = actions.edit_form(programme, rows, asks, seen=seen, actor=actor_of(request))
    except DomainError as refused:
        if refused.status == 403:
            raise
        return str(refused)
    messages.success(
        request, _("Version %(n)s of the form is kept; the next period asks it.") % {"n": form.n}
    )
    return ""


@require_http_methods(["GET", "POST"])
def indicator(request: HttpRequest, programme: int, code: str = "") -> HttpResponse:
    """Show one indicator, or a new one, and keep what is changed."""
    found = access.get_programme_to_open(actor_of(request), programme)
    editing = Editing(found)
    kept = editing.row(code)
    if code and kept is None:
        raise Http404
    place = editing.rows.index(kept) + 1 if kept else len(editing.rows) + 1
    initial = initial_of(kept, place) | ({} if kept else {"task": request.GET.get("task")})
    form = IndicatorForm(
        request.POST or None, initial=initial, tasks=_tasks(found), rows=editing.rows, code=code,
        before=editing.before,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = input_from(said, code or editing.new_code(said["name"]), kept)
        if hint := hint_of(row):
            messages.warning(request, hint)
        wrong = _kept(request, found, editing, editing.with_row(row, code, said["place"]), editing.asks)
        if not wrong:
            return redirect("reports:indicators", programme)
        form.add_error(None, wrong)
    return _shown(request, found, editing, form, kept)


def _shown(
    request: HttpRequest, programme: Programme, editing: Editing, form: Any, kept: Any
) -> HttpResponse:
    values = {"programme": programme, "editing": editing, "form": form, "kept": kept}
    values["personal_hint"] = hint_of(kept)
    return render(request, "reports/forming/indicator.html", values, status=400 if form.errors else 200)


@require_POST
def leave_out(request: HttpRequest, programme: int, code: str) -> HttpResponse:
    """Leave an indicator out of the next form; periods that are open keep it."""
    found = access.get_programme_to_open(actor_of(request), programme)
    editing = Editing(found)
    if editing.row(code) is None:
        raise Http404
    wrong = _kept(request, found, editing, editing.without(code), editing.asks)
    if wrong:
        messages.error(request, wrong)
    return redirect("reports:indicators", programme)


@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, programme: int, task: int) -> HttpResponse:
    """Say which questions a task is asked, in which words, and whether files are."""
    found = access.get_programme_to_open(actor_of(request), programme)
    of = _tasks(found).filter(pk=task).first()
    if of is None:
        raise Http404
    editing = Editing(found)
    form = AskedForm(request.POST or None, said=editing.asks.get(str(task), {}))
    if request.method == "POST" and form.is_valid():
        wrong = _kept(request, found, editing, editing.rows, editing.asks | {str(task): form.said()})
        if not wrong:
            return redirect("reports:indicators", programme)
        form.add_error(None, wrong)
    values = {"programme": found, "task": of, "form": form, "editing": editing}
    return render(request, "reports/forming/asked.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest, programme: int) -> HttpResponse:
    """Show and keep what indicators are to reach: for a unit, in the whole programme or one period."""
    found = access.get_programme_to_open(actor_of(request), programme)
    unit = unit_named(found, request.GET.get("unit", ""))
    period = (
        found.periods.filter(pk=number).first() if (number := _number(request.GET.get("period"))) else None
    )
    form = TargetsForm(request.POST or None, programme=found, unit=unit, period=period)
    if request.method == "POST" and unit is not None and form.is_valid():
        actions.set_targets(found, form.rows(), actor=actor_of(request))
        messages.success(request, _("The targets are kept."))
        return redirect(f"{reverse('reports:targets', args=[programme])}?{request.GET.urlencode()}")
    values = {
        "programme": found, "unit": unit, "period": period, "form": form,
        "periods": found.periods.all()[:40], "typed": request.GET.get("unit", ""),
    }  # fmt: skip
    return render(request, "reports/forming/targets.html", values, status=400 if form.errors else 200)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
