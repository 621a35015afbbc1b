"""The documents are true: commands, settings and links exist."""

import re

from liencap.cli import parser
from liencap.config import env
from tests import house

DOCS = house.ROOT / "docs"


def test_every_command_is_documented():
    text = (DOCS / "reference" / "commands.md").read_text("utf-8")
    actions = [a for a in parser()._actions if a.choices]
    assert actions
    assert not [name for name in actions[0].choices if f"`liencap {name}" not in text]


def test_every_setting_is_documented():
    text = (DOCS / "reference" / "settings.md").read_text("utf-8")
    assert not [name for name in env.KNOWN if f"`{name}`" not in text]


def test_every_link_between_documents_leads_somewhere():
    bad = []
    for page in [*house.ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                bad.append(f"{page.name}: {target}")
    assert not bad


def test_the_changelog_and_the_package_name_the_same_version():
    version = re.search(r'^version = "(.+)"', (house.ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    newest = re.search(r"^## (\S+)", (house.ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert version
    assert newest
    assert version[1] == newest[1]
