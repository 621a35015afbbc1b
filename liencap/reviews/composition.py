"""Compose the values of a unit's review as it is printed and frozen; the words are those of the paper's language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import override

from liencap.documents.queries import letterhead_of
from liencap.printing.paper import Form, Header, Language, Signatory, motto_for, signatory_of
from liencap.reports.numbers import kept_note
from liencap.reviews.codes import Code, causes_of, grades_of
from liencap.reviews.content import OVERALL, Content, Point
from liencap.reviews.figures import FigureTable, tables_of
from liencap.reviews.models import OldPassage, SampleItem, TaskGroup, UnitReview
from liencap.reviews.printing import Line, PrintedReview, Section, Table, Text
from liencap.reviews.queries import (
    Completeness,
    Side,
    Spread,
    cause_counts,
    completeness,
    groups_of,
    item_counts,
    linked_directives,
    missing_below,
    old_passages,
    spreads,
)
from liencap.reviews.timeline import timeline
from liencap.units.models import Seat, Unit
from liencap.units.queries import own_role

NAMED_MISSING = 100  # more names than this are no list that anybody reads; the count says the rest
FORMS: dict[str, Form] = {"state": "state", "party": "party", "plain": "plain"}
WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "title": "Báo cáo", "term": "(Thời kỳ từ {since} đến {until})",
        "linked": "Thực hiện {directive}, qua: {programmes}.", "directive": "Thực hiện {directive}.",
        "missing": " Chưa gửi: {names}.", "others": "{names} và {n} đơn vị khác",
        "coverage": "Tổng hợp từ {sent} trên {expected} đơn vị cấp dưới đã gửi; {accepted} bản đã được chấp nhận.",
        "overall": "Đánh giá chung", "own": "Tự đánh giá", "above": "Cấp trên đánh giá", "gap": "Chênh lệch",
        "causes": "Nguyên nhân: {causes}.", "figures": "Chỉ tiêu và kết quả", "indicator": "Chỉ tiêu",
        "result": "Kết quả", "target": "Chỉ tiêu giao", "share": "Đạt so với chỉ tiêu", "year": "Năm {year} *",
        "breaks": "‖ Từ kỳ này chỉ tiêu được tính theo cách mới, không so sánh được với các kỳ trước; kết quả chỉ cộng "
        "từ đó.",
        "imported": "* Nhập từ tài liệu cũ, chưa được chấp nhận tại đây: {n} trên {of} số liệu.",
        "groups": "Kết quả theo nhóm nhiệm vụ", "group": "Nhóm nhiệm vụ", "whole": "Toàn bộ",
        "below": "Xếp loại của các đơn vị cấp dưới (số đơn vị tự xếp)", "old": "Từ báo cáo năm {year}, nhập lại",
        "below_causes": "Nguyên nhân cấp dưới nêu", "cause": "Nguyên nhân", "units": "Số đơn vị",
        "lessons": "Bài học kinh nghiệm", "follow_ups": "Nhiệm vụ tiếp theo", "due": "{text} (trước ngày {day})",
        "timeline": "Diễn biến chính", "evidence": "Kiểm tra xác suất minh chứng",
        "sample": "Mẫu {n}: rút {drawn} trên {of} tệp, mã gieo “{seed}”; đúng {sound}, nghi vấn {doubtful}, "
        "không chứng minh được {wrong}, chưa kiểm tra {open}.",
        "passages": "{n} trên {of} đoạn văn được nhập từ báo cáo cũ, chưa được chấp nhận tại đây.",
    },
    "en": {
        "title": "Report", "term": "(Term from {since} to {until})",
        "linked": "Carrying out {directive}, through: {programmes}.", "directive": "Carrying out {directive}.",
        "missing": " Not sent: {names}.", "others": "{names} and {n} others",
        "coverage": "Drawn from {sent} of {expected} units below that sent theirs; {accepted} were accepted.",
        "overall": "Assessment as a whole", "own": "Own grade", "above": "Grade from above", "gap": "Gap",
        "causes": "Causes: {causes}.", "figures": "Targets and results", "indicator": "Indicator",
        "result": "Result", "target": "Target", "share": "Of target", "year": "{year} *",
        "breaks": "‖ Defined anew from this period on and not comparable with those before; the result adds up only "
        "from there.",
        "imported": "* Imported from older papers, not accepted here: {n} of {of} figures.",
        "groups": "Results by group of tasks", "group": "Group of tasks", "whole": "As a whole",
        "below": "Grades of the units below (units, by their own grade)", "old": "From the report of {year}, imported",
        "below_causes": "Causes named below", "cause": "Cause", "units": "Units",
        "lessons": "Lessons", "follow_ups": "Follow-up tasks", "due": "{text} (by {day})",
        "timeline": "What happened when", "evidence": "Random check of evidence",
        "sample": "Sample {n}: {drawn} of {of} files drawn with the seed “{seed}”; in order {sound}, in doubt "
        "{doubtful}, not showing what is reported {wrong}, not checked {open}.",
        "passages": "{n} of {of} passages are imported from older reports, not accepted here.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is read for one review, once."""

    groups: list[TaskGroup]
    grades: dict[str, Code]
    causes: dict[str, Code]
    tables: list[FigureTable]
    spread: list[Spread]
    counts: Completeness
    named: dict[str, int]
    old: list[OldPassage]


