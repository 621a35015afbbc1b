"""Figures shown to be read have their thousands apart, as each language writes them."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

CASES = [
    (0, "0", "0"),
    (999, "999", "999"),
    (1234, "1.234", "1,234"),
    (-20000000, "-20.000.000", "-20,000,000"),
    (Decimal("1234.5"), "1.234,5", "1,234.5"),
    (Decimal("1E+3"), "1.000", "1,000"),
    (None, "", ""),
    ("–", "–", "–"),
]


@pytest.mark.parametrize(("number", "vietnamese", "english"), CASES)
def test_a_figure_is_written_as_its_reader_writes_it(number, vietnamese, english):
    page = Template("{% load ui %}{{ number|figure }}")
    for language, words in (("vi", vietnamese), ("en", english)):
        with override(language):
            assert page.render(Context({"number": number})) == words
