"""Parse what a person writes in a plan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.plans.models import PlanItem, UnitPlan
from liencap.ui.widgets import DateInput


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class HeadForm(forms.Form):
    """Number and day, who issues and who signs: all that an uploaded plan needs."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=gettext_lazy("Number and symbol"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "Such as 05/KH-LHT, or 05-KH/TU in the party form. Empty until the clerk gives it."
        ),
    )
    date = forms.DateField(label=gettext_lazy("Day of issue"), widget=DateInput, required=False)
    subject = forms.CharField(label=gettext_lazy("What the plan is about"), max_length=500)
    issuer = forms.CharField(label=gettext_lazy("Who issues it"), max_length=250)
    signatory_role = forms.CharField(
        label=gettext_lazy("Office of who signs"), max_length=250, required=False
    )
    signatory = forms.CharField(label=gettext_lazy("Name of who signs"), max_length=200, required=False)

    def words(self) -> dict[str, Any]:
        """Return the words without the revision."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class WordsForm(HeadForm):
    """All the words of a composed plan, in the order of the paper."""

    form = forms.ChoiceField(
        label=gettext_lazy("Form of the paper"),
        choices=UnitPlan.Form.choices,
        help_text=gettext_lazy("It sets the head. Motto lines below are printed as you write them."),
    )
    authority = forms.CharField(label=gettext_lazy("Body above, at the head"), max_length=250, required=False)
    motto = forms.CharField(label=gettext_lazy("Motto at the head"), required=False, widget=_lines(2))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)
    bases = forms.CharField(label=gettext_lazy("Bases, one a line"), required=False, widget=_lines(4))
    purpose = forms.CharField(
        label=gettext_lazy("Purpose and requirements"), required=False, widget=_lines(4)
    )
    implementation = forms.CharField(
        label=gettext_lazy("How it is carried out"), required=False, widget=_lines(4)
    )
    recipients = forms.CharField(
        label=gettext_lazy("Recipients, one a line"), required=False, widget=_lines(3)
    )
    on_behalf = forms.CharField(
        label=gettext_lazy("On behalf of"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Such as “TM. BAN CHẤP HÀNH”; “T/M BAN THƯỜNG VỤ” in the party form."),
    )
    field_order = (
        "revision", "form", "authority", "issuer", "motto", "number", "place", "date", "subject", "bases",
        "purpose", "implementation", "recipients", "on_behalf", "signatory_role", "signatory",
    )  # fmt: skip


class ItemForm(forms.Form):
    """A line's day and who in the unit does it; the words only of an own one; a waiver only of an inherited one."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("What is to be done"), widget=_lines(3))
    owner = forms.CharField(label=gettext_lazy("Who in the unit does it"), max_length=300, required=False)
    due = forms.DateField(label=gettext_lazy("To be done by"), widget=DateInput, required=False)
    waiver = forms.CharField(
        label=gettext_lazy("Waiver: who allowed a later day, and why"), max_length=300, required=False
    )

    def __init__(self, data: Any, *, item: PlanItem, **more: Any) -> None:
        super().__init__(data, **more)
        if not item.is_own:
            del self.fields["text"]
        if item.assignment is None or item.assignment.due is None:
            del self.fields["waiver"]


class AddForm(forms.Form):
    """A task of the unit's own, free-standing or under an inherited one."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("What is to be done"), widget=_lines(3))
    above = forms.ChoiceField(label=gettext_lazy("Belongs to"), required=False)
    owner = forms.CharField(label=gettext_lazy("Who in the unit does it"), max_length=300, required=False)
    due = forms.DateField(label=gettext_lazy("To be done by"), widget=DateInput, required=False)

    def __init__(self, data: Any, *, tops: Iterable[PlanItem], **more: Any) -> None:
        super().__init__(data, **more)
        self.tops = {str(item.pk): item for item in tops}
        choices = [(key, f"{item.label} {item.words[:70]}".strip()) for key, item in self.tops.items()]
        field = self.fields["above"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("a task of its own")), *choices]

    def line_above(self) -> PlanItem | None:
        """Return the line that the new one belongs to."""
        return self.tops.get(self.cleaned_data["above"])


class DecisionForm(forms.Form):
    """One decision about one line."""

    revision = forms.IntegerField()
    deed = forms.ChoiceField(
        choices=[(d, d) for d in ("pair", "unpair", "take", "leave", "reopen", "remove")]
    )
    mate = forms.IntegerField(required=False)
    reason = forms.CharField(required=False, max_length=300)


class RevisionForm(forms.Form):
    """The revision that the person saw."""

    revision = forms.IntegerField()


class ReasonForm(forms.Form):
    """Why a plan is replaced."""

    reason = forms.CharField(label=gettext_lazy("Why the plan is replaced"), max_length=300)


class CallForm(forms.Form):
    """The day by which plans are asked for; empty when none is."""

    due = forms.DateField(
        label=gettext_lazy("Each unit that holds tasks issues its plan by"),
        widget=DateInput,
        required=False,
        help_text=gettext_lazy(
            "Leave it empty to ask for no plan. Units are reminded until they have issued theirs."
        ),
    )


class UploadForm(forms.Form):
    """The file of a plan that was issued on paper."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("TXT, HTML, DOCX or PDF with text. Never a document with a secrecy mark."),
    )
    no_secrecy = forms.BooleanField(
        label=gettext_lazy("I have looked: the document carries no secrecy mark"),
        required=False,
        help_text=gettext_lazy("Needed for scans and files that cannot be read here."),
    )
    reason = forms.CharField(label=gettext_lazy("Why the plan is replaced"), max_length=300, required=False)

    def __init__(self, *args: Any, replaces: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if replaces:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file beyond the limit before its bytes are read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
        return file


class TemplateForm(forms.Form):
    """A Word template and the language of the plans it is for."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the plan"), choices=UnitPlan.Language.choices
    )
    file = forms.FileField(label=gettext_lazy("Word template (DOCX)"), allow_empty_file=True)


class FilterForm(forms.Form):
    """Which units of the list are shown."""

    q = forms.CharField(label=gettext_lazy("Name or code"), required=False, max_length=100)
    tier = forms.CharField(required=False, max_length=60)
    state = forms.ChoiceField(
        label=gettext_lazy("Plan"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("issued", gettext_lazy("issued")),
            ("missing", gettext_lazy("not issued")),
        ],
    )
