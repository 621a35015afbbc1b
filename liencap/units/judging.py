"""Judge the rows of an import against what is there: new, changed, same or wrong, with the reason."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from liencap.accounts.queries import normal_name
from liencap.core.text import fold

NEW, CHANGED, SAME, ERROR = "new", "changed", "same", "error"
MEMBER = (
    "thanh vien",
    "member",
)  # in the column of roles: somebody who belongs to the unit and holds no seat


@dataclass(frozen=True, slots=True)
class Given:
    """A line of the sheet as it was read."""

    line: int
    values: dict[str, str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that exists; `parent` is the code of the unit above, `placed` the first day in the tree.

    `attributes` hold by folded name the value that holds, and since when.
    """

    pk: int
    name: str
    name_en: str
    tier: str
    parent: str
    path: bytes
    placed: datetime.date
    attributes: Mapping[str, tuple[str, datetime.date | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownSeat:
    """A seat that exists with its present holder's appointment, person, account and sign-in names."""

    pk: int
    unit: str
    role: str
    appointment: int | None = None
    since: datetime.date | None = None
    person: int | None = None
    name: str = ""
    user: int | None = None
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose sign-in name it is."""

    user: int
    person: int | None
    name: str


@dataclass(frozen=True, slots=True)
class World:
    """What the rows speak of; `scope` is the path one may write under, None for the system.

    Names of tiers and roles are folded; `wide` are the roles with more rights than the importer may hand on.
    """

    units: dict[str, KnownUnit]
    seats: dict[str, KnownSeat]
    tiers: dict[str, str]
    roles: dict[str, str]
    wide: frozenset[str]
    owners: dict[str, Owner]
    scope: bytes | None
    today: datetime.date
    members: frozenset[tuple[str, str]] = frozenset()  # code of the unit, folded name


@dataclass(frozen=True, slots=True)
class Judged:
    """What importing a row would do; `values` are cleaned."""

    line: int
    state: str
    message: str
    values: dict[str, str]


class _Wrong(Exception):
    """The row cannot be imported; the text says why. Never leaves this module."""


def judge(rows: Iterable[Given], world: World) -> list[Judged]:
    """Judge every row in order; a row sees the units of the whole file, above or below it."""
    rows = list(rows)
    in_file: dict[str, Given] = {}
    for row in rows:
        in_file.setdefault(row.values.get("unit_code", ""), row)
    seen: dict[str, dict[str, str]] = {}
    keys: set[str] = set()
    members: set[tuple[str, str]] = set()
    made = []
    for row in rows:
        try:
            values = _clean(row, world)
            state, words = _unit_state(values, seen.get(values["unit_code"]), in_file, world)
            seen.setdefault(values["unit_code"], values)
            if values.get("role"):
                seat_state, seat_words = _seat_state(values, keys, world)
                keys.add(values["seat_key"])
                state, words = _stronger(state, seat_state), [*words, *seat_words]
            elif values.get("member"):
                member_state, member_words = _member_state(values, members, world)
                members.add(member_of(values))
                state, words = _stronger(state, member_state), [*words, *member_words]
            made.append(Judged(row.line, state, " ".join(words), values))
        except _Wrong as wrong:
            made.append(Judged(row.line, ERROR, str(wrong), dict(row.values)))
    return made


def member_of(values: dict[str, str]) -> tuple[str, str]:
    """Return by what a member of a unit is known: the unit's code and the folded name."""
    return values["unit_code"], fold(values["person_name"])


def _stronger(one: str, other: str) -> str:
    return one if (SAME, CHANGED, NEW).index(one) >= (SAME, CHANGED, NEW).index(other) else other


def _clean(row: Given, world: World) -> dict[str, str]:
    """Return the row's values in stored form."""
    values = dict(row.values)
    if row.problem == "?":
        raise _Wrong(_("A cell stands outside the columns."))
    if row.problem:
        raise _Wrong(_("The cell in column %(column)s is a formula or too long.") % {"column": row.problem})
    if not values.get("unit_code"):
        raise _Wrong(_("The unit code is missing."))
    for column, longest in (("unit_code", 40), ("unit_name", 250), ("unit_name_en", 250), ("person_name", 200),
                            ("seat_key", 60)):  # fmt: skip
        if len(values.get(column, "")) > longest:
            raise _Wrong(_("The cell in column %(column)s is a formula or too long.") % {"column": column})
    if fold(values.get("role", "")) in MEMBER and fold(values["role"]) not in world.roles:
        values["member"] = values.pop("role")
    for column, known in (("tier", world.tiers), ("role", world.roles)):
        if values.get(column):
            found = known.get(fold(values[column]))
            if found is None:
                raise _Wrong(_("“%(value)s” is not known here.") % {"value": values[column]})
            values[column] = found
    for part, key, value in _attributes(values):
        if not key or not value or len(key) > 50 or len(value) > 120:
            raise _Wrong(
                _("“%(value)s” is no attribute; write its name, a colon and its value.") % {"value": part}
            )
    values["since"] = _day(values.get("since", ""), world.today).isoformat()
    _clean_person(values)
    return values


def stored_contacts(values: dict[str, str]) -> list[str]:
    """Return phone number and e-mail as they are stored as sign-in names."""
    phone, email = values.get("phone", ""), values.get("email", "")
    if re.fullmatch(r"[1-9]\d{8}", phone):  # spreadsheets drop the leading zero
        phone = "0" + phone
    return [normal_name(name) for name in (phone, email) if name]


def _clean_person(values: dict[str, str]) -> None:
    phone, email = values.get("phone", ""), values.get("email", "")
    if values.get("member"):
        if not values.get("person_name"):
            raise _Wrong(_("A member needs a name."))
        if phone or email or values.get("seat_key"):
            raise _Wrong(
                _("Of a member only the name and the day are kept; clear the other cells of the person.")
            )
        return
    stored = stored_contacts(values)
    if phone and not re.fullmatch(r"\d{9,15}", stored[0]):
        raise _Wrong(_("“%(value)s” is not a phone number.") % {"value": phone})
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise _Wrong(_("“%(value)s” is not an e-mail address.") % {"value": email})
    if phone:
        values["phone"] = stored[0]
    if email:
        values["email"] = stored[-1]
    if (phone or email) and not values.get("person_name"):
        raise _Wrong(_("A phone number or e-mail needs the person's name."))
    if (values.get("person_name") or values.get("seat_key")) and not values.get("role"):
        raise _Wrong(_("A person or seat needs a role."))
    if values.get("role"):
        values.setdefault("seat_key", f"{values['unit_code']}-{values['role']}"[:60])


def _attributes(values: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return each attribute of a row: as typed, its name, its value."""
    found = []
    for part in filter(None, (part.strip() for part in values.get("attributes", "").split(";"))):
        named = re.fullmatch(r"([^:=]*)[:=](.*)", part)
        found.append((part, named[1].strip(), named[2].strip()) if named else (part, "", ""))
    return found


def new_attributes(values: dict[str, str], world: World) -> dict[str, str]:
    """Return the attributes of a row that its unit does not have yet, as they are typed."""
    known = world.units.get(values["unit_code"])
    held = known.attributes if known else {}
    return {
        key: value
        for _part, key, value in _attributes(values)
        if fold(held.get(fold(key), ("", None))[0]) != fold(value)
    }


def _attribute_words(values: dict[str, str], known: KnownUnit, world: World) -> list[str]:
    """Say which attributes change; a day before the present value held is refused."""
    words = []
    for key, value in new_attributes(values, world).items():
        _old, since = known.attributes.get(fold(key), ("", None))
        if since and values["since"] < since.isoformat():
            raise _Wrong(_("“%(name)s” has had its value since a later day.") % {"name": key})
        words.append(_("%(name)s becomes “%(value)s”.") % {"name": key, "value": value})
    return words


def _day(text: str, today: datetime.date) -> datetime.date:
    if not text:
        return today
    local = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    try:
        day = datetime.date(*map(int, local.groups()[::-1])) if local else datetime.date.fromisoformat(text)
    except ValueError as error:
        raise _Wrong(_("“%(value)s” is not a date; write 31/12/2026.") % {"value": text}) from error
    if day > today:
        raise _Wrong(_("The day lies in the future."))
    return day


def _unit_state(
    values: dict[str, str], before: dict[str, str] | None, in_file: dict[str, Given], world: World
) -> tuple[str, list[str]]:
    """Say what the row does to its unit."""
    if before is not None:
        for column in ("unit_name", "unit_name_en", "tier", "parent_code", "attributes"):
            if values.get(column) and values[column] != before.get(column, ""):
                raise _Wrong(_("The same unit stands on an earlier line with another value."))
        return SAME, []
    known = world.units.get(values["unit_code"])
    if known is None:
        _check_new(values, in_file, world)
        return NEW, [_("The unit is founded.")]
    if world.scope is not None and not known.path.startswith(world.scope):
        raise _Wrong(_("This unit is not yours to change."))
    if values.get("parent_code", known.parent) != known.parent:
        raise _Wrong(_("The unit stands elsewhere in the tree; move it on its page."))
    words = []
    if values.get("unit_name", known.name) != known.name:
        words.append(_("The name was “%(name)s”.") % {"name": known.name})
    if values.get("unit_name_en", known.name_en) != known.name_en:
        words.append(_("The English name was “%(name)s”.") % {"name": known.name_en})
    if values.get("tier", known.tier) != known.tier:
        words.append(_("The tier was “%(name)s”.") % {"name": known.tier})
    words += _attribute_words(values, known, world)
    return (CHANGED if words else SAME), words


def _check_new(values: dict[str, str], in_file: dict[str, Given], world: World) -> None:
    if not values.get("unit_name") or not values.get("tier"):
        raise _Wrong(_("A new unit needs a name and a tier."))
    if not values.get("parent_code"):
        if world.scope is None:
            return
        raise _Wrong(_("A new unit needs the code of the unit above."))
    code, passed = values["parent_code"], {values["unit_code"]}
    while code not in world.units:
        if code in passed:
            raise _Wrong(_("The units above lead round in a circle."))
        if code not in in_file:
            raise _Wrong(_("There is no unit with the code “%(code)s”.") % {"code": code})
        passed.add(code)
        code = in_file[code].values.get("parent_code", "")
        if not code:
            if world.scope is None:
                return
            raise _Wrong(_("A unit above has no place in the tree."))
    above = world.units[code]
    if world.scope is not None and not above.path.startswith(world.scope):
        # The same words as for an absent code: who may not see a unit does not learn that it exists.
        raise _Wrong(_("There is no unit with the code “%(code)s”.") % {"code": code})
    if values["since"] < above.placed.isoformat():
        raise _Wrong(_("The unit above did not exist yet on that day."))


def _member_state(
    values: dict[str, str], before: set[tuple[str, str]], world: World
) -> tuple[str, list[str]]:
    """Say whether the row enters a member; the same name twice in a unit is refused, as when names are pasted."""
    if member_of(values) in before:
        raise _Wrong(_("The same member stands on an earlier line. Tell people of one name apart."))
    if member_of(values) in world.members:
        return SAME, []
    return NEW, [_("The member is entered.")]


def _seat_state(values: dict[str, str], keys: set[str], world: World) -> tuple[str, list[str]]:
    """Say what the row does to its seat and holder."""
    if values["seat_key"] in keys:
        raise _Wrong(_("The same seat stands on an earlier line."))
    known = world.seats.get(values["seat_key"])
    if known and (known.unit, known.role) != (values["unit_code"], values["role"]):
        raise _Wrong(_("This seat key belongs to another unit or role."))
    name = values.get("person_name", "")
    names = {values[c] for c in ("phone", "email") if values.get(c)}
    owners = [world.owners[n] for n in sorted(names) if n in world.owners]
    if any(fold(owner.name) != fold(name) or owner.user != owners[0].user for owner in owners):
        raise _Wrong(_("The phone number or e-mail belongs to somebody else."))
    if known and (not name or (known.name == name and names <= known.names)):
        return SAME, []
    if values["role"] in world.wide:
        raise _Wrong(_("Your seat cannot give rights that it does not carry itself."))
    if known is None:
        return NEW, [_("The seat is founded.")]
    if known.name == name:
        if owners and owners[0].person != known.person:
            raise _Wrong(_("The phone number or e-mail belongs to somebody else."))
        return CHANGED, [_("The sign-in names are completed.")]
    if not known.name:
        return CHANGED, [_("The vacant seat gets a holder.")]
    if known.since and values["since"] < known.since.isoformat():
        raise _Wrong(_("The present holder was appointed after that day."))
    return CHANGED, [_("The holder was %(name)s.") % {"name": known.name}]
