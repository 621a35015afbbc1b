"""Keep the language in the browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def with_language(
    request: HttpRequest, answer: HttpResponse, language: str, always: bool = False
) -> HttpResponse:
    """Set the language cookie, unless a browser has chosen already."""
    if always or settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 86400,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer
