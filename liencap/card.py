"""What a room says of itself in its apps.py, so that lower rooms need not know it."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string

BELONGS = (
    "belongs"  # in place of a permission: shown to everybody who belongs to a unit, with a seat or without
)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the main menu: url name, label, icon name, and the permission (or BELONGS) that shows it."""

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
class Hit:
    """A thing that a search found, as its room shows it; `kind` is the room's word for such things."""

    kind: str | Promise
    title: str
    url: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated thing on a seat's calendar: whole days, `until` is the last of them.

    `uid` is the same for ever (such as "task-12"), so that a subscriber's calendar moves what moved; `changed` is
    when the thing last changed. What no longer takes place is still given, as `cancelled`.
    """

    uid: str
    kind: str | Promise
    title: str
    url: str
    since: datetime.date
    until: datetime.date
    changed: datetime.datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """An open thing that a unit owes by a day; whoever did it no longer finds it among the duties.

    `key` is the same for ever; `permission` says which seats of the unit can do it; `rhythm` the days before (negative)
    and after its day on which it is reminded of, none where the house's own hold.
    """

    key: str
    kind: str | Promise
    title: str
    url: str
    unit_id: int
    due: datetime.date
    permission: str
    rhythm: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A room's menu lines, panels, permissions (code -> label), jobs (kind -> dotted function) and daily job kinds.

    `search` names functions `(actor, words, limit) -> list[Hit]`, exact marks first, within what the actor may see;
    `texts` names for each kind of the search index the function that yields chunks of (id, text) of all its rows;
    `events` functions `(seat, since, until) -> Iterable[Event]`, within what the seat may see;
    `duties` functions `(since, until) -> Iterator[Duty]` over all units, of what is open and due in those days;
    `help` says for a page, by its url name, what to do there next; `words` how the log and the list of jobs call the
    room's codes, by table: deeds, kinds, fields, values, jobs (see home/labels.py); `choices` which field of a model
    ("room.Model.field") has the words for what the log holds in a field of a kind ("kind.field"), where it is not
    simply the field of that name of the model of that kind;
    `papers` names for each kind of published paper how the register of issued papers sees and prints one;
    `follows` names deeds `(row, *, actor)` of this room that follow from a lower room's deed, in its transaction.
    """

    menu: tuple[MenuItem, ...] = ()
    panels: tuple[Panel, ...] = ()
    permissions: dict[str, str | Promise] = field(default_factory=dict)
    jobs: dict[str, str] = field(default_factory=dict)
    daily: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    help: dict[str, str | Promise] = field(default_factory=dict)
    words: dict[str, dict[str, str | Promise]] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    follows: dict[str, str] = field(default_factory=dict)

    def indexed(self) -> dict[str, Iterator[list[tuple[int, str]]]]:
        """Return for each kind of the search index the chunks of its texts."""
        return {kind: import_string(function)() for kind, function in self.texts.items()}


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


def paper_source(kind: str) -> Any:
    """Return what a room registered for a kind of published papers; KeyError when no room did."""
    return import_string({k: name for card in cards() for k, name in card.papers.items()}[kind])


def functions(of: str) -> list[Callable[..., Any]]:
    """Load what the rooms registered as `search`, `events` or `duties`, in the order of INSTALLED_APPS."""
    return [import_string(name) for card in cards() for name in getattr(card, of)]


def followers(deed: str) -> list[Callable[..., Any]]:
    """Load the deeds of upper rooms that follow from a lower room's deed, in the order of INSTALLED_APPS."""
    return [import_string(card.follows[deed]) for card in cards() if deed in card.follows]


def helps() -> dict[str, str | Promise]:
    """Return what to do next on each page that says so, by url name."""
    return {name: text for card in cards() for name, text in card.help.items()}


def words(table: str) -> dict[str, str | Promise]:
    """Return what all rooms call the codes of a table."""
    return {code: label for card in cards() for code, label in card.words.get(table, {}).items()}
