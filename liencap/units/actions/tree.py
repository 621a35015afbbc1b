"""Found units, rename them and move them in the tree."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.card import followers
from liencap.core.tree import path_step
from liencap.errors import DomainError, NotAllowed
from liencap.units.access import can, require
from liencap.units.models import Placement, Role, Tier, Unit, UnitWord


@transaction.atomic
def found_tier(code: str, name: str, *, rank: int, actor: Actor, name_en: str = "") -> Tier:
    """Found a tier of the organisation."""
    _require_top(actor)
    tier = Tier.objects.create(code=code, name=name, name_en=name_en, rank=rank)
    record("found_tier", actor=actor, kind="tier", object_id=tier.pk, new={"code": code, "rank": rank})
    return tier


@transaction.atomic
def found_role(
    code: str, name: str, *, actor: Actor, name_en: str = "",
    own: Sequence[str] = (), below: Sequence[str] = (), is_head: bool = False,
) -> Role:  # fmt: skip
    """Found a role with its rights; only the setup does."""
    if actor != SYSTEM:
        raise NotAllowed("setup-only", _("Only the setup makes roles."))
    role = Role.objects.create(
        code=code, name=name, name_en=name_en, own=list(own), below=list(below), is_head=is_head
    )
    new = {"code": code, "own": role.own, "below": role.below}
    record("found_role", actor=actor, kind="role", object_id=role.pk, new=new)
    return role


@transaction.atomic
def change_tier(tier: Tier, name: str, *, rank: int, actor: Actor, name_en: str = "") -> None:
    """Give a tier other names or another place in the order."""
    _require_top(actor)
    old = {"name": tier.name, "name_en": tier.name_en, "rank": tier.rank}
    new = {"name": name, "name_en": name_en, "rank": rank}
    if old == new:
        return
    tier.name, tier.name_en, tier.rank = name, name_en, rank
    tier.save(update_fields=["name", "name_en", "rank"])
    if old["rank"] != rank:
        Unit.objects.filter(tier=tier).update(rank=rank)
    record("change_tier", actor=actor, kind="tier", object_id=tier.pk, old=old, new=new)


@transaction.atomic
def remove_tier(tier: Tier, *, actor: Actor) -> None:
    """Take a tier away that no unit has."""
    _require_top(actor)
    if tier.units.exists():
        raise DomainError("tier-used", _("Units belong to the tier “%(tier)s”; it stays.") % {"tier": tier})
    old, pk = {"name": tier.name, "rank": tier.rank}, tier.pk
    tier.delete()
    record("remove_tier", actor=actor, kind="tier", object_id=pk, old=old)


def _require_top(actor: Actor) -> None:
    """Tiers belong to the whole organisation: the setup shapes them, and who may change its topmost unit."""
    top = Unit.objects.filter(placements__parent=None, placements__until=None, pk=actor.unit_id or 0).first()
    if actor != SYSTEM and (top is None or not can(actor, "unit.edit", top)):
        raise NotAllowed("top-only", _("Only the head of the topmost unit can change tiers."))


def lock_tree(unit: Unit) -> None:
    """Let one writer at a time change the shape of a tree, so that derived paths stay true."""
    Unit.objects.select_for_update().get(pk=unit.path_ids[0])
    unit.refresh_from_db(fields=["path"])


@transaction.atomic
def found_unit(
    code: str,
    name: str,
    *,
    tier: Tier,
    parent: Unit | None,
    since: datetime.date,
    actor: Actor,
    name_en: str = "",
) -> Unit:
    """Found a unit under a parent from a day on; only the system founds a root."""
    if parent is not None:
        require(actor, "unit.edit", parent)
        lock_tree(parent)
        if parent.closed is not None:
            raise DomainError(
                "unit-closed", _("A closed unit has no place in the tree any more."), status=409
            )
        if not parent.placements.filter(since__lte=since).exists():
            raise DomainError("before-parent", _("The unit above did not exist yet on that day."))
    elif actor.user_id is not None:
        raise DomainError("root-by-system", _("Only the setup can found the topmost unit."))
    if Unit.objects.filter(code=code).exists():
        raise DomainError("code-taken", _("Another unit has this code."))
    unit = Unit(code=code, name=name, name_en=name_en, tier=tier)
    unit.derive()
    unit.save()
    unit.path = (bytes(parent.path) if parent else b"") + path_step(unit.pk)
    unit.save(update_fields=["path"])
    write_words([unit])
    Placement.objects.create(unit=unit, parent=parent, since=since)
    new = {"code": code, "name": name, "parent": parent.pk if parent else None, "since": str(since)}
    record("found_unit", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk, new=new)
    return unit


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, name_en: str = "", actor: Actor) -> None:
    """Give a unit another name."""
    require(actor, "unit.edit", unit)
    old = {"name": unit.name, "name_en": unit.name_en}
    unit.name, unit.name_en = name, name_en
    unit.derive()
    unit.save(update_fields=["name", "name_en", "folded", "sort_key"])
    rewrite_words([unit])
    new = {"name": name, "name_en": name_en}
    record("rename_unit", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk, old=old, new=new)


@transaction.atomic
def move_unit(unit: Unit, parent: Unit, *, since: datetime.date, actor: Actor) -> None:
    """Hang a unit with all under it below another parent from a day on; what upper rooms hang on it follows."""
    lock_tree(unit)
    parent.refresh_from_db(fields=["path"])
    placed = unit.placements.select_related("parent").filter(until__isnull=True).first()
    if placed is None or parent.closed is not None:
        raise DomainError("unit-closed", _("A closed unit has no place in the tree any more."), status=409)
    if placed.parent is None:
        raise DomainError("root-stays", _("The topmost unit cannot be moved."))
    for touched in (placed.parent, unit, parent):
        require(actor, "unit.edit", touched)
    if placed.parent_id == parent.pk:
        raise DomainError("same-parent", _("The unit already stands below that unit."))
    if since <= placed.since:
        raise DomainError("before-placement", _("The unit came to its present place on that day or later."))
    if parent.is_under(unit) or unit.pk in _above_since(parent.pk, since):
        raise DomainError("cycle", _("A unit cannot stand below itself."))
    placed.until = since
    placed.save(update_fields=["until"])
    placement = Placement.objects.create(unit=unit, parent=parent, since=since)
    moved = _rewrite_paths(unit, parent)
    record(
        "move_unit", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk,
        old={"parent": placed.parent_id}, new={"parent": parent.pk, "since": str(since), "moved": moved},
    )  # fmt: skip
    for follow in followers("move-unit"):
        follow(placement, actor=actor)


def write_words(units: Sequence[Unit]) -> None:
    """Write the words by which new units are found."""
    rows = [UnitWord(unit=unit, word=word) for unit in units for word in unit.words]
    UnitWord.objects.bulk_create(rows, batch_size=490)


def rewrite_words(units: Sequence[Unit]) -> None:
    """Put new words in the place of the old ones of units whose names changed."""
    for start in range(0, len(units), 500):
        UnitWord.objects.filter(unit__in=units[start : start + 500]).delete()
    write_words(units)


def _above_since(unit_id: int, day: datetime.date) -> set[int]:
    """Return every unit that stood above this one on any day from `day` on."""
    seen: set[int] = set()
    layer = {unit_id}
    while layer:
        seen |= layer
        later = Placement.objects.filter(Q(until__isnull=True) | Q(until__gt=day), unit_id__in=layer)
        layer = set(later.exclude(parent=None).values_list("parent_id", flat=True)) - seen
    return seen


def _rewrite_paths(unit: Unit, parent: Unit) -> int:
    """Derive the paths of a subtree again from its new parent; return how many."""
    old = len(bytes(unit.path)) - len(path_step(unit.pk))
    below = list(Unit.objects.all().below(unit).only("pk", "path"))
    for one in below:
        one.path = bytes(parent.path) + bytes(one.path)[old:]
    Unit.objects.bulk_update(below, ["path"], batch_size=300)
    unit.refresh_from_db(fields=["path"])
    return len(below)
