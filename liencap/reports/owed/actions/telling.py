"""Tell seats what was done about what they owe; called by the deeds themselves, in their transaction."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from liencap.audit.actor import Actor
from liencap.notices.actions import Message, notify, settle
from liencap.reports.duties import NOT_SENT, key_of
from liencap.reports.models import Obligation, Period, Report

BATCH = 1000


def to_write(report: Report, owed: Obligation, period: Period) -> Message:
    """Return a message to the unit about the report that it has to write."""
    url = reverse("reports:write", args=[report.pk])
    return Message(owed.unit_id, key_of(report.pk), period.title, url, "report.fill", due=owed.last_day)


def tell_more_time(report: Report, owed: Obligation, *, actor: Actor, answered: bool = False) -> None:
    """Tell a unit that it has more time, where it still has to send; its request is answered with that."""
    if report.state in NOT_SENT:
        notify("more-time", [to_write(report, owed, owed.period)], actor=actor, to_do=True)
    if answered:
        settle([_asked(owed)], actor=actor)


def tell_many_more_time(period: Period, pks: Sequence[int], *, actor: Actor) -> None:
    """Tell the units of many obligations that they have more time; their requests are answered with that."""
    notify("more-time", _extended(period, pks), actor=actor, to_do=True)
    for at in range(0, len(pks), BATCH):
        settle([f"asked-{pk}" for pk in pks[at : at + BATCH]], actor=actor)


def _extended(period: Period, pks: Sequence[int]) -> Iterator[Message]:
    for at in range(0, len(pks), BATCH):
        for owed in Obligation.objects.filter(pk__in=pks[at : at + BATCH]).select_related("report"):
            yield to_write(owed.report, owed, period)


def tell_excused(owed: Obligation, *, actor: Actor) -> None:
    """Tell a unit that it owes nothing any more, and end its reminders and its request."""
    settle([key_of(owed.report.pk), _asked(owed)], actor=actor)
    _tell_unit("report-excused", owed, "excused", actor)


def tell_owes_again(owed: Obligation, *, actor: Actor) -> None:
    """Tell a unit that it owes its report again."""
    notify("report-asked", [to_write(owed.report, owed, owed.period)], actor=actor, to_do=True)


def tell_reopened(owed: Obligation, *, actor: Actor) -> None:
    """Tell a unit that it can send again."""
    notify("report-reopened", [to_write(owed.report, owed, owed.period)], actor=actor, to_do=True)


def tell_asked(owed: Obligation, *, actor: Actor) -> None:
    """Tell the unit above that one below asks for more time."""
    assert owed.parent_id is not None, "it was asked of somebody"
    told = Message(
        owed.parent_id, _asked(owed), f"{owed.unit}: {owed.period.title}", _page(owed), "report.accept",
        about=owed.unit_id,
    )  # fmt: skip
    notify("more-time-asked", [told], actor=actor, to_do=True)


def tell_refused(owed: Obligation, *, actor: Actor) -> None:
    """Tell a unit that it has no more time."""
    settle([_asked(owed)], actor=actor)
    _tell_unit("more-time-refused", owed, "refused", actor)


def _tell_unit(kind: str, owed: Obligation, word: str, actor: Actor) -> None:
    """Tell the unit of something that asks nothing of it; the reason stands on the page."""
    key = f"{word}-{owed.pk}"
    told = Message(owed.unit_id, key, owed.period.title, _page(owed), "report.view")
    notify(kind, [told], actor=actor)


def _asked(owed: Obligation) -> str:
    return f"asked-{owed.pk}"


def _page(owed: Obligation) -> str:
    return reverse("reports:owed-one", args=[owed.pk])


def tell_asked_now(report: Report, owed: Obligation, period: Period, *, actor: Actor) -> None:
    """Tell a unit that it owes a report of a period that is open already."""
    owed.period = period
    notify("report-asked", [to_write(report, owed, period)], actor=actor, to_do=True)
