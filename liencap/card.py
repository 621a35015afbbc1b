"""What a room says of itself in its apps.py, so that lower rooms need not know it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the main menu: url name, label, icon name, and the permission that shows it."""

    url: str
    label: str | Promise
    icon: str
    order: int = 50
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of an upper room shown on a lower room's page: `function(request, target) -> context`."""

    slot: str
    function: str
    template: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class Card:
    """A room's menu lines, panels, permissions (code -> label), jobs (kind -> dotted function) and daily job kinds."""

    menu: tuple[MenuItem, ...] = ()
    panels: tuple[Panel, ...] = ()
    permissions: dict[str, str | Promise] = field(default_factory=dict)
    jobs: dict[str, str] = field(default_factory=dict)
    daily: tuple[str, ...] = ()


def cards() -> list[Card]:
    """Return the cards of all installed rooms in the order of INSTALLED_APPS."""
    return [
        card for config in apps.get_app_configs() if isinstance(card := getattr(config, "card", None), Card)
    ]


def menu() -> list[MenuItem]:
    """Return the menu lines of all rooms, in order."""
    return sorted((item for card in cards() for item in card.menu), key=lambda item: item.order)


def panels(slot: str) -> list[tuple[Panel, Callable[..., dict[str, Any] | None]]]:
    """Return the panels that upper rooms registered for a slot, with their functions loaded."""
    found = sorted((p for card in cards() for p in card.panels if p.slot == slot), key=lambda p: p.order)
    return [(panel, import_string(panel.function)) for panel in found]


def permissions() -> dict[str, str | Promise]:
    """Return every permission code with its label."""
    return {code: label for card in cards() for code, label in card.permissions.items()}


def daily_jobs() -> list[str]:
    """Return the kinds of jobs that run once a day."""
    return [kind for card in cards() for kind in card.daily]


def job_function(kind: str) -> Callable[..., Any]:
    """Return the function that runs jobs of a kind; KeyError when no room registered it."""
    return import_string({k: f for card in cards() for k, f in card.jobs.items()}[kind])  # type: ignore[no-any-return]  # import_string returns Any
