"""Reads of reviews shaped for a screen: what is owed, what was said, what stands below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from liencap.core.clustering import group_texts
from liencap.core.text import next_prefix
from liencap.programmes.models import Task
from liencap.reviews.codes import Code
from liencap.reviews.content import OVERALL, Content
from liencap.reviews.models import (
    Carried,
    CauseNamed,
    FirstPage,
    FollowUp,
    Grade,
    Lesson,
    OldPassage,
    PublishedReview,
    Review,
    ReviewReturn,
    ReviewVersion,
    SampleItem,
    Subject,
    TaskGroup,
    UnitReview,
)
from liencap.units.models import Tier, Unit
from liencap.units.rules import Rule, units_by_rule

GROUPS_MOST = 12
MOST_OLD = 300  # passages of old reports that stand beside a group
WHOLE_FIRST = F("group__order").asc(nulls_first=True)  # what is said of the whole has no group


def owed_by(unit_id: int) -> "QuerySet[UnitReview]":
    """Return the reviews that a unit owes or has sent, the newest term first."""
    found = UnitReview.objects.filter(unit_id=unit_id).select_related("review__unit", "current")
    return found.order_by("-review__until", "-pk")


def waiting_for(unit_id: int) -> "QuerySet[UnitReview]":
    """Return the reviews that wait for a unit's answer, the oldest first."""
    found = UnitReview.objects.filter(
        parent_id=unit_id, state=UnitReview.State.SENT, review__state=Review.State.OPEN
    )
    return found.select_related("unit", "review", "current", "accepted").order_by("current__sent_at", "pk")


def below(owed: UnitReview) -> "QuerySet[UnitReview]":
    """Return the places under one in the frozen tree, without itself."""
    chain = bytes(owed.chain)
    return UnitReview.objects.filter(review_id=owed.review_id, chain__gt=chain, chain__lt=next_prefix(chain))


def missing_below(owed: UnitReview) -> "QuerySet[UnitReview]":
    """Return the units below that have sent nothing, in Vietnamese order."""
    return below(owed).filter(current__isnull=True).order_by("unit__sort_key", "pk")


def children(owed: UnitReview) -> "QuerySet[UnitReview]":
    """Return what hangs directly under a place, in Vietnamese order."""
    found = UnitReview.objects.filter(review_id=owed.review_id, parent_id=owed.unit_id)
    return found.select_related("unit__tier", "current", "accepted").order_by("unit__sort_key", "pk")


def units_asked(review: Review) -> "QuerySet[Unit]":
    """Return the open units that a review asks, the calling unit left out: it always writes."""
    rule = Rule(tiers=tuple(review.tiers), under=review.under)
    return units_by_rule(rule, review.unit, itself=False)


def tiers_below(unit: Unit) -> list[Tier]:
    """Return the tiers of the units under one, the lowest first."""
    held = Unit.objects.all().below(unit).exclude(pk=unit.pk).values("tier_id")
    return list(Tier.objects.filter(pk__in=held).order_by("-rank"))


def groups_of(review: Review) -> list[TaskGroup]:
    """Return the groups with their subjects; one query."""
    return list(review.groups.select_related("subject__programme", "subject__document"))


@dataclass(frozen=True, slots=True)
class Linked:
    """A directive under review and the programmes under review that carry it out."""

    subject: Subject
    programmes: tuple[Subject, ...]


def linked_directives(subjects: Iterable[Subject]) -> list[Linked]:
    """Tie each directive to the programmes whose plan cites it, or that were read from it; no query.

    Subjects come with `programme__reading__version` and `document` selected.
    """
    found = list(subjects)
    return [Linked(one, tuple(p for p in found if _carries(p, one))) for one in found if one.is_directive]


def _carries(programme: Subject, directive: Subject) -> bool:
    if programme.programme is None:
        return False
    reading = programme.programme.reading
    if directive.document_id and reading.version.document_id == directive.document_id:
        return True
    number = directive.document.number if directive.document else directive.words
    cited = [str(one.get("key") or "") for one in reading.plan.get("citations", ())]
    return bool(number) and any(key and (key in number or number in key) for key in cited)


