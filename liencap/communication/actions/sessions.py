"""Plan, move, cancel and record sessions; the sums on the share follow in the same transaction."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.communication.actions.questions import ask
from liencap.communication.actions.recording import locked
from liencap.communication.content import Attendance, SessionWords
from liencap.communication.models import Session, Share
from liencap.errors import DomainError
from liencap.units.access import today

State = Session.State


@transaction.atomic
def plan_session(
    share: Share, words: SessionWords, *, actor: Actor, second_of: Session | None = None
) -> Session:
    """Plan a session of the unit, or a second sitting for those who could not come."""
    share = _share_for_sessions(share, actor)
    session = _new(share, words, second_of)
    session.save()
    _recount(share, actor)
    _note("plan_session", session, share, actor, {}, {"day": str(session.day)})
    return session


@transaction.atomic
def move_session(session: Session, words: SessionWords, *, reason: str, actor: Actor) -> Session:
    """Change day, hour, place or speaker of a planned session; another day needs a reason."""
    share, session = _both(session, actor)
    if session.state != State.PLANNED:
        raise DomainError("not-planned", _("Only a planned session can be moved."), status=409)
    if words.day != session.day and not reason.strip():
        raise DomainError("reason", _("Say why it is moved."))
    old = {"day": str(session.day)}
    session.day, session.hour, session.mode = words.day, words.hour, words.mode
    session.place, session.speaker = words.place.strip()[:200], words.speaker.strip()[:200]
    session.reason = reason.strip()[:300] or session.reason
    session.save(update_fields=["day", "hour", "mode", "place", "speaker", "reason", "changed"])
    _note("move_session", session, share, actor, old, {"day": str(session.day), "reason": session.reason})
    return session


@transaction.atomic
def cancel_session(session: Session, *, reason: str, actor: Actor) -> None:
    """Cancel a session with a reason; it stays to be seen as cancelled."""
    share, session = _both(session, actor)
    if not reason.strip():
        raise DomainError("reason", _("Say why it is cancelled."))
    if session.second_sittings.exclude(state=State.CANCELLED).exists():
        raise DomainError(
            "second", _("A second sitting hangs on this session: cancel that first."), status=409
        )
    old, session.state, session.reason = session.state, State.CANCELLED, reason.strip()[:300]
    session.expected = session.came = None
    session.save(update_fields=["state", "reason", "expected", "came", "changed"])
    _recount(share, actor)
    _note("cancel_session", session, share, actor, {"state": old}, {"reason": session.reason})


@transaction.atomic
def hold_session(
    session: Session,
    seen: Attendance,
    *,
    actor: Actor,
    day: datetime.date | None = None,
    names_checked: bool = False,
) -> Session:
    """Record that a session was held and how many came; recording again corrects the numbers and adds questions."""
    share, session = _both(session, actor)
    if session.state == State.CANCELLED:
        raise DomainError("cancelled", _("This session was cancelled."), status=409)
    return _held(session, share, seen, day or session.day, actor, names_checked=names_checked)


@transaction.atomic
def record_held(
    share: Share,
    words: SessionWords,
    seen: Attendance,
    *,
    actor: Actor,
    second_of: Session | None = None,
    names_checked: bool = False,
) -> Session:
    """Record in one step a session that was not planned here before."""
    share = _share_for_sessions(share, actor)
    session = _new(share, words, second_of)
    return _held(session, share, seen, words.day, actor, names_checked=names_checked)


def _held(
    session: Session, share: Share, seen: Attendance, day: datetime.date, actor: Actor, *, names_checked: bool
) -> Session:
    if day > today():
        raise DomainError("future", _("This day has not come yet."))
    if seen.came > seen.expected:
        raise DomainError("attendance", _("More came than should attend: correct one of the two numbers."))
    old = {"state": session.state, "came": session.came}
    session.state, session.day = State.HELD, day
    session.expected, session.came, session.material = seen.expected, seen.came, seen.material.strip()[:500]
    session.save()
    ask(share, session, seen.questions, actor=actor, names_checked=names_checked)
    _recount(share, actor)
    new = {"state": session.state, "day": str(day), "expected": seen.expected, "came": seen.came}
    _note("hold_session", session, share, actor, old, new)
    return session


def _new(share: Share, words: SessionWords, second_of: Session | None) -> Session:
    if second_of is not None and (second_of.share_id != share.pk or second_of.state != State.HELD):
        raise DomainError("second", _("A second sitting belongs to a session that was held."))
    return Session(
        share=share, second_of=second_of, day=words.day, first_day=words.day, hour=words.hour,
        place=words.place.strip()[:200], speaker=words.speaker.strip()[:200], mode=words.mode,
    )  # fmt: skip


def _share_for_sessions(share: Share, actor: Actor) -> Share:
    share = locked(share, actor)
    if not share.item.by_sessions:
        raise DomainError("no-sessions", _("This is published, not held in sessions."))
    if share.state == Share.State.NOT_APPLICABLE:
        raise DomainError(
            "not-applicable", _("It was recorded as not applicable: open it first."), status=409
        )
    return share


def _both(session: Session, actor: Actor) -> tuple[Share, Session]:
    """Lock the share, then read the session as it stands now."""
    share = locked(session.share, actor)
    return share, Session.objects.get(pk=session.pk)


def _recount(share: Share, actor: Actor) -> None:
    """Add up the unit's sessions: a second sitting adds who came, never who should attend nor another session."""
    first = Q(second_of__isnull=True)
    held = Q(state=State.HELD)
    sums = share.sessions.order_by().aggregate(
        planned=Count("pk", filter=first & ~Q(state=State.CANCELLED)),
        held=Count("pk", filter=first & held),
        expected=Sum("expected", filter=first & held),
        came=Sum("came", filter=held),
    )
    share.planned, share.held = sums["planned"], sums["held"]
    share.expected, share.came = sums["expected"] or 0, sums["came"] or 0
    days = share.sessions.filter(first & held).order_by("day").values_list("day", flat=True)
    done = share.item.sessions_each <= share.held
    share.done_on = list(days[: share.item.sessions_each])[-1] if done else None
    share.state = Share.State.DONE if done else Share.State.OPEN
    share.recorded_by_seat_id = actor.seat_id
    share.save(
        update_fields=[
            "planned",
            "held",
            "expected",
            "came",
            "done_on",
            "state",
            "recorded_by_seat",
            "changed",
        ]
    )


def _note(
    deed: str, session: Session, share: Share, actor: Actor, old: dict[str, Any], new: dict[str, Any]
) -> None:
    record(
        deed, actor=actor, kind="communication_session", object_id=session.pk, unit_id=share.unit_id, old=old,
        new=new,
    )  # fmt: skip
