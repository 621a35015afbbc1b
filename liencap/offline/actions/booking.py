"""Enter what came back for the units it is from; a unit's own file fills its draft."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.errors import DomainError, crash_point
from liencap.offline import quarantine
from liencap.offline.access import RIGHT, require_intake
from liencap.offline.amended import joined
from liencap.offline.causes import with_kept
from liencap.offline.judging import content_from
from liencap.offline.models import EnteredFor, Intake, ReturnedFile
from liencap.offline.queries import bookable, standing_content, units_with_account
from liencap.reports.access import require_own
from liencap.reports.actions import CameBack, enter_report, save_draft
from liencap.reports.models import Draft
from liencap.reports.queries import sheet_of
from liencap.units.access import require
from liencap.work.actions import enqueue

State = ReturnedFile.State


@transaction.atomic
def begin_booking(intake: Intake, *, agreed: str, actor: Actor) -> Intake:
    """Confirm the chosen files of a drop; a job enters them one by one.

    `agreed` says how the heads of units with an account of their own agreed; without it those units are passed over.
    """
    intake = Intake.objects.select_for_update().select_related("unit").get(pk=intake.pk)
    require_own(actor, RIGHT, intake.unit)
    if intake.state != Intake.State.OPEN or intake.report_id is not None:
        raise DomainError("intake-over", _("These files have already been entered or left out."), status=409)
    if intake.files.filter(state=State.WAITING).exists():
        raise DomainError("still-reading", _("Some files are still being read. Wait a moment."), status=409)
    count = bookable(intake).count()
    if not count:
        raise DomainError("nothing-chosen", _("No file is chosen that can be entered."))
    intake.state, intake.agreed = Intake.State.BOOKING, " ".join(agreed.split())[:300]
    args = {"intake": intake.pk, "language": get_language()}
    intake.job = enqueue("offline-book", args, actor=actor, key=f"book-{intake.pk}", unit_id=intake.unit_id)
    intake.save(update_fields=["state", "agreed", "job"])
    record(
        "begin_booking", actor=actor, kind="intake", object_id=intake.pk, unit_id=intake.unit_id,
        new={"count": count, "agreed": intake.agreed},
    )  # fmt: skip
    return intake


@transaction.atomic
def book_file(file: ReturnedFile, *, actor: Actor) -> EnteredFor | None:
    """Enter one file for its unit: the report is sent on its behalf, the file kept as its evidence.

    None when it was entered before. Whether the seat still holds the right is asked anew for each file.
    """
    rows = (
        "intake", "issued__report__obligation__unit", "issued__report__obligation__period__form",
        "issued__report__current__form",
    )  # fmt: skip
    locked = ReturnedFile.objects.select_for_update(of=("self",))
    file = locked.select_related(*rows).get(pk=file.pk)
    if file.state != State.READY or not file.chosen:
        return None
    assert file.issued is not None, "a usable file is matched"
    unit, intake = file.issued.report.obligation.unit, file.intake
    require(actor, RIGHT, unit)
    has_account = unit.pk in units_with_account([unit.pk])
    if has_account and not intake.agreed:
        raise DomainError("has-account", _("The unit has an account of its own: say how its head agreed."))
    data = quarantine.get(file.stored)
    paper = CameBack(store.put(data), file.name, len(data), _("The form as it came back from the unit"))
    said = with_kept(content_from(file.content), file.content, standing_content(file.issued.report))
    version = enter_report(file.issued.report, said, paper=paper, actor=actor)
    made = EnteredFor.objects.create(
        version=version, file=file, by_seat_id=actor.seat_id, had_account=has_account,
        agreed=intake.agreed if has_account else "",
    )  # fmt: skip
    kept, file.state, file.code, file.stored = file.stored, State.BOOKED, "", ""
    file.content, file.places = (
        {},
        {},
    )  # what was entered stands in the report alone, where words can be taken out
    file.save(update_fields=["state", "code", "stored", "content", "places"])
    record(
        "book_file", actor=actor, kind="report", object_id=version.report_id, unit_id=unit.pk,
        new={"version": version.n, "sha256": file.sha256, "account": has_account, "agreed": made.agreed},
    )  # fmt: skip
    transaction.on_commit(lambda: quarantine.drop(kept))
    crash_point("book-before-commit")
    return made


@transaction.atomic
def refuse_file(file: ReturnedFile, code: str, *, actor: Actor) -> None:
    """Note why a chosen file could not be entered after all; the others go on."""
    file = ReturnedFile.objects.select_for_update().select_related("intake").get(pk=file.pk)
    if file.state != State.READY:
        return
    file.code, file.chosen = code[:30], False
    if code != "has-account":
        file.state = State.REFUSED
    file.save(update_fields=["state", "code", "chosen"])
    record(
        "refuse_file", actor=actor, kind="intake", object_id=file.intake_id, unit_id=file.intake.unit_id,
        new={"sha256": file.sha256, "code": code},
    )  # fmt: skip


@transaction.atomic
def finish_booking(intake: Intake, *, actor: Actor) -> None:
    """Open a drop again for what is left of it, or close it when nothing is."""
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    if intake.state != Intake.State.BOOKING:
        return
    done = intake.files.filter(state=State.BOOKED).values("issued__report_id")
    rivals = intake.files.filter(state__in=[State.READY, State.WRONG], issued__report_id__in=done)
    left = [file.stored for file in rivals if file.stored]
    rivals.update(state=State.LEFT, chosen=False, stored="", content={}, places={}, problems=[])
    transaction.on_commit(lambda: quarantine.drop(*left))
    rest = intake.files.filter(state__in=[State.READY, State.WRONG]).exists()
    intake.state = Intake.State.OPEN if rest else Intake.State.CLOSED
    intake.closed_at = None if rest else timezone.now()
    intake.save(update_fields=["state", "closed_at"])
    kept = [] if rest else [name for name in intake.files.values_list("stored", flat=True) if name]
    if kept:
        intake.files.update(stored="")
        transaction.on_commit(lambda: quarantine.drop(*kept))
    record(
        "finish_booking", actor=actor, kind="intake", object_id=intake.pk, unit_id=intake.unit_id,
        new={"state": intake.state, "booked": intake.files.filter(state=State.BOOKED).count()},
    )  # fmt: skip


@transaction.atomic
def fill_draft(file: ReturnedFile, *, revision: int, actor: Actor) -> Draft:
    """Put what a unit filled in its own workbook into its draft, whole, as it was shown."""
    file = (
        ReturnedFile.objects.select_for_update(of=("self",))
        .select_related("intake__unit", "issued__report__obligation__unit",
                        "issued__report__obligation__period__form")
        .get(pk=file.pk)
    )  # fmt: skip
    require_intake(actor, file.intake)
    if file.state != State.READY or file.intake.report_id is None or file.issued is None:
        raise DomainError("not-open", _("This file can no longer be chosen."), status=409)
    sheet = sheet_of(file.issued.report)
    content = joined(content_from(file.content), sheet, file.content, file.issued.words)
    draft = save_draft(file.issued.report, content, revision=revision, actor=actor)
    kept, file.state, file.stored = file.stored, State.BOOKED, ""
    file.content, file.places = {}, {}  # what a unit is writing stands in its draft alone
    file.save(update_fields=["state", "stored", "content", "places"])
    intake = file.intake
    intake.state, intake.closed_at = Intake.State.CLOSED, timezone.now()
    intake.save(update_fields=["state", "closed_at"])
    record(
        "fill_draft", actor=actor, kind="report", object_id=file.issued.report_id, unit_id=intake.unit_id,
        new={"sha256": file.sha256, "revision": draft.revision},
    )  # fmt: skip
    transaction.on_commit(lambda: quarantine.drop(kept))
    return draft
