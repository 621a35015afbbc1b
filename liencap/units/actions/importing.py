"""Write the rows of an import in bulk, within the transaction of `apply_import`."""

import datetime
from collections.abc import Iterable

from liencap.accounts.actions import add_login_names, create_users
from liencap.audit.actions import digest, record
from liencap.audit.actor import About, Actor
from liencap.core.tree import path_step
from liencap.units.actions.attributes import write_attributes
from liencap.units.actions.tree import lock_tree, rewrite_words, write_words
from liencap.units.judging import CHANGED, NEW, SAME, Judged, World, member_of, new_attributes
from liencap.units.models import Appointment, Membership, Person, Placement, Role, Seat, Tier, Unit

BATCH = 300
NAMES = {"unit_name": "name", "unit_name_en": "name_en"}


def write_rows(judged: list[Judged], world: World, *, unit_id: int | None, actor: Actor) -> dict[str, int]:
    """Write what the rows say and return how many units, seats and appointments were made or changed."""
    first: dict[str, dict[str, str]] = {}
    for one in judged:
        first.setdefault(one.values["unit_code"], one.values)
    _lock(world)
    ids = {code: known.pk for code, known in world.units.items()}
    new = [values for code, values in first.items() if code not in world.units]
    ids |= _found_units(new, world)
    changed = _change_units([values for code, values in first.items() if code in world.units], world)
    noted = _note_attributes(first.values(), ids, world)
    seats = [one.values for one in judged if one.values.get("role") and one.state != SAME]
    made = _found_seats([values for values in seats if values["seat_key"] not in world.seats], ids)
    named = [values for values in seats if values.get("person_name")]
    appointed = _appoint(named, made, world, unit_id=unit_id, actor=actor)
    entered = _enter_members(judged, ids, world, unit_id=unit_id, actor=actor)
    counts = {state: sum(one.state == state for one in judged) for state in (NEW, CHANGED, SAME)}
    return {
        "units": len(new),
        "renamed": changed,
        "seats": len(made),
        "appointments": appointed,
        "members": entered,
        "attributes": noted,
        **counts,
    }


def _lock(world: World) -> None:
    if world.units:
        lock_tree(Unit.objects.get(pk=next(iter(world.units.values())).pk))


def _found_units(new: list[dict[str, str]], world: World) -> dict[str, int]:
    """Found units, parents before children; return their ids by code."""
    tiers = {tier.code: tier for tier in Tier.objects.all()}
    units = {}
    for values in new:
        code, name, name_en = values["unit_code"], values["unit_name"], values.get("unit_name_en", "")
        units[code] = Unit(code=code, name=name, name_en=name_en, tier=tiers[values["tier"]])
        units[code].derive()
    Unit.objects.bulk_create(units.values(), batch_size=BATCH)
    paths = {code: known.path for code, known in world.units.items()} | {"": b""}
    parents = {code: known.pk for code, known in world.units.items()}
    parents |= {code: unit.pk for code, unit in units.items()}
    placements = []
    for values in _parents_first(new, paths):
        code, above = values["unit_code"], values.get("parent_code", "")
        units[code].path = paths[code] = paths[above] + path_step(units[code].pk)
        placements.append(
            Placement(
                unit=units[code],
                parent_id=parents.get(above),
                since=datetime.date.fromisoformat(values["since"]),
            )
        )
    Unit.objects.bulk_update(units.values(), ["path"], batch_size=BATCH)
    write_words(list(units.values()))
    Placement.objects.bulk_create(placements, batch_size=BATCH)
    return {code: unit.pk for code, unit in units.items()}


def _parents_first(new: list[dict[str, str]], known: Iterable[str]) -> list[dict[str, str]]:
    """Order rows so that each comes after the one above; judging has refused circles."""
    below: dict[str, list[dict[str, str]]] = {}
    for values in new:
        below.setdefault(values.get("parent_code", ""), []).append(values)
    ordered: list[dict[str, str]] = []
    waiting = [code for code in known if code in below]
    while waiting:
        children = below[waiting.pop()]
        ordered += children
        waiting += [values["unit_code"] for values in children if values["unit_code"] in below]
    return ordered


def _change_units(rows: list[dict[str, str]], world: World) -> int:
    """Write the names and tiers that differ; return how many units changed."""
    tiers = {tier.code: tier for tier in Tier.objects.all()}
    differing = {}
    for values in rows:
        known = world.units[values["unit_code"]]
        fields = [f for c, f in NAMES.items() if values.get(c) and values[c] != getattr(known, f)]
        if fields or values.get("tier", known.tier) != known.tier:
            differing[known.pk] = values
    units = list(Unit.objects.filter(pk__in=differing).select_related("tier"))
    for unit in units:
        values = differing[unit.pk]
        unit.name, unit.name_en = values.get("unit_name", unit.name), values.get("unit_name_en", unit.name_en)
        unit.tier = tiers[values["tier"]] if values.get("tier") else unit.tier
        unit.derive()
    fields = ["name", "name_en", "tier", "folded", "sort_key", "rank"]
    Unit.objects.bulk_update(units, fields, batch_size=BATCH)
    rewrite_words(units)
    return len(units)


def _note_attributes(rows: Iterable[dict[str, str]], units: dict[str, int], world: World) -> int:
    """Write the attributes that units do not have yet, from the day of the row on; return how many."""
    return write_attributes(
        [
            (units[values["unit_code"]], key, value, datetime.date.fromisoformat(values["since"]))
            for values in rows
            for key, value in new_attributes(values, world).items()
        ]
    )


