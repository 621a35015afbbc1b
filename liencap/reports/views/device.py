"""What the script of the report form asks for: the key of the device, news of reports, and taking in what was kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports import access, display, queries
from liencap.reports.device import actions
from liencap.reports.device.forms import DeliveryForm, digest_of, unknown
from liencap.reports.device.keys import key_of, owner_of
from liencap.reports.device.queries import delivery_by, news_of, result_of
from liencap.reports.forming.mending import mends_of
from liencap.reports.forms import read_report
from liencap.reports.models import Indicator, Report
from liencap.units.access import actor_of

MENDS_SAID = 3  # fields named in one line; the rest is counted


@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # every view is given the request
    """Hand out the script that opens the form without a line; it stands here for its reach is the folder it is in."""
    found = finders.find("reports/device-worker.js")
    assert isinstance(found, str), "it is ours"
    return HttpResponse(Path(found).read_bytes(), content_type="text/javascript")


@never_cache
@require_POST
def key(request: HttpRequest) -> JsonResponse:
    """Hand out the key under which this person's words are kept on the device."""
    actor = actor_of(request)
    access.get_acting_unit(actor)
    assert actor.user_id is not None, "who holds a seat is somebody"
    return JsonResponse({"owner": owner_of(actor.user_id), "key": key_of(actor.user_id)})


@never_cache
@require_GET
def news(request: HttpRequest) -> JsonResponse:
    """Say how the reports stand that a device keeps, and which came back."""
    unit = access.get_acting_unit(actor_of(request))
    ids = [int(one) for one in request.GET.getlist("r")[:40] if one.isdecimal() and len(one) < 18]
    return JsonResponse({"reports": news_of(unit.pk, ids)})


@never_cache
@require_POST
def deliver(request: HttpRequest, pk: int) -> JsonResponse:
    """Take in what a device kept: saved, sent, refused in words, or what stands here now beside it."""
    report = access.get_own_report_for(actor_of(request), pk)
    form = DeliveryForm(request.POST)
    if not form.is_valid():
        words = _("The form could not be read; load the page again.")
        return JsonResponse({"result": "refused", "words": words}, status=400)
    try:
        return _taken_in(request, report, form.cleaned_data)
    except DomainError as refused:
        told = _refused(refused, report)
        # That others wrote meanwhile is an answer to the device, no failure: browsers would report one.
        return JsonResponse(told, status=200 if told["result"] == "conflict" else refused.status)


def _taken_in(request: HttpRequest, report: Report, said: dict[str, Any]) -> JsonResponse:
    """Take in what was brought, or tell anew what became of it."""
    actor, digest = actor_of(request), digest_of(request.POST)
    if (made := delivery_by(said["key"])) is not None:
        return JsonResponse(result_of(actions.same_as(made, report, digest, actor)))
    form = report.obligation.period.form
    assert form is not None, "only opened periods have reports"
    tasks, indicators = queries.tasks_of(report.obligation), queries.indicators_for(report)
    content, errors = read_report(request.POST.dict(), tasks, indicators, form.cells)
    if wrong := _wrong(request, tasks, indicators, errors):
        return JsonResponse(wrong, status=400)
    made = actions.deliver(report, content, digest=digest, actor=actor, **said)
    return JsonResponse(result_of(made))


def _wrong(
    request: HttpRequest, given: Sequence[Task], asked: Sequence[Indicator], errors: dict[str, str]
) -> dict[str, Any] | None:
    """Say what of the brought words cannot be kept: wrong numbers, or fields that are asked no more."""
    tasks, indicators = {task.pk for task in given}, {one.pk for one in asked}
    if unknown(request.POST, tasks, indicators):
        words = _("The form has changed since: some of what you wrote is asked no more. Open it and look.")
        return {"result": "changed", "words": words}
    if not errors:
        return None
    mends = mends_of(asked, errors)
    words = " ".join(
        f"{mend.label}: {mend.words}" if mend.label else mend.words for mend in mends[:MENDS_SAID]
    )
    more = len(mends) - MENDS_SAID
    words += " " + ngettext("%(n)s more field.", "%(n)s more fields.", more) % {"n": more} if more > 0 else ""
    return {"result": "wrong", "errors": errors, "words": words}


def _refused(refused: DomainError, report: Report) -> dict[str, Any]:
    """Say why nothing was taken in; where others wrote meanwhile, what stands here now."""
    if refused.code != "draft-changed":
        return {"result": "refused", "code": refused.code, "words": str(refused)}
    sheet = queries.sheet_of(report)
    theirs = display.typed_of(sheet.content, sheet.indicators)
    return {"result": "conflict", "revision": sheet.revision, "theirs": theirs, "words": str(refused)}
