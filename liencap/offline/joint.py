"""What a workbook says of joint activities: they count at the host by themselves and are not typed in again."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q

from liencap.reports.joint.queries import note_of, row_of
from liencap.reports.models import Indicator, JointActivity, JointPartner, Obligation


def activities_by_unit(owed: Sequence[Obligation]) -> dict[int, list[JointActivity]]:
    """Return by unit the activities of one period that it hosts or takes part in; two queries for all."""
    units = [one.unit_id for one in owed]
    taking = JointPartner.objects.filter(unit_id__in=units).exclude(state=JointPartner.State.DECLINED)
    rows = JointActivity.objects.filter(
        Q(host_id__in=units) | Q(pk__in=taking.values("activity_id")), period=owed[0].period, withdrawn=False
    )
    with_ = Prefetch("partners", JointPartner.objects.select_related("unit"))
    found: dict[int, list[JointActivity]] = {unit: [] for unit in units}
    for one in rows.select_related("host").prefetch_related(with_).order_by("pk"):
        declined = JointPartner.State.DECLINED
        for unit in {one.host_id, *(p.unit_id for p in one.partners.all() if p.state != declined)}:
            if unit in found:
                found[unit].append(one)
    return found


def notes_of(activities: Sequence[JointActivity], indicators: Sequence[Indicator]) -> dict[int, str]:
    """Write by task which activities were held together, in the language of the moment."""
    names, found = {i.code: i for i in indicators}, {}
    for task in {one.task_id for one in activities}:
        found[task] = note_of([row_of(one) for one in activities if one.task_id == task], names)
    return found
