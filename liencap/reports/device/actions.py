"""Take in what a device brings: once, whatever it brings again."""

import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import DomainError, crash_point
from liencap.reports.access import require_own
from liencap.reports.actions.drafts import write_draft
from liencap.reports.actions.sending import locked_report, sign_and_send
from liencap.reports.content import Content
from liencap.reports.device.queries import delivery_by
from liencap.reports.models import Delivery, Report
from liencap.reports.queries import tasks_of
from liencap.units.access import asked_once

# How long a key is known. A device brings again within hours; what comes later meets a newer draft and is a conflict,
# never a second report: the draft that it names is gone.
KEEP = datetime.timedelta(days=60)
BATCH = 2000


def deliver(
    report: Report,
    content: Content,
    *,
    key: UUID,
    digest: str,
    revision: int,
    send: bool,
    actor: Actor,
    reason: str = "",
) -> Delivery:
    """Save, and when asked send, what a device brings; the same key again gives the first result.

    A refused bringing leaves nothing behind, so that it can be mended and brought again under the same key.
    """
    made = Delivery(key=key, report=report, user_id=actor.user_id, digest=digest)
    try:
        with transaction.atomic(), asked_once(actor):
            return _take_in(made, content, revision=revision, send=send, reason=reason, actor=actor)
    except IntegrityError:  # the key came with another report at the same moment, and that one is through
        if (other := delivery_by(key)) is None:
            raise
        return same_as(other, report, digest, actor)


def _take_in(
    made: Delivery, content: Content, *, revision: int, send: bool, reason: str, actor: Actor
) -> Delivery:
    """Save and send in one transaction, under the lock of the report: its twin waits here and finds it brought."""
    report = locked_report(made.report)
    owed = report.obligation
    require_own(actor, "report.fill", owed.unit)
    if (before := delivery_by(made.key)) is not None:
        return same_as(before, report, made.digest, actor)
    tasks = tasks_of(owed)
    made.revision = write_draft(report, content, tasks, revision=revision, actor=actor).revision
    if send:
        sent = sign_and_send(report, tasks, revision=made.revision, reason=reason, reasons={}, actor=actor)
        made.version = sent.n
    made.save()
    record(
        "deliver", actor=actor, kind="report", object_id=report.pk, unit_id=owed.unit_id,
        new={"revision": made.revision, "version": made.version},
    )  # fmt: skip
    crash_point("deliver-before-commit")
    return made


def same_as(made: Delivery, report: Report, digest: str, actor: Actor) -> Delivery:
    """Return what was brought before; refuse a key under which other words came."""
    if (made.report_id, made.user_id, made.digest) != (report.pk, actor.user_id, digest):
        raise DomainError(
            "key-used", _("The device named other words by this key. Load the page again."), status=409
        )
    return made


@transaction.atomic
def forget_deliveries(*, actor: Actor) -> int:
    """Forget some keys that were brought more than sixty days ago; return how many, 0 when none is left."""
    assert actor == SYSTEM, "the nightly round alone does this"
    old = Delivery.objects.filter(at__lt=timezone.now() - KEEP).order_by("pk").values_list("pk", flat=True)
    count, _kinds = Delivery.objects.filter(pk__in=list(old[:BATCH])).delete()
    return count
