"""Keep words in every language, so that each reader finds them in their own."""

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

LONGEST = 300


def kept(text: str | Promise) -> str | dict[str, str]:
    """Return a text to store: as it is, or of a lazily translated one what it says in each language."""
    if not isinstance(text, Promise):
        return text[:LONGEST]
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[code] = str(text)[:LONGEST]
    return said