def default_groups(subject: Subject) -> list[tuple[str, list[Task]]]:
    """Return groups for a programme's own top tasks: by the section of their labels, else each its own; one query."""
    tasks = list(
        Task.objects.filter(programme=subject.programme, parent=None, set_by=None, rescinded=False).order_by(
            "order", "pk"
        )
    )
    sections: dict[str, list[Task]] = {}
    for task in tasks:
        head, dot, _tail = task.label.rstrip(".").rpartition(".")
        sections.setdefault(head if dot else "", []).append(task)
    if len(sections) > 1 and len(sections) <= GROUPS_MOST:
        return [(_span(found), found) for _head, found in sections.items()]
    if len(tasks) <= GROUPS_MOST:
        return [(str(task)[:200], [task]) for task in tasks]
    step = -(-len(tasks) // GROUPS_MOST)
    cut = [tasks[at : at + step] for at in range(0, len(tasks), step)]
    return [(_span(found), found) for found in cut]


def _span(tasks: Sequence[Task]) -> str:
    """Name a group by its labels and first words until a person names it; one task by its words."""
    first, last = tasks[0].label, tasks[-1].label
    if len(tasks) == 1 or not (first and last):
        return str(tasks[0])[:200]
    words = tasks[0].text
    return (
        f"{first} – {last}: {words[:80].rsplit(' ', 1)[0]}…"
        if len(words) > 80
        else f"{first} – {last}: {words}"
    )


def returns_of(owed: UnitReview) -> "QuerySet[ReviewReturn]":
    """Return the reasons with which the standing version was returned."""
    return ReviewReturn.objects.filter(version_id=owed.current_id).select_related("group", "by_seat__role")


@dataclass(frozen=True, slots=True)
class Side:
    """The unit's own grade of a group and the one from above, side by side; `gap` is own minus above."""

    group: TaskGroup | None
    own: Code | None
    above: Code | None
    remark: str = ""

    @property
    def gap(self) -> int | None:
        """Return by how much the unit thinks better of itself than the tier above does."""
        return self.own.value - self.above.value if self.own and self.above else None


def sides_of(version: ReviewVersion, groups: Sequence[TaskGroup], codes: Mapping[str, Code]) -> list[Side]:
    """Return the whole first, then each group, with both grades; one query."""
    held = {(one.group_id or OVERALL, one.by): one for one in Grade.objects.filter(version=version)}

    def side(group: TaskGroup | None) -> Side:
        key = group.pk if group else OVERALL
        own, above = held.get((key, Grade.By.SELF)), held.get((key, Grade.By.ABOVE))
        return Side(
            group, codes.get(own.code) if own else None, codes.get(above.code) if above else None,
            above.remark if above else "",
        )  # fmt: skip

    return [side(None), *(side(group) for group in groups)]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many units below owe a review, sent it, and had it accepted."""

    expected: int
    sent: int
    accepted: int

    @property
    def missing(self) -> int:
        """Return how many have sent nothing."""
        return self.expected - self.sent


def completeness(owed: UnitReview) -> Completeness:
    """Count the reviews of the units below; one query."""
    counts = below(owed).aggregate(
        expected=Count("pk"), sent=Count("pk", filter=Q(current__isnull=False)),
        accepted=Count("pk", filter=Q(accepted__isnull=False)),
    )  # fmt: skip
    return Completeness(**counts)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many units below gave themselves, and were given, each grade for a group; counts in the order of grades."""

    group: TaskGroup | None
    own: tuple[int, ...]
    above: tuple[int, ...]
    higher: int
    lower: int

    @property
    def graded(self) -> int:
        """Return how many units graded themselves."""
        return sum(self.own)


def spreads(owed: UnitReview, groups: Sequence[TaskGroup], codes: Mapping[str, Code]) -> list[Spread]:
    """Return the grades of the units below, the whole first; two queries however many units there are.

    Own grades are those of the versions that stand, grades from above those of accepted ones. `higher` counts units
    that grade themselves higher than the tier above does.
    """
    chain = bytes(owed.chain)
    there = Q(
        version__unit_review__review_id=owed.review_id, version__unit_review__chain__gt=chain,
        version__unit_review__chain__lt=next_prefix(chain),
    )  # fmt: skip
    now = Q(by=Grade.By.SELF, version__unit_review__current=F("version")) | Q(
        by=Grade.By.ABOVE, version__unit_review__accepted=F("version")
    )
    rows = Grade.objects.filter(there, now).values_list("group_id", "by", "code")
    counts = {
        (g or OVERALL, by, code): n for g, by, code, n in rows.annotate(n=Count("pk")).order_by("group_id")
    }
    gaps = _gaps(there, codes)

    def spread(group: TaskGroup | None) -> Spread:
        key = group.pk if group else OVERALL
        own, above = (
            tuple(counts.get((key, by, code), 0) for code in codes) for by in (Grade.By.SELF, Grade.By.ABOVE)
        )
        return Spread(group, own, above, *gaps.get(key, (0, 0)))

    return [spread(None), *(spread(group) for group in groups)]


def _gaps(there: Q, codes: Mapping[str, Code]) -> dict[int, tuple[int, int]]:
    """Count by group the accepted units that grade themselves higher, and lower, than the tier above; one query."""
    same = Grade.objects.annotate(at=Coalesce("group_id", 0)).filter(
        by=Grade.By.ABOVE, version=OuterRef("version"), at=OuterRef("at")
    )
    own = Grade.objects.filter(there, by=Grade.By.SELF, version__unit_review__accepted=F("version"))
    both = own.annotate(at=Coalesce("group_id", 0)).annotate(theirs=Subquery(same.values("code")[:1]))
    rows = both.exclude(theirs=None).values_list("group_id", "code", "theirs").annotate(n=Count("pk"))
    found: dict[int, tuple[int, int]] = {}
    for group, mine, theirs, n in rows.order_by("group_id"):
        higher, lower = found.get(group or OVERALL, (0, 0))
        gap = codes[mine].value - codes[theirs].value if mine in codes and theirs in codes else 0
        found[group or OVERALL] = (higher + n * (gap > 0), lower + n * (gap < 0))
    return found


def cause_counts(owed: UnitReview, group: int | None = None) -> dict[str, int]:
    """Count how many units below name each cause, of a group or at all; one query."""
    chain = bytes(owed.chain)
    found = CauseNamed.objects.filter(
        version__unit_review__review_id=owed.review_id, version__unit_review__chain__gt=chain,
        version__unit_review__chain__lt=next_prefix(chain), version__unit_review__current=F("version"),
    )  # fmt: skip
    if group is not None:
        found = found.filter(group_id=group or None)
    return dict(found.values_list("code").annotate(n=Count("version", distinct=True)).order_by("-n", "code"))


def lessons_below(owed: UnitReview) -> "QuerySet[Lesson]":
    """Return the lessons of the units directly below as accepted."""
    found = Lesson.objects.filter(
        version__unit_review__review_id=owed.review_id, version__unit_review__parent_id=owed.unit_id
    )
    found = found.filter(version__unit_review__accepted=F("version"))
    return found.select_related("version__unit_review__unit", "group").order_by(WHOLE_FIRST, "pk")


def follow_ups_below(owed: UnitReview) -> "QuerySet[FollowUp]":
    """Return the follow-up tasks of the units directly below as accepted."""
    found = FollowUp.objects.filter(
        version__unit_review__review_id=owed.review_id, version__unit_review__parent_id=owed.unit_id
    )
    found = found.filter(version__unit_review__accepted=F("version"))
    return found.select_related("version__unit_review__unit", "group").order_by(WHOLE_FIRST, "pk")


def carried_from(owed: UnitReview) -> list[Carried]:
    """Return the follow-up tasks of a review, of any version, that were proposed to a programme; one query."""
    found = Carried.objects.filter(follow_up__version__unit_review=owed).select_related(
        "follow_up", "programme"
    )
    return list(found.order_by("follow_up__order", "pk"))


def first_page_of(owed: UnitReview) -> int | None:
    """Return the programme whose first page a review is; one query."""
    return FirstPage.objects.filter(version__unit_review=owed).values_list("programme_id", flat=True).last()


def checked_files_of(owed: UnitReview) -> "QuerySet[SampleItem]":
    """Return the unit's own files that a sample of this review drew, for its own page."""
    found = SampleItem.objects.filter(
        sample__unit_review__review_id=owed.review_id, evidence__report__obligation__unit_id=owed.unit_id
    )
    return found.select_related("evidence__task", "sample__unit_review__unit").order_by("-pk")


def item_counts(samples: Iterable[int]) -> dict[int, dict[str, int]]:
    """Count the drawn files of samples by what their check found; one query."""
    found: dict[int, dict[str, int]] = {}
    rows = SampleItem.objects.filter(sample__in=list(samples)).values_list("sample_id", "result")
    for sample, result, n in rows.annotate(n=Count("pk")).order_by("sample_id"):
        found.setdefault(sample, {})[result] = n
    return found


def old_passages(owed: UnitReview) -> "QuerySet[OldPassage]":
    """Return the passages of old reports that a person tied to a group of this review."""
    found = OldPassage.objects.filter(report__unit_review=owed, group__isnull=False)
    return found.select_related("report").order_by("group__order", "report__year", "order")


@dataclass(frozen=True, slots=True)
class OldFold:
    """What old reports of a unit say alike: under which heading, the newest words, and all years that said so."""

    heading: str
    text: str
    years: tuple[int, ...]

    @property
    def said_in(self) -> str:
        """Name the years."""
        return ", ".join(map(str, self.years))


def old_folds(owed: UnitReview, group: TaskGroup) -> list[OldFold]:
    """Return what old reports say of a group, folded, the folds under one heading together; one query."""
    found = old_passages(owed).filter(group=group).order_by("-report__year", "-report", "order")
    held = list(found[:MOST_OLD])
    first: dict[str, int] = {}
    for place, one in enumerate(held):
        first.setdefault(one.heading, place)
    folds = group_texts([one.text for one in held])
    folds.sort(key=lambda same: (first[held[same[0]].heading], same[0]))
    return [
        OldFold(newest.heading, newest.text, tuple(dict.fromkeys(held[place].report.year for place in same)))
        for same in folds
        if (newest := held[same[0]])
    ]


def passage_counts(owed: UnitReview, content: Content) -> tuple[int, int]:
    """Return how many passages of a review are imported from old reports, and how many it has in all; one query."""
    imported = old_passages(owed).count()
    own = sum(bool(part.text) for part in content.parts.values()) + len(content.lessons)
    return imported, imported + own


def is_final(owed: UnitReview) -> bool:
    """Say whether the version that stands can be published: accepted above, or sent by the topmost unit."""
    if owed.parent_id is None:
        return owed.state == UnitReview.State.SENT
    return owed.state == UnitReview.State.ACCEPTED and owed.accepted_id == owed.current_id


def editions_of(owed: UnitReview) -> "QuerySet[PublishedReview]":
    """Return what was published of a unit's review, the newest first."""
    found = PublishedReview.objects.filter(unit_review=owed).defer("values")
    return found.select_related("published_by_seat__role", "version").order_by("-n")
