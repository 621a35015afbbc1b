"""Parse under which task each line of communication or study stands in the reports of a period."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from liencap.communication.models import Item
from liencap.programmes.models import Task


class AskedLinesForm(forms.Form):
    """A choice for each line: not in the reports, or under a task; the line's own task stands first."""

    def __init__(
        self,
        *args: Any,
        items: Sequence[Item],
        under: Mapping[int, int],
        tasks: Sequence[Task],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {f"line_{item.pk}": item for item in items}
        choices = [("", _("Not in the reports"))]
        choices += [(str(t.pk), Truncator(f"{t.label}: {t.text}".lstrip(": ")).chars(90)) for t in tasks]
        for name, item in self.lines.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{item.get_kind_display()}: {item.title}", choices=choices, required=False,
                initial=str(under.get(item.pk, "")), help_text=_help(item),
            )  # fmt: skip

    def wanted(self) -> dict[int, int | None]:
        """Return for each line its task, or none."""
        return {
            item.pk: int(self.cleaned_data[name]) if self.cleaned_data[name] else None
            for name, item in self.lines.items()
        }


def _help(item: Item) -> str:
    """Say for which task a line was planned, where there is one."""
    return _("Planned for the task “%(task)s”.") % {"task": item.task.label or item.task} if item.task else ""
