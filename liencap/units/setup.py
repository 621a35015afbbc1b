"""Set an organisation up from the command line: tiers, standard roles, the first import, the first codes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from liencap.accounts.models import User
from liencap.audit.actor import SYSTEM
from liencap.card import permissions
from liencap.errors import DomainError
from liencap.units.actions import apply_import, found_role, found_tier, make_slips, upload_import
from liencap.units.models import Placement, Role, Tier

SHOWN = 50  # wrong lines named on the screen


def found_tiers(tiers: Sequence[str]) -> None:
    """Found the tiers CODE=NAME or CODE=NAME=ENGLISH from the top down, those that are not there yet."""
    rank = Tier.objects.count()
    for text in tiers:
        code, _mark, names = text.partition("=")
        name, _mark, english = names.partition("=")
        if not code or not name:
            raise DomainError("tier-grammar", f"--tier {text}: write CODE=NAME or CODE=NAME=ENGLISH.")
        if not Tier.objects.filter(code=code).exists():
            found_tier(code, name, name_en=english, rank=rank, actor=SYSTEM)
            rank += 1


def found_roles() -> None:
    """Found the standard roles when there is none: head, officer and reader."""
    if Role.objects.exists():
        return
    every = sorted(permissions())
    seeing = [code for code in every if code.endswith(".view")]
    found_role("head", "Thủ trưởng", name_en="Head", below=every, is_head=True, actor=SYSTEM)
    found_role("officer", "Cán bộ theo dõi", name_en="Officer", own=every, below=seeing, actor=SYSTEM)
    found_role("reader", "Người đọc", name_en="Reader", own=seeing, actor=SYSTEM)


def import_file(path: Path, *, confirmed: bool) -> Iterator[str]:
    """Yield what importing a sheet does, line by line; refuses wrong rows with DomainError."""
    batch = upload_import(path.read_bytes(), path.name, unit=None, actor=SYSTEM)
    states = list(batch.rows.values_list("state", flat=True))
    yield ", ".join(f"{state}: {states.count(state)}" for state in ("new", "changed", "same", "error"))
    wrong = batch.rows.filter(state="error")
    for row in wrong[:SHOWN]:
        yield f"line {row.line}: {row.message}"
    if wrong.exists():
        raise DomainError("import-errors", "nothing was imported; mend the lines above.")
    if not confirmed:
        yield "Nothing was imported yet; run the same command with --yes."
        return
    counts = apply_import(batch, actor=SYSTEM)
    yield "Imported. " + ", ".join(
        f"{name}: {counts[name]}" for name in ("units", "renamed", "seats", "appointments")
    )
    yield from first_codes()


def first_codes() -> Iterator[str]:
    """Yield activation codes for the topmost unit while nobody can sign in yet."""
    if any(user.has_usable_password() for user in User.objects.all()[:200].iterator()):
        return
    for root in Placement.objects.filter(parent=None, until__isnull=True).select_related("unit"):
        for held, code in make_slips(root.unit, actor=SYSTEM):
            yield f"{code}  {held.person}, {held.seat}"
    yield "With these codes the first accounts are activated at /units/activate/."
