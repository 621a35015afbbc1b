"""The register of what a unit has issued: numbers, signed copies, what is still without."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.documents import store
from liencap.errors import DomainError
from liencap.reports.access import get_consolidated_for
from liencap.reports.issued import values_of
from liencap.reports.issuing import access, actions, export, queries
from liencap.reports.issuing.forms import CopyForm, RegisterForm, RemarkForm
from liencap.reports.issuing.papers import paper_of
from liencap.reports.issuing.views.files import attachment
from liencap.reports.models import Registration
from liencap.reports.printing import render_sheet
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, today


def _year(request: HttpRequest) -> int | None:
    wish = request.GET.get("year", "")
    return int(wish) if wish.isdecimal() and len(wish) == 4 else None


@require_GET
def register(request: HttpRequest, unit: int | None = None) -> HttpResponse:
    """Show what the unit has issued by number, and first what has none yet."""
    actor = actor_of(request)
    who, year = access.get_unit_of_register(actor, unit), _year(request)
    values = {
        "unit": who, "year": year, "years": queries.years_of(who),
        "page": page_of(request, queries.register_of(who, year)), "clerk": access.is_clerk(actor, who),
    }  # fmt: skip
    return render(request, "reports/issuing/register.html", values)


@require_GET
def register_export(request: HttpRequest, unit: int, kind: str) -> HttpResponse:
    """Hand out the register of a year, or all of it, as CSV or XLSX."""
    who, year = access.get_unit_of_register(actor_of(request), unit), _year(request)
    if kind not in ("csv", "xlsx"):
        raise Http404
    rows = export.rows_of(queries.register_of(who, year))
    data = export.as_csv(rows) if kind == "csv" else export.as_xlsx(rows, str(who))
    return attachment(data, f"register-{who.code}-{year or 'all'}.{kind}", kind)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter number and day of a published paper."""
    actor = actor_of(request)
    row = access.get_row_to_number(actor, pk)
    form = RegisterForm(request.POST or None, corrects=bool(row.n), initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            actions.register_report(row, *form.values(), reason=reason, actor=actor)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Number and day are entered; the paper is printed with both."))
            return redirect("reports:issue", pk)
    values = {"row": row, "form": form}
    return render(request, "reports/issuing/enter.html", values, status=400 if form.is_bound else 200)


def _initial(row: Registration) -> dict[str, object]:
    if row.n:
        return {"n": row.n, "symbol": row.symbol, "date": row.date}
    suggested = queries.next_number(row, today())
    return {"n": suggested.n, "symbol": suggested.symbol, "date": today()}


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a paper of the register with its signed copies, and take another in."""
    actor = actor_of(request)
    row = access.get_row_for(actor, pk)
    form = CopyForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        access.require_clerk(actor, row.unit)
        if form.is_valid():
            file, no_secrecy = form.cleaned_data["file"], form.cleaned_data["no_secrecy"]
            try:
                copy = actions.file_signed_copy(
                    row, file.read(), file.name, no_secrecy=no_secrecy, actor=actor
                )
                return redirect("reports:copy", copy.pk)
            except DomainError as refusal:
                form.add_error("no_secrecy" if refusal.code == "secrecy-unknown" else "file", str(refusal))
    values = {"row": row, "form": form, "clerk": access.is_clerk(actor, row.unit)}
    values |= {"frozen": paper_of(row).url, "copies": row.copies.defer("differences")[:50]}
    values["later"] = row.replaced_by.first()
    return render(request, "reports/issuing/issue.html", values, status=400 if form.is_bound else 200)


@require_GET
def issue_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the paper as it is printed with number and day."""
    row = access.get_row_for(actor_of(request), pk)
    if kind not in ("docx", "pdf") or not row.n:
        raise Http404
    name = row.symbol.replace("/", "-")
    return attachment(store.get(getattr(row, kind)), f"{name}.{kind}", kind)


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a signed copy differs from the frozen text, and keep what the clerk says of it."""
    actor = actor_of(request)
    found = access.get_copy_for(actor, pk)
    form = RemarkForm(request.POST or None, initial={"remark": found.remark})
    if request.method == "POST" and form.is_valid():
        actions.remark_on_copy(found, form.cleaned_data["remark"], actor=actor)
        messages.success(request, _("The remark is kept with the copy."))
        return redirect("reports:copy", pk)
    unit = found.registration.unit
    values = {"copy": found, "page": page_of(request, found.differences, 50), "form": form}
    values["clerk"] = access.is_clerk(actor, unit)
    return render(request, "reports/issuing/copy.html", values, status=400 if form.is_bound else 200)


@require_GET
def copy_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a signed copy as it came."""
    found = access.get_copy_for(actor_of(request), pk)
    return attachment(store.get(found.sha256), found.filename, "")


@require_GET
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the figures of a published report as a workbook, a table a task; the same bytes as were filed."""
    report = access.get_published_for(actor_of(request), pk)
    return attachment(render_sheet(values_of(report)), f"annex-{report.pk}.xlsx", "xlsx")


@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the minutes of the adoption to whoever sees the report."""
    report = get_consolidated_for(actor_of(request), pk)
    adopted = queries.adoption_of(report)
    if adopted is None or not adopted.sha256:
        raise Http404
    return attachment(store.get(adopted.sha256), adopted.filename, "")
