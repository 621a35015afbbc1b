"""Read how a person wants to be told by mail."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liencap.notices.models import MailChoice
from liencap.notices.queries import kinds
from liencap.notices.wish import Wish

CHECK = {"class": "form-check-input"}


class TimeInput(forms.TimeInput):
    """Ask for a time of day with the browser's clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MailForm(forms.Form):
    """Rhythm, hours, kinds and address; `wish()` gives them to the deed."""

    address = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=200,
        help_text=_("A new address counts once you have opened the link that we send to it."),
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=_("When to write"),
        choices=MailChoice.Rhythm.choices,
        widget=forms.RadioSelect({"class": "form-check-input"}),
    )
    hour = forms.TypedChoiceField(
        label=_("Hour of a daily or weekly mail"), coerce=int, choices=[(n, f"{n}:00") for n in range(24)]
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of a weekly mail"), coerce=int, choices=MailChoice.Day.choices
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=TimeInput)
    quiet_until = forms.TimeField(
        label=_("Quiet until"), widget=TimeInput,
        help_text=_("No mail goes out in these hours; it waits until they are over. The same time twice means none."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Write to me about"),
        required=False,
        widget=forms.CheckboxSelectMultiple(CHECK),
    )

    def __init__(self, data: Any, choice: MailChoice, address: str) -> None:
        names = ("rhythm", "hour", "weekday", "quiet_from", "quiet_until")
        initial: dict[str, Any] = {name: getattr(choice, name) for name in names}
        offered = kinds()
        initial |= {"address": address, "kinds": [code for code in offered if code not in choice.off]}
        super().__init__(data, initial=initial)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(offered.items())

    def wish(self) -> Wish:
        """Return the choice as the deed takes it."""
        clean = self.cleaned_data
        start: datetime.time = clean["quiet_from"]
        off = [code for code in kinds() if code not in clean["kinds"]]
        return Wish(
            clean["rhythm"], clean["hour"], clean["weekday"], start, clean["quiet_until"], off,
            clean["address"].lower(),
        )  # fmt: skip
