"""Controls of forms that browsers know but Django spells another way."""

from collections.abc import Sequence
from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """Ask for a day with the browser's calendar, which speaks ISO in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ListedInput(forms.TextInput):
    """A line of text beside which what was typed before is offered; anything else may be typed too."""

    template_name = "ui/_listed_input.html"
    listed: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the list that the browser offers."""
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-listed"})
        return {**context, "listed": self.listed}
