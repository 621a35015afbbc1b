"""The card of the audit room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card


class AuditConfig(AppConfig):
    """Name the room and its job."""

    name = "liencap.audit"
    verbose_name = _("Audit")
    card = Card(
        jobs={"seal": "liencap.audit.jobs.seal", "destroy-keys": "liencap.audit.jobs.destroy_keys"},
        daily=("destroy-keys",),
        permissions={
            "audit.view": _("See the audit log"),
            "audit.personal": _("Open personal values in the audit log"),
        },
    )
