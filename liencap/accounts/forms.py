"""Read what people type to sign in and to change a password."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from liencap.accounts.models import Device, User
from liencap.accounts.pins import LEAST, MOST, weakness


class SignInForm(forms.Form):
    """A sign-in name of any kind and a password."""

    name = forms.CharField(
        label=_("E-mail, phone number or unit code"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def digits(autocomplete: str) -> forms.PasswordInput:
    """Return a field for a PIN: covered, with the keys for digits on a phone."""
    return forms.PasswordInput(
        attrs={"autocomplete": autocomplete, "inputmode": "numeric", "pattern": "[0-9]*", "maxlength": MOST,
               "class": "form-control-lg"}
    )  # fmt: skip


class PinForm(forms.Form):
    """The PIN of one of this browser's devices."""

    device = forms.ChoiceField(
        label=_("Who are you?"), widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )
    pin = forms.CharField(label=_("PIN of this device"), widget=digits("current-password"))

    def __init__(self, devices: list[Device], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.devices = devices
        field = self.fields["device"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(d.pk), d.user.name) for d in devices]
        field.initial = str(devices[0].pk) if devices else ""
        if len(devices) == 1:
            field.widget = forms.HiddenInput()

    def clean_device(self) -> Device:
        """Return the chosen device."""
        return next(d for d in self.devices if str(d.pk) == self.cleaned_data["device"])


class NewPinForm(forms.Form):
    """A PIN for this device, twice."""

    pin = forms.CharField(
        label=_("PIN"),
        help_text=format_lazy(
            _("{least} digits or more. It opens your account on this device alone."), least=LEAST
        ),
        widget=digits("new-password"),
    )
    again = forms.CharField(label=_("The same PIN again"), widget=digits("new-password"))

    def __init__(self, names: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names

    def clean_pin(self) -> str:
        """Refuse a PIN that others would try first."""
        typed: str = self.cleaned_data["pin"]
        if wrong := weakness(typed, self.names):
            raise forms.ValidationError(wrong)
        return typed

    def clean_again(self) -> str:
        """Refuse a slip of the finger."""
        typed: str = self.cleaned_data["again"]
        if "pin" in self.cleaned_data and typed != self.cleaned_data["pin"]:
            raise forms.ValidationError(_("The two PINs differ."))
        return typed


class NewPasswordForm(forms.Form):
    """A first password, twice."""

    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 characters; a few words that only you would put together are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """Refuse a weak password."""
        typed: str = self.cleaned_data["new"]
        validate_password(typed, self.user)
        return typed

    def clean_again(self) -> str:
        """Refuse a slip of the finger."""
        typed: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and typed != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two new passwords differ."))
        return typed


class PasswordForm(NewPasswordForm):
    """The password in use and the new one, twice."""

    field_order = ("current", "new", "again")
    current = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_current(self) -> str:
        """Refuse a wrong current password."""
        typed: str = self.cleaned_data["current"]
        if not self.user.check_password(typed):
            raise forms.ValidationError(_("This is not your current password."))
        return typed


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey's name, and whether it opens the account alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = _("Sign in with this passkey alone, without a password")
        self.fields["passwordless"].help_text = _(
            "The device then asks for its PIN, a finger or the face. Else it is a second step after the password."
        )
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """The name by which a person knows a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].max_length = 60
