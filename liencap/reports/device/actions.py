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
from liencap.reports.actions.drafts import save_draft
from liencap.reports.actions.sending import send_report
from liencap.reports.content import Content
from liencap.reports.device.queries import delivery_by
from liencap.reports.models import Delivery, Report

# How long a key is known. A device brings again within hours; what comes later meets a newer draft and is a conflict,
# never a second report: the draft that it names is gone.
KEEP = datetime.timedelta(days=60)
BATCH = 2000


@transaction.atomic
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
    unit = report.obligation.unit
    require_own(actor, "report.fill", unit)
    if (made := delivery_by(key)) is not None:
        return same_as(made, report, digest, actor)
    try:
        with transaction.atomic():
            made = Delivery.objects.create(key=key, report=report, user_id=actor.user_id, digest=digest)
    except IntegrityError:  # its twin came at the same moment and is through
        twin = delivery_by(key)
        assert twin is not None, "the key stands"
        return same_as(twin, report, digest, actor)
    draft = save_draft(report, content, revision=revision, actor=actor)
    made.revision = draft.revision
    if send:
        made.version = send_report(report, revision=draft.revision, actor=actor, reason=reason).n
    made.save(update_fields=["revision", "version"])
    record(
        "deliver", actor=actor, kind="report", object_id=report.pk, unit_id=unit.pk,
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
