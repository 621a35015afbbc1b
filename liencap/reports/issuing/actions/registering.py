"""Enter an issued report in the register, and file its signed copy against the frozen version."""

import dataclasses
import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.documents.attachments import bare_name, looked_at
from liencap.errors import DomainError
from liencap.reports.issued import values_of
from liencap.reports.issuing.access import require_clerk
from liencap.reports.issuing.queries import KINDS
from liencap.reports.issuing.signed import compared
from liencap.reports.models import ConsolidatedReport, Registration, SignedCopy
from liencap.reports.printing import PrintedReport, render_docx, render_pdf
from liencap.reports.templating import in_use
from liencap.units.access import today

HIGHEST = 999_999


def with_number(values: PrintedReport, symbol: str, date: datetime.date) -> PrintedReport:
    """Return the frozen content with the number and day at its head; hash and seal stay those of the content."""
    head = dataclasses.replace(values.header, number=symbol, date=date.isoformat())
    return dataclasses.replace(values, header=head)


def register_report(
    report: ConsolidatedReport, n: int, symbol: str, date: datetime.date, *, actor: Actor, reason: str = ""
) -> Registration:
    """Enter number and day of a published report, and print it with both; a correction needs a reason.

    What was frozen at publication never changes: its values, its hash and its files stay beside the numbered ones.
    """
    require_clerk(actor, report.unit)
    symbol = " ".join(symbol.split())
    _judge(report, n, symbol, date)
    values = values_of(report)
    numbered = with_number(values, symbol, date)
    template = in_use(report.unit, values.language, at=report.published_at)
    docx, pdf = store.put(render_docx(numbered, template.data)), store.put(render_pdf(numbered))
    try:
        return _enter(report, n, symbol, date, KINDS[values.language], docx, pdf, reason=reason, actor=actor)
    except IntegrityError as clash:
        raise _taken(symbol) from clash


def _taken(symbol: str) -> DomainError:
    return DomainError(
        "number-taken",
        _("The number %(symbol)s is taken in this year. Choose another.") % {"symbol": symbol},
        status=409,
    )


def _judge(report: ConsolidatedReport, n: int, symbol: str, date: datetime.date) -> None:
    if report.state != ConsolidatedReport.State.PUBLISHED or report.published_at is None:
        raise DomainError("not-published", _("Only a published report gets a number."), status=409)
    if not 0 < n <= HIGHEST or not symbol or len(symbol) > 80:
        raise DomainError("number-missing", _("Enter the number and the whole mark of the paper."))
    if str(n) not in symbol:
        raise DomainError("number-differs", _("The mark has to hold the number itself."))
    if date > today():
        raise DomainError("day-to-come", _("The day of issue is still to come."))
    if date < report.period.since:
        raise DomainError("day-early", _("The day of issue lies before the period of the report."))


@transaction.atomic
def _enter(
    report: ConsolidatedReport, n: int, symbol: str, date: datetime.date, kind: str, docx: str, pdf: str, *,
    reason: str, actor: Actor,
) -> Registration:  # fmt: skip
    report = ConsolidatedReport.objects.select_for_update().get(pk=report.pk)
    kept = Registration.objects.filter(report=report).first()
    old = {"symbol": kept.symbol, "date": str(kept.date)} if kept else {}
    if kept is not None and not reason.strip():
        raise DomainError("reason-missing", _("Say why the number or the day is corrected."))
    others = Registration.objects.filter(unit=report.unit_id, year=date.year).exclude(report=report)
    if others.filter(kind=kind, n=n).exists() or others.filter(symbol=symbol).exists():
        raise _taken(symbol)
    values = {
        "unit_id": report.unit_id, "kind": kind, "year": date.year, "n": n, "symbol": symbol, "date": date,
        "docx": docx, "pdf": pdf, "at": timezone.now(), "by_seat_id": actor.seat_id,
    }  # fmt: skip
    made, _new = Registration.objects.update_or_create(report=report, defaults=values)
    record(
        "register_report", actor=actor, kind="consolidated_report", object_id=report.pk,
        unit_id=report.unit_id, old=old,
        new={"symbol": symbol, "date": str(date), "docx": docx, "pdf": pdf, "reason": reason.strip()[:300]},
    )  # fmt: skip
    return made


def file_signed_copy(
    registration: Registration, data: bytes, filename: str, *, actor: Actor, no_secrecy: bool = False
) -> SignedCopy:
    """File the signed paper, and compare its words with the frozen text where they can be read.

    Looking and comparing take child processes, so they happen before the transaction. A copy that differs is filed
    all the same: paper is the law, and the difference is what has to be seen.
    """
    require_clerk(actor, registration.unit)
    kind, kept = looked_at(data, no_secrecy=no_secrecy)
    said = compared(registration, kept)
    name, sha256 = bare_name(filename), store.put(kept)
    return _file(registration, sha256, name, kind, len(kept), said, actor=actor)


@transaction.atomic
def _file(
    registration: Registration, sha256: str, name: str, kind: str, size: int, said: dict[str, object], *,
    actor: Actor,
) -> SignedCopy:  # fmt: skip
    made = SignedCopy.objects.create(
        registration=registration, sha256=sha256, filename=name, kind=kind[:20], size=size,
        filed_at=timezone.now(), filed_by_seat_id=actor.seat_id, **said,
    )  # fmt: skip
    record(
        "file_signed_copy", actor=actor, kind="consolidated_report", object_id=registration.report_id,
        unit_id=registration.unit_id,
        new={"sha256": sha256, "state": made.state, "differences": made.count},
    )  # fmt: skip
    return made


@transaction.atomic
def remark_on_copy(copy: SignedCopy, remark: str, *, actor: Actor) -> SignedCopy:
    """Say what the differences of a signed copy are."""
    require_clerk(actor, copy.registration.unit)
    old, copy.remark = copy.remark, remark.strip()[:500]
    copy.save(update_fields=["remark"])
    record(
        "remark_on_copy", actor=actor, kind="consolidated_report", object_id=copy.registration.report_id,
        unit_id=copy.registration.unit_id, old={"remark": old}, new={"remark": copy.remark},
    )  # fmt: skip
    return copy
