"""Read the tree of today and of another day, the seats of a unit, and what an import speaks of."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from liencap.accounts.models import LoginName
from liencap.accounts.queries import opens
from liencap.core.text import fold, sort_key
from liencap.core.tree import tree_as_of
from liencap.core.tree.values import Tree
from liencap.units.judging import MEMBER, Given, KnownSeat, KnownUnit, Owner, World, stored_contacts
from liencap.units.models import (
    ActivationSlip,
    Appointment,
    Body,
    HandOver,
    ImportBatch,
    Membership,
    MemberSlip,
    Person,
    Placement,
    Role,
    Seat,
    Tier,
    Unit,
    UnitAttribute,
    UnitEvent,
    UnitQuerySet,
)

DEEPEST = 40  # no organisation has so many tiers; ends a walk over wrong data
CHUNK = 500


def add_counts(units: Iterable[Unit]) -> None:
    """Set `child_count`, the number of units directly below today, on the units of a page; one query."""
    below = Placement.objects.filter(parent__in=list(units), until__isnull=True).order_by()
    counts = dict(below.values_list("parent_id").annotate(Count("pk")))
    for unit in units:
        unit.child_count = counts.get(unit.pk, 0)  # type: ignore[attr-defined]  # for the template


def children(unit: Unit) -> UnitQuerySet:
    """Return the units directly below one today."""
    return Unit.objects.filter(placements__parent=unit, placements__until__isnull=True)


def children_on(unit: Unit, day: datetime.date) -> UnitQuerySet:
    """Return the units directly below one on a day."""
    placed = Placement.objects.filter(holding(day), parent=unit)
    return Unit.objects.filter(pk__in=placed.values("unit_id"))


def path_to(unit: Unit) -> list[Unit]:
    """Return the units from the root down to this one today; one query."""
    found = Unit.objects.in_bulk(unit.path_ids)
    return [found[pk] for pk in unit.path_ids if pk in found]


def path_on(unit: Unit, day: datetime.date) -> list[Unit]:
    """Return the units from the root down to this one on a day; a query a tier, nothing when it had no place."""
    path: list[Unit] = []
    above: Unit | None = unit
    while above is not None and len(path) < DEEPEST:
        placed = above.placements.filter(holding(day)).select_related("parent").first()
        if placed is None:
            return []
        path.insert(0, above)
        above = placed.parent
    return path


def tree_on(day: datetime.date) -> Tree:
    """Return the whole tree of a day as a frozen value; one query."""
    edges = (
        Placement.objects.filter(holding(day))
        .order_by()
        .values_list("unit_id", "parent_id", "since", "until")
    )
    return tree_as_of(edges.iterator(5000), day)


def history_of(unit: Unit) -> QuerySet[Placement]:
    """Return where a unit stood, newest first."""
    return unit.placements.select_related("parent").order_by("-since")


def seats_in(unit: Unit, day: datetime.date) -> QuerySet[Seat]:
    """Return a unit's seats, heads first, each with its `holders` of the day and those `coming`."""
    running = Appointment.objects.filter(holding(day)).select_related("person").order_by("-kind", "since")
    seats = unit.seats.exclude(until__lte=day).select_related("role", "body")
    return seats.order_by(F("body_id").asc(nulls_first=True), "-role__is_head", "key").prefetch_related(
        Prefetch("appointments", queryset=running, to_attr="holders"),
        Prefetch("appointments", queryset=planned(day), to_attr="coming"),
    )


def planned(day: datetime.date) -> QuerySet[Appointment]:
    """Return the appointments that begin after a day and were not cancelled, the earliest first."""
    coming = Appointment.objects.filter(not_over(day), since__gt=day)
    return coming.select_related("person").order_by("since", "pk")


def former_holders(unit: Unit, day: datetime.date) -> QuerySet[Person]:
    """Return who held a seat of a unit and holds none of it now, with `past` and whether they hold one anywhere."""
    held = Appointment.objects.filter(seat__unit=unit, until__lte=day)
    people = Person.objects.filter(pk__in=held.values("person_id"))
    people = people.exclude(
        pk__in=Appointment.objects.filter(not_over(day), seat__unit=unit).values("person_id")
    )
    past = Prefetch(
        "appointments", queryset=held.select_related("seat__role").order_by("since"), to_attr="past"
    )
    running = Appointment.objects.filter(not_over(day), person=OuterRef("pk"))
    return people.annotate(holds=Exists(running)).order_by("sort_key", "pk").prefetch_related(past)


