"""What entering a file would change, cell by cell, as a screen shows it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.core.rollup.layout import State
from liencap.offline.causes import with_kept
from liencap.offline.codes import cell_words
from liencap.offline.judging import content_from
from liencap.offline.matching import form_rows
from liencap.offline.models import ReturnedFile
from liencap.offline.queries import problem_rows, standing_content
from liencap.offline.rows import STATE, TASK, Row, is_not_applicable, state_labels
from liencap.reports.display import number_text
from liencap.reports.queries import Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A line of the form: where its answer stands, what stood before, what would stand then."""

    task: str
    label: str
    at: str
    old: str
    new: str
    changed: bool


def cells_of(file: ReturnedFile, draft: Sheet | None = None) -> list[Cell]:
    """Return the lines of a matched file; `draft` is what it would replace when it is the unit's own."""
    assert file.issued is not None, "a matched file has its form"
    language = get_language() or "vi"
    before = draft.content if draft else standing_content(file.issued.report)
    old = {row.key: row for row in form_rows(file.issued, before, language)}
    found, task = [], ""
    said = with_kept(content_from(file.content), file.content, before)
    for row in form_rows(file.issued, said, language):
        if row.kind == TASK:
            task = row.label
            continue
        was, now = shown(old[row.key]), shown(row)
        found.append(Cell(task, row.label, file.places.get(row.key, ""), was, now, was != now))
    return found


def shown(row: Row) -> str:
    """Write an answer for reading: nothing when blank."""
    if row.kind == STATE:
        return state_labels().get(str(row.value), "")
    if is_not_applicable(row.value):
        return _("N/A")
    if isinstance(row.value, Decimal | State):
        return number_text(row.value)
    return row.value


def draft_of(file: ReturnedFile) -> Sheet | None:
    """Return the draft that a unit's own file would replace."""
    if file.intake.report_id is None or file.issued is None:
        return None
    return sheet_of(file.issued.report)


def labelled_problems(file: ReturnedFile, kind: str = "") -> list[dict[str, str]]:
    """Return the problems, all or of one kind, with what was asked in each cell."""
    assert file.issued is not None, "a matched file has its form"
    labels, task = {}, ""
    for row in form_rows(file.issued, content_from({}), get_language() or "vi"):
        task = row.label if row.kind == TASK else task
        labels[row.key] = row.label if row.kind == TASK else f"{row.label} · {task[:80]}"
    return [{**one, "label": labels.get(one["key"], "")} for one in problem_rows(file, kind)]


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of problem: its code, its words without what was typed, how often, and the first cell."""

    code: str
    words: str
    count: int
    first: str


def problem_groups(file: ReturnedFile) -> list[Group]:
    """Count the problems by their kind, the most frequent first."""
    first = {code: at for at, code, _key, _typed in reversed(file.problems)}
    counts = Counter(code for _at, code, _key, _typed in file.problems)
    return [Group(code, cell_words(code, "…"), n, first[code]) for code, n in counts.most_common()]


def chosen_rows(cells: Sequence[Cell], show: str) -> list[Cell]:
    """Keep the lines that change, or all."""
    return list(cells) if show == "all" else [cell for cell in cells if cell.changed]
