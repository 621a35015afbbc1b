"""The page on which the office says which numbers of communication and study a period's reports show."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from liencap.reports import access
from liencap.reports.models import Period
from liencap.reports.recorded.actions import ask_lines
from liencap.reports.recorded.forms import AskedLinesForm
from liencap.reports.recorded.queries import offered, tasks_under
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, period: int) -> HttpResponse:
    """Choose under which task each line stands; a page of lines at a time."""
    actor = actor_of(request)
    found = access.get_period_to_open(actor, period)
    page = page_of(request, offered(found))
    tasks = found.programme.tasks.filter(rescinded=False, parent=None, set_by=None).order_by("order", "pk")
    items = list(page.object_list)
    under = tasks_under(found, [item.pk for item in items])
    form = AskedLinesForm(request.POST or None, items=items, under=under, tasks=list(tasks))
    if request.method == "POST" and form.is_valid():
        changed = ask_lines(found, form.wanted(), actor=actor)
        said = ngettext("%(n)s line was changed.", "%(n)s lines were changed.", changed) % {"n": changed}
        messages.success(request, said)
        return redirect(request.get_full_path())
    values = {"period": found, "page": page, "form": form, "closed": found.state == Period.State.CLOSED}
    return render(request, "reports/recorded/asked.html", values, status=400 if form.errors else 200)
