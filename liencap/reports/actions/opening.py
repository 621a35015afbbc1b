"""Open a period: lay down who owes and freeze the set, of many units in stretches before one last deed."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.core.rollup.layout import Layout
from liencap.errors import DomainError, crash_point
from liencap.reports.actions.telling import tell_opened
from liencap.reports.figures import nothing
from liencap.reports.models import FormVersion, Obligation, Period, Report, Total
from liencap.reports.owed.who import days_of, owing
from liencap.units.access import require
from liencap.units.actions.tree import lock_tree
from liencap.units.models import STEP, Unit

STRETCH = 1000  # units that are laid down in one transaction


class Place(NamedTuple):
    """What is frozen of a unit: the unit above that owes too, its tier, the ids from the top down, its due day."""

    parent: int | None
    tier: int
    chain: bytes
    due: datetime.date


Places = dict[int, Place]


@transaction.atomic
def open_period(period: Period, *, actor: Actor, tell: bool = True) -> Period:
    """Freeze the obligations of all units that owe by the period's rule; one entry with a digest of them.

    What a job laid down before is compared with the tree of this moment; the job tells the units itself afterwards.
    """
    unit = period.programme.unit
    require(actor, "report.open", unit)
    lock_tree(unit)
    period = (
        Period.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=period.pk)
    )
    if period.state != Period.State.DRAFT:
        raise DomainError("period-not-draft", _("This period is open already."), status=409)
    form = _form(period)
    places = planned(period)
    if not places:
        raise DomainError("nobody-owes", _nobody(period))
    for _done in _laid_down(period, places, form.cells):
        pass
    _complete_totals(period, nothing(form.cells))
    period.state, period.form = Period.State.OPEN, form
    period.save(update_fields=["state", "form"])
    rows = [[pk, place.parent, place.tier, str(place.due)] for pk, place in sorted(places.items())]
    record(
        "open_period", actor=actor, kind="period", object_id=period.pk, unit_id=unit.pk,
        old={"state": Period.State.DRAFT},
        new={"state": Period.State.OPEN, "form": form.n, "obligations": len(rows), "sha256": digest(rows),
             "rule": period.rule, "exceptions": period.exceptions.count()},
    )  # fmt: skip
    if tell:
        for _told in tell_opened(period, actor=actor):
            pass
    return period


def lay_down(period: Period, *, actor: Actor) -> Iterator[tuple[int, int]]:
    """Lay down who owes before the period is opened; yield after each stretch how many are laid and how many owe.

    Nobody sees what is laid down until the period is open. Done again it goes on where it ended.
    """
    require(actor, "report.open", period.programme.unit)
    places = planned(period)
    for done in _laid_down(period, places, _form(period).cells):
        yield done, len(places)
        crash_point("opening-after-stretch")


def planned(period: Period) -> Places:
    """Place every unit that owes today under the nearest one above that also does, those above first; two queries."""
    top = period.programme.unit
    rows = owing(period).order_by().values_list("pk", "path", "tier_id")
    due_of = days_of(period)
    chains = {top.pk: top.pk.to_bytes(STEP, "big")}
    found: Places = {}
    for pk, path, tier in sorted(((pk, bytes(path), tier) for pk, path, tier in rows), key=_depth):
        steps = [int.from_bytes(path[at : at + STEP], "big") for at in range(0, len(path) - STEP, STEP)]
        above = reversed(steps) if pk != top.pk else ()
        parent = next((one for one in above if one in chains), None)
        chains[pk] = chains.get(parent or 0, b"") + pk.to_bytes(STEP, "big")
        found[pk] = Place(parent, tier, chains[pk], due_of[tier])
    return found


def _depth(row: tuple[int, bytes, int]) -> tuple[int, int]:
    return len(row[1]), row[0]


def _form(period: Period) -> FormVersion:
    """Return the newest form of a period's programme, made where there is none."""
    forms = FormVersion.objects.select_for_update().filter(programme=period.programme)
    with transaction.atomic(savepoint=False):
        return forms.first() or FormVersion.objects.create(programme=period.programme, n=1)


def _nobody(period: Period) -> str:
    if period.rule:
        return _("The rule names no unit: nobody would owe a report. Change who owes.")
    return _("No unit holds a task of this programme yet; assign tasks first.")


def _laid_down(period: Period, places: Places, cells: Layout) -> Iterator[int]:
    """Write the places that are not written and drop those that hold no more; yield how many are right."""
    columns = ("unit_id", "parent_id", "tier_id", "chain", "due")
    laid = {
        pk: Place(parent, tier, bytes(chain), due)
        for pk, parent, tier, chain, due in Obligation.objects.filter(period=period)
        .order_by()
        .values_list(*columns)
    }
    wrong = [pk for pk, place in laid.items() if places.get(pk) != place]
    for at in range(0, len(wrong), STRETCH):
        _drop(period, wrong[at : at + STRETCH])
    done, missing = len(laid) - len(wrong), [pk for pk, place in places.items() if laid.get(pk) != place]
    for at in range(0, len(missing), STRETCH):
        some = missing[at : at + STRETCH]
        _write(period, some, places, nothing(cells))
        done += len(some)
        yield done


@transaction.atomic(savepoint=False)
def _write(period: Period, units: Sequence[int], places: Mapping[int, Place], empty: bytes) -> None:
    """Write the obligations of some units with their empty reports and totals."""
    _still_draft(period)
    Obligation.objects.bulk_create(
        Obligation(
            period=period, unit_id=pk, parent_id=places[pk].parent, tier_id=places[pk].tier,
            chain=places[pk].chain, due=places[pk].due,
        )
        for pk in units
    )  # fmt: skip
    in_order = Obligation.objects.filter(period=period, unit__in=units).only("pk")  # reports read as lists do
    Report.objects.bulk_create(Report(obligation=one) for one in in_order)
    Total.objects.bulk_create(
        Total(period=period, unit_id=pk, kind=kind, packed=empty)
        for pk in units
        for kind in Total.Kind.values
    )
    crash_point("opening-within-stretch")


@transaction.atomic(savepoint=False)
def _drop(period: Period, units: Sequence[int]) -> None:
    """Take back what was laid down for units that owe no more, or stand elsewhere now."""
    _still_draft(period)
    Report.objects.filter(obligation__period=period, obligation__unit__in=units).delete()
    Obligation.objects.filter(period=period, unit__in=units).delete()
    Total.objects.filter(period=period, unit__in=units).delete()


def _still_draft(period: Period) -> None:
    """Refuse to touch what another worker has frozen meanwhile."""
    if Period.objects.select_for_update().get(pk=period.pk).state != Period.State.DRAFT:
        raise DomainError("period-not-draft", _("This period is open already."), status=409)


def _complete_totals(period: Period, empty: bytes) -> None:
    """Give the unit that opens its totals where it owes nothing itself; all hold nothing of the frozen form."""
    unit: Unit = period.programme.unit
    Total.objects.bulk_create(
        [Total(period=period, unit=unit, kind=kind, packed=empty) for kind in Total.Kind.values],
        ignore_conflicts=True,
    )
    Total.objects.filter(period=period).exclude(packed=empty).update(packed=empty)
