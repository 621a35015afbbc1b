"""The card of the ui room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Name the room: base pages, assets and template tags."""

    name = "liencap.ui"
