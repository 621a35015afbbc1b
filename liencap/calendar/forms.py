"""Parse what a calendar is asked for: a month, a first day, a kind."""

import datetime

from django import forms


class LookForm(forms.Form):
    """Which part of the calendar to show; nonsense is as if nothing was asked."""

    month = forms.RegexField(r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$", required=False)
    day = forms.DateField(required=False)
    kind = forms.SlugField(required=False, max_length=60)

    def first(self, today: datetime.date) -> datetime.date:
        """Return the first day of the month that was asked for, or of this one."""
        self.full_clean()
        asked = self.cleaned_data.get("month")
        return datetime.date.fromisoformat(f"{asked}-01") if asked else today.replace(day=1)

    def since(self, today: datetime.date) -> datetime.date:
        """Return the day from which to list, or today."""
        self.full_clean()
        day = self.cleaned_data.get("day")
        return day if day and 1900 <= day.year <= 2199 else today
