"""The documents are true: commands, settings and links exist."""

import re

import pytest

from liencap.cli import parser
from liencap.config import env
from liencap.core.reading import read_text
from liencap.core.reading.exports.case import first_words
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


HEAD = "KẾ HOẠCH\nphát triển\n\nĐồi Chè, ngày 12 tháng 9 năm 2025\n\nBan hành như sau:\nI. NHIỆM VỤ\n1. "


def examples():
    text = (DOCS / "reference" / "reading.md").read_text("utf-8")
    for block in re.findall(r"^```reading\n(.*?)^```", text, re.M | re.S):
        lines = block.splitlines()
        words = "\n".join(line for line in lines if not line.startswith(("→", "# whole")))
        found = [line.removeprefix("→ ") for line in lines if line.startswith("→")]
        yield words if lines[0] == "# whole" else HEAD + words, found


@pytest.mark.parametrize(("text", "expected"), list(examples()))
def test_every_example_of_the_reader_s_reference_reads_as_it_says(text, expected):
    plan = read_text(text)
    own = plan.document
    parts = [own.type, own.number, own.date, own.issuer]
    found = [f"document {' '.join(part for part in parts if part)}"]
    for kind, items in (("task", plan.tasks), ("duty", plan.implementation)):
        found += [f"{kind} {item.label} {first_words(item.text)}" for item in items]
    for d in plan.deadlines:
        days = " ".join(filter(None, (d.start_date, "..", d.end_date or d.recurrence)))
        found.append(f"{d.bound} {days}" + (" event-window" if d.kind == "event-window" else ""))
    found += [f"{r.role} {r.unit}" for r in plan.responsible]
    found += [f"cites {c.key}" for c in plan.citations]
    found += [f"problem {p.code}" for p in plan.problems]
    missing = [line for line in expected if not any(one.startswith(line) for one in found)]
    assert not missing, found
