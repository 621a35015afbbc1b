"""Parse an upload, and the head of a unit's papers."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.documents.models import Letterhead


class UploadForm(forms.Form):
    """A file, a title, and the declaration that is asked where the text cannot be looked at."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("TXT, HTML, DOCX or PDF with text. Never a document with a secrecy mark."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Leave it empty to take the document's own subject."),
    )
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


class LetterheadForm(forms.Form):
    """The lines at the head of a unit's papers; an empty one is taken from the tree."""

    form = forms.ChoiceField(
        label=gettext_lazy("Form of the papers"), choices=Letterhead.Form.choices, widget=forms.RadioSelect
    )
    authority = forms.CharField(
        label=gettext_lazy("The body above, as papers name it"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Left empty: the name of the unit above."),
    )
    issuer = forms.CharField(
        label=gettext_lazy("Your unit, as papers name it"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Left empty: the unit's name."),
    )
    place = forms.CharField(
        label=gettext_lazy("Place of the date line"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The town that stands before the day on your papers."),
    )
    on_behalf = forms.CharField(
        label=gettext_lazy("In whose name the head signs"),
        max_length=250,
        required=False,
        help_text=gettext_lazy(
            "Such as “TM. BAN CHẤP HÀNH”; “T/M BAN THƯỜNG VỤ” in the party form. Left empty: the head signs alone."
        ),
    )
