"""Send a draft for comments, comment on it, answer each comment, close the round."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.documents.actions import keep_draft
from liencap.errors import DomainError, NotAllowed
from liencap.notices.actions import Message, notify, settle
from liencap.programmes.models import Task
from liencap.reports.access import require_own
from liencap.reports.actions import settling
from liencap.reports.consolidation import printed
from liencap.reports.issuing.access import speaks_for
from liencap.reports.issuing.queries import unanswered
from liencap.reports.models import ConsolidatedReport, DraftComment, DraftRecipient, DraftRound
from liencap.reports.printing import PrintedReport, render_docx, render_pdf
from liencap.reports.templating import in_use
from liencap.units.access import today
from liencap.units.models import Body, Seat, Unit

LONGEST = 20_000  # characters of a comment
MOST = 2_000  # recipients of one draft


@dataclass(frozen=True, slots=True)
class Asked:
    """One who is asked for a comment: a unit, a body of it, or a seat of it."""

    unit: Unit
    body: Body | None = None
    seat: Seat | None = None


def guard_round(report: ConsolidatedReport) -> None:
    """Refuse to publish while a draft is out for comments, or a comment has no answer; two queries."""
    if report.rounds.filter(closed_at__isnull=True).exists():
        raise DomainError(
            "draft-out", _("A draft is out for comments. Close the round before you publish."), status=409
        )
    if n := unanswered(report):
        raise DomainError(
            "comments-open", _("Comments without an answer: %(n)s. Answer each before you publish.") % {"n": n},
            status=409,
        )  # fmt: skip


def _locked(report: ConsolidatedReport) -> ConsolidatedReport:
    found = ConsolidatedReport.objects.select_for_update(of=("self",)).select_related(
        "unit", "period__form", "period__programme__reading__version__document"
    )
    report = found.get(pk=report.pk)
    if report.state != ConsolidatedReport.State.DRAFT:
        raise DomainError("published", _("This report is published and never changes."), status=409)
    return report


def _judge(report: ConsolidatedReport, asked: Sequence[Asked], due: datetime.date, revision: int) -> int:
    """Refuse what cannot be sent; return the number of the round."""
    if report.revision != revision:
        raise DomainError(
            "draft-changed",
            _("The draft was changed in another window. Load the page again before you go on."),
            status=409,
        )
    if not asked:
        raise DomainError("nobody-asked", _("Choose at least one who is asked for a comment."))
    if len(asked) > MOST:
        raise DomainError("too-many", _("A draft is sent to at most %(most)s recipients.") % {"most": MOST})
    if due < today():
        raise DomainError("due-past", _("The day by which comments are asked is over."))
    if report.rounds.filter(closed_at__isnull=True).exists():
        raise DomainError(
            "draft-out", _("A draft is out for comments already. Close that round first."), status=409
        )
    return int(report.rounds.count()) + 1


def send_draft(
    report: ConsolidatedReport, asked: Sequence[Asked], *, due: datetime.date, revision: int, actor: Actor,
    note: str = "", sample: bool | None = None,
) -> DraftRound:  # fmt: skip
    """Freeze the report as it stands as the next draft, printed, and ask for comments by a day.

    The files are rendered before the short transaction that sends them.
    """
    require_own(actor, "report.fill", report.unit)
    with transaction.atomic():
        seen = _locked(report)
        n = _judge(seen, asked, due, revision)
        settling.settle(seen.period, seen.unit_id)
        mark = settings.DEMO if sample is None else sample
        values = printed(seen, None, "", sample=mark, draft=True)
    values = dataclasses.replace(values, title=_("DRAFT REPORT No. %(n)s") % {"n": n})
    values = dataclasses.replace(values, report_hash=values.digest())
    docx, pdf = render_docx(values, in_use(seen.unit, values.language).data), store.put(render_pdf(values))
    return _send(seen, n, asked, values, docx, pdf, due=due, note=note, revision=revision, actor=actor)


@transaction.atomic
def _send(
    report: ConsolidatedReport, n: int, asked: Sequence[Asked], values: PrintedReport, docx: bytes, pdf: str, *,
    due: datetime.date, note: str, revision: int, actor: Actor,
) -> DraftRound:  # fmt: skip
    report = _locked(report)
    if _judge(report, asked, due, revision) != n:
        raise DomainError("draft-out", _("Another draft was sent meanwhile."), status=409)
    before = report.rounds.select_related("version__document").first()
    version = keep_draft(
        report.unit, f"{values.title}. {values.subject}. {values.period}", docx,
        f"{report.unit.code}-{n}.docx", "docx", actor=actor, of=before.version.document if before else None,
    )  # fmt: skip
    made = DraftRound.objects.create(
        report=report, n=n, version=version, pdf=pdf, values=dataclasses.asdict(values),
        sha256=values.report_hash, note=note.strip()[:LONGEST], due=due, sent_at=timezone.now(),
        sent_by_seat_id=actor.seat_id,
    )  # fmt: skip
    DraftRecipient.objects.bulk_create(
        DraftRecipient(round=made, unit=one.unit, body=one.body, seat=one.seat) for one in {*asked}
    )
    record(
        "send_draft", actor=actor, kind="consolidated_report", object_id=report.pk, unit_id=report.unit_id,
        new={"round": n, "sha256": made.sha256, "due": str(due), "recipients": len({*asked})},
    )  # fmt: skip
    notify("draft-to-comment", _messages(made, report, asked), actor=actor, to_do=True)
    return made


def _messages(made: DraftRound, report: ConsolidatedReport, asked: Iterable[Asked]) -> list[Message]:
    """Tell whole units; bodies and single seats find the draft on their first page."""
    url = reverse("reports:draft", args=[made.pk])
    title = f"{report.period.title} · {report.unit}"
    return [
        Message(one.unit.pk, _key(made), title, url, "report.fill", due=made.due)
        for one in {*asked}
        if one.body is None and one.seat is None
    ]


def _key(made: DraftRound) -> str:
    return f"draft-{made.pk}"


def _open(round_: DraftRound) -> DraftRound:
    found = DraftRound.objects.select_for_update(of=("self",)).select_related("report__unit")
    round_ = found.get(pk=round_.pk)
    if round_.closed_at is not None:
        raise DomainError("round-closed", _("This round of comments is closed."), status=409)
    return round_


def _require_speaker(actor: Actor, recipient: DraftRecipient) -> None:
    if not speaks_for(actor, recipient):
        raise NotAllowed("not-asked", _("You do not speak for who was asked."))


@transaction.atomic
def comment_on_draft(
    recipient: DraftRecipient, text: str, *, actor: Actor, task: Task | None = None
) -> DraftComment:
    """Say something on one section of a draft, or on the whole, for who was asked."""
    _require_speaker(actor, recipient)
    round_ = _open(recipient.round)
    text = text.strip()
    if not text:
        raise DomainError("comment-empty", _("Write what you have to say."))
    if len(text) > LONGEST:
        raise DomainError(
            "comment-long", _("A comment holds at most %(most)s characters.") % {"most": LONGEST}
        )
    refs = {section.get("ref") for section in round_.values.get("sections", ())}
    if task is not None and str(task.pk) not in refs:
        raise DomainError("foreign-task", _("The draft does not speak of this task."))
    made = DraftComment.objects.create(
        recipient=recipient, task=task, text=text, at=timezone.now(), by_seat_id=actor.seat_id
    )
    record(
        "comment_on_draft", actor=actor, kind="draft_comment", object_id=made.pk, unit_id=recipient.unit_id,
        new={"draft": round_.pk, "task": task.pk if task else None, "sha256": digest([text])},
    )  # fmt: skip
    settle([_key(round_)], actor=actor, units=[recipient.unit_id])
    return made


@transaction.atomic
def withdraw_comment(comment: DraftComment, *, actor: Actor) -> None:
    """Take a comment back while it has no answer."""
    _require_speaker(actor, comment.recipient)
    _open(comment.recipient.round)
    found = DraftComment.objects.select_for_update().get(pk=comment.pk)
    if found.answer:
        raise DomainError("answered", _("The comment is answered and stays."), status=409)
    record(
        "withdraw_comment", actor=actor, kind="draft_comment", object_id=found.pk,
        unit_id=comment.recipient.unit_id,
        old={"draft": comment.recipient.round_id, "sha256": digest([found.text])},
    )  # fmt: skip
    found.delete()


@transaction.atomic
def agree_to_draft(recipient: DraftRecipient, *, actor: Actor) -> DraftRecipient:
    """Say that who was asked has no remark, so that silence and agreement stay apart."""
    _require_speaker(actor, recipient)
    round_ = _open(recipient.round)
    if recipient.comments.exists():
        raise DomainError("has-comments", _("There are comments already; take them back first."), status=409)
    recipient.agreed_at = timezone.now()
    recipient.save(update_fields=["agreed_at"])
    record(
        "agree_to_draft", actor=actor, kind="consolidated_report", object_id=round_.report_id,
        unit_id=recipient.unit_id, new={"draft": round_.pk},
    )  # fmt: skip
    settle([_key(round_)], actor=actor, units=[recipient.unit_id])
    return recipient


@transaction.atomic
def answer_comment(comment: DraftComment, answer: str, reason: str, *, actor: Actor) -> DraftComment:
    """Say what became of a comment: taken up, partly or not; what is not wholly taken up needs a reason."""
    report = comment.recipient.round.report
    require_own(actor, "report.fill", report.unit)
    _locked(report)
    found = DraftComment.objects.select_for_update().get(pk=comment.pk)
    if answer not in DraftComment.Answer.values:
        raise DomainError("no-answer", _("Choose whether the comment is taken up."))
    reason = reason.strip()[:LONGEST]
    if answer != DraftComment.Answer.TAKEN and not reason:
        raise DomainError("reason-missing", _("Give the reason why it is not, or only partly, taken up."))
    old = {"answer": found.answer}
    found.answer, found.reason = answer, reason
    found.answered_at, found.answered_by_seat_id = timezone.now(), actor.seat_id
    found.save(update_fields=["answer", "reason", "answered_at", "answered_by_seat"])
    record(
        "answer_comment", actor=actor, kind="draft_comment", object_id=found.pk, unit_id=report.unit_id,
        old=old, new={"answer": answer, "sha256": digest([reason])},
    )  # fmt: skip
    return found


@transaction.atomic
def close_round(round_: DraftRound, *, actor: Actor) -> DraftRound:
    """End a round: nobody comments any more; what is not answered still has to be."""
    require_own(actor, "report.fill", round_.report.unit)
    round_ = _open(round_)
    round_.closed_at = timezone.now()
    round_.save(update_fields=["closed_at"])
    record(
        "close_round", actor=actor, kind="consolidated_report", object_id=round_.report_id,
        unit_id=round_.report.unit_id, new={"round": round_.n},
    )  # fmt: skip
    settle([_key(round_)], actor=actor)
    return round_
