"""Mark what was found."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from liencap.search.terms import hit_spans, question

register = template.Library()


@register.simple_tag
def found_in(text: str, typed: str) -> SafeString:
    """Write a text, escaped, with the words that were typed marked."""
    pieces, at = [], 0
    for start, end in hit_spans(text, question(typed)):
        pieces += [(text[at:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        at = end
    return format_html_join("", "{}", [*pieces, (text[at:],)])
