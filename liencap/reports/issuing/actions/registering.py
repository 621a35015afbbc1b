"""Enter an issued report in the register, and file its signed copy against the frozen version."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.documents.attachments import bare_name, looked_at
from liencap.errors import DomainError
from liencap.reports.issuing.access import require_clerk
from liencap.reports.issuing.papers import Paper, Published, paper_of
from liencap.reports.issuing.queries import KINDS
from liencap.reports.issuing.signed import compared
from liencap.reports.models import Registration, SignedCopy
from liencap.units.access import today

HIGHEST = 999_999


@transaction.atomic
def await_number(made: Published, *, actor: Actor) -> Registration:
    """Put a paper into its unit's register when it is published, still without number and day.

    The caller has judged: it enters what its own deed has just published, in the same transaction and log entry.
    """
    before = Registration.objects.none()
    if made.replaces is not None:
        kind, pk = made.replaces
        before = Registration.objects.filter(source_kind=kind, source_id=pk)
    row = Registration.objects.create(
        source_kind=made.source[0], source_id=made.source[1], unit=made.unit, title=made.title[:500],
        period=made.period[:200], edition=made.edition, replaces=before.first(), sha256=made.sha256,
        published_at=made.at, kind=KINDS[made.language],
    )  # fmt: skip
    record(
        "await_number", actor=actor, kind=made.source[0], object_id=made.source[1], unit_id=made.unit.pk,
        new={"edition": made.edition, "sha256": made.sha256},
    )  # fmt: skip
    return row


def register_report(
    row: Registration, n: int, symbol: str, date: datetime.date, *, actor: Actor, reason: str = ""
) -> Registration:
    """Enter number and day of a published paper, and print it with both; a correction needs a reason.

    What was frozen at publication never changes: its values, its hash and its files stay beside the numbered ones.
    """
    require_clerk(actor, row.unit)
    symbol, paper = " ".join(symbol.split()), paper_of(row)
    _judge(paper, n, symbol, date)
    docx, pdf = paper.printed(symbol, date)
    made = {"n": n, "symbol": symbol, "date": date, "docx": store.put(docx), "pdf": store.put(pdf)}
    try:
        return _enter(row, made, about=paper.about, reason=reason, actor=actor)
    except IntegrityError as clash:
        raise _taken(symbol) from clash


def _taken(symbol: str) -> DomainError:
    return DomainError(
        "number-taken",
        _("The number %(symbol)s is taken in this year. Choose another.") % {"symbol": symbol},
        status=409,
    )


def _judge(paper: Paper, n: int, symbol: str, date: datetime.date) -> None:
    if not 0 < n <= HIGHEST or not symbol or len(symbol) > 80:
        raise DomainError("number-missing", _("Enter the number and the whole mark of the paper."))
    if str(n) not in symbol:
        raise DomainError("number-differs", _("The mark has to hold the number itself."))
    if date > today():
        raise DomainError("day-to-come", _("The day of issue is still to come."))
    if date < paper.earliest:
        raise DomainError("day-early", _("The day of issue lies before the period of the report."))


@transaction.atomic
def _enter(
    row: Registration, made: dict[str, Any], *, about: tuple[str, int], reason: str, actor: Actor
) -> Registration:
    row = Registration.objects.select_for_update(of=("self",)).select_related("unit").get(pk=row.pk)
    old = {"symbol": row.symbol, "date": str(row.date)} if row.n else {}
    if row.n and not reason.strip():
        raise DomainError("reason-missing", _("Say why the number or the day is corrected."))
    others = Registration.objects.filter(unit=row.unit_id, year=made["date"].year).exclude(pk=row.pk)
    if others.filter(kind=row.kind, n=made["n"]).exists() or others.filter(symbol=made["symbol"]).exists():
        raise _taken(made["symbol"])
    for name, value in made.items():
        setattr(row, name, value)
    row.year, row.at, row.by_seat_id = made["date"].year, timezone.now(), actor.seat_id
    row.save(update_fields=[*made, "year", "at", "by_seat"])
    record(
        "register_report", actor=actor, kind=about[0], object_id=about[1], unit_id=row.unit_id, old=old,
        new={"symbol": row.symbol, "date": str(row.date), "docx": row.docx, "pdf": row.pdf,
             "edition": row.edition, "reason": reason.strip()[:300]},
    )  # fmt: skip
    return row


def file_signed_copy(
    registration: Registration, data: bytes, filename: str, *, actor: Actor, no_secrecy: bool = False
) -> SignedCopy:
    """File the signed paper, and compare its words with the frozen text where they can be read.

    Looking and comparing take child processes, so they happen before the transaction. A copy that differs is filed
    all the same: paper is the law, and the difference is what has to be seen.
    """
    require_clerk(actor, registration.unit)
    if not registration.n:
        raise DomainError("not-numbered", _("Enter number and day first."), status=409)
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
    kind, pk = paper_of(registration).about
    record(
        "file_signed_copy", actor=actor, kind=kind, object_id=pk, unit_id=registration.unit_id,
        new={"sha256": sha256, "state": made.state, "differences": made.count},
    )  # fmt: skip
    return made


@transaction.atomic
def remark_on_copy(copy: SignedCopy, remark: str, *, actor: Actor) -> SignedCopy:
    """Say what the differences of a signed copy are."""
    require_clerk(actor, copy.registration.unit)
    old, copy.remark = copy.remark, remark.strip()[:500]
    copy.save(update_fields=["remark"])
    kind, pk = paper_of(copy.registration).about
    record(
        "remark_on_copy", actor=actor, kind=kind, object_id=pk, unit_id=copy.registration.unit_id,
        old={"remark": old}, new={"remark": copy.remark},
    )  # fmt: skip
    return copy