def _found_seats(rows: list[dict[str, str]], units: dict[str, int]) -> dict[str, int]:
    roles = dict(Role.objects.values_list("code", "pk"))
    seats = [Seat(role_id=roles[v["role"]], unit_id=units[v["unit_code"]], key=v["seat_key"]) for v in rows]
    Seat.objects.bulk_create(seats, batch_size=BATCH)
    return {seat.key: seat.pk for seat in seats}


def _appoint(
    rows: list[dict[str, str]], made: dict[str, int], world: World, *, unit_id: int | None, actor: Actor
) -> int:
    """End the appointments that a row replaces, enter people and appoint them."""
    staying = [v for v in rows if (s := world.seats.get(v["seat_key"])) and s.name == v["person_name"]]
    kept = {id(v) for v in staying}
    coming = [v for v in rows if id(v) not in kept]
    ended = {s.appointment: v for v in coming if (s := world.seats.get(v["seat_key"])) and s.appointment}
    old = list(Appointment.objects.filter(pk__in=ended))
    for appointment in old:
        appointment.until = datetime.date.fromisoformat(ended[appointment.pk]["since"])
    Appointment.objects.bulk_update(old, ["until"], batch_size=BATCH)
    people = _people_of(coming, world)
    _complete_accounts(staying, coming, people, world, actor=actor)
    # After the accounts, so that a person is written once.
    if new := [p for p in {id(p): p for p in people}.values() if p.pk is None]:
        _enter(new, unit_id, actor=actor)
    seats = {key: known.pk for key, known in world.seats.items()} | made
    Appointment.objects.bulk_create(
        [
            Appointment(seat_id=seats[v["seat_key"]], person=p, since=datetime.date.fromisoformat(v["since"]))
            for v, p in zip(coming, people, strict=True)
        ],
        batch_size=BATCH,
    )
    return len(coming)


def _enter(people: list[Person], unit_id: int | None, *, actor: Actor) -> None:
    """Write people who are new, with one entry in the log."""
    Person.objects.bulk_create(people, batch_size=BATCH)
    record(
        "enter_people", actor=actor, kind="person", unit_id=unit_id,
        new={"count": len(people), "digest": digest([p.pk for p in people])},
        about=[About("person", p.pk, {"name": p.name}) for p in people],
    )  # fmt: skip


def _enter_members(
    judged: list[Judged], units: dict[str, int], world: World, *, unit_id: int | None, actor: Actor
) -> int:
    """Enter the members who are not there yet as new people; return how many."""
    listed = [one.values for one in judged if one.values.get("member")]
    coming = [values for values in listed if member_of(values) not in world.members]
    if not coming:
        return 0
    people = [Person(name=values["person_name"]) for values in coming]
    for person in people:
        person.derive()
    Person.objects.bulk_create(people, batch_size=BATCH)
    made = [
        Membership(
            unit_id=units[v["unit_code"]], person=person, since=datetime.date.fromisoformat(v["since"])
        )
        for v, person in zip(coming, people, strict=True)
    ]
    Membership.objects.bulk_create(made, batch_size=BATCH)
    record(
        "enter_members", actor=actor, kind="membership", unit_id=unit_id,
        new={"count": len(made), "digest": digest([p.pk for p in people])},
        about=[About("person", p.pk, {"name": p.name}) for p in people],
    )  # fmt: skip
    return len(made)


def _contacts(values: dict[str, str]) -> dict[str, str]:
    return {values[kind]: kind for kind in ("phone", "email") if values.get(kind)}


def _people_of(rows: list[dict[str, str]], world: World) -> list[Person]:
    """Return a person a row: known by phone or e-mail, named by them on an earlier row, or new and unwritten."""
    known: dict[str, Person] = {}
    there = Person.objects.in_bulk([o.person for o in world.owners.values() if o.person])
    people = []
    for values in rows:
        names = list(_contacts(values))
        owner = next((world.owners[n] for n in names if n in world.owners), None)
        person = next((known[n] for n in names if n in known), None)
        if person is None and owner and owner.person:
            person = there[owner.person]
        if person is None:
            person = Person(name=values["person_name"], user_id=owner.user if owner else None)
            person.derive()
        known |= dict.fromkeys(names, person)
        people.append(person)
    return people


def _complete_accounts(
    staying: list[dict[str, str]],
    coming: list[dict[str, str]],
    people: list[Person],
    world: World,
    *,
    actor: Actor,
) -> None:
    """Give people accounts by phone and e-mail, or add the names that an account lacks."""
    holders = Person.objects.in_bulk([world.seats[v["seat_key"]].person for v in staying])
    pairs = [(holders[world.seats[v["seat_key"]].person or 0], v) for v in staying]
    wanted: dict[int, tuple[Person, dict[str, str]]] = {}
    for person, values in [*pairs, *zip(people, coming, strict=True)]:
        lacking = {n: k for n, k in _contacts(values).items() if n not in world.owners}
        if lacking:
            wanted.setdefault(id(person), (person, {}))[1].update(lacking)
    without = [(person, names) for person, names in wanted.values() if person.user_id is None]
    users = create_users([(person.name, names) for person, names in without], actor=actor) if without else []
    for (person, _names), user in zip(without, users, strict=True):
        person.user = user
    Person.objects.bulk_update(
        [person for person, _names in without if person.pk], ["user"], batch_size=BATCH
    )
    new = {user.pk for user in users}
    more = [
        (p.user_id, n, k)
        for p, names in wanted.values()
        if p.user_id and p.user_id not in new
        for n, k in names.items()
    ]
    if more:
        add_login_names(more, actor=actor)
