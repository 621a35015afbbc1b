"""Record by which decision of a body a report was adopted."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.documents.attachments import bare_name, looked_at
from liencap.errors import DomainError
from liencap.reports.access import require_own
from liencap.reports.issuing.actions.drafts import guard_round
from liencap.reports.models import Adoption, ConsolidatedReport
from liencap.units.access import today


@dataclass(frozen=True, slots=True)
class Decision:
    """What the minutes say: who adopted, when, where, with which votes, under which number."""

    body: str
    day: datetime.date
    place: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    minutes: str = ""


def adopt_report(
    report: ConsolidatedReport, decision: Decision, *, actor: Actor, data: bytes = b"", filename: str = "",
    no_secrecy: bool = False,
) -> Adoption:  # fmt: skip
    """Record the adoption, with the number of the minutes or their file; once more corrects it until publication.

    A file is looked at in a child process before the transaction.
    """
    require_own(actor, "report.send", report.unit)
    if not decision.body.strip():
        raise DomainError("body-missing", _("Name the body that adopted the report."))
    if decision.day > today():
        raise DomainError("day-to-come", _("The day of the meeting is still to come."))
    if (decision.votes_for is None) != (decision.votes_against is None):
        raise DomainError("votes-half", _("Give the votes for and against, or neither."))
    kept = Adoption.objects.filter(report=report).first()
    sha256, name = (kept.sha256, kept.filename) if kept else ("", "")
    if data:
        _kind, bare = looked_at(data, no_secrecy=no_secrecy)
        sha256, name = store.put(bare), bare_name(filename)
    if not sha256 and not decision.minutes.strip():
        raise DomainError("minutes-missing", _("Give the number of the minutes, or attach them."))
    return _adopt(report, decision, sha256, name, actor=actor)


@transaction.atomic
def _adopt(
    report: ConsolidatedReport, said: Decision, sha256: str, filename: str, *, actor: Actor
) -> Adoption:
    report = ConsolidatedReport.objects.select_for_update().get(pk=report.pk)
    if report.state != ConsolidatedReport.State.DRAFT:
        raise DomainError("published", _("This report is published and never changes."), status=409)
    guard_round(report)
    old = Adoption.objects.filter(report=report).values("body", "day", "minutes", "sha256").first()
    values = {
        "body": said.body.strip()[:250], "day": said.day, "place": said.place.strip()[:200],
        "votes_for": said.votes_for, "votes_against": said.votes_against,
        "votes_abstained": said.votes_abstained, "minutes": said.minutes.strip()[:80], "sha256": sha256,
        "filename": filename, "round": report.rounds.first(), "at": timezone.now(),
        "by_seat_id": actor.seat_id,
    }  # fmt: skip
    made, _new = Adoption.objects.update_or_create(report=report, defaults=values)
    record(
        "adopt_report", actor=actor, kind="consolidated_report", object_id=report.pk, unit_id=report.unit_id,
        old={**old, "day": str(old["day"])} if old else {},
        new={"body": made.body, "day": str(made.day), "minutes": made.minutes, "sha256": sha256,
             "votes": [made.votes_for, made.votes_against, made.votes_abstained]},
    )  # fmt: skip
    return made
