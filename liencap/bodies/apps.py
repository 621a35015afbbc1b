"""The card of the bodies room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class BodiesConfig(AppConfig):
    """Name the room, its menu line, its panels and permissions."""

    name = "liencap.bodies"
    verbose_name = _("Bodies")
    card = Card(
        menu=(MenuItem("bodies:overview", _("Bodies"), "users", 25, "body.view"),),
        panels=(
            Panel("unit", "liencap.bodies.panels.for_unit", "bodies/_unit_panel.html", 60),
            Panel("home", "liencap.bodies.panels.for_home", "bodies/_home_panel.html", 60),
        ),
        permissions={
            "body.view": _("See bodies and their papers"),
            "body.edit": _("Keep the papers of bodies"),
            "body.ask": _("Ask units for bodies"),
        },
        search=("liencap.bodies.search.bodies",),
        texts={"body": "liencap.bodies.search.all_texts"},
        events=("liencap.bodies.search.events",),
        duties=("liencap.bodies.search.duties",),
        help={
            "bodies:overview": _("Open a body to complete it, or a line to see which units lack what."),
            "bodies:kinds": _("Add a kind before you ask units for bodies of it."),
            "bodies:ask": _("Choose the tiers and what makes a body complete; each unit sees what it lacks."),
            "bodies:requirement": _("Open a branch to go down, or a unit's body to see what it lacks."),
            "bodies:body": _("Fill in what is named as missing."),
            "bodies:describe": _("Choose the kind, name the founding document, give the term."),
        },
        choices={"body.condition": "bodies.EquipmentLine.condition"},
        words={
            "values": {
                "body_requirement.parts.founding": _("Founding document"),
                "body_requirement.parts.regulations": _("Regulations in force"),
                "body_requirement.parts.seats": _("Seats filled"),
                "body_requirement.parts.term": _("Running term"),
                "body_requirement.parts.budget": _("Budget of the year"),
                "body_requirement.parts.equipment": _("Equipment"),
            },
            "deeds": {
                "keep_body_kind": _("added a kind of body"),
                "describe_body": _("wrote the papers of the body"),
                "add_regulation": _("put a regulation into force"),
                "end_regulation": _("took a regulation out of force"),
                "set_budget_line": _("kept a budget line"),
                "set_equipment_line": _("kept an equipment line"),
                "remove_body_line": _("took a line away"),
                "ask_for_bodies": _("asked units for bodies"),
                "end_requirement": _("asked units for bodies no longer"),
            },
            "kinds": {"body_kind": _("kind of body"), "body_requirement": _("request for bodies")},
            "fields": {
                "founded_by": _("founded by"), "term_since": _("term from"), "term_until": _("term to"),
                "purpose": _("what for"), "source": _("from where"), "planned": _("planned"),
                "spent": _("spent"), "condition": _("condition"), "parts": _("parts"), "tiers": _("tiers"),
                "count": _("how many"), "year": _("year"),
            },
        },
    )  # fmt: skip
