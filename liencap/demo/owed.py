"""Let the ledger of the open quarter live: excuses, requests, a lock, a unit that moves and one that is merged."""

import datetime
from collections.abc import Iterator

from django.db import transaction

from liencap.audit.actor import SYSTEM, Actor
from liencap.demo.calendar import clock_on
from liencap.demo.reporting import HeadOf
from liencap.reports.models import Obligation, Period
from liencap.reports.owed import actions
from liencap.units.access import today
from liencap.units.actions import close_unit, move_unit
from liencap.units.models import Unit

DAYS = datetime.timedelta
LOCK = 20  # days after the due day on which the sample's reports can still be sent


@transaction.atomic
def keep_ledger(period: Period, actor: Actor, head_of: HeadOf) -> None:
    """Do once whatever a unit above, or a unit itself, can do about a report that is owed."""
    actions.set_who_owes(period, None, lock_days=LOCK, reminders=period.reminders, actor=actor)
    silent = _silent(period, head_of)
    asking = [next(silent), next(silent)]
    for owed, _above, own in asking:
        actions.ask_more_time(
            owed, until=owed.due + DAYS(days=5), reason="Cán bộ phụ trách nghỉ ốm.", actor=own
        )
    owed, above, _own = asking[1]
    actions.refuse_more_time(owed, reason="Đã gia hạn kỳ trước; đề nghị gửi đúng hạn.", actor=above)
    owed, above, _own = next(silent)
    actions.excuse_obligation(owed, reason="Đang khắc phục hậu quả bão lụt.", actor=above)
    owed, above, _own = next(silent)
    actions.declare_not_due(owed, reason="Tạm dừng hoạt động trong quý.", actor=above)
    owed, above, _own = next(silent)
    actions.excuse_obligation(owed, reason="Đang chuyển trụ sở.", actor=above)
    actions.owe_again(owed, reason="Đã ổn định trụ sở mới.", actor=above)
    change_tree(period)


def _silent(period: Period, head_of: HeadOf) -> Iterator[tuple[Obligation, Actor, Actor]]:
    """Yield cooperatives of the last province that have sent nothing, with the heads above and of their own."""
    found = Obligation.objects.filter(period=period, tier__code="hop-tac-xa", report__state="draft", cls=None)
    for owed in found.select_related("unit", "parent", "period__programme", "report").order_by("-pk")[:80]:
        above, own = head_of(owed.parent) if owed.parent else None, head_of(owed.unit)
        if above and own:
            yield owed, above, own


def change_tree(period: Period) -> None:
    """Move a cooperative to the neighbouring area, and merge another into the one beside it."""
    owing = Obligation.objects.filter(period=period, tier__code="hop-tac-xa")
    here, there = owing.order_by("-parent_id").values_list("parent_id", flat=True).distinct()[:2]
    below = owing.filter(parent_id=here).order_by("pk").values_list("unit_id", flat=True)[:3]
    moved, ended, heir = (Unit.objects.get(pk=pk) for pk in below)
    day = min(today(), period.until)
    with clock_on(day):
        move_unit(moved, Unit.objects.get(pk=there), since=day, actor=SYSTEM)
        close_unit(ended, day=day, reason="Quyết định sáp nhập số 15-QĐ/LH", successors=[heir], actor=SYSTEM)