def gather(owed: UnitReview) -> Gathered:
    """Read what a review is made of; about twenty queries, however many units stand below."""
    groups, grades = groups_of(owed.review), grades_of(owed.review.codes)
    return Gathered(
        groups, grades, causes_of(owed.review.codes), tables_of(owed.review, owed.unit, owed.unit_id, on_paper=True),
        spreads(owed, groups, grades), completeness(owed), cause_counts(owed), list(old_passages(owed)),
    )  # fmt: skip


def printed(
    owed: UnitReview, content: Content, seat: Seat | None, signer: str, *, language: Language, sample: bool
) -> PrintedReview:
    """Return everything that is printed, in the language of the paper."""
    with override(language):
        words, found = WORDS[language], gather(owed)
        sections = [
            _overall(content, found, words),
            _figures(found, words),
            _groups(content, found, words),
            _points("lessons", content.lessons, found, words),
            _points("follow_ups", content.follow_ups, found, words),
            _evidence(owed, words),
            _timeline(owed, words),
        ]
        return PrintedReview(
            header=_header(owed.unit, language), title=words["title"], subject=owed.review.title,
            term=words["term"].format(since=_day(owed.review.since), until=_day(owed.review.until)),
            bases=_bases(owed, words), coverage=_coverage(owed, found.counts, words),
            sections=tuple(s for s in sections if s.texts or s.tables),
            signatory=_signs(owed.unit, seat, signer, language),
            recipients=(_name(owed.parent, language),) if owed.parent else (), sample=sample, language=language,
        )  # fmt: skip


def _coverage(owed: UnitReview, counts: Completeness, words: dict[str, str]) -> str:
    """Say from how many units below the review is drawn, and name those that are missing; a query where some are."""
    if not counts.expected:
        return ""
    said = words["coverage"].format(sent=counts.sent, expected=counts.expected, accepted=counts.accepted)
    if not counts.missing:
        return said
    silent = missing_below(owed).select_related("unit")[:NAMED_MISSING]
    names = ", ".join(str(one.unit) for one in silent)
    more = counts.missing - NAMED_MISSING
    return said + words["missing"].format(
        names=words["others"].format(names=names, n=more) if more > 0 else names
    )


def values_of(review: PrintedReview) -> dict[str, Any]:
    """Return the values as a version keeps them."""
    return review.plain()


def with_answer(review: PrintedReview, sides: Sequence[Side]) -> PrintedReview:
    """Put the grades from above beside the unit's own in the first table that lists the groups."""
    if not any(side.above for side in sides):
        return review
    words = WORDS[review.language]
    rows = tuple(
        Line(
            str(side.group) if side.group else words["whole"],
            (
                side.own.said(review.language) if side.own else "–",
                side.above.said(review.language) if side.above else "–",
                "" if side.gap is None else f"{side.gap:+d}" if side.gap else "0",
            ),
            total=side.group is None,
        )
        for side in sides
    )
    table = Table(words["groups"], words["group"], (words["own"], words["above"], words["gap"]), rows)
    answered = [
        replace(one, tables=(table, *one.tables[1:])) if one.heading == words["groups"] else one
        for one in review.sections
    ]
    return replace(review, sections=tuple(answered))


def _header(unit: Unit, language: Language) -> Header:
    head = letterhead_of(unit)
    return Header(
        head.issuer, head.authority, motto_for(FORMS.get(head.form, "plain"), language), place=head.place
    )


def _name(unit: Unit, language: str) -> str:
    return (unit.name_en if language == "en" else "") or unit.name


def _signs(unit: Unit, seat: Seat | None, signer: str, language: Language) -> Signatory:
    head, own = letterhead_of(unit), own_role(seat)
    return signatory_of(
        str(seat.role) if seat else "", seat.held_as if seat else "", signer, FORMS.get(head.form, "plain"),
        language, own=str(own or ""), on_behalf=head.on_behalf,
    )  # fmt: skip


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _bases(owed: UnitReview, words: dict[str, str]) -> tuple[str, ...]:
    """Name each directive under review, with the programmes that carry it out."""
    joined = ("programme__reading__version", "document")
    found = []
    for one in linked_directives(owed.review.subjects.select_related(*joined)):
        programmes = "; ".join(str(p) for p in one.programmes)
        pattern = words["linked"] if programmes else words["directive"]
        found.append(pattern.format(directive=one.subject, programmes=programmes))
    return tuple(found)


