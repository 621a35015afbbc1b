"""Earlier years of a unit's review: figures by sheet, and old reports cut into passages."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.reviews import access, actions, queries
from liencap.reviews.content import from_plain
from liencap.reviews.earlier import columns_of, sheet_of
from liencap.reviews.figures import tables_of
from liencap.reviews.forms import FileForm, OldReportForm, tie_choices
from liencap.reviews.judging import PROBLEMS
from liencap.reviews.models import FigureCell
from liencap.ui.paging import page_of
from liencap.units.access import actor_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was imported, how much of the review that is, and the two ways in."""
    owed = access.get_own_for(actor_of(request), pk)
    counts = [table.counts() for table in tables_of(owed.review, owed.unit, owed.unit_id)]
    olds = owed.old_reports.select_related("version__document", "version__reading")
    context = {
        "owed": owed, "figures": (sum(n for n, _of in counts), sum(of for _n, of in counts)),
        "passages": queries.passage_counts(owed, from_plain(owed.draft)), "imports": owed.imports.all()[:10],
        "olds": olds.annotate(n=Count("passages"))[:20], "file_form": FileForm(), "report_form": OldReportForm(),
        "open": owed.review.state == "open",
    }  # fmt: skip
    return render(request, "reviews/earlier.html", context)


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the sheet to fill in."""
    owed = access.get_own_for(actor_of(request), pk)
    answer = HttpResponse(sheet_of(owed), content_type=XLSX)
    name = content_disposition_header(True, f"{owed.unit.code}-earlier-years.xlsx")
    answer["Content-Disposition"] = name or "attachment"
    return answer


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a filled sheet and show its preview."""
    actor = actor_of(request)
    owed = access.get_own_for(actor, pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        raise DomainError("no-file", _("Choose a file first."))
    batch = actions.upload_figures(owed, *form.data_of(), actor=actor)
    return redirect("reviews:earlier-preview", batch.pk)


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what importing a sheet would do, cell by cell; `?state=` keeps one state."""
    batch = access.get_import_for(actor_of(request), pk)
    found = dict(batch.cells.order_by().values_list("state").annotate(Count("pk")))
    counts = [(state, label, found.get(state, 0)) for state, label in FigureCell.State.choices]
    state = request.GET.get("state", "")
    cells = batch.cells.filter(state=state) if state in FigureCell.State.values else batch.cells.all()
    page = page_of(request, cells.select_related("unit"), 50)
    names = {(one.code, one.cell): one.name for one in columns_of(batch.unit_review.review)}
    rows = [(one, names.get((one.code, one.cell), one.code), PROBLEMS.get(one.problem, "")) for one in page]
    context = {
        "batch": batch, "owed": batch.unit_review, "counts": counts, "state": state, "page": page, "rows": rows,
        "errors": found.get("error", 0), "changes": found.get("new", 0) + found.get("changed", 0),
    }  # fmt: skip
    return render(request, "reviews/earlier_preview.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Import a preview, all of it."""
    actor = actor_of(request)
    batch = access.get_import_for(actor, pk)
    count = actions.apply_figures(batch, actor=actor)
    said = ngettext(
        "Imported: %(n)s figure, marked as not accepted here.",
        "Imported: %(n)s figures, marked as not accepted here.", count,
    )  # fmt: skip
    messages.success(request, said % {"n": count})
    return redirect("reviews:earlier", batch.unit_review_id)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a preview away."""
    actor = actor_of(request)
    batch = access.get_import_for(actor, pk)
    actions.drop_figures(batch, actor=actor)
    messages.success(request, _("The preview was dropped; nothing was imported."))
    return redirect("reviews:earlier", batch.unit_review_id)


@require_POST
def add_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a report of an earlier year."""
    actor = actor_of(request)
    owed = access.get_own_for(actor, pk)
    form = OldReportForm(request.POST, request.FILES)
    if not form.is_valid():
        raise DomainError("no-file", _("Choose a file and write the year of the report."))
    data, name = form.data_of()
    said = form.cleaned_data
    old = actions.add_old_report(
        owed, data, name, year=said["year"], no_secrecy=said["no_secrecy"], actor=actor
    )
    return redirect("reviews:old", old.pk)


@require_http_methods(["GET", "POST"])
def old_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an old report's passages, and tie those of a page to groups."""
    actor = actor_of(request)
    old = access.get_old_report_for(actor, pk)
    groups = queries.groups_of(old.unit_review.review)
    page = page_of(request, old.passages.select_related("group"), 20)
    if request.method == "POST":
        for passage in page:
            chosen = tie_choices(groups, request.POST, [passage.pk])
            if passage.pk in chosen:
                actions.tie_passage(passage, chosen[passage.pk], actor=actor)
        messages.success(request, _("The passages are sorted."))
        return redirect(f"{request.path}?page={page.number}")
    tied = old.passages.filter(group__isnull=False).count()
    context = {"old": old, "owed": old.unit_review, "page": page, "groups": groups, "tied": tied}
    return render(request, "reviews/old.html", context)


@require_POST
def cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Cut a report that has been read into passages."""
    actor = actor_of(request)
    count = actions.cut_passages(access.get_old_report_for(actor, pk), actor=actor)
    said = ngettext(
        "Cut into %(n)s passage, marked as not accepted here.",
        "Cut into %(n)s passages, marked as not accepted here.", count,
    )  # fmt: skip
    messages.success(request, said % {"n": count})
    return redirect("reviews:old", pk)
