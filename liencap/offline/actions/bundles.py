"""Hand out forms: a ZIP for the units below, or a workbook to the unit itself."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.errors import DomainError, crash_point
from liencap.offline.access import RIGHT
from liencap.offline.models import Bundle, IssuedForm
from liencap.offline.queries import asked_of, newest_issues, owing
from liencap.reports.access import require_own
from liencap.reports.models import Obligation, Period, Report
from liencap.units.models import Unit
from liencap.work.actions import enqueue

MOST = 5_000  # forms in one ZIP


@transaction.atomic
def make_bundle(period: Period, unit: Unit, *, deep: bool, language: str, actor: Actor) -> Bundle:
    """Begin a ZIP with a form for each unit below that has still to send; a job writes it."""
    require_own(actor, RIGHT, unit)
    period = Period.objects.select_related("form").get(pk=period.pk)
    if period.state != Period.State.OPEN:
        raise DomainError("period-closed", _("This period is not open."), status=409)
    count = owing(period, unit, deep=deep).count()
    if not count:
        raise DomainError(
            "nobody-owes", _("Every unit below has sent its report: there is no form to hand out.")
        )
    if count > MOST:
        raise DomainError(
            "too-many",
            _("More than %(most)s units have still to send. Hand out forms to those directly below.")
            % {"most": MOST},
        )
    bundle = Bundle.objects.create(
        period=period, unit=unit, deep=deep, language=language, made_by=actor.user_id,
        made_by_seat_id=actor.seat_id, count=count,
    )  # fmt: skip
    args = {"bundle": bundle.pk, "language": get_language()}
    bundle.job = enqueue("offline-bundle", args, actor=actor, key=f"bundle-{bundle.pk}", unit_id=unit.pk)
    bundle.save(update_fields=["job"])
    record(
        "make_bundle", actor=actor, kind="bundle", object_id=bundle.pk, unit_id=unit.pk,
        new={"period": period.pk, "count": count, "deep": deep},
    )  # fmt: skip
    return bundle


@transaction.atomic
def issue_forms(bundle: Bundle, owed: Sequence[Obligation], *, actor: Actor) -> dict[int, IssuedForm]:
    """Number the forms of some reports, by report; those that this ZIP has already keep their number."""
    have = {i.report_id: i for i in IssuedForm.objects.filter(bundle=bundle, report__obligation__in=owed)}
    form = bundle.period.form
    assert form is not None, "forms are made of opened periods"
    lacking = [o for o in owed if o.report.pk not in have]
    newest = newest_issues(o.report.pk for o in lacking)
    asked = asked_of(lacking)
    made = [
        IssuedForm(
            report=o.report,
            words=asked[o.unit_id].words,
            form=form,
            n=newest.get(o.report.pk, 0) + 1,
            language=bundle.language,
            bundle=bundle,
            made_by_seat_id=bundle.made_by_seat_id,
        )
        for o in lacking
    ]
    IssuedForm.objects.bulk_create(made, batch_size=500)
    if made:
        record(
            "issue_forms", actor=actor, kind="bundle", object_id=bundle.pk, unit_id=bundle.unit_id,
            new={"count": len(made), "digest": digest([[i.report_id, i.n] for i in made])},
        )  # fmt: skip
    return have | {i.report_id: i for i in made}


@transaction.atomic
def finish_bundle(bundle: Bundle, data: bytes, count: int, *, actor: Actor) -> None:
    """Keep the finished ZIP; a second time changes nothing."""
    bundle = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if bundle.state == Bundle.State.READY:
        return
    bundle.sha256, bundle.size, bundle.count, bundle.state = (
        store.put(data), len(data), count, Bundle.State.READY,
    )  # fmt: skip
    bundle.save(update_fields=["sha256", "size", "count", "state"])
    record(
        "finish_bundle", actor=actor, kind="bundle", object_id=bundle.pk, unit_id=bundle.unit_id,
        new={"count": count, "sha256": bundle.sha256},
    )  # fmt: skip
    crash_point("bundle-before-commit")


@transaction.atomic
def take_form(report: Report, *, language: str, actor: Actor) -> IssuedForm:
    """Number a workbook that a unit takes of its own report."""
    owed = report.obligation
    require_own(actor, "report.fill", owed.unit)
    if owed.period.state != Period.State.OPEN:
        raise DomainError("period-closed", _("This period is not open."), status=409)
    Report.objects.select_for_update().get(pk=report.pk)
    newest = newest_issues([report.pk]).get(report.pk, 0)
    assert owed.period.form is not None, "open periods have a form"
    made = IssuedForm.objects.create(
        report=report, form=owed.period.form, n=newest + 1, language=language,
        words=asked_of([owed])[owed.unit_id].words, made_by_seat_id=actor.seat_id,
    )  # fmt: skip
    record(
        "take_form", actor=actor, kind="report", object_id=report.pk, unit_id=owed.unit_id, new={"n": made.n}
    )
    return made
