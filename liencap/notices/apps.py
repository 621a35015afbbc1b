"""The card of the notices room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, Panel


class NoticesConfig(AppConfig):
    """Name the room, the bell it hangs into the frame, its other pieces of pages, and its jobs."""

    name = "liencap.notices"
    verbose_name = _("Notices")
    card = Card(
        panels=(
            Panel("bell", "liencap.notices.panels.bell", "notices/_bell.html"),
            Panel("home", "liencap.notices.panels.for_home", "notices/_home_panel.html", 5),
            Panel("account", "liencap.notices.panels.for_account", "notices/_account_panel.html"),
            Panel("handover", "liencap.notices.panels.for_handover", "notices/_handover_panel.html", 30),
        ),
        jobs={"remind": "liencap.notices.jobs.remind", "send-mail": "liencap.notices.jobs.send_mail"},
        daily=("remind",),
        help={
            "notices:list": _("Open a line to go to the thing; it leaves this list when the thing is done."),
            "notices:notice": _("Open the thing; if it is done already, there is nothing more to do."),
            "notices:preferences": _(
                "Choose how often mail comes and in which hours it must not, then save."
            ),
            "notices:confirm": _("Press the button, and mail comes to this address."),
        },
        words={
            "notices": {"reminder": _("Reminder of a due day")},
            "deeds": {
                "remind": _("reminded of due days"),
                "choose_mail": _("chose how mail comes"),
                "give_mail_address": _("gave an e-mail address"),
                "confirm_mail_address": _("confirmed an e-mail address"),
                "drop_mail_address": _("took an e-mail address away"),
            },
            "kinds": {"notice": _("notice")},
            "fields": {
                "duties": _("things due"),
                "reminders": _("reminders given"),
                "settled": _("settled"),
                "rhythm": _("when mail comes"),
                "hour": _("hour"),
                "weekday": _("day of the week"),
                "quiet_from": _("quiet from"),
                "quiet_until": _("quiet until"),
                "off": _("kinds without mail"),
            },
            "jobs": {"remind": _("Reminding of due days"), "send_mail": _("Sending mail")},
        },
    )
