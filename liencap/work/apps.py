"""The card of the work room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card


class WorkConfig(AppConfig):
    """Name the room."""

    name = "liencap.work"
    verbose_name = _("Work")
    card = Card(
        permissions={"work.view": _("See background jobs")},
        jobs={"refresh-statistics": "liencap.work.jobs.refresh"},
        daily=("refresh-statistics",),
    )
