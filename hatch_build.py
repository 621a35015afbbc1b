"""Compile the translations when a wheel or an editable install is made."""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileMessages(BuildHookInterface):
    """Write a .mo beside every .po, so that neither gettext nor a checkout is needed to run."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for po in Path(self.root, "liencap").rglob("locale/*/LC_MESSAGES/django.po"):
            polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
