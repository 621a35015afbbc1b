"""What the pages of this room share: a form on a page of its own, and what a list is asked for."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from liencap.errors import DomainError
from liencap.units.forms import LookForm


def form_page(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], object], *, title: str, back: str,
    done: str, button: str, lead: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is sent and holds, act and go back; what is refused is said on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as refused:
            if refused.status == 403:
                raise
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(back)
    shown = {"form": form, "title": title, "lead": lead, "back": back, "button": button}
    return render(request, "units/form.html", shown, status=400 if form.errors else 200)


def asked(request: HttpRequest) -> tuple[str, datetime.date | None]:
    """Return the words and the day in the address; what cannot be read counts as not asked."""
    form = LookForm(request.GET)
    form.is_valid()
    return form.cleaned_data.get("q", ""), form.cleaned_data.get("on")
