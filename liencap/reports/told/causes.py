"""Coded causes and lengths of texts: whose list holds for a unit, and which causes units named."""

from django.db.models import Count, F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from liencap.core.text import next_prefix
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.reports.models import Cause, LengthBudget, Passage, Period
from liencap.reports.queries import chain_of
from liencap.units.models import Unit

# A list to begin with; an office changes it as it likes. Code, Vietnamese, English.
USUAL = (
    ("kinh-phi", "Kinh phí thiếu hoặc cấp chậm", "Money missing or late"),
    ("nhan-luc", "Thiếu người, cán bộ kiêm nhiệm", "Too few people, officers with several duties"),
    ("huong-dan", "Hướng dẫn chưa rõ hoặc đến chậm", "Guidance unclear or late"),
    ("phoi-hop", "Phối hợp giữa các đơn vị chưa tốt", "Units do not work together well"),
    ("thoi-tiet", "Thiên tai, thời tiết, dịch bệnh", "Disaster, weather, disease"),
    ("co-so-vat-chat", "Thiếu cơ sở vật chất, phương tiện", "Rooms or equipment missing"),
    ("thanh-vien", "Thành viên đi làm xa, khó tập hợp", "Members work far away and are hard to gather"),
    ("khac", "Nguyên nhân khác", "Another cause"),
)
NO_CAUSE = gettext_noop("The cause is not in the list of your organisation.")


def causes_for(unit: Unit, *, retired: bool = False) -> list[Cause]:
    """Return the causes to choose from: the list of the nearest unit above that keeps one; one query.

    `retired` adds those of the same list that are no longer offered.
    """
    rows = list(Cause.objects.filter(unit_id__in=unit.path_ids))
    in_use = {row.unit_id for row in rows if not row.retired}
    nearest = next((pk for pk in reversed(unit.path_ids) if pk in in_use), None)
    return [row for row in rows if row.unit_id == nearest and (retired or not row.retired)]


def guard_causes(content: Content, unit: Unit) -> None:
    """Refuse a cause that is in no list above the programme's unit; retired ones that stand in a draft may stay."""
    chosen = set(content.causes.values())
    if chosen and Cause.objects.filter(pk__in=chosen, unit_id__in=unit.path_ids).count() != len(chosen):
        raise DomainError("foreign-cause", _(NO_CAUSE))


def chosen_causes(content: Content) -> list[Cause]:
    """Return the causes that a report names; a query if it names any."""
    return list(Cause.objects.filter(pk__in=content.causes.values())) if content.causes else []


def cause_counts(period: Period, unit: Unit) -> list[tuple[Cause, int, list[tuple[Task, int]]]]:
    """Count in the newest sent reports of a unit and all below which causes they name, the commonest first.

    Three queries. What is counted are official answers of units, not of persons.
    """
    chain, place = chain_of(period, unit), "version__report__obligation__"
    found = Passage.objects.filter(
        **{f"{place}period": period, f"{place}chain__gte": chain, f"{place}chain__lt": next_prefix(chain)},
        version_id=F("version__report__current_id"), cause__isnull=False,
    )  # fmt: skip
    rows = list(found.order_by().values_list("cause_id", "task_id").annotate(n=Count("pk")))
    causes = Cause.objects.in_bulk({cause for cause, _task, _n in rows})
    tasks = Task.objects.in_bulk({task for _cause, task, _n in rows})
    by_cause: dict[int, list[tuple[Task, int]]] = {}
    for cause, task, n in rows:
        by_cause.setdefault(cause, []).append((tasks[task], n))
    counted = [
        (causes[pk], sum(n for _t, n in per), sorted(per, key=lambda one: (-one[1], one[0].order)))
        for pk, per in by_cause.items()
    ]
    return sorted(counted, key=lambda one: (-one[1], one[0].order, one[0].pk))


def lengths_for(unit: Unit, tier_id: int) -> dict[str, int]:
    """Return by question how many words a tier is asked to keep to, as the nearest unit above says; one query."""
    found: dict[str, int] = {}
    rows: dict[int, dict[str, int]] = {}
    for row in LengthBudget.objects.filter(unit_id__in=unit.path_ids, tier=tier_id):
        rows.setdefault(row.unit_id, {})[row.question] = row.words
    for pk in unit.path_ids:
        found |= rows.get(pk, {})
    return found
