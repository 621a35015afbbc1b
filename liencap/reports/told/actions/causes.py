"""Keep a unit's list of causes and the lengths that texts should keep to."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.text import fold
from liencap.errors import DomainError
from liencap.reports.access import require_own
from liencap.reports.models import Cause, LengthBudget
from liencap.reports.told.causes import USUAL
from liencap.units.models import Unit


@transaction.atomic
def begin_causes(unit: Unit, *, actor: Actor) -> list[Cause]:
    """Begin a unit's list with the usual causes; a list that is there is not begun again."""
    require_own(actor, "report.causes", unit)
    if Cause.objects.filter(unit=unit).exists():
        raise DomainError("list-begun", _("Your unit already keeps a list of causes."), status=409)
    made = Cause.objects.bulk_create(
        Cause(unit=unit, code=code, name=name, name_en=english, order=order)
        for order, (code, name, english) in enumerate(USUAL)
    )
    record("begin_causes", actor=actor, kind="cause", unit_id=unit.pk, new={"count": len(made)})
    return made


@transaction.atomic
def add_cause(unit: Unit, name: str, name_en: str = "", *, actor: Actor) -> Cause:
    """Add a cause at the end of a unit's list."""
    require_own(actor, "report.causes", unit)
    name = " ".join(name.split())[:200]
    code = slugify(fold(name))[:40]
    if not code:
        raise DomainError("no-name", _("Name the cause."))
    if Cause.objects.filter(unit=unit, code=code).exists():
        raise DomainError("cause-there", _("This cause is in the list already."), status=409)
    last = Cause.objects.filter(unit=unit).aggregate(last=Max("order"))["last"]
    made = Cause.objects.create(
        unit=unit, code=code, name=name, name_en=name_en.strip()[:200], order=0 if last is None else last + 1
    )
    record(
        "add_cause", actor=actor, kind="cause", object_id=made.pk, unit_id=unit.pk,
        new={"code": code, "name": name, "name_en": made.name_en},
    )  # fmt: skip
    return made


@transaction.atomic
def change_cause(cause: Cause, *, name: str, name_en: str, retired: bool, actor: Actor) -> Cause:
    """Rename a cause, or retire it: reports that named it keep it, nobody chooses it any more."""
    require_own(actor, "report.causes", cause.unit)
    old = {"name": cause.name, "name_en": cause.name_en, "retired": cause.retired}
    name = " ".join(name.split())[:200]
    if not name:
        raise DomainError("no-name", _("Name the cause."))
    cause.name, cause.name_en, cause.retired = name, name_en.strip()[:200], retired
    cause.save(update_fields=["name", "name_en", "retired"])
    record(
        "change_cause", actor=actor, kind="cause", object_id=cause.pk, unit_id=cause.unit_id, old=old,
        new={"name": cause.name, "name_en": cause.name_en, "retired": cause.retired},
    )  # fmt: skip
    return cause


@transaction.atomic
def set_lengths(unit: Unit, lengths: Mapping[tuple[int, str], int | None], *, actor: Actor) -> None:
    """Say by tier and question how many words a text should keep to; nothing means any length."""
    require_own(actor, "report.causes", unit)
    LengthBudget.objects.filter(unit=unit).delete()
    LengthBudget.objects.bulk_create(
        LengthBudget(unit=unit, tier_id=tier, question=question, words=words)
        for (tier, question), words in lengths.items()
        if words
    )
    new = {f"{tier} {question}": words for (tier, question), words in sorted(lengths.items()) if words}
    record("set_lengths", actor=actor, kind="length", unit_id=unit.pk, new=new)
