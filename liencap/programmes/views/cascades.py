"""Many tasks at once: assigning and passing down as background work, and confirming receipt."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.programmes import access, actions, queries
from liencap.programmes.forms import PassManyForm, RuleForm
from liencap.programmes.models import Cascade
from liencap.units.access import actor_of, can
from liencap.units.models import Unit

MOST = 500  # tasks that one order takes


def _ticked(request: HttpRequest) -> list[int]:
    """Return the numbers that were ticked."""
    sent = request.POST if request.method == "POST" else request.GET
    return [int(pk) for pk in sent.getlist("task")[:MOST] if pk.isdecimal() and len(pk) < 18]


def _rule_page(
    request: HttpRequest, form: RuleForm, tasks: list[tuple[int, str]], within: Unit, **more: object
) -> HttpResponse:
    """Show the chosen tasks, the rule, and how many assignments it would make of which units."""
    page = None
    if form.is_bound and form.is_valid():
        units = queries.units_by_rule(form.rule(), within, itself=more["kind"] == Cascade.Kind.ASSIGN)
        page = Paginator(units, 50).get_page(request.GET.get("page"))
    count = len(tasks) * page.paginator.count if page else 0
    values = {"form": form, "tasks": tasks, "page": page, "count": count, **more}
    return render(request, "programmes/cascade_new.html", values)


def _nothing(request: HttpRequest, back: str) -> HttpResponse:
    messages.warning(request, _("Tick the tasks first, then press the button again."))
    return redirect(back)


@require_http_methods(["GET", "POST"])
def assign_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview on GET which units get the ticked tasks of a programme; order it on POST."""
    programme = access.get_programme_for(actor_of(request), pk, "programme.assign")
    tasks = list(programme.tasks.filter(set_by=None, pk__in=_ticked(request)))
    back = reverse("programmes:detail", args=[pk])
    if not tasks:
        return _nothing(request, back)
    sent = request.POST if request.method == "POST" else request.GET
    form = RuleForm(sent if "asked" in sent else None, programme.unit)
    if request.method == "POST" and form.is_valid():
        due = form.cleaned_data["due"]
        made = actions.assign_tasks(programme, tasks, form.rule(), due=due, actor=actor_of(request))
        return redirect("programmes:cascade", made.pk)
    named = [(task.pk, str(task)) for task in tasks]
    return _rule_page(request, form, named, programme.unit, kind="assign", back=back, programme=programme)


@require_http_methods(["GET", "POST"])
def pass_many(request: HttpRequest) -> HttpResponse:
    """Preview on GET whom the ticked tasks of one's unit would be passed to; order it on POST."""
    actor, back = actor_of(request), reverse("programmes:owed")
    unit = access.get_acting_unit(actor, "programme.assign")
    held = list(access.own_assignments(actor, _ticked(request)))
    if not held:
        return _nothing(request, back)
    sent = request.POST if request.method == "POST" else request.GET
    form = PassManyForm(sent if "asked" in sent else None, unit)
    if request.method == "POST" and form.is_valid():
        how = {name: form.cleaned_data[name] for name in ("due", "waiver")}
        made = actions.pass_down_all(held, form.rule(), actor=actor, **how)
        return redirect("programmes:cascade", made.pk)
    named = [(one.pk, str(one.task)) for one in held]
    return _rule_page(request, form, named, unit, kind="pass-down", back=back)


@require_POST
def receive_many(request: HttpRequest) -> HttpResponse:
    """Confirm receipt of all that one's unit was given and has not confirmed."""
    actor = actor_of(request)
    access.get_acting_unit(actor, "programme.receive")
    done = actions.receive_assignments(list(access.waiting_assignments(actor)), actor=actor)
    said = ngettext("Receipt of %(n)s task is confirmed.", "Receipt of %(n)s tasks is confirmed.", done)
    messages.success(request, said % {"n": done})
    return redirect("programmes:owed")


@require_GET
def cascade(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a cascade is: a fragment to poll, a page without script."""
    actor = actor_of(request)
    found = access.get_cascade_for(actor, pk)
    away = reverse("programmes:owed")
    if found.programme_id:
        away = reverse("programmes:detail", args=[found.programme_id])
    values = {
        "cascade": found, "job": found.job, "progress_url": reverse("programmes:cascade", args=[pk]),
        "next_url": away, "next_label": _("Go on"), "may_assign": can(actor, "programme.assign", found.unit),
    }  # fmt: skip
    fragment = request.headers.get("HX-Request") and found.job
    return render(request, "ui/_progress.html" if fragment else "programmes/cascade.html", values)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a cascade after the step under way."""
    found = access.get_cascade_for(actor_of(request), pk, "programme.assign")
    actions.stop_cascade(found, actor=actor_of(request))
    messages.success(request, _("It stops after the step under way. You can let it go on later."))
    return redirect("programmes:cascade", pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a cascade go on where it ended."""
    found = access.get_cascade_for(actor_of(request), pk, "programme.assign")
    actions.resume_cascade(found, actor=actor_of(request))
    messages.success(request, _("It goes on where it ended."))
    return redirect("programmes:cascade", pk)