def _causes(codes: Sequence[str], found: Gathered, words: dict[str, str]) -> list[Text]:
    names = "; ".join(str(found.causes[code]) for code in codes if code in found.causes)
    return [Text(words["causes"].format(causes=names))] if names else []


def _overall(content: Content, found: Gathered, words: dict[str, str]) -> Section:
    part = content.part(OVERALL)
    grade = found.grades.get(part.grade)
    texts = [Text(f"{words['own']}: {grade}.")] if grade else []
    texts += [Text(part.text)] if part.text else []
    tables = []
    if found.named:
        rows = tuple(Line(str(found.causes.get(code, code)), (str(n),)) for code, n in found.named.items())
        tables.append(Table(words["below_causes"], words["cause"], (words["units"],), rows))
    return Section(words["overall"], (*texts, *_causes(part.causes, found, words)), tuple(tables))


def _figures(found: Gathered, words: dict[str, str]) -> Section:
    return Section(words["figures"], (), tuple(_figure_table(one, words) for one in found.tables if one.rows))


def _figure_table(table: FigureTable, words: dict[str, str]) -> Table:
    columns = [words["year"].format(year=year) for year in table.years]
    columns += [period.title for period in table.periods]
    targets = any(row.target is not None for row in table.rows)
    columns += [words["result"], *((words["target"], words["share"]) if targets else ())]
    rows = tuple(
        Line(
            row.name,
            (
                *(f"‖ {one}" if one.breaks else str(one) for one in (*row.earlier, *row.periods, row.result)),
                *((row.target_text, row.share_text) if targets else ()),
            ),
        )
        for row in table.rows
    )
    imported, whole = table.counts()
    notes = [words["imported"].format(n=imported, of=whole)] if imported else []
    notes += [words["breaks"]] if table.has_breaks else []
    notes += [f"{kept_note()}."] if table.has_signs else []
    return Table(str(table.programme), words["indicator"], tuple(columns), rows, " ".join(notes))


def _groups(content: Content, found: Gathered, words: dict[str, str]) -> Section:
    """Lay out the own grades, the spread below, then each group's words with causes and imported passages."""
    own = tuple(Line(str(g), (str(found.grades.get(content.part(g.pk).grade, "–")),)) for g in found.groups)
    tables = [Table(words["groups"], words["group"], (words["own"],), own)]
    if found.counts.sent:
        rows = tuple(
            Line(str(one.group or words["whole"]), tuple(str(n) for n in one.own), total=one.group is None)
            for one in found.spread
        )
        tables.append(
            Table(words["below"], words["group"], tuple(str(g) for g in found.grades.values()), rows)
        )
    texts: list[Text] = []
    for group in found.groups:
        part = content.part(group.pk)
        said = [Text(f"{group}: {part.text}")] if part.text else []
        said += _causes(part.causes, found, words) if part.text or part.causes else []
        said += [
            Text(one.text, words["old"].format(year=one.report.year))
            for one in found.old
            if one.group_id == group.pk
        ]
        texts += said
    if found.old:
        own_texts = sum(bool(part.text) for part in content.parts.values()) + len(content.lessons)
        of = len(found.old) + own_texts
        texts.append(Text(words["passages"].format(n=len(found.old), of=of)))
    return Section(words["groups"], tuple(texts), tuple(tables))


def _points(name: str, points: Sequence[Point], found: Gathered, words: dict[str, str]) -> Section:
    names = {group.pk: str(group) for group in found.groups}
    texts = []
    for n, one in enumerate(points, 1):
        said = words["due"].format(text=one.text.rstrip("."), day=_day(one.day)) if one.day else one.text
        texts.append(Text(f"{n}. {names[one.group]}: {said}" if one.group in names else f"{n}. {said}"))
    return Section(words[name], tuple(texts))


def _evidence(owed: UnitReview, words: dict[str, str]) -> Section:
    samples = list(owed.samples.order_by("n"))
    counts = item_counts(sample.pk for sample in samples)
    texts = []
    for one in samples:
        found = counts.get(one.pk, {})
        by = {result: found.get(result, 0) for result in SampleItem.Result.values}
        texts.append(
            Text(
                words["sample"].format(
                    n=one.n, drawn=sum(found.values()), of=len(one.ids), seed=one.seed, **by
                )
            )
        )
    return Section(words["evidence"], tuple(texts))


def _timeline(owed: UnitReview, words: dict[str, str]) -> Section:
    moments = timeline(owed.review, owed.unit)
    return Section(words["timeline"], tuple(Text(f"{_day(m.day)}: {m.kind} – {m.title}") for m in moments))