def units_of_person(person: Person) -> list[Unit]:
    """Return every unit in which a person holds or held a seat, or to which they belong or belonged."""
    seats, members = person.appointments.values("seat__unit_id"), person.memberships.values("unit_id")
    return list(Unit.objects.filter(Q(pk__in=seats) | Q(pk__in=members)).order_by("path"))


def bodies_of(unit: Unit, day: datetime.date) -> QuerySet[Body]:
    """Return a unit's bodies that exist on a day."""
    return unit.bodies.exclude(until__lte=day).order_by("name", "pk")


def holding(day: datetime.date) -> Q:
    """Keep what runs on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def not_over(day: datetime.date) -> Q:
    """Keep appointments that run on a day or begin later; a cancelled one has no day at all."""
    return Q(until__isnull=True) | (Q(until__gt=day) & Q(until__gt=F("since")))


def import_world(
    rows: list[Given], *, scope: Unit | None, too_wide: Callable[[Role], bool], today: datetime.date
) -> World:
    """Return what the rows of a sheet speak of; `too_wide` names the roles the importer may not give."""
    values = [row.values for row in rows]
    codes = {v[c] for v in values for c in ("unit_code", "parent_code") if v.get(c)}
    roles = {name: role for role in Role.objects.all() for name in _names(role.code, role.name, role.name_en)}
    keys = {v["seat_key"] for v in values if v.get("seat_key")}
    keys |= {
        f"{v['unit_code']}-{roles[fold(v['role'])].code}"[:60]
        for v in values
        if v.get("unit_code") and fold(v.get("role", "")) in roles
    }
    tiers = {
        name: tier.code for tier in Tier.objects.all() for name in _names(tier.code, tier.name, tier.name_en)
    }
    return World(
        units=dict(_known_units(codes)),
        seats=dict(_known_seats(keys)),
        tiers=tiers,
        roles={name: role.code for name, role in roles.items()},
        wide=frozenset(role.code for role in {*roles.values()} if too_wide(role)),
        owners=dict(_owners(v for v in values if v.get("phone") or v.get("email"))),
        scope=bytes(scope.path) if scope else None,
        today=today,
        members=frozenset(_known_members(values, today)),
    )


def _known_members(values: list[dict[str, str]], today: datetime.date) -> Iterator[tuple[str, str]]:
    """Yield the unit's code and the folded name of the members of the units for which the sheet names members."""
    codes = {v["unit_code"] for v in values if v.get("unit_code") and fold(v.get("role", "")) in MEMBER}
    for some in _chunks(codes):
        now = Membership.objects.filter(holding(today), unit__code__in=some)
        yield from now.values_list("unit__code", "person__folded")


