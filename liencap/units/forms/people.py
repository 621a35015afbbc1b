"""Parse what people type about coming in by a slip, following in a seat and losing access."""

import datetime
from collections.abc import Collection
from typing import Any

from allauth.mfa.webauthn.internal.auth import complete_registration, parse_registration_response
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.accounts.pins import weakness
from liencap.accounts.queries import normal_name
from liencap.ui.widgets import DateInput
from liencap.units.access import today
from liencap.units.models import Appointment, Membership, Person


class CodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=gettext_lazy("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "form-control-lg"}
        ),
    )


def _covered(**more: Any) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "form-control-lg", **more})


class PinWay(forms.Form):
    """A PIN for this device, twice."""

    pin = forms.CharField(
        label=gettext_lazy("PIN"),
        help_text=gettext_lazy("Six digits or more that nobody would guess."),
        widget=_covered(inputmode="numeric", pattern="[0-9]*", maxlength="12"),
    )
    again = forms.CharField(
        label=gettext_lazy("The same PIN again"),
        widget=_covered(inputmode="numeric", pattern="[0-9]*", maxlength="12"),
    )

    def __init__(self, *args: Any, held: Appointment | Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held

    def clean_pin(self) -> str:
        """Refuse a PIN that others would try first."""
        typed = str(self.cleaned_data["pin"])
        user = self.held.person.user
        names = list(user.login_names.values_list("name", flat=True)) if user else []
        if wrong := weakness(
            typed, [*names, self.held.seat.key if isinstance(self.held, Appointment) else ""]
        ):
            raise ValidationError(wrong)
        return typed

    def clean_again(self) -> str:
        """Refuse a slip of the finger."""
        if self.cleaned_data["again"] != self.cleaned_data.get("pin", self.cleaned_data["again"]):
            raise ValidationError(_("The two PINs differ."))
        return str(self.cleaned_data["again"])


class PasswordWay(forms.Form):
    """A first password, twice."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        widget=_covered(),
        help_text=gettext_lazy("At least 10 characters."),
    )
    again = forms.CharField(label=gettext_lazy("The same password again"), strip=False, widget=_covered())

    def __init__(self, *args: Any, held: Appointment | Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held

    def clean_password(self) -> str:
        """Refuse passwords that are short or common."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def clean_again(self) -> str:
        """Refuse a slip of the finger."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password", self.cleaned_data["again"]):
            raise ValidationError(_("The two passwords differ."))
        return str(self.cleaned_data["again"])


class PasskeyWay(forms.Form):
    """What the browser's passkey dialogue gave."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, held: Appointment | Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held

    def clean_credential(self) -> Any:
        """Let allauth verify what the device signed; a passkey that asked for no finger, face or PIN is refused."""
        credential = self.cleaned_data["credential"]
        parse_registration_response(credential)
        if not complete_registration(credential).is_user_verified():
            raise ValidationError(_("This passkey is not protected by a finger, a face or a PIN."))
        return credential


WAYS: dict[str, Any] = {"pin": PinWay, "password": PasswordWay, "passkey": PasskeyWay}


def not_past(day: datetime.date) -> None:
    """Refuse a day that is over."""
    if day < today():
        raise ValidationError(_("The day has passed."))


def contact_of(typed: str) -> str:
    """Return a phone number or e-mail as it was typed; refuse what is neither."""
    typed = typed.strip()
    if "@" in typed:
        validate_email(typed)
    elif typed and not normal_name(typed).isdecimal():
        raise ValidationError(_("Type a phone number or an e-mail address."))
    return typed


class SomebodyForm(forms.Form):
    """A person for a seat: somebody new by name and contact, or one of those who hold a seat near by."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200, required=False)
    contact = forms.CharField(
        label=gettext_lazy("Phone number or e-mail"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("May stay empty; a slip is made either way."),
    )
    known = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Holder of a seat"), required=False, empty_label="—"
    )

    def among(self, people: "QuerySet[Person]") -> None:
        """Offer these people."""
        field = self.fields["known"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people

    def clean_contact(self) -> str:
        """Refuse what is neither a phone number nor an e-mail."""
        return contact_of(self.cleaned_data["contact"])


class SuccessorForm(SomebodyForm):
    """Who follows in a seat, from which day, and what the leaving holder leaves in writing."""

    field_order = ["seen", "who", "name", "contact", "known", "day", "note"]
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    who = forms.ChoiceField(
        label=gettext_lazy("Who takes the seat?"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[
            ("new", gettext_lazy("Somebody new")),
            ("known", gettext_lazy("Somebody who holds a seat here or directly below")),
            ("nobody", gettext_lazy("Nobody yet: the seat stays vacant")),
        ],
        initial="new",
    )
    day = forms.DateField(
        label=gettext_lazy("First day of the successor"), widget=DateInput(), validators=[not_past]
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the successor"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "What is agreed, where things lie, whom to ask. It is kept with the protocol."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the name that belongs to the choice."""
        data = super().clean() or {}
        if data.get("who") == "new" and not data.get("name"):
            self.add_error("name", _("Type the name of the successor."))
        if data.get("who") == "known" and not data.get("known"):
            self.add_error("known", _("Choose who takes the seat."))
        return data


class StandInForm(SomebodyForm):
    """Who stands in for the holder of a seat, and until when."""

    field_order = ["kind", "name", "contact", "known", "since", "last"]
    kind = forms.ChoiceField(
        label=gettext_lazy("As"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[
            ("acting", gettext_lazy("Acting holder: the seat is vacant or its holder is away")),
            ("delegate", gettext_lazy("Delegate: works beside the holder")),
            ("order", gettext_lazy("By order: signs at the holder's order, such as the head of an office")),
        ],
        initial="acting",
    )
    known = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Or a holder of a seat here or directly below"),
        required=False, empty_label="—",
    )  # fmt: skip
    since = forms.DateField(label=gettext_lazy("First day"), widget=DateInput(), validators=[not_past])
    last = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput(), validators=[not_past])

    def clean(self) -> dict[str, Any]:
        """Ask for one person and for days in order."""
        data = super().clean() or {}
        if bool(data.get("name")) == bool(data.get("known")):
            self.add_error("name", _("Type a name or choose a holder, one of the two."))
        if data.get("since") and data.get("last") and data["last"] < data["since"]:
            self.add_error("last", _("The last day lies before the first."))
        return data


class ReceiptForm(forms.Form):
    """What a successor ticks of the protocol as received: a box for each line, and a remark on the rest."""

    remark = forms.CharField(
        label=gettext_lazy("What is missing, or not as written"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, places: Collection[tuple[int, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"{n}-{m}": (n, m) for n, m in places}

    def ticked(self, boxes: Collection[str]) -> set[tuple[int, int]]:
        """Return the places of the boxes that came ticked; what is not in the protocol is passed over."""
        return {self.places[one] for one in boxes if one in self.places}


class RenewForm(forms.Form):
    """Why an access is renewed, and how much of it."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[
            ("password", gettext_lazy("The password or PIN is forgotten")),
            ("phone", gettext_lazy("The phone or computer is lost or replaced")),
            ("stolen", gettext_lazy("Somebody else may have got in")),
            ("factor", gettext_lazy("The authenticator app or passkey is lost")),
        ],
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What shall be renewed?"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[
            ("all", gettext_lazy("Everything: a new slip is made")),
            ("factors", gettext_lazy("Only the second step: the password stays")),
        ],
        initial="all",
    )
