"""Write the ZIP of forms and single workbooks from what is stored."""

import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liencap.core.text import fold
from liencap.offline.joint import notes_of
from liencap.offline.keys import FormKey, sealed
from liencap.offline.models import Bundle, IssuedForm
from liencap.offline.queries import Asked, standing_content
from liencap.offline.rows import rows_of
from liencap.offline.workbook import GivenTask, Workbook, make_workbook
from liencap.reports.content import Content
from liencap.reports.models import Obligation, Period
from liencap.units.models import Unit


def workbook_of(issued: IssuedForm, owed: Obligation, asked: Asked, content: Content | None = None) -> bytes:
    """Return one unit's workbook; without content it holds what the unit sent last, never a draft."""
    with translation.override(issued.language):
        if content is None:
            content = standing_content(owed.report)
        form = Workbook(
            sealed(FormKey(owed.period_id, owed.unit_id, issued.form_id, issued.n)),
            str(owed.unit), str(owed.period), owed.last_day, issued.language,
            [GivenTask(t.label, t.text, t.due, str(t.set_by or t.programme.unit)) for t in asked.tasks],
            rows_of(
                asked.tasks, asked.indicators, content, causes=asked.causes,
                notes=notes_of(asked.joint, asked.indicators),
            ),
        )  # fmt: skip
        return make_workbook(form)


def file_name(unit: Unit, period: Period, taken: set[str]) -> str:
    """Return a plain name for a unit's workbook: ASCII, safe on every system, once in a ZIP."""
    name = f"{_slug(str(unit))[:60]}_{_slug(str(period))[:30]}"
    if name in taken:
        name = f"{name}_{_slug(unit.code)[:40]}"
    while name in taken:
        name += "-2"
    taken.add(name)
    return f"{name}.xlsx"


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-") or "x"


def read_me(bundle: Bundle, count: int) -> str:
    """Return the words that lie beside the forms in the ZIP."""
    with translation.override(bundle.language):
        lines = (
            f"{bundle.unit}: {bundle.period}",
            "",
            ngettext(
                "This ZIP holds %(count)s form, for the one unit that has still to report.",
                "This ZIP holds %(count)s forms, one for each unit that has still to report.",
                count,
            )
            % {"count": count},
            _("Made on %(day)s.") % {"day": date_format(bundle.made_at, "SHORT_DATE_FORMAT")},
            "",
            _(
                "1. Give each unit its own file, by mail or on a memory stick; none shows another unit's report."
            ),
            _("2. The unit fills in the yellow cells and sends the file back; it may rename it."),
            _("3. Drop all files that come back in together on the page “%(page)s”.")
            % {"page": _("Reports by file")},
            _("4. Look at every change, and confirm. What is damaged or does not belong there is named."),
        )
    return "\r\n".join(lines) + "\r\n"


class ZipInTheMaking:
    """A ZIP that grows on disk, where only we read it."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `finished`
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, data: bytes) -> None:
        """Add a file."""
        self._zip.writestr(name, data)

    def finished(self) -> bytes:
        """Close the ZIP and return it."""
        self._zip.close()
        with self._file as file:
            file.seek(0)
            return file.read()


def batches(owed: Sequence[int], size: int = 100) -> Iterator[Sequence[int]]:
    """Cut a list of ids into batches."""
    for start in range(0, len(owed), size):
        yield owed[start : start + size]
