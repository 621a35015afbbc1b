"""Forms handed out, filled and dropped in again, as the tests of this room need them."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import openpyxl

from liencap.offline import actions
from liencap.offline.models import Bundle, Intake, ReturnedFile
from liencap.reports.tests import scene
from liencap.testing import Member, make_cast
from liencap.work.actions import run_one

FILLED = {"state": "done", "figure:trees:value": 7, "figure:classes:held": 2}


def make_scene() -> tuple[Any, Any]:
    """Return the cast and an open period in which P, A and B owe a report; no one of B can sign in."""
    cast = make_cast()
    return cast, scene.make_period(cast)


def close_account(member: Member) -> None:
    """Take a member's account away, as of one who never activated it."""
    from liencap.accounts.models import User

    User.objects.filter(pk=member.actor.user_id).update(password="!none")


def work() -> None:
    """Run every job that waits."""
    while run_one("test"):
        pass


def hand_out(cast: Any, period: Any, **more: Any) -> Bundle:
    """Make the forms for the units below P."""
    said = {"deep": False, "language": "vi"} | more
    made = actions.make_bundle(period, cast.province, actor=cast.chief.actor, **said)
    work()
    made.refresh_from_db()
    return made


def forms_of(bundle: Bundle) -> dict[str, bytes]:
    """Return the files of a ZIP by name."""
    from liencap.documents import store

    with zipfile.ZipFile(io.BytesIO(store.get(bundle.sha256))) as made:
        return {name: made.read(name) for name in made.namelist()}


def form_for(bundle: Bundle, words: str) -> bytes:
    """Return the form whose name holds some words."""
    return next(data for name, data in forms_of(bundle).items() if words in name)


def filled(form: bytes, answers: dict[str, Any] | None = None, change: Any = None) -> bytes:
    """Type answers into a form by the keys of its lines, as a spreadsheet program would save it."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[1]
    answers = FILLED if answers is None else answers
    for row in sheet.iter_rows(min_row=6):
        key = str(row[0].value or "")
        value = answers.get(key, answers.get(key.partition(":")[0]))
        if value is not None:
            row[3].value = value
    if change:
        change(sheet, book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put files into a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            made.writestr(name, data)
    return out.getvalue()


def drop(cast: Any, *files: tuple[str, bytes]) -> Intake:
    """Drop files in for the units below P and read them."""
    made = actions.drop_files(cast.province, list(files), actor=cast.chief.actor)
    work()
    made.refresh_from_db()
    return made


def book(cast: Any, intake: Intake, agreed: str = "") -> Intake:
    """Enter what is chosen."""
    actions.begin_booking(intake, agreed=agreed, actor=cast.chief.actor)
    work()
    intake.refresh_from_db()
    return intake


def only(intake: Intake) -> ReturnedFile:
    """Return the single file of a drop."""
    return intake.files.exclude(state="unpacked").get()
