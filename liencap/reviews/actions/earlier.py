"""Import figures of earlier years: read and judge a sheet, then apply all of it or nothing."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reviews.access import WRITE, require_own
from liencap.reviews.earlier import world_of
from liencap.reviews.judging import REFUSED, UNREAD, Judged, judge
from liencap.reviews.models import EarlierFigure, FigureCell, FigureImport, Review, UnitReview
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child

SECONDS = 30
BATCH = 1000
FILE_MAX = 20 << 20


def upload_figures(owed: UnitReview, data: bytes, file_name: str, *, actor: Actor) -> FigureImport:
    """Read a sheet in the child process and keep a preview, cell by cell; nothing else changes."""
    require_own(actor, WRITE, owed.unit)
    if owed.review.state != Review.State.OPEN:
        raise DomainError("review-closed", _("This review is closed."), status=409)
    if len(data) > FILE_MAX:
        raise DomainError("too-large", str(REFUSED["too-large"]))
    try:
        sheet = run_in_child("liencap.reviews.sheet:read_figures", data=data, seconds=SECONDS)
    except (ChildRefusal, ChildFailed) as failure:
        raise DomainError(failure.code, str(REFUSED.get(failure.code, UNREAD))) from failure
    judged = judge(sheet, world_of(owed, (line[1].strip() for line in sheet["lines"])))
    return _keep(owed, judged, data, file_name, actor)


@transaction.atomic
def _keep(owed: UnitReview, judged: list[Judged], data: bytes, file_name: str, actor: Actor) -> FigureImport:
    FigureImport.objects.filter(unit_review=owed, state=FigureImport.State.PREVIEW).update(
        state=FigureImport.State.DROPPED
    )
    batch = FigureImport.objects.create(
        unit_review=owed, file_name=file_name.replace("\\", "/").rpartition("/")[2][:240],
        sha256=hashlib.sha256(data).hexdigest(), made_by_seat_id=actor.seat_id,
    )  # fmt: skip
    known = _known(owed, judged)
    cells = [_cell(batch, order, one, known) for order, one in enumerate(judged)]
    FigureCell.objects.bulk_create(cells, batch_size=BATCH)
    wrong = sum(one.state == FigureCell.State.ERROR for one in cells)
    record(
        "upload_figures", actor=actor, kind="figure_import", object_id=batch.pk, unit_id=owed.unit_id,
        new={"cells": len(cells), "wrong": wrong, "sha256": batch.sha256},
    )  # fmt: skip
    return batch


Known = dict[tuple[int, int, int, str, str], EarlierFigure]


def _known(owed: UnitReview, judged: list[Judged]) -> Known:
    """Return the figures that are there already, of the units that the sheet names; one query."""
    units = {one.unit.pk for one in judged if one.unit}
    programmes = owed.review.subjects.filter(programme__isnull=False).values("programme_id")
    found = EarlierFigure.objects.filter(unit__in=units, programme__in=programmes).select_related(
        "batch__unit_review"
    )
    return {(one.unit_id, one.programme_id, one.year, one.code, one.cell): one for one in found}


def _cell(batch: FigureImport, order: int, one: Judged, known: Known) -> FigureCell:
    key, state, problem = one.key, FigureCell.State.ERROR, one.problem
    there = known.get(key) if key else None
    old = there.number if there else None
    if there is not None and old == one.number:
        state = FigureCell.State.SAME
    elif there is not None and there.batch.unit_review.unit_id == there.unit_id != batch.unit_review.unit_id:
        problem = "theirs"
    elif key is not None:
        state = FigureCell.State.NEW if there is None else FigureCell.State.CHANGED
    return FigureCell(
        batch=batch, order=order, place=one.place, unit=one.unit, programme_id=one.programme, year=one.year,
        code=one.code, cell=one.cell, old=old, number=one.number, typed=one.typed, state=state, problem=problem,
    )  # fmt: skip


def _preview(batch: FigureImport, actor: Actor) -> FigureImport:
    found = FigureImport.objects.select_for_update(of=("self",)).select_related(
        "unit_review__unit", "unit_review__review"
    )
    batch = found.get(pk=batch.pk)
    require_own(actor, WRITE, batch.unit_review.unit)
    if batch.state != FigureImport.State.PREVIEW:
        raise DomainError("import-over", _("This preview was applied or dropped already."), status=409)
    return batch


@transaction.atomic
def apply_figures(batch: FigureImport, *, actor: Actor) -> int:
    """Write the figures of a preview and return how many; refuse all when one cell is wrong."""
    batch = _preview(batch, actor)
    if batch.unit_review.review.state != Review.State.OPEN:
        raise DomainError("review-closed", _("This review is closed."), status=409)
    if batch.cells.filter(state=FigureCell.State.ERROR).exists():
        raise DomainError(
            "import-errors",
            _("Some cells are wrong; nothing was imported. Mend the file and upload it again."),
        )
    cells = list(batch.cells.exclude(state=FigureCell.State.SAME))
    EarlierFigure.objects.bulk_create(
        [
            EarlierFigure(
                programme_id=one.programme_id, unit_id=one.unit_id, year=one.year, code=one.code, cell=one.cell,
                number=one.number, batch=batch,
            )
            for one in cells
            if one.programme_id and one.unit_id and one.year and one.number is not None
        ],
        batch_size=BATCH, update_conflicts=True, update_fields=["number", "batch"],
        unique_fields=["unit", "programme", "year", "code", "cell"],
    )  # fmt: skip
    batch.state = FigureImport.State.APPLIED
    batch.save(update_fields=["state"])
    record(
        "apply_figures", actor=actor, kind="figure_import", object_id=batch.pk, unit_id=batch.unit_review.unit_id,
        new={"figures": len(cells), "sha256": batch.sha256},
    )  # fmt: skip
    return len(cells)


@transaction.atomic
def drop_figures(batch: FigureImport, *, actor: Actor) -> None:
    """Throw a preview away; nothing was imported."""
    batch = _preview(batch, actor)
    batch.state = FigureImport.State.DROPPED
    batch.save(update_fields=["state"])
    record(
        "drop_figures",
        actor=actor,
        kind="figure_import",
        object_id=batch.pk,
        unit_id=batch.unit_review.unit_id,
    )
