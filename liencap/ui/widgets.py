"""Controls of forms that browsers know but Django spells another way."""

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """Ask for a day with the browser's calendar, which speaks ISO in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
