"""Turn a refused deed into an answer for people."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRefresh, reswap, retarget

from liencap.errors import DomainError


class DomainErrorMiddleware:
    """Answer DomainError and a wrong method in words; let an HTMX page whose session has ended load itself anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through, but never swap the sign-in page into a fragment's place.

        Who opens the address of a form by hand, or loads it anew, reads where to go instead of a browser's own error.
        """
        response = self.get_response(request)
        location = response.headers.get("Location", "")
        if _is_htmx(request) and location.split("?")[0] == resolve_url("sign-in"):
            return HttpResponseClientRefresh()
        if response.status_code == 405 and not _is_htmx(request) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say a DomainError in the user's words."""
        return refusal(request, exception) if isinstance(exception, DomainError) else None


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the alert for HTMX, the form again with a message, or a page with the status.

    A right that is missing is always a page: sending back to the form would only invite another try.
    """
    if _is_htmx(request):
        answer = render(request, "ui/_refusal.html", {"error": error}, status=error.status)
        return reswap(retarget(answer, "#messages"), "innerHTML")
    back = request.headers.get("Referer", "")
    if request.method == "POST" and error.status not in (403, 404) and _is_ours(request, back):
        messages.error(request, str(error), extra_tags="refused")  # the page fills its form in again
        return redirect(back)
    return render(request, "ui/error.html", {"error": error, "status": error.status}, status=error.status)


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _is_ours(request: HttpRequest, address: str) -> bool:
    return bool(address) and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
