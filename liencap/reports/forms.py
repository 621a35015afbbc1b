"""Parse what people type; nothing here is saved."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.core.rollup import check
from liencap.core.rollup.layout import Layout, State
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.reports.forming.controls import controls_of, figures_in
from liencap.reports.models import Indicator, Passage, Period, TaskEntry
from liencap.reports.owed.who import days_of
from liencap.ui.numbers import grouped
from liencap.ui.widgets import DateInput
from liencap.units.models import Tier

PASSAGE_MAX = 20_000


def read_report(
    typed: Mapping[str, str], tasks: Sequence[Task], indicators: Sequence[Indicator], layout: Layout
) -> tuple[Content, dict[str, str]]:
    """Return what the report form says and, by field, what is wrong with it."""
    states, passages, answered = {}, {}, {}
    for task in tasks:
        state = typed.get(f"state-{task.pk}", "")
        if state in TaskEntry.State.values:
            states[task.pk] = (state, typed.get(f"reason-{task.pk}", "").strip()[:500])
            seen = typed.get(f"v-{task.pk}", "")
            answered[task.pk] = int(seen) if seen.isdecimal() and len(seen) < 6 else task.version
        for question in Passage.Question.values:
            if text := typed.get(f"q-{task.pk}-{question}", "").strip():
                passages[task.pk, question] = text
    figures, errors = _figures(typed, indicators)
    errors |= _too_long(passages)
    names = {key: c.name for i in indicators for c in controls_of(i) for key in c.keys}
    for problem in check(layout, figures):
        errors.setdefault(names[problem.measure, problem.cell], _said(problem.code))
    said = {i.code: typed.get(f"why-{i.pk}", "").strip()[:500] for i in indicators}
    reasons = {code: reason for code, reason in said.items() if reason}
    return Content(states, passages, figures, answered, reasons, _causes(typed, tasks)), errors


def _too_long(passages: Mapping[tuple[int, str], str]) -> dict[str, str]:
    """Name the fields whose words are longer than can be kept: none is cut off in silence."""
    return {
        f"q-{task}-{question}": _(
            "This is longer than the %(most)s letters that can be kept: shorten it by %(over)s."
        )
        % {"most": grouped(PASSAGE_MAX), "over": grouped(len(text) - PASSAGE_MAX)}
        for (task, question), text in passages.items()
        if len(text) > PASSAGE_MAX
    }


def _causes(typed: Mapping[str, str], tasks: Sequence[Task]) -> dict[int, int]:
    """Read which coded cause was chosen on each task."""
    chosen = {task.pk: typed.get(f"c-{task.pk}", "") for task in tasks}
    return {task: int(pk) for task, pk in chosen.items() if pk.isdecimal() and len(pk) < 18}


def _figures(
    typed: Mapping[str, str], indicators: Sequence[Indicator]
) -> tuple[dict[tuple[str, str], Decimal | State], dict[str, str]]:
    figures: dict[tuple[str, str], Decimal | State] = {}
    errors = {}
    for indicator in indicators:
        for control in controls_of(indicator):
            read, wrong = figures_in(control, typed)
            figures |= read
            if wrong:
                errors[control.name] = wrong
    return figures, errors


def _said(code: str) -> str:
    """Say a problem of the core in the user's words."""
    return {
        "scale_loss": _("More decimal places than are asked for."),
        "overflow": _("This number is too large."),
        "negative": _("Write a number of zero or more."),
        "half_pair": _("Give both numbers or neither."),
        "zero_denominator": _("The whole cannot be zero."),
    }.get(code, _("This cannot be kept as it stands."))


class SendForm(forms.Form):
    """What the head confirms at sending."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why the report is sent anew"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The version that was read; for a return the reason and the tasks it is about."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    tasks = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, data: Any, tasks: Sequence[Task]) -> None:
        super().__init__(data)
        field = self.fields["tasks"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(t.pk, str(t)) for t in tasks]


class PeriodForm(forms.Form):
    """A period and the due date of each tier that holds tasks."""

    title = forms.CharField(label=gettext_lazy("Name of the period"), max_length=250)
    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    until = forms.DateField(label=gettext_lazy("To"), widget=DateInput)

    def __init__(self, data: Any, tiers: Sequence[Tier], period: Period | None = None) -> None:
        first: dict[str, Any] = {}
        if period is not None:
            first = {"title": period.title, "since": period.since, "until": period.until}
            first |= {f"due-{tier}": day for tier, day in days_of(period).items()}
        super().__init__(data, initial=first)
        self.tiers = {f"due-{tier.pk}": tier for tier in tiers}
        for name, tier in self.tiers.items():
            label = _("Due date of: %(tier)s") % {"tier": tier}
            self.fields[name] = forms.DateField(label=label, widget=DateInput)

    def said(self) -> dict[str, Any]:
        """Return the name, the days and the due date of each tier."""
        plan = {name: self.cleaned_data[name] for name in ("title", "since", "until")}
        return plan | {"dues": {tier: self.cleaned_data[name] for name, tier in self.tiers.items()}}


class EvidenceForm(forms.Form):
    """A file, what it shows, and the declaration that is asked where its text cannot be looked at."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy(
            "A photograph, PDF, DOCX, web page or text. Place and time in a photograph are dropped."
        ),
    )
    caption = forms.CharField(label=gettext_lazy("What it shows"), max_length=200)
    no_secrecy = forms.BooleanField(
        label=gettext_lazy("I have looked: the document carries no secrecy mark"),
        required=False,
        help_text=gettext_lazy("Needed for scans and files that cannot be read here."),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file beyond the limit before its bytes are read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
        return file


class TemplateForm(forms.Form):
    """A Word template and the language of the reports it is for."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the report"),
        choices=[("vi", gettext_lazy("Vietnamese")), ("en", gettext_lazy("English"))],
    )
    file = forms.FileField(label=gettext_lazy("Word template (DOCX)"), allow_empty_file=True)
