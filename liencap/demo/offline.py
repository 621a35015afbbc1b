"""Let the cooperatives of one area report by file: some entered, some files waiting to be looked at."""

import io
import random
import zipfile
from typing import Any

from django.utils.translation import override

from liencap.demo.reporting import HeadOf
from liencap.demo.saying import content_of
from liencap.documents import store
from liencap.offline.actions import begin_booking, drop_files, make_bundle
from liencap.offline.models import Bundle
from liencap.offline.rows import rows_of
from liencap.offline.workbook import text_of
from liencap.reports.models import Period, Report
from liencap.reports.queries import indicators_for, tasks_of
from liencap.units.models import Unit
from liencap.work.actions import run_one

AREA = "SX.1.1"
MOST = 5  # forms that come back


def report_by_file(period: Period, head_of: HeadOf) -> None:
    """Hand forms out to an area's cooperatives; of those that come back all but two are entered."""
    area = Unit.objects.get(code=AREA)
    actor = head_of(area)
    assert actor is not None, "the area's head seat is filled"
    with override("vi"):
        bundle = make_bundle(period, area, deep=False, language="vi", actor=actor)
        _work()
        bundle.refresh_from_db()
        back = _filled(bundle)
        first = drop_files(area, back[:-2] or back, actor=actor)
        _work()
        if first.files.filter(chosen=True).exists():
            begin_booking(first, agreed="Các đơn vị nhờ nhập giúp tại buổi giao ban.", actor=actor)
            _work()
        if rest := back[-2:] if len(back) > 2 else []:
            name, data = rest[0]
            broken = [(f"ban-sao-{name}", data), ("gui-lai-bi-hong.xlsx", data[: len(data) // 2])]
            drop_files(area, [*rest, *broken], actor=actor)
            _work()


def _work() -> None:
    while run_one("demo"):
        pass


def _filled(bundle: Bundle) -> list[tuple[str, bytes]]:
    """Fill the forms of a ZIP as the units would; the last one says something that is no number."""
    import openpyxl

    chance, found = random.Random("files"), []  # noqa: S311  # a sample, not a secret
    with zipfile.ZipFile(io.BytesIO(store.get(bundle.sha256))) as made:
        names = [name for name in sorted(made.namelist()) if name.endswith(".xlsx")][:MOST]
        for name in names:
            book = openpyxl.load_workbook(io.BytesIO(made.read(name)))
            _fill(book.worksheets[1], bundle, chance, spoil=name == names[-1] and len(names) > 2)
            out = io.BytesIO()
            book.save(out)
            found.append((name, out.getvalue()))
    return found


def _fill(sheet: Any, bundle: Bundle, chance: random.Random, *, spoil: bool) -> None:
    """Type what one unit says into its sheet."""
    unit = int(str(sheet["A1"].value).split(".")[2])
    joined = Report.objects.select_related("obligation__period__form", "obligation__unit")
    report = joined.get(obligation__period=bundle.period, obligation__unit_id=unit)
    said = content_of(report, chance)
    answers = {
        row.key: row.value for row in rows_of(tasks_of(report.obligation), indicators_for(report), said)
    }
    for row in sheet.iter_rows(min_row=6):
        key = str(row[0].value or "")
        value = answers.get(key)
        if key.startswith("figure:") and spoil:
            row[3].value, spoil = "khoảng mười", False
        elif value and not key.startswith("task:") and not hasattr(value, "value"):
            row[3].value = text_of(value) if isinstance(value, str) else value
