"""Issue a plan: frozen, hashed, printed once or kept as it came, filed, its own tasks made tasks of the unit."""

import dataclasses

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.archive.actions import Description, Filed, file_record
from liencap.archive.models import Series
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.errors import DomainError, crash_point
from liencap.plans.access import ISSUE, require_own
from liencap.plans.actions.drafting import lock_draft, not_yet_in, note
from liencap.plans.composition import printed
from liencap.plans.models import PlanItem, UnitPlan
from liencap.plans.printing import PrintedPlan, render_docx, render_pdf
from liencap.plans.queries import lines, still_open
from liencap.plans.templating import in_use
from liencap.programmes.actions.own import OwnTask, set_own_tasks
from liencap.units.access import today


def issue_plan(plan: UnitPlan, *, revision: int, actor: Actor, sample: bool | None = None) -> UnitPlan:
    """Issue a draft. The files are rendered before the short transaction that makes them count."""
    require_own(actor, ISSUE, plan.unit)
    with transaction.atomic():
        seen = lock_draft(plan, revision=revision, actor=actor, permission=ISSUE)
        _require_whole(seen)
        values = printed(seen, sample=settings.DEMO if sample is None else sample)
        values = dataclasses.replace(values, plan_hash=values.digest())
    docx = pdf = ""
    if seen.way == UnitPlan.Way.COMPOSED:
        docx = store.put(render_docx(values, in_use(seen.unit, values.language).data))
        pdf = store.put(render_pdf(values))
    crash_point("plan-before-issue")
    return _freeze(seen, values, docx, pdf, revision=revision, actor=actor)


def _require_whole(plan: UnitPlan) -> None:
    """Refuse a plan that lacks what an issued paper has, or about which a person has still to decide."""
    if plan.way == UnitPlan.Way.UPLOADED and not plan.matched:
        raise DomainError("not-matched", _("Compare the plan with the tasks given to you first."))
    if not plan.number.strip() or plan.date is None or not plan.signatory.strip():
        raise DomainError(
            "not-whole", _("Enter the number, the date and who signed before the plan is issued.")
        )
    if plan.date > today():
        raise DomainError("future", _("The day lies in the future."))
    if count := still_open(plan):
        raise DomainError("open-lines", _("Lines still to be decided: %(n)s.") % {"n": count})
    if not_yet_in(plan).exists():
        raise DomainError("new-tasks", _("Your unit was given more tasks since: take them in first."))
    taken = list(lines(plan).filter(decision=PlanItem.Decision.TAKEN))
    if not taken:
        raise DomainError("empty-plan", _("The plan takes up no task."))
    if plan.way == UnitPlan.Way.COMPOSED and any(item.is_later and not item.waiver for item in taken):
        raise DomainError("loosened", _("A line has a later day than the one inherited and no waiver."))


@transaction.atomic
def _freeze(
    plan: UnitPlan, values: PrintedPlan, docx: str, pdf: str, *, revision: int, actor: Actor
) -> UnitPlan:
    plan = lock_draft(plan, revision=revision, actor=actor, permission=ISSUE)
    old = UnitPlan.objects.select_for_update().filter(
        programme=plan.programme, unit=plan.unit, state=UnitPlan.State.ISSUED
    )
    replaced = list(old.values_list("pk", flat=True))
    old.update(state=UnitPlan.State.REPLACED)
    plan.state, plan.values, plan.sha256 = UnitPlan.State.ISSUED, dataclasses.asdict(values), values.plan_hash
    plan.docx, plan.pdf = docx, pdf
    plan.issued_at, plan.issued_by_seat_id = timezone.now(), actor.seat_id
    plan.save(update_fields=["state", "values", "sha256", "docx", "pdf", "issued_at", "issued_by_seat"])
    tasks = _own_tasks(plan, actor)
    note(
        plan, "issue_plan", actor, old={"state": UnitPlan.State.DRAFT, "replaced": replaced},
        new={
            "state": plan.state, "number": plan.number, "sha256": plan.sha256, "docx": docx, "pdf": pdf,
            "own_tasks": tasks,
        },
    )  # fmt: skip
    _file(plan, actor=actor)
    crash_point("plan-before-commit")
    return plan


def _own_tasks(plan: UnitPlan, actor: Actor) -> int:
    """Make the unit's own lines its tasks, so that they can be passed down and reported on."""
    taken = plan.items.filter(decision=PlanItem.Decision.TAKEN, assignment__isnull=True)
    own = list(taken.select_related("above__assignment__task").order_by("order", "pk"))
    wanted = [
        OwnTask(item.text, item.label, item.due, item.owner, item.above.assignment if item.above else None)
        for item in own
    ]
    tasks = set_own_tasks(plan.programme, plan.unit, wanted, actor=actor) if wanted else []
    for item, task in zip(own, tasks, strict=True):
        item.task = task
    PlanItem.objects.bulk_update(own, ["task"], batch_size=500)
    return len(tasks)


def _file(plan: UnitPlan, *, actor: Actor) -> None:
    """File the plan in the unit's archive, in the transaction that issues it."""
    name = f"{plan.unit.code}-{plan.number}".replace("/", "-")
    files = [
        Filed(f"{name}.{kind}", kind, sha) for kind, sha in (("pdf", plan.pdf), ("docx", plan.docx)) if sha
    ]
    if plan.version:
        files = [Filed(plan.version.filename, plan.version.content_kind, plan.version.sha256)]
    about = Description(
        plan.subject, symbol=plan.number, creator=plan.issuer, since=plan.date, until=plan.date,
        language=plan.language, text=f"SHA-256 {plan.sha256}",
    )  # fmt: skip
    file_record(plan.unit, Series.Kind.PLAN, about, files, source=("unit_plan", plan.pk), actor=actor)
