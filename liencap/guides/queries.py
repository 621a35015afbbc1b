"""Read the guides, which are files of the package: no table holds them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from liencap.guides.markdown import render

HERE = Path(__file__).resolve().parent
# A wheel carries the guides inside the room; a checkout has them among its documents.
PAGES = packed if (packed := HERE / "pages").is_dir() else HERE.parent.parent / "docs" / "guides"


@dataclass(frozen=True, slots=True)
class Role:
    """Who reads, what the work is in one sentence, and the guides in the order in which they are met."""

    code: str
    label: str | Promise
    work: str | Promise
    icon: str
    guides: tuple[str, ...]


ROLES = (
    Role(
        "leader", _("Head of a unit"),
        _("Assigns tasks, signs and sends reports, answers those of the units below."), "star",
        ("plan-to-programme", "answering", "amending", "own-plan", "people", "notices", "calendar"),
    ),
    Role(
        "secretary", _("Secretary of a unit"),
        _("Receives tasks, records what was done and writes the report."), "pencil",
        ("secretary", "signing-in", "communication-and-study", "conditions", "own-plan", "calendar", "notices"),
    ),
    Role(
        "office", _("Planning and reporting office"),
        _("Makes programmes of plans, follows the periods, adds the reports up."),
        "clipboard-list",
        ("plan-to-programme", "amending", "conditions", "communication-and-study", "reports-by-file", "answering",
         "narrative", "bodies"),
    ),
    Role(
        "clerk", _("Clerk and archive"),
        _("Prints, numbers and files what is issued."), "archive",
        ("archive", "own-plan", "templates"),
    ),
    Role(
        "member", _("Member without a seat"),
        _("Reads what the unit was asked and what came of it."), "users",
        ("members", "signing-in"),
    ),
    Role(
        "administrator", _("Administrator"),
        _("Sets the organisation up, lets people in, keeps the system."), "settings",
        ("setting-up", "people", "members", "signing-in", "notices", "templates", "reports-by-file"),
    ),
)  # fmt: skip
FOR_BUILDERS = {"add-a-language"}  # these stay in the source


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as a page: its name, title, body and the language it is written in."""

    slug: str
    title: str
    body: SafeString
    language: str


def slugs() -> set[str]:
    """Return the names of the guides that are there."""
    return {path.name.split(".")[0] for path in PAGES.glob("*.md")} - FOR_BUILDERS


def guide(slug: str, language: str) -> Guide | None:
    """Return a guide in a language, in English where it has no other; None when there is no such guide."""
    if slug not in slugs():
        return None
    has_twin = language == "vi" and (PAGES / f"{slug}.vi.md").exists()
    return _read(slug, "vi" if has_twin else "en")


@cache
def _read(slug: str, language: str) -> Guide:
    path = PAGES / (f"{slug}.vi.md" if language == "vi" else f"{slug}.md")
    title, body = render(path.read_text("utf-8"), _links())
    return Guide(slug, title, body, language)


def _links() -> Callable[[str], str | None]:
    """Lead to other guides on the site; what is not among them has no address here."""

    def link(target: str) -> str | None:
        if target.startswith("https://"):
            return target
        name, _hash, _part = target.partition("#")
        stem = name.removesuffix(".md")
        slug = stem.removesuffix(".vi")
        if "/" in name or slug not in slugs():
            return None
        return reverse("guides:guide", args=[slug]) + ("?in=vi" if stem.endswith(".vi") else "?in=en")

    return link


def lists(language: str) -> list[tuple[Role, list[Guide]]]:
    """Return each role with its guides; one that a role does not name yet stands with the administrator's."""
    named = {slug for role in ROLES for slug in role.guides}
    rows = []
    for role in ROLES:
        more = sorted(slugs() - named) if role.code == "administrator" else []
        found = [guide(slug, language) for slug in (*role.guides, *more)]
        rows.append((role, [page for page in found if page]))
    return rows
