"""Register a joint activity, change it, take it back; the partners confirm or decline."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.rollup import check
from liencap.errors import DomainError
from liencap.notices.actions import Message, notify, settle
from liencap.programmes.models import Task
from liencap.reports.access import require_own
from liencap.reports.joint.queries import addable
from liencap.reports.models import JointActivity, JointPartner, Obligation, Period
from liencap.reports.queries import tasks_of
from liencap.units.models import Unit

PARTNERS_MAX = 50
Amounts = Mapping[tuple[str, str], Decimal]


@dataclass(frozen=True, slots=True)
class ActivityInput:
    """A joint activity as its host enters it; `figures` count at the host alone."""

    title: str
    partners: Sequence[Unit]
    figures: Amounts = field(default_factory=dict)
    held_on: datetime.date | None = None


@transaction.atomic
def register_activity(
    period: Period, host: Unit, task: Task, said: ActivityInput, *, actor: Actor
) -> JointActivity:
    """Register what a unit holds with others; each partner is asked to confirm."""
    require_own(actor, "report.fill", host)
    owed = _guard(period, host)
    if task.pk not in {one.pk for one in tasks_of(owed)}:
        raise DomainError("foreign-task", _("The report names a task that the unit was not given."))
    _guard_input(period, host, task, said)
    made = JointActivity.objects.create(
        period=period,
        task=task,
        host=host,
        title=said.title.strip(),
        held_on=said.held_on,
        figures=_rows(said.figures),
    )
    _ask(made, said.partners, actor)
    record(
        "register_activity", actor=actor, kind="joint_activity", object_id=made.pk, unit_id=host.pk,
        new={"title": made.title, "figures": made.figures, "partners": sorted(u.pk for u in said.partners)},
    )  # fmt: skip
    return made


@transaction.atomic
def change_activity(
    activity: JointActivity, said: ActivityInput, *, revision: int, actor: Actor
) -> JointActivity:
    """Change what a joint activity is; partners that stay keep their answer, new ones are asked."""
    activity = _locked(activity, revision)
    require_own(actor, "report.fill", activity.host)
    _guard(activity.period, activity.host)
    _guard_input(activity.period, activity.host, activity.task, said)
    old = {"title": activity.title, "figures": activity.figures}
    activity.title, activity.held_on = said.title.strip(), said.held_on
    activity.figures, activity.revision = _rows(said.figures), activity.revision + 1
    activity.save(update_fields=["title", "held_on", "figures", "revision"])
    gone = activity.partners.exclude(unit__in=said.partners)
    settle([_key(activity)], actor=actor, units=list(gone.values_list("unit_id", flat=True)))
    gone.delete()
    here = set(activity.partners.values_list("unit_id", flat=True))
    _ask(activity, [unit for unit in said.partners if unit.pk not in here], actor)
    record(
        "change_activity", actor=actor, kind="joint_activity", object_id=activity.pk, unit_id=activity.host_id,
        old=old, new={"title": activity.title, "figures": activity.figures,
                      "partners": sorted(u.pk for u in said.partners)},
    )  # fmt: skip
    return activity


@transaction.atomic
def withdraw_activity(activity: JointActivity, *, revision: int, actor: Actor) -> None:
    """Take a joint activity back: reports sent from now on do not name it."""
    activity = _locked(activity, revision)
    require_own(actor, "report.fill", activity.host)
    _guard(activity.period, activity.host)
    activity.withdrawn, activity.revision = True, activity.revision + 1
    activity.save(update_fields=["withdrawn", "revision"])
    settle([_key(activity)], actor=actor)
    record(
        "withdraw_activity", actor=actor, kind="joint_activity", object_id=activity.pk, unit_id=activity.host_id,
        old={"title": activity.title}, new={"withdrawn": True},
    )  # fmt: skip


@transaction.atomic
def answer_activity(
    activity: JointActivity, unit: Unit, *, confirms: bool, reason: str = "", actor: Actor
) -> JointPartner:
    """Confirm that a unit takes part, or decline with a reason; either may be changed while the period is open."""
    require_own(actor, "report.fill", unit)
    _guard(activity.period, unit)
    partner = JointPartner.objects.select_for_update().filter(activity=activity, unit=unit).first()
    if partner is None or activity.withdrawn:
        raise DomainError(
            "not-a-partner", _("The host no longer names your unit in this activity."), status=409
        )
    if not confirms and not reason.strip():
        raise DomainError("reason-missing", _("Say why."))
    old = {"state": partner.state}
    partner.state = JointPartner.State.CONFIRMED if confirms else JointPartner.State.DECLINED
    partner.reason, partner.answered_by_seat_id = "" if confirms else reason.strip()[:500], actor.seat_id
    partner.save(update_fields=["state", "reason", "answered_by_seat"])
    settle([_key(activity)], actor=actor, units=[unit.pk])
    record(
        "answer_activity", actor=actor, kind="joint_activity", object_id=activity.pk, unit_id=unit.pk, old=old,
        new={"state": partner.state, "reason": partner.reason},
    )  # fmt: skip
    return partner


def _locked(activity: JointActivity, revision: int) -> JointActivity:
    found = JointActivity.objects.select_for_update(of=("self",)).select_related(
        "host", "task", "period__form"
    )
    locked = found.get(pk=activity.pk)
    if locked.revision != revision or locked.withdrawn:
        raise DomainError(
            "activity-changed",
            _("The activity was changed in another window. Load the page again before you go on."),
            status=409,
        )
    return locked


def _guard(period: Period, unit: Unit) -> Obligation:
    """Refuse a period that takes no reports, and a unit that owes none in it."""
    if period.state != Period.State.OPEN:
        raise DomainError("period-closed", _("This period is not open."), status=409)
    owed = Obligation.objects.filter(period=period, unit=unit).select_related("period__form").first()
    if owed is None:
        raise DomainError("owes-nothing", _("%(unit)s owes no report in this period.") % {"unit": unit})
    return owed


def _guard_input(period: Period, host: Unit, task: Task, said: ActivityInput) -> None:
    """Refuse an activity without name or partners, partners of elsewhere, and figures that do not add up."""
    form = period.form
    assert form is not None, "open periods have a form"
    if not said.title.strip():
        raise DomainError("title-missing", _("Name the activity."))
    if not said.partners or len(said.partners) > PARTNERS_MAX:
        raise DomainError("partners", _("Name one to %(most)s partners.") % {"most": PARTNERS_MAX})
    here = set(
        Obligation.objects.filter(period=period, unit__in=said.partners).values_list("unit_id", flat=True)
    )
    for unit in said.partners:
        if unit.pk == host.pk:
            raise DomainError("host-is-partner", _("The host is no partner of its own."))
        if unit.pk not in here:
            raise DomainError("owes-nothing", _("%(unit)s owes no report in this period.") % {"unit": unit})
    allowed = {(i.code, cell) for i in addable(period, task.pk) for cell in i.cells}
    if not {*said.figures} <= allowed or check(form.cells, said.figures):
        raise DomainError("bad-figures", _("The figures cannot be kept as they stand."))


def _ask(activity: JointActivity, units: Sequence[Unit], actor: Actor) -> None:
    JointPartner.objects.bulk_create(JointPartner(activity=activity, unit=unit) for unit in units)
    url = reverse("reports:joint-activity", args=[activity.pk])
    told = [Message(unit.pk, _key(activity), activity.title, url, "report.fill") for unit in units]
    notify("joint-asked", told, actor=actor, to_do=True)


def _key(activity: JointActivity) -> str:
    return f"joint-{activity.pk}"


def _rows(figures: Amounts) -> list[dict[str, str]]:
    return [{"code": code, "cell": cell, "number": f"{number:f}"} for (code, cell), number in figures.items()]