def _names(*names: str) -> set[str]:
    return {fold(name) for name in names if name}


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    listed = sorted(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def _known_units(codes: set[str]) -> Iterator[tuple[str, KnownUnit]]:
    for some in _chunks(codes):
        noted: dict[int, dict[str, tuple[str, datetime.date | None]]] = {}
        for one in UnitAttribute.objects.filter(unit__code__in=some, until=None):
            noted.setdefault(one.unit_id, {})[fold(one.key)] = (one.value, one.since)
        placed = Placement.objects.filter(unit__code__in=some, until__isnull=True)
        for p in placed.select_related("unit", "unit__tier", "parent"):
            unit = p.unit
            parent = p.parent.code if p.parent else ""
            yield (
                unit.code,
                KnownUnit(
                    unit.pk,
                    unit.name,
                    unit.name_en,
                    unit.tier.code,
                    parent,
                    bytes(unit.path),
                    p.since,
                    noted.get(unit.pk, {}),
                ),
            )


def _known_seats(keys: set[str]) -> Iterator[tuple[str, KnownSeat]]:
    for some in _chunks(keys):
        seats = Seat.objects.filter(key__in=some).select_related("unit", "role")
        full = Appointment.objects.filter(kind=Appointment.Kind.FULL, until__isnull=True)
        held = {a.seat_id: a for a in full.filter(seat__key__in=some).select_related("person")}
        names: dict[int, set[str]] = {}
        users = [a.person.user_id for a in held.values() if a.person.user_id]
        for user, name in LoginName.objects.filter(user_id__in=users).values_list("user_id", "name"):
            names.setdefault(user, set()).add(name)
        for seat in seats:
            known = KnownSeat(seat.pk, seat.unit.code, seat.role.code)
            if a := held.get(seat.pk):
                own = frozenset(names.get(a.person.user_id or 0, ()))
                known = KnownSeat(
                    seat.pk, seat.unit.code, seat.role.code, a.pk, a.since, a.person_id, a.person.name,
                    a.person.user_id, own,
                )  # fmt: skip
            yield seat.key, known


def _owners(values: Iterable[dict[str, str]]) -> Iterator[tuple[str, Owner]]:
    for some in _chunks({name for v in values for name in stored_contacts(v)}):
        for own in LoginName.objects.filter(name__in=some).select_related("user", "user__person"):
            person = getattr(own.user, "person", None)
            yield (
                own.name,
                Owner(own.user_id, person.pk if person else None, person.name if person else own.user.name),
            )


def without_account(
    unit: Unit, day: datetime.date, batch: ImportBatch | None = None
) -> QuerySet[Appointment]:
    """Return who holds a seat in a unit or directly below it, or by an import, and has no way in yet."""
    near = Q(seat__unit=unit) | Q(seat__unit__in=children(unit).values("pk"))
    if batch is not None:
        near = Q(seat__in=batch.rows.exclude(seat=None).values("seat_id"))
    held = Appointment.objects.filter(holding(day), near).exclude(seat__until__lte=day)
    held = held.exclude(opens("person__user_id")).select_related("seat__unit", "seat__role", "person__user")
    return held.order_by("seat__unit__path", "-seat__role__is_head", "pk")


def slipless(held: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Keep appointments without a slip that still works."""
    return held.exclude(pk__in=open_slips().values("appointment_id"))


def open_slips() -> QuerySet[ActivationSlip]:
    """Return the slips whose codes still work."""
    return ActivationSlip.objects.filter(used_at__isnull=True, expires__gt=timezone.now())


def add_slips(held: Iterable[Appointment]) -> None:
    """Set `slip`, the unused slip of each, out of date or not, and `slip_works`; one query."""
    found = ActivationSlip.objects.filter(appointment__in=list(held), used_at__isnull=True)
    slips = {slip.appointment_id: slip for slip in found.order_by("pk")}
    for appointment in held:
        slip = slips.get(appointment.pk)
        appointment.slip = slip  # type: ignore[attr-defined]  # for the template
        appointment.slip_works = slip is not None and slip.expires > timezone.now()  # type: ignore[attr-defined]  # as above


def last_days(codes: Sequence[str]) -> dict[str, datetime.datetime]:
    """Return when each of the new codes ends; two queries."""
    by_hash = {code_hash(code): code for code in codes}
    found: list[tuple[str, datetime.datetime]] = []
    for slips in (ActivationSlip.objects, MemberSlip.objects):
        found += slips.filter(code_hash__in=by_hash).values_list("code_hash", "expires")
    return {by_hash[kept]: expires for kept, expires in found}


def colleagues(unit: Unit, day: datetime.date) -> QuerySet[Person]:
    """Return who holds a seat of a unit or of one directly below."""
    near = Q(seat__unit=unit) | Q(seat__unit__in=children(unit).values("pk"))
    held = Appointment.objects.filter(near, holding(day))
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("sort_key", "pk")


def holder_of(seat: Seat) -> Appointment | None:
    """Return the full appointment to a seat that has no end yet, planned ones included."""
    full = seat.appointments.filter(kind=Appointment.Kind.FULL, until__isnull=True)
    return full.select_related("person").first()


def hand_overs_of(seat: Seat) -> QuerySet[HandOver]:
    """Return the hand-overs of a seat that were not cancelled, the newest first."""
    return (
        seat.hand_overs.filter(cancelled=False).select_related("old__person", "new__person").order_by("-day")
    )


def members_in(unit: Unit, day: datetime.date, *, former: bool = False) -> QuerySet[Membership]:
    """Return who belongs to a unit on a day, or who does no longer, in the order of their names."""
    found = unit.memberships.select_related("person__user").order_by("person__sort_key", "pk")
    return found.filter(until__lte=day) if former else found.filter(holding(day))


def members_asleep(unit: Unit, day: datetime.date) -> QuerySet[Membership]:
    """Return the members of a unit who have not set a password yet and hold no seat: holders get a seat's slip."""
    seated = Appointment.objects.filter(holding(day), person=OuterRef("person"))
    return members_in(unit, day).exclude(opens("person__user_id")).filter(~Exists(seated))


def member_slip_with(code: str) -> MemberSlip | None:
    """Return the member's slip that carries a code, whatever its state."""
    found = MemberSlip.objects.select_related("membership__person__user", "membership__unit")
    return found.filter(code_hash=code_hash(code)).first()


def slip_with(code: str) -> ActivationSlip | None:
    """Return the slip that carries a code, whatever its state."""
    found = ActivationSlip.objects.select_related(
        "appointment__person__user", "appointment__seat__unit", "appointment__seat__role"
    )
    return found.filter(code_hash=code_hash(code)).first()


def code_hash(code: str) -> str:
    """Return what is kept of a code; 80 random bits need no salt. Hyphens, spaces and case do not count.

    Codes hold no 0, 1 and 8: who reads them into O, I and B is understood.
    """
    bare = "".join(c for c in code.upper() if c.isalnum()).translate(str.maketrans("018", "OIB"))
    return hashlib.sha256(bare.encode()).hexdigest()


def standing_events(unit: Unit) -> "QuerySet[UnitEvent]":
    """Return the events of a unit that no correction has taken the place of, newest first."""
    found = UnitEvent.objects.filter(unit=unit, replaced_by__isnull=True)
    return found.select_related("recorded_by__role", "replaces")


def attributes_of(unit: Unit) -> "QuerySet[UnitAttribute]":
    """Return the attributes of a unit: those that hold first, each group by name."""
    return UnitAttribute.objects.filter(unit=unit).order_by(F("until").desc(nulls_first=True), "key", "pk")


def attribute_names() -> "QuerySet[UnitAttribute, str]":
    """Return the names of attributes that were ever in use, each once."""
    return UnitAttribute.objects.order_by().values_list("key", flat=True).distinct()


def attributes_within(unit: Unit, most: int = 60) -> dict[str, list[str]]:
    """Return by name the values that attributes of open units of a subtree have; one query.

    Of a name at most so many values, those of most units: one that tells each unit apart, as a tax number does, leaves
    room for the others and chooses nobody.
    """
    held = UnitAttribute.objects.filter(
        until=None, unit__in=Unit.objects.all().below(unit).filter(closed=None)
    )
    counted = held.order_by().values("key", "value").annotate(units=Count("pk"))
    place = Window(RowNumber(), partition_by="key", order_by=[F("units").desc(), "value"])
    found: dict[str, list[str]] = {}
    for key, value in counted.annotate(place=place).filter(place__lte=most).values_list("key", "value"):
        found.setdefault(key, []).append(value)
    return {key: sorted(found[key], key=sort_key) for key in sorted(found, key=sort_key)}


def own_role(seat: Seat | None) -> Role | None:
    """Return the other role in the unit of who signs for a seat's holder; one query where somebody does."""
    if (
        seat is None
        or seat.held_by is None
        or seat.held_as not in (Appointment.Kind.DELEGATE, Appointment.Kind.BY_ORDER)
    ):
        return None
    day = timezone.localdate()
    others = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), person_id=seat.held_by, since__lte=day, seat__unit_id=seat.unit_id,
        kind=Appointment.Kind.FULL,
    ).exclude(seat_id=seat.pk)  # fmt: skip
    held = others.select_related("seat__role").order_by("-since", "pk").first()
    return held.seat.role if held else None
