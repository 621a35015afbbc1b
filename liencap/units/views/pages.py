"""What the pages of this room share: a form on a page of its own, and what a list is asked for."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from liencap import card
from liencap.errors import DomainError
from liencap.units.forms import LookForm


def form_page(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], object], *, title: str, back: str,
    done: str, button: str, lead: str = "", then: Callable[[Any], object] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is sent and holds, act and go back; what is refused is said on the form.

    `then` is given what the deed returned and says more to who did it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except DomainError as refused:
            if refused.status == 403:
                raise
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            if then is not None:
                then(made)
            return redirect(back)
    shown = {"form": form, "title": title, "lead": lead, "back": back, "button": button}
    return render(request, "units/form.html", shown, status=400 if form.errors else 200)


def way_back(request: HttpRequest, other: str) -> str:
    """Return the address of our own from which a form was opened (`?next=`), else another."""
    wish = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return wish if ours else other


def say_panels(request: HttpRequest, slot: str, target: object) -> None:
    """Say in the note at the head of the next page what the rooms above have to say of a deed."""
    for panel, function in card.panels(slot):
        values = function(request, target)
        if values is not None:
            messages.info(request, SafeString(render_to_string(panel.template, values, request=request)))


def asked(request: HttpRequest) -> tuple[str, datetime.date | None]:
    """Return the words and the day in the address; what cannot be read counts as not asked."""
    form = LookForm(request.GET)
    form.is_valid()
    return form.cleaned_data.get("q", ""), form.cleaned_data.get("on")
