"""Erase what is personal of somebody who holds no seat any more."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liencap.accounts.actions import erase_user
from liencap.audit.actions import forget, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, NotAllowed
from liencap.units.access import can, today
from liencap.units.models import ActivationSlip, HandOver, ImportRow, MemberSlip, Person
from liencap.units.queries import holding, not_over, units_of_person

PERSONAL = ("person_name", "phone", "email")
REASONS = ("asked", "ended", "mistake")


@transaction.atomic
def erase_person(person: Person, *, reason: str, actor: Actor) -> None:
    """Blank the person's rows and destroy the keys of their values in the log; the acts of the seats stay."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    units = units_of_person(person)
    # Whoever may not do it in one of the units may not do it at all: the person is one.
    if not all(can(actor, "person.erase", unit) for unit in units) or (not units and actor.user_id):
        raise NotAllowed("not-allowed", _("This person held seats where your seat does not carry the right."))
    if person.appointments.filter(not_over(today())).exists():
        raise DomainError("holds-seat", _("This person still holds a seat; end the appointment first."))
    if person.memberships.filter(holding(today())).exists():
        raise DomainError("is-member", _("This person is still a member; end the membership first."))
    if person.erased:
        raise DomainError("erased-already", _("This person was erased already."))
    assert reason in REASONS, "the form offers these"
    _blank_imports(person, [unit.code for unit in units])
    ActivationSlip.objects.filter(appointment__person=person).delete()
    # A note to a successor, or the successor's remark, may name either of the two.
    HandOver.objects.filter(Q(old__person=person) | Q(new__person=person)).update(note="", remark="")
    MemberSlip.objects.filter(membership__person=person).delete()
    if person.user is not None:
        erase_user(person.user, actor=actor)
    person.name, person.user, person.erased = "", None, True
    person.derive()
    person.save(update_fields=["name", "user", "erased", "folded", "sort_key"])
    record(
        "erase_person", actor=actor, kind="person", object_id=person.pk,
        unit_id=units[0].pk if units else None, new={"reason": reason},
    )  # fmt: skip
    forget([("person", person.pk)], actor=actor)


def _blank_imports(person: Person, codes: list[str]) -> None:
    """Take the person out of the sheets that were imported: their cells, and messages that name them."""
    named = Q(given__person_name=person.name) | Q(message__contains=person.name)
    rows = list(ImportRow.objects.filter(named, given__unit_code__in=codes))
    for row in rows:
        if row.given.get("person_name") == person.name:
            row.given = {key: value for key, value in row.given.items() if key not in PERSONAL}
        row.message = ""
    ImportRow.objects.bulk_update(rows, ["given", "message"], batch_size=300)
