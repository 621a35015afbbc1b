"""Sign in by the PIN of a device, set one, and end devices and sessions of one's own."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from liencap.accounts import access, actions
from liencap.accounts.forms import NewPinForm, PinForm, SignInForm
from liencap.accounts.models import Device
from liencap.accounts.queries import PIN_TRIES
from liencap.accounts.views.doors import actor_of, door, next_page, user_of
from liencap.audit.actor import SYSTEM
from liencap.errors import DomainError


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_POST
def pin_sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in by the PIN of this device; without the device no PIN is even looked at."""
    devices = access.devices_here(request)
    form = PinForm(devices, request.POST)
    if devices and form.is_valid():
        device = form.cleaned_data["device"]
        if actions.pin_opens(device, form.cleaned_data["pin"], actor=SYSTEM):
            return access.let_in(request, device.user, "pin", next_page(request))
        form.add_error("pin", wrong_pin(device))
        form.devices = access.devices_here(request)
    if not devices:
        messages.error(request, _("This device is not known any more. Sign in another way."))
    return door(request, SignInForm(), form)


def wrong_pin(device: Device) -> str:
    """Say that the PIN is wrong and how many tries are left."""
    left = PIN_TRIES - (
        Device.objects.filter(pk=device.pk).values_list("tries", flat=True).first() or PIN_TRIES
    )
    if left <= 0:
        return _("Too many wrong PINs: this device is forgotten. Sign in another way, or ask for a new slip.")
    return _("The PIN is wrong. Tries left: %(left)s.") % {"left": left}


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pin_confirm(request: HttpRequest) -> HttpResponse:
    """Confirm by the PIN of this device that it is still its holder who is signed in."""
    device = access.own_device_here(request)
    if device is None:
        raise Http404
    form = PinForm([device], request.POST or None)
    if form.is_valid():
        if actions.pin_opens(device, form.cleaned_data["pin"], actor=SYSTEM):
            record_authentication(request, request.user, "pin", reauthenticated=True)
            return resume_request(request) or redirect("account")
        form.add_error("pin", wrong_pin(device))
    return render(request, "accounts/pin_confirm.html", {"form": form})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def pin_add(request: HttpRequest) -> HttpResponse:
    """Set a PIN by which this browser opens one's account."""
    user = user_of(request)
    form = NewPinForm(user.login_names.values_list("name", flat=True), request.POST or None)
    if form.is_valid():
        old = access.own_device_here(request)
        name = access.browser_of(request)
        secret = actions.add_device(user, form.cleaned_data["pin"], name=name, actor=actor_of(request))
        if old:
            actions.end_device(user, old.pk, actor=actor_of(request))
        messages.success(request, _("From now on you sign in on this device with the PIN."))
        return access.with_device(request, redirect("account"), secret)
    return render(request, "accounts/pin.html", {"form": form})


@require_POST
def device_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a device of one's own."""
    user = user_of(request)
    get_object_or_404(user.devices, pk=pk)
    try:
        actions.end_device(user, pk, actor=actor_of(request))
    except DomainError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The device opens your account no more."))
    return redirect("account")


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out in one of one's other browsers."""
    user = user_of(request)
    get_object_or_404(user.open_sessions, pk=pk)
    actions.end_session(user, pk, actor=actor_of(request))
    messages.success(request, _("You are signed out there."))
    return redirect("account")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Sign out in every other browser."""
    key = str(request.session.session_key)
    actions.end_other_sessions(user_of(request), key, actor=actor_of(request))
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account")
