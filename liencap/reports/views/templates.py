"""The Word templates of the seat's unit: which prints, how to change it, how to go back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.printing.sentences import in_words
from liencap.reports import access, actions
from liencap.reports.actions.templates import LANGUAGES
from liencap.reports.forms import TemplateForm
from liencap.reports.templating import in_use
from liencap.units.access import actor_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """Show which template prints in each language, and take another in."""
    actor = actor_of(request)
    unit = access.get_unit_to_style(actor)
    form, problems = TemplateForm(request.POST or None, request.FILES or None), list[dict[str, str]]()
    if request.method == "POST" and form.is_valid():
        file, language = form.cleaned_data["file"], form.cleaned_data["language"]
        made, found = actions.set_template(unit, language, file.read(), file.name, actor=actor)
        if made:
            messages.success(request, _("The template is in use from the next report on."))
            return redirect("reports:templates")
        problems = [in_words(problem) for problem in found]
    rows = [in_use(unit, language) for language in LANGUAGES]
    values = {"unit": unit, "form": form, "rows": rows, "problems": problems, "room": "reports"}
    return render(request, "reports/templates.html", values, status=400 if form.is_bound else 200)


@require_GET
def template_file(request: HttpRequest, language: str) -> HttpResponse:
    """Hand out the template in use, to be changed in Word."""
    unit = access.get_unit_to_style(actor_of(request))
    if language not in LANGUAGES:
        raise Http404
    answer = HttpResponse(in_use(unit, language).data, content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="report-{language}.docx"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


@require_POST
def template_reset(request: HttpRequest, language: str) -> HttpResponse:
    """Go back to the template from above."""
    actor = actor_of(request)
    unit = access.get_unit_to_style(actor)
    if language not in LANGUAGES:
        raise Http404
    actions.reset_template(unit, language, actor=actor)
    messages.success(request, _("Your unit prints with the template from above again."))
    return redirect("reports:templates")
