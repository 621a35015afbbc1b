"""The notices of a seat, each of them, and how a person wants mail."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.accounts.models import User
from liencap.notices import access, queries
from liencap.notices.actions import choose_mail, confirm_address, mark_all_read, mark_read
from liencap.notices.forms import MailForm
from liencap.ui.paging import page_of
from liencap.units.access import actor_of

SHOWN = ("open", "unread", "all")


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """List the notices of the seat acted in: open, unread, or all."""
    found = access.notices_visible_to(actor_of(request))
    shown = request.GET.get("show", "open")
    shown = shown if shown in SHOWN else "open"
    if shown != "all":
        found = found.open()
    if shown == "unread":
        found = found.filter(unread=True)
    values = {"page": page_of(request, found), "shown": shown, "views": _views()}
    return render(request, "notices/notice_list.html", values)


def _views() -> list[tuple[str, str]]:
    return [("open", _("Still open")), ("unread", _("Unread")), ("all", _("All"))]


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice, of whichever seat of the person: this is where a mail leads."""
    found = access.get_notice_for(actor_of(request), pk)
    return render(request, "notices/notice_detail.html", {"notice": found})


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice read and go to the thing, acting in the seat that was told."""
    found = access.get_notice_for(actor_of(request), pk)
    mark_read(found, actor=actor_of(request))
    request.session["seat"] = found.seat_id
    ours = url_has_allowed_host_and_scheme(found.url, {request.get_host()})
    return redirect(found.url if ours else "notices:list")


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice read and stay."""
    mark_read(access.get_notice_for(actor_of(request), pk), actor=actor_of(request))
    return redirect("notices:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices of the seat read."""
    mark_all_read(actor=actor_of(request))
    messages.success(request, _("All are marked as read. What is still to be done stays in the list."))
    return redirect("notices:list")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Let a person choose how to be told by mail."""
    user = _user(request)
    choice, (known, waiting) = queries.choice_of(user), queries.addresses_of(user)
    form = MailForm(request.POST or None, choice, waiting or known)
    if form.is_valid():
        unconfirmed = choose_mail(user, form.wish(), actor=actor_of(request))
        messages.success(request, _("Your choice is kept."))
        if unconfirmed:
            messages.info(request, _("Open the link that we now send to %(to)s.") % {"to": unconfirmed})
        return redirect("notices:preferences")
    values = {
        "form": form, "choice": choice, "known": known, "waiting": waiting, "mail": settings.MAIL,
        "troubles": queries.in_trouble(user)[:3],
    }  # fmt: skip
    return render(request, "notices/preferences.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address to which this link was sent; a mail reader that opens links confirms nothing."""
    if request.method == "POST":
        confirm_address(_user(request), token, actor=actor_of(request))
        messages.success(request, _("Mail now comes to this address."))
        return redirect("notices:preferences")
    return render(request, "notices/confirm.html", {"token": token})


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "LoginRequiredMiddleware lets only accounts pass"
    return request.user
