"""The first page of a new programme: the groups of tasks of the last review, what was done, what carries over."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from liencap.documents.queries import letterhead_of
from liencap.printing.paper import Header, Language, motto_for
from liencap.reviews.codes import Code, grades_of
from liencap.reviews.composition import FORMS
from liencap.reviews.content import from_plain
from liencap.reviews.models import Carried, FirstPage, UnitReview
from liencap.reviews.printing import Line, PrintedReview, Section, Table, Text
from liencap.reviews.queries import Side, groups_of, sides_of

WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "title": "Kết quả kỳ trước và việc chuyển tiếp", "term": "(Theo “{review}”, {since} – {until})",
        "done": "Kết quả theo nhóm nhiệm vụ", "group": "Nhóm nhiệm vụ", "own": "Tự đánh giá",
        "above": "Cấp trên đánh giá", "carried": "Nhiệm vụ chuyển tiếp", "due": "{text} (trước ngày {day})",
        "left": "{text} – không đưa vào: {reason}", "taken": "{text} – đã thành nhiệm vụ", "proposed": "{text}",
    },
    "en": {
        "title": "Last term's results and what carries over", "term": "(By “{review}”, {since} – {until})",
        "done": "Results by group of tasks", "group": "Group of tasks", "own": "Own grade",
        "above": "Grade from above", "carried": "Tasks carried over", "due": "{text} (by {day})",
        "left": "{text} – not taken up: {reason}", "taken": "{text} – made a task", "proposed": "{text}",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of the last review with both grades, what was done, and what is proposed of it."""

    side: Side
    text: str
    carried: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """All that stands on the first page, the whole first."""

    owed: UnitReview
    groups: tuple[GroupShown, ...]
    grades: Mapping[str, Code]

    @property
    def waiting(self) -> int:
        """Return how many proposed tasks are undecided."""
        return sum(one.state == Carried.State.PROPOSED for g in self.groups for one in g.carried)


def shown_on(page: FirstPage) -> Shown:
    """Read the first page; four queries however many groups and tasks there are."""
    owed = page.version.unit_review
    groups, grades = groups_of(owed.review), grades_of(owed.review.codes)
    content = from_plain(page.version.content)
    carried = Carried.objects.filter(programme=page.programme).select_related("follow_up", "task")
    places = {group.pk for group in groups}
    held: dict[int, list[Carried]] = {}
    for one in carried:
        group = one.follow_up.group_id or 0
        held.setdefault(group if group in places else 0, []).append(one)
    rows = []
    for side in sides_of(page.version, groups, grades):
        key = side.group.pk if side.group else 0
        rows.append(GroupShown(side, content.part(key).text, tuple(held.get(key, ()))))
    return Shown(owed, tuple(rows), grades)


def paper_of(page: FirstPage, language: str) -> PrintedReview:
    """Return the first page as it is printed, in the language asked for."""
    spoken: Language = "en" if language == "en" else "vi"
    with override(spoken):
        words, shown, unit = WORDS[spoken], shown_on(page), page.programme.unit
        head, review = letterhead_of(unit), shown.owed.review
        rows = tuple(_line(one.side, spoken) for one in shown.groups if one.side.group)
        done = [
            Text(f"{one.side.group}: {one.text}" if one.side.group else one.text)
            for one in shown.groups
            if one.text
        ]
        table = Table(words["done"], words["group"], (words["own"], words["above"]), rows)
        carried = [
            Text(f"{n}. {_said(one, words)}")
            for n, one in enumerate((c for g in shown.groups for c in g.carried), 1)
        ]
        return PrintedReview(
            header=Header(
                head.issuer, head.authority, motto_for(FORMS.get(head.form, "plain"), spoken), place=head.place
            ),
            title=words["title"], subject=page.programme.title,
            term=words["term"].format(review=review.title, since=_day(review.since), until=_day(review.until)),
            sections=(Section(words["done"], tuple(done), (table,)), Section(words["carried"], tuple(carried))),
            sample=settings.DEMO, language=spoken,
        )  # fmt: skip


def _line(side: Side, language: str) -> Line:
    return Line(str(side.group), tuple(one.said(language) if one else "–" for one in (side.own, side.above)))


def _day(day: object) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")  # type: ignore[arg-type]  # a day of the review


def _said(one: Carried, words: Mapping[str, str]) -> str:
    text, due = one.follow_up.text.rstrip("."), one.follow_up.due
    said = words["due"].format(text=text, day=_day(due)) if due else text
    return words[one.state].format(text=said, reason=one.reason)
