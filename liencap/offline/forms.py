"""Parse what people choose and drop; nothing here is saved."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.offline.models import LANGUAGES

AT_ONCE = 90  # files of one request; more come as a ZIP


class ManyFilesInput(forms.ClearableFileInput):
    """Let several files be chosen or dropped at once."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files as a list; a file of 0 bytes is taken, so that it can be named."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFilesInput, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return each file cleaned; refuse more than fit in a request."""
        found = data if isinstance(data, list | tuple) else [data] if data else []
        if len(found) > AT_ONCE:
            raise forms.ValidationError(
                _("More than %(most)s files at once: put them in a ZIP.") % {"most": AT_ONCE}
            )
        if not found:
            raise forms.ValidationError(_("Choose at least one file."))
        return [super(ManyFiles, self).clean(one, initial) for one in found]


class BundleForm(forms.Form):
    """For whom the forms are, and in which language."""

    deep = forms.ChoiceField(
        label=gettext_lazy("For which units"), required=False,
        choices=[("", gettext_lazy("Those directly below")), ("1", gettext_lazy("All below"))],
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language of the forms"), choices=LANGUAGES)


class DropForm(forms.Form):
    """The files that came back."""

    returned = ManyFiles(
        label=gettext_lazy("Files that came back"),
        help_text=gettext_lazy(
            "Choose or drop many at once, also a ZIP. Names do not matter; each form knows its unit."
        ),
    )

    def named(self) -> list[tuple[str, bytes]]:
        """Return names and bytes."""
        files: list[UploadedFile[bytes]] = self.cleaned_data["returned"]
        return [(file.name or "file", file.read()) for file in files]


class OwnForm(forms.Form):
    """One's own filled workbook."""

    file = forms.FileField(label=gettext_lazy("The filled workbook (XLSX)"), allow_empty_file=True)


class BookForm(forms.Form):
    """How the heads of units with an account agreed."""

    agreed = forms.CharField(
        label=gettext_lazy("How the heads of units with an account agreed"), max_length=300, required=False,
        help_text=gettext_lazy(
            "Such as “asked by telephone on 3 March”. It is kept in the log and shown to these units. "
            "Without it they are passed over."
        ),
    )  # fmt: skip


class FillForm(forms.Form):
    """The draft that one saw before it is replaced."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
