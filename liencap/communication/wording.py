"""Sentences that pages and jobs share."""

from django.utils.translation import ngettext


def handed_to(n: int) -> str:
    """Say to how many units a line was handed."""
    return ngettext("Handed to %(n)s unit.", "Handed to %(n)s units.", n) % {"n": n}
