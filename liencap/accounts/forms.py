"""Read what people type to sign in and to change a password."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from liencap.accounts.models import User


class SignInForm(forms.Form):
    """A sign-in name of any kind and a password."""

    name = forms.CharField(
        label=_("E-mail, phone number or unit code"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """The password in use and the new one, twice."""

    current = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
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

    def clean_current(self) -> str:
        """Refuse a wrong current password."""
        typed: str = self.cleaned_data["current"]
        if not self.user.check_password(typed):
            raise forms.ValidationError(_("This is not your current password."))
        return typed

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
