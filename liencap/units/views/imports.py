"""Import in two steps: upload and look, then confirm."""

from django.contrib import messages
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.audit.actions import record_read
from liencap.errors import DomainError, NotAllowed
from liencap.ui.paging import page_of
from liencap.units import access, actions, forms
from liencap.units.models import ImportRow
from liencap.units.sample import described_columns, sample_sheet


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Show the columns, the form for the file and earlier imports; a file leads to its preview."""
    actor = access.actor_of(request)
    seat = access.seat_of(actor)
    if seat is None or not access.can(actor, "unit.edit", seat.unit, seat=seat):
        raise NotAllowed("not-allowed", _("Your seat does not carry the right to do this here."))
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect(
                "units:import", actions.upload_import(file.read(), file.name, unit=seat.unit, actor=actor).pk
            )
        except DomainError as refused:
            form.add_error("file", str(refused))
    shown = {
        "form": form, "unit": seat.unit, "columns": described_columns(),
        "page": page_of(request, access.imports_visible_to(actor), size=20),
    }  # fmt: skip
    return render(request, "units/import_list.html", shown, status=400 if form.errors else 200)


@require_GET
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an import would do, row by row; `?state=` keeps one state."""
    actor = access.actor_of(request)
    batch = access.get_import_for(actor, pk)
    if batch.made_by != actor.user_id:
        record_read("import", actor=actor, kind="import", object_id=pk, unit_id=batch.unit_id)
    found = dict(batch.rows.order_by().values_list("state").annotate(Count("pk")))
    counts = [(state, ImportRow.State(state).label, found.get(state, 0)) for state in ImportRow.State.values]
    state = request.GET.get("state", "")
    rows = batch.rows.filter(state=state) if state in ImportRow.State.values else batch.rows.all()
    changes = found.get("new", 0) + found.get("changed", 0)
    shown = {
        "batch": batch, "counts": counts, "state": state, "page": page_of(request, rows),
        "errors": found.get("error", 0), "changes": changes,
    }  # fmt: skip
    return render(request, "units/import_preview.html", shown)


@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply an import."""
    actor = access.actor_of(request)
    counts = actions.apply_import(access.get_import_for(actor, pk), actor=actor)
    done = _(
        "Imported: %(units)s new units, %(renamed)s changed units, %(seats)s seats, %(appointments)s appointments, "
        "%(members)s members."
    )
    messages.success(request, done % counts)
    return redirect("units:import", pk)


@require_POST
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a preview away."""
    actor = access.actor_of(request)
    actions.drop_import(access.get_import_for(actor, pk), actor=actor)
    messages.success(request, _("The preview was dropped; nothing was imported."))
    return redirect("units:imports")


@require_GET
def import_sample(request: HttpRequest) -> FileResponse:  # noqa: ARG001  # every view is given its request
    """Send a sheet that shows how the columns are filled; any signed-in person may have it."""
    return FileResponse(sample_sheet(), as_attachment=True, filename="liencap-units.xlsx")
