"""Parse what people type about units, seats and imports."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.ui.widgets import DateInput
from liencap.units.access import today
from liencap.units.models import Appointment, Body, Role, Tier, Unit, UnitEvent


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day that has come."""
    return forms.DateField(label=label, widget=DateInput(), validators=[not_future], **more)


def not_future(day: datetime.date) -> None:
    """Refuse a day to come: the tree of today is what paths and rights follow."""
    if day > today():
        raise ValidationError(_("The day lies in the future."))


class NameForm(forms.Form):
    """The names of a unit."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=250)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=250, required=False)


class FoundUnitForm(forms.Form):
    """A new unit below another."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=250)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=250, required=False)
    tier = forms.ModelChoiceField(Tier.objects.all(), label=gettext_lazy("Tier"))
    since = day_field(gettext_lazy("Since"))

    def below(self, parent: Unit) -> "FoundUnitForm":
        """Offer only the tiers that stand lower than the parent's."""
        field = self.fields["tier"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Tier.objects.filter(rank__gt=parent.tier.rank)
        return self


class MoveForm(forms.Form):
    """The new place of a unit."""

    parent = forms.CharField(
        label=gettext_lazy("Code of the new unit above"),
        max_length=40,
        help_text=gettext_lazy("The code stands on the page of each unit."),
    )
    since = day_field(gettext_lazy("Since"))
    visible: "QuerySet[Unit]" = Unit.objects.none()

    def among(self, visible: "QuerySet[Unit]") -> "MoveForm":
        """Accept only units that the asker may see."""
        self.visible = visible
        return self

    def clean_parent(self) -> Unit:
        """Find the unit with the typed code."""
        typed = self.cleaned_data["parent"].strip()
        found = self.visible.filter(code=typed).first()
        if found is None:
            raise ValidationError(_("There is no unit with the code “%(code)s”.") % {"code": typed})
        return found


class CloseForm(forms.Form):
    """The end of a unit, and who takes its place."""

    day = day_field(gettext_lazy("First day without the unit"))
    successors = forms.CharField(
        label=gettext_lazy("Codes of the units that take its place"), max_length=400, required=False,
        help_text=gettext_lazy(
            "One for a merger, several with commas for a division, none when no unit follows. Found new units first."
        ),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Number and date of the decision, or why"), max_length=300)
    visible: "QuerySet[Unit]" = Unit.objects.none()

    def among(self, visible: "QuerySet[Unit]") -> "CloseForm":
        """Accept only units that the asker may see."""
        self.visible = visible
        return self

    def clean_successors(self) -> list[Unit]:
        """Find the units with the typed codes."""
        codes = list(
            dict.fromkeys(self.cleaned_data["successors"].replace(",", " ").replace(";", " ").split())
        )
        found = {unit.code: unit for unit in self.visible.filter(code__in=codes[:20])}
        for code in codes:
            if code not in found:
                raise ValidationError(_("There is no unit with the code “%(code)s”.") % {"code": code})
        return [found[code] for code in codes]


class BodyForm(forms.Form):
    """A committee, board or helpers' group."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=250)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=250, required=False)
    founded_by = forms.CharField(
        label=gettext_lazy("Founded by"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Number and date of the decision."),
    )
    since = day_field(gettext_lazy("Since"), required=False)


class SeatForm(forms.Form):
    """A new seat in a unit or one of its bodies."""

    role = forms.ModelChoiceField(Role.objects.order_by("name"), label=gettext_lazy("Role"))
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=gettext_lazy("Body"),
        required=False,
        empty_label=gettext_lazy("The unit itself"),
    )
    key = forms.CharField(
        label=gettext_lazy("Key of the seat"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Left empty, it is made of the unit's code and the role."),
    )

    def within(self, unit: Unit) -> "SeatForm":
        """Offer the bodies of the unit."""
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = unit.bodies.order_by("name")
        return self


class AppointForm(forms.Form):
    """Who takes a seat."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("As"), choices=Appointment.Kind.choices)
    since = day_field(gettext_lazy("Since"))


class EndForm(forms.Form):
    """The first day on which an appointment no longer holds."""

    until = day_field(gettext_lazy("First day without the seat"))


class MembersForm(forms.Form):
    """Who belongs to a unit: names and the day, nothing else."""

    names = forms.CharField(
        label=gettext_lazy("Full names, one on each line"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Up to 100 at once. Nothing but the name is kept of a member."),
    )
    since = day_field(gettext_lazy("Since"))

    def clean_names(self) -> list[str]:
        """Return the names, spaces made single; refuse too many or too long ones."""
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(names) > 100 or any(len(name) > 200 for name in names):
            raise ValidationError(_("Enter at most 100 names, each of at most 200 letters."))
        return names


class EndMembershipForm(forms.Form):
    """The first day on which somebody no longer belongs to the unit."""

    until = day_field(gettext_lazy("First day without the membership"))


class EraseForm(forms.Form):
    """Why a person is erased; no free words, which could name the person again."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[
            ("asked", gettext_lazy("The person asked for it")),
            ("ended", gettext_lazy("The data is no longer needed")),
            ("mistake", gettext_lazy("The person was entered by mistake")),
        ],
    )


class UploadForm(forms.Form):
    """A sheet of units and seats."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("XLSX or CSV (UTF-8), up to 20,000 rows. Nothing changes before you confirm."),
    )

    def clean_file(self) -> Any:
        """Refuse what is larger than the organisation allows."""
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_UPLOAD_BYTES:
            raise ValidationError(_("The file is too large."))
        return file


class LookForm(forms.Form):
    """What a list is asked for: words to find and a day."""

    q = forms.CharField(required=False, max_length=100)
    on = forms.DateField(required=False)


class EventForm(forms.Form):
    """What happened in a unit, or is planned."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=UnitEvent.Kind.choices)
    state = forms.ChoiceField(
        label=gettext_lazy("Has it taken place?"), choices=UnitEvent.State.choices[:2],
        initial=UnitEvent.State.HELD, widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )  # fmt: skip
    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    note = forms.CharField(
        label=gettext_lazy("Number of the document, or place"), max_length=250, required=False,
        help_text=gettext_lazy("For example the number of the minutes. No names of persons."),
    )  # fmt: skip


class CorrectEventForm(EventForm):
    """The same event with another day or another state; what it was stays what it was."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["kind"]
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = UnitEvent.State.choices
