"""The guides, open to everybody: who cannot sign in needs them most."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from liencap.guides import queries


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the guides by who reads them."""
    return render(request, "guides/index.html", {"roles": queries.lists(get_language() or "vi")})


@login_not_required
@require_GET
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a guide in the reader's language, or in the one asked for."""
    language = request.GET.get("in") or get_language() or "vi"
    page = queries.guide(slug, language)
    if page is None:
        raise Http404
    return render(request, "guides/guide.html", {"guide": page})
