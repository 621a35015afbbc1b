"""The card of the accounts room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card


class AccountsConfig(AppConfig):
    """Name the room."""

    name = "liencap.accounts"
    verbose_name = _("Accounts")
    card = Card()
