"""Parse answers to a report; nothing here is saved."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy

from liencap.programmes.models import Task
from liencap.reports.actions import Back
from liencap.reports.answering.queries import Change, Names

REASON_MAX = 1000


class CarryForm(forms.Form):
    """Why a report is sent on with new figures from below."""

    reason = forms.CharField(
        label=gettext_lazy("Why the report is sent anew"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def read_backs(
    typed: Mapping[str, str], tasks: Sequence[Task], names: Names, reason: str, chosen: Sequence[int]
) -> list[Back]:
    """Return what is returned: each field with a reason beside it, the chosen tasks, else the whole report."""
    by_task = {task.pk: task for task in tasks}
    found = []
    for task in tasks:
        if why := typed.get(f"why-task-{task.pk}", "").strip():
            found.append(Back(why[:REASON_MAX], task))
    for key, anchor in names.anchors.items():
        if why := typed.get(f"why-{anchor}", "").strip():
            found.append(Back(why[:REASON_MAX], by_task.get(names.tasks[key]), key))
    if reason.strip():
        found += [Back(reason, by_task[pk]) for pk in chosen] or [Back(reason)]
    return found


def read_lines(typed: Mapping[str, str], changes: Sequence[Change]) -> dict[str, str]:
    """Return the lines that are returned, each with its reason; a reason alone says it too."""
    found = {}
    for change in changes:
        why = typed.get(f"why-{change.key}", "").strip()[:REASON_MAX]
        if why or typed.get(f"line-{change.key}") == "return":
            found[change.key] = why
    return found


def read_reasons(typed: Mapping[str, str]) -> dict[str, str]:
    """Return by line why it was corrected."""
    return {name[4:]: why[:500] for name, why in typed.items() if name.startswith("why-")}


def read_tokens(named: Sequence[str]) -> dict[int, int]:
    """Return by report the version that was read, from what the list names as "REPORT:VERSION"; others are left out."""
    found = {}
    for token in named:
        report, _colon, n = token.partition(":")
        if report.isdecimal() and n.isdecimal() and len(report) < 18 and len(n) < 8:
            found[int(report)] = int(n)
    return found


def read_gaps(typed: Mapping[str, str], chosen: Sequence[str]) -> dict[int, str]:
    """Return by obligation why one goes on without it: its own reason, else that of all chosen."""
    shared = typed.get("reason", "").strip()
    return {
        int(pk): typed.get(f"why-{pk}", "").strip()[:500] or shared[:500]
        for pk in chosen
        if pk.isdecimal() and len(pk) < 18
    }
