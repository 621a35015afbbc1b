"""Collect the rooms' urls: a room is mounted at its own name, home at the root."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
for config in apps.get_app_configs():
    if config.name.startswith("liencap.") and find_spec(f"{config.name}.urls"):
        where = "" if config.label in ("home", "accounts", "ui") else f"{config.label}/"
        urlpatterns.append(path(where, include(import_module(f"{config.name}.urls"))))
