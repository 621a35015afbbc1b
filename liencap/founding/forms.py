"""Parse what people type while they set their organisation up."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.founding.kinds import choices
from liencap.founding.queries import Suggestion
from liencap.founding.values import Line
from liencap.ui.widgets import DateInput
from liencap.units.models import Tier

MOST_LINES = 500


class BeginForm(forms.Form):
    """The organisation and whoever sets it up."""

    kind = forms.ChoiceField(label=gettext_lazy("What kind of organisation is it?"), choices=choices)
    name = forms.CharField(label=gettext_lazy("Its name"), max_length=250)
    name_en = forms.CharField(label=gettext_lazy("Its name in English"), max_length=250, required=False)
    authority = forms.CharField(
        label=gettext_lazy("The body above it, as papers name it"), max_length=250, required=False,
        help_text=gettext_lazy("First line of your papers; leave it empty when there is none."),
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("Place of the date line"), max_length=120, required=False,
        help_text=gettext_lazy("The town that stands before the day on your papers."),
    )  # fmt: skip
    person = forms.CharField(label=gettext_lazy("Your full name"), max_length=200)
    sign_in = forms.CharField(
        label=gettext_lazy("Your phone number or e-mail"), max_length=200,
        help_text=gettext_lazy("You will sign in with it; nothing is sent there."),
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("A password"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least ten characters. Write it down: nobody above you can renew it."),
    )  # fmt: skip

    def clean_password(self) -> str:
        """Refuse a password that is short or common."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password


class TierForm(forms.Form):
    """One tier."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=120, required=False)


TierSet = forms.formset_factory(TierForm, extra=3, max_num=20)


def kept_tiers(rows: Any) -> list[tuple[int | None, str, str]]:
    """Return the tiers of a valid formset that have a name, in order."""
    sent = (row.cleaned_data for row in rows)
    return [
        (row.get("pk"), row["name"].strip(), row["name_en"].strip())
        for row in sent
        if row.get("name", "").strip()
    ]


class UnitsForm(forms.Form):
    """Units typed one a line: name; head's name; phone or e-mail."""

    tier = forms.ModelChoiceField(Tier.objects.none(), label=gettext_lazy("They belong to the tier"))
    lines = forms.CharField(
        label=gettext_lazy("Units, one a line"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "After the name you may write, with semicolons: who heads it; phone or e-mail."
        ),
    )

    def __init__(self, data: Any, tiers: Any) -> None:
        super().__init__(data)
        field = self.fields["tier"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = tiers
        field.initial = tiers.first()
        field.empty_label = None

    def clean_lines(self) -> list[Line]:
        """Cut the lines into their parts; too many parts or lines are said with their place."""
        found = []
        for n, text in enumerate(self.cleaned_data["lines"].splitlines(), 1):
            parts = [part.strip() for part in text.split(";")]
            if not any(parts):
                continue
            if not parts[0] or len(parts) > 3:
                raise forms.ValidationError(
                    _("Line %(n)s: write the name of the unit; its head; phone or e-mail."), params={"n": n}
                )
            found.append(Line(*parts))
        if len(found) > MOST_LINES:
            raise forms.ValidationError(_("For more than 500 units bring the sheet."))
        return found


class DatesForm(forms.Form):
    """The first period: which tiers report, and by when."""

    title = forms.CharField(label=gettext_lazy("Name of the period"), max_length=250)
    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    until = forms.DateField(label=gettext_lazy("To"), widget=DateInput)

    def __init__(self, data: Any, tiers: list[Tier], offered: Suggestion) -> None:
        super().__init__(
            data, initial={"title": offered.title, "since": offered.since, "until": offered.until}
        )
        self.tiers = {f"due-{tier.pk}": tier for tier in tiers}
        for name, tier in self.tiers.items():
            self.fields[name] = forms.DateField(
                label=_("%(tier)s reports by") % {"tier": tier}, widget=DateInput, required=False,
                initial=offered.dues[tier.pk], help_text=_("Left empty: this tier does not report."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a period that nobody reports on."""
        clean = self.cleaned_data
        if not any(clean.get(name) for name in self.tiers):
            raise forms.ValidationError(_("Give at least one tier a day by which it reports."))
        return clean

    def dues(self) -> dict[Tier, datetime.date]:
        """Return the due day of each tier that reports."""
        return {tier: self.cleaned_data[name] for name, tier in self.tiers.items() if self.cleaned_data[name]}
