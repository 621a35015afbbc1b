"""Tags that every template has: icons, panels, form controls, pages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from liencap import card
from liencap.ui.numbers import grouped

register = template.Library()
ALERTS = {"error": "danger", "debug": "secondary"}
ALERT_ICONS = {"success": "circle-check", "warning": "alert-triangle", "error": "alert-circle"}


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, so words must stand beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra, static("ui/vendor/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def panels(context: template.Context, slot: str, target: Any = None) -> SafeString:
    """Render what the rooms above registered for a slot; a function that returns None shows nothing."""
    request = context["request"]
    shown = []
    for panel, function in card.panels(slot):
        values = function(request, target)
        if values is not None:
            shown.append((SafeString(render_to_string(panel.template, values, request=request)),))
    return format_html_join("\n", "{}", shown)


@register.simple_tag
def control(field: forms.BoundField) -> SafeString:
    """Draw a field's control with Bootstrap's class, tied to its help and its errors."""
    widget = field.field.widget
    kind = "form-control"
    if isinstance(widget, forms.CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, forms.Select):
        kind = "form-select"
    wrong = "is-invalid" if field.errors else ""
    classes = " ".join(filter(None, [widget.attrs.get("class", ""), kind, wrong]))
    attrs: dict[str, str | bool] = {"class": classes}
    about = [
        f"{field.id_for_label}_{part}"
        for part, there in (("help", field.help_text), ("errors", field.errors))
        if there
    ]
    if about:
        attrs["aria-describedby"] = " ".join(about)
    return field.as_widget(attrs=attrs)


@register.simple_tag
def choice(option: forms.boundfield.BoundWidget) -> SafeString:
    """Draw one of several radios or checkboxes with Bootstrap's class."""
    option.data["attrs"]["class"] = "form-check-input"
    return option.tag()


@register.filter
def figure(number: Any) -> str:
    """Write a number for reading, thousands apart; nothing for none, and words as they are."""
    if number is None:
        return ""
    return grouped(number) if isinstance(number, (int, Decimal)) else str(number)


@register.filter
def control_kind(field: forms.BoundField) -> str:
    """Say how `ui/_field.html` lays a control out: check, choices or plain."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)) else "plain"


@register.filter
def elided(page: "Page[Any]") -> list[int | str]:
    """Return the page numbers to offer, with … for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def at(values: Mapping[str, Any] | None, key: object) -> Any:
    """Return what a mapping holds under a key that is known only when the page is built."""
    return (values or {}).get(str(key), "")


@register.filter
def alert_class(level: str) -> str:
    """Return Bootstrap's word for a message level."""
    return ALERTS.get(level, level or "info")


@register.filter
def alert_icon(level: str) -> str:
    """Return the icon of a message level."""
    return ALERT_ICONS.get(level, "info-circle")
