"""The house keeps its rules; every rule is shown once to catch a bad sample and to pass a good one."""

from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests import house

SAMPLES = [
    (house.orm_writes, "Unit.objects.create(name='x')\n", "Unit.objects.filter(name='x').first()\n"),
    (house.orm_writes, "unit.save(update_fields=['name'])\n", "document.save(out)\n"),
    (house.orm_writes, "Unit.objects.filter(pk=1).update(name='x')\n", "names.update(more)\n"),
    (
        house.actors_missing,
        "@transaction.atomic\ndef send(report, actor):\n    pass\n",
        "@transaction.atomic\ndef send(report, *, actor):\n    pass\n",
    ),
    (house.over_budget, "def long():\n" + "    x = 1\n" * 45, "def short():\n    x = 1\n"),
    (house.over_budget, "x = 1\n" * 401, "x = 1\n" * 400),
    (house.over_budget, "class A(B, C):\n    pass\n", "class A(B, Protocol):\n    pass\n"),
    (house.hidden_wiring, "@receiver(post_save)\ndef f(): ...\n", "def receive(): ...\n"),
    (house.inline_code, "<p onclick='x()'>", "<p data-on='x'>"),
    (house.inline_code, "<script>x()</script>", '<script src="/a.js" defer></script>'),
]
# Pages that anybody may see without a seat, each with its reason.
PUBLIC = {
    "sign-in": "the door",
    "account_login": "the door, under the name that allauth knows",
    "mfa_login_webauthn": "the door for a passkey",
    "mfa_authenticate": "the second door; who has not passed the first is sent there",
    "openid_connect_login": "the door to the organisation's sign-in service",
    "openid_connect_callback": "the way back from there",
    "sign-out": "leaves; shows nothing",
    "set-language": "keeps a choice; shows nothing",
    "activate": "the door for a slip",
    "javascript-catalog": "strings of the screen only",
}
TABLES = ("core/reading/vi/", "core/reading/en/")


@pytest.mark.parametrize(("rule", "bad", "good"), SAMPLES)
def test_each_rule_catches_a_bad_sample_and_passes_a_good_one(rule, bad, good):
    assert rule(bad)
    assert not rule(good)


def every(rule, paths) -> list[str]:
    return [f"{p.relative_to(house.ROOT)}: {f}" for p in paths for f in rule(p.read_text("utf-8"))]


def test_rows_are_written_in_actions_alone():
    paths = [
        p
        for p in house.sources()
        if "actions" not in str(p.relative_to(house.PACKAGE)) and p.name != "testing.py"
    ]
    assert not every(house.orm_writes, paths)


def test_every_deed_names_its_actor():
    assert not every(
        house.actors_missing, [p for p in house.sources() if "actions" in str(p.relative_to(house.PACKAGE))]
    )


def test_files_and_functions_keep_their_budget():
    tables = {p for p in house.sources() if str(p.relative_to(house.PACKAGE)).startswith(TABLES)}
    found = every(house.over_budget, [p for p in house.sources() if p not in tables])
    found += every(lambda s: house.over_budget(s, table=True), tables)
    assert not found


def test_there_are_no_signals_and_no_generic_foreign_keys():
    assert not every(house.hidden_wiring, house.sources())


def templates() -> list[Path]:
    return sorted(house.PACKAGE.rglob("templates/**/*.html"))


def test_templates_are_short_and_hold_no_inline_code():
    assert not every(house.inline_code, templates())
    long = [f"{p.name}: {n}" for p in templates() if (n := p.read_text("utf-8").count("\n")) > 120]
    assert not long


def test_views_are_thin():
    import ast

    fat = []
    for path in house.sources():
        if path.name == "views.py" or path.parent.name == "views":
            for node in house.functions(ast.parse(path.read_text("utf-8"))):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > 25:
                    fat.append(f"{path.relative_to(house.ROOT)}: {node.name}: {length} lines")
    assert not fat


def url_names(patterns, prefix="") -> list[str]:
    names = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            space = f"{entry.namespace}:" if entry.namespace else ""
            names += url_names(entry.url_patterns, prefix + space)
        elif isinstance(entry, URLPattern) and entry.name:
            names.append(prefix + entry.name)
    return names


def test_every_page_that_is_not_public_has_a_test_with_a_stranger():
    judged = ""
    for path in house.PACKAGE.rglob("tests/test_*.py"):
        text = path.read_text("utf-8")
        if "stranger" in text:
            judged += text
    missing = [
        n for n in url_names(get_resolver().url_patterns) if n not in PUBLIC and f'"{n}"' not in judged
    ]
    assert not missing


def test_migrations_have_names():
    assert not [p.name for p in house.PACKAGE.rglob("migrations/*_auto_*.py")]


def test_no_path_of_a_machine_stands_in_the_tree():
    bad = []
    for path in [*house.sources(tests=True), *house.ROOT.glob("docs/**/*.md"), house.ROOT / "README.md"]:
        if any(word in path.read_text("utf-8") for word in ("/" + "root/", "/" + "tmp/wt")):
            bad.append(str(path))
    assert not bad
