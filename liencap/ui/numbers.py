"""Numbers as people read them: thousands apart, in the language of the moment."""

from decimal import Decimal

from django.utils.formats import number_format


def grouped(number: int | Decimal) -> str:
    """Write every digit that the number has: 1.234,5 in Vietnamese, 1,234.5 in English."""
    places = max(0, -int(number.as_tuple().exponent)) if isinstance(number, Decimal) else 0
    return number_format(number, decimal_pos=places, force_grouping=True)
