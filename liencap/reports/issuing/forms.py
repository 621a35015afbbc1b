"""Parse what people type on the way to a numbered paper; nothing here is saved."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.reports.issuing.actions import Asked
from liencap.reports.issuing.actions.adopting import Decision
from liencap.reports.issuing.queries import Choices
from liencap.reports.models import Adoption, DraftComment, DraftRecipient
from liencap.reports.printing.values import PrintedReport
from liencap.ui.widgets import DateInput
from liencap.units.models import Unit

NO_SECRECY = gettext_lazy("I have looked: the document carries no secrecy mark")


def _whole(file: "UploadedFile[bytes] | None") -> "UploadedFile[bytes] | None":
    """Refuse a file beyond the limit before its bytes are read."""
    if file is not None and (file.size or 0) > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
    return file


class SendDraftForm(forms.Form):
    """Who is asked for comments on a draft, by when, with which words."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    due = forms.DateField(label=gettext_lazy("Comments by"), widget=DateInput)
    everybody = forms.BooleanField(label=gettext_lazy("All units directly below"), required=False)
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Units"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    bodies = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Bodies of this unit"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seats = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Seats of this unit"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("What you ask for"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        max_length=2000,
    )  # fmt: skip

    def __init__(self, data: Any, choices: Choices, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.choices = choices
        for name in ("units", "bodies", "seats"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices = [(one.pk, str(one)) for one in getattr(choices, name)]
            if not field.choices:
                del self.fields[name]
        if not choices.below:
            del self.fields["everybody"]

    def asked(self, below: list[Unit], unit: Unit) -> list[Asked]:
        """Return who is asked; `below` are all units directly below, used when everybody is meant."""
        said = self.cleaned_data
        wanted = {name: {*said.get(name, ())} for name in ("units", "bodies", "seats")}
        units = {one.pk: one for one in self.choices.units if one.pk in wanted["units"]}
        if said.get("everybody"):
            units |= {one.pk: one for one in below}
        found = [Asked(one) for one in units.values()]
        found += [Asked(unit, body=one) for one in self.choices.bodies if one.pk in wanted["bodies"]]
        return found + [Asked(unit, seat=one) for one in self.choices.seats if one.pk in wanted["seats"]]


class CommentForm(forms.Form):
    """A comment on one section of a draft, or on the whole, and for whom it is made."""

    recipient = forms.TypedChoiceField(label=gettext_lazy("On behalf of"), coerce=int)
    task = forms.TypedChoiceField(
        label=gettext_lazy("On which part"), coerce=int, required=False, empty_value=None
    )
    text = forms.CharField(
        label=gettext_lazy("Your comment"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000
    )

    def __init__(
        self, data: Any, recipients: list[DraftRecipient], values: PrintedReport, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        who, part = self.fields["recipient"], self.fields["task"]
        assert isinstance(who, forms.TypedChoiceField)
        assert isinstance(part, forms.TypedChoiceField)
        who.choices = [(one.pk, str(one)) for one in recipients]
        if len(recipients) == 1:
            who.widget, who.initial = forms.HiddenInput(), recipients[0].pk
        named = [(s.ref, s.heading[:110]) for s in values.sections if s.ref]
        part.choices = [("", _("The whole report")), *named]


class AnswerForm(forms.Form):
    """What became of a comment, and why."""

    answer = forms.ChoiceField(choices=DraftComment.Answer.choices)
    reason = forms.CharField(required=False, max_length=20_000)


class AdoptForm(forms.Form):
    """The decision of a meeting as its minutes have it."""

    body = forms.CharField(label=gettext_lazy("Body that adopted it"), max_length=250)
    day = forms.DateField(label=gettext_lazy("Day of the meeting"), widget=DateInput)
    place = forms.CharField(label=gettext_lazy("Where it met"), max_length=200, required=False)
    votes_for = forms.IntegerField(
        label=gettext_lazy("Votes for"), min_value=0, max_value=9_999, required=False
    )
    votes_against = forms.IntegerField(
        label=gettext_lazy("Votes against"), min_value=0, max_value=9_999, required=False
    )
    votes_abstained = forms.IntegerField(
        label=gettext_lazy("Abstained"), min_value=0, max_value=9_999, required=False
    )
    minutes = forms.CharField(
        label=gettext_lazy("Number of the minutes"), max_length=80, required=False,
        help_text=gettext_lazy("The number or the file is needed; both are better."),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("The minutes as a file"), required=False)
    no_secrecy = forms.BooleanField(label=NO_SECRECY, required=False)

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse a file beyond the limit."""
        return _whole(self.cleaned_data.get("file"))

    def decision(self) -> Decision:
        """Return what was typed as the deed wants it."""
        return Decision(**{name: self.cleaned_data[name] for name in Decision.__slots__})

    @staticmethod
    def of(kept: Adoption | None, bodies: list[Any]) -> dict[str, Any]:
        """Return what the form begins with."""
        if kept is not None:
            return {name: getattr(kept, name) for name in Decision.__slots__}
        return {"body": str(bodies[0])} if len(bodies) == 1 else {}


class RegisterForm(forms.Form):
    """Number and day of issue, and why they are corrected."""

    n = forms.IntegerField(label=gettext_lazy("No."), min_value=1, max_value=999_999)
    symbol = forms.CharField(
        label=gettext_lazy("The whole mark"), max_length=80,
        help_text=gettext_lazy("As it stands on the paper, with the number in it."),
    )  # fmt: skip
    date = forms.DateField(label=gettext_lazy("Day of issue"), widget=DateInput)
    reason = forms.CharField(
        label=gettext_lazy("Why it is corrected"), max_length=300, required=False,
        help_text=gettext_lazy("The paper is printed again; the log keeps the old number."),
    )  # fmt: skip

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]

    def values(self) -> tuple[int, str, datetime.date]:
        """Return number, mark and day."""
        said = self.cleaned_data
        return said["n"], said["symbol"], said["date"]


class CopyForm(forms.Form):
    """The signed paper."""

    file = forms.FileField(
        label=gettext_lazy("Signed copy"), allow_empty_file=True,
        help_text=gettext_lazy("A scan or a PDF with the signature; a PDF with text is compared word by word."),
    )  # fmt: skip
    no_secrecy = forms.BooleanField(
        label=NO_SECRECY, required=False,
        help_text=gettext_lazy("Needed for scans and files that cannot be read here."),
    )  # fmt: skip

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse a file beyond the limit."""
        return _whole(self.cleaned_data["file"])


class RemarkForm(forms.Form):
    """What the clerk says of differences."""

    remark = forms.CharField(label=gettext_lazy("What the differences are"), max_length=500)
