"""The card of the units room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class UnitsConfig(AppConfig):
    """Name the room, its menu line and its permissions."""

    name = "liencap.units"
    verbose_name = _("Units")
    card = Card(
        menu=(MenuItem("units:list", _("Units"), "sitemap", 20, "unit.view"),),
        search=("liencap.units.search.units",),
        permissions={
            "unit.view": _("See units"),
            "unit.edit": _("Change units, seats and appointments"),
            "person.erase": _("Erase what is personal of people who left"),
            "unit.event": _("Record events of units"),
        },
        events=("liencap.units.happenings.events", "liencap.units.panels.events"),
        duties=("liencap.units.happenings.duties",),
        help={
            "units:list": _(
                "Open a unit to see its seats, bodies and tasks; use the box to find one by name or code."
            ),
            "units:detail": _(
                "Read who holds the seats and what is due; if you may change it, the buttons stand beside each list."
            ),
            "units:seats": _("Appoint somebody to a vacant seat, or end an appointment that is over."),
            "units:former": _("Erase what is personal of people who left when the time of keeping is over."),
            "units:activate": _("Type the code as it stands on your slip, then choose a password."),
            "units:imports": _("Download the sample, fill it in, upload it and look at what would change."),
            "units:import": _("Look at the lines; import all, or drop the preview and mend the file."),
            "units:attributes": _("Note what is new; end what holds no more."),
            "units:note-attribute": _("Name it as it is named elsewhere; the list offers what is in use."),
            "units:events": _("Record what took place; tasks that wait for it get their day at once."),
            "units:record-event": _("Choose what took place and its day, then press “Record it”."),
            "units:correct-event": _("Put the right day; the old entry stays in the list."),
            "units:slips": _("Make slips, print or send them, and give each to its person."),
            "units:import-slips": _("Make slips for those you have just imported, and give each to its person."),
            "units:slip": _("Make the slip and give it to its person alone; a new one makes the old one void."),
            "units:hand-over": _("Look at what goes along, choose the successor and the day, then confirm."),
            "units:protocol": _(
                "Read what was open; the successor ticks what was received, then print it for both to sign."
            ),
            "units:receive": _("Tick what you received, then confirm."),
            "units:stand-in": _("Choose who stands in and the last day; the rights end by themselves."),
            "units:members": _("Enter who belongs to the unit, then print slips so that they can sign in."),
            "units:enter-members": _("Paste the names; the next page prints their slips."),
            "units:renew": _(
                "Ask the person to show who they are; then say what happened and hand out the new slip."
            ),
        },
        words={
            "deeds": {
                "enter_members": _("entered members"),
                "enter_member": _("entered the member"),
                "end_membership": _("ended the membership"),
                "make_member_slips": _("made slips for members"),
                "activate_member": _("activated the account of a member"),
                "cancel_hand_over": _("took the hand-over back"),
                "change_tier": _("changed the tier"),
                "close_unit": _("closed the unit"),
                "hand_over": _("handed the seat over"),
                "receive_hand_over": _("confirmed what was received"),
                "remove_tier": _("took the tier away"),
                "renew_access": _("renewed the access"),
                "revoke_slip": _("took the slip back"),
                "note_attribute": _("noted an attribute of the unit"),
                "end_attribute": _("ended an attribute of the unit"),
                "record_event": _("recorded an event of the unit"),
                "correct_event": _("corrected an event of the unit"),
            },
            "kinds": {"unit_event": _("event of a unit"), "hand_over": _("hand-over"), "membership": _("membership")},
            "fields": {
                "day": _("day"),
                "successors": _("successors"),
                "note": _("note"),
                "attribute": _("attribute"),
                "attributes": _("attributes noted"),
                "value": _("value"),
                "received": _("received"),
                "rank": _("place in the order"),
            },
            "values": {
                "password": _("password or PIN forgotten"),
                "phone": _("device lost"),
                "stolen": _("somebody else may have got in"),
                "factor": _("second step lost"),
            },
        },
        panels=(Panel("home", "liencap.units.panels.took_over", "units/_took_over_panel.html", 5),),
    )  # fmt: skip
