"""The card of the accounts room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card


class AccountsConfig(AppConfig):
    """Name the room."""

    name = "liencap.accounts"
    verbose_name = _("Accounts")
    card = Card(
        help={
            "account": _("Set a PIN or a passkey for this device; end what you no longer use."),
            "pin-add": _("Choose six digits or more that nobody would guess, and type them twice."),
            "sign-in": _("Type the PIN of this device where one is asked for; otherwise a name and your password."),
        },
        words={
            "deeds": {
                "add_device": _("set a PIN for a device"),
                "end_device": _("ended a device"),
                "burn_device": _("forgot a device after wrong PINs"),
                "end_session": _("signed out elsewhere"),
                "close_ways": _("closed every way into the account"),
                "take_factors_off": _("took the second step off an account"),
            },
            "fields": {
                "device": _("device"), "devices": _("devices"), "factors": _("second steps"),
                "connected": _("connected sign-ins"), "sessions": _("open sessions"), "password": _("password"),
            },
        },
    )  # fmt: skip
