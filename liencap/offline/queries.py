"""Reads of what went out, what came back, and what each unit's form says; shaped for a screen or a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from liencap.offline.codes import cell_words, file_words
from liencap.offline.joint import activities_by_unit
from liencap.offline.models import Bundle, EnteredFor, Intake, IssuedForm, ReturnedFile
from liencap.programmes.models import Assignment, Task
from liencap.programmes.queries import is_asked
from liencap.reports import queries as reports
from liencap.reports.content import Content
from liencap.reports.joint.queries import without_joint
from liencap.reports.models import Cause, Indicator, JointActivity, Obligation, Period, Report, ReportVersion
from liencap.reports.told.causes import causes_for
from liencap.units.access import today
from liencap.units.models import Appointment, Tier, Unit

OWING = (Report.State.DRAFT, Report.State.RETURNED)


def open_periods(unit: Unit) -> QuerySet[Period]:
    """Return the open periods in which units directly below a unit owe a report."""
    owed = Obligation.objects.filter(period=OuterRef("pk"), parent=unit)
    return Period.objects.filter(Exists(owed), state=Period.State.OPEN).select_related(
        "form", "programme__unit"
    )


def owing(period: Period, unit: Unit, *, deep: bool) -> QuerySet[Obligation]:
    """Return who below has still to send: by the period's frozen tree, and only where the unit still stands below."""
    silent = reports.below(period, reports.chain_of(period, unit)).filter(report__state__in=OWING)
    silent = silent.exclude(cls__in=[Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE])
    silent = silent.filter(unit__in=Unit.objects.all().below(unit))
    return silent if deep else silent.filter(parent=unit)


def with_forms(owed: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Add what a workbook needs of each report; what was sent and returned stands in it, no draft ever does."""
    joined = owed.select_related("unit", "period__form", "period__programme", "report__current__form")
    return joined.prefetch_related("report__current__entries", "report__current__passages")


def units_with_account(units: Iterable[int]) -> set[int]:
    """Return the units of which somebody who holds a seat can sign in today; one query.

    An account without a password, passkey or sign-in service was never activated.
    """
    day = today()
    held = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), since__lte=day, seat__unit_id__in=list(units),
        person__user__is_active=True,
    )  # fmt: skip
    entered = ~Q(person__user__password__startswith="!") & ~Q(person__user__password="")  # noqa: S106  # none set
    entered |= Q(person__user__authenticator__isnull=False) | Q(person__user__socialaccount__isnull=False)
    return set(held.filter(entered).values_list("seat__unit_id", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Asked:
    """What one unit is asked in a period; `over` are tasks that it was given and is asked no more."""

    tasks: list[Task]
    indicators: list[Indicator]
    over: list[Task] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    joint: list[JointActivity] = field(default_factory=list)

    @property
    def words(self) -> dict[str, int]:
        """Return the version of each task that is asked."""
        return {str(task.pk): task.version for task in self.tasks}


def asked_of(
    obligations: Sequence[Obligation], *, over: bool = False, joint: bool = False
) -> dict[int, Asked]:
    """Return what each of some units is asked, by unit; four queries for all of one period, one more for tiers.

    `over` gives the indicators of tasks that are asked no more too, `joint` for two queries what was held together.
    """
    if not obligations:
        return {}
    period = obligations[0].period
    given: dict[int, list[Task]] = {o.unit_id: [] for o in obligations}
    rows = Assignment.objects.filter(task__programme_id=period.programme_id, unit_id__in=given)
    rows = rows.select_related("task__set_by", "task__programme__unit").prefetch_related("task__deadlines")
    for assignment in rows.order_by("task__order", "task_id"):
        given[assignment.unit_id].append(assignment.task)
    of_form = Indicator.objects.filter(form_id=period.form_id).select_related("form")
    indicators = list(of_form.order_by("order"))
    causes = causes_for(period.programme.unit, retired=True)
    held = activities_by_unit(obligations) if joint else {}
    tiers = dict(Tier.objects.values_list("pk", "code")) if any(i.tiers for i in indicators) else {}
    found = {}
    for owed in obligations:
        tasks, tier = given[owed.unit_id], tiers.get(owed.tier_id, "")
        asked = [t for t in tasks if not t.rescinded and is_asked(t, period.since, period.until)]
        ids = {task.pk for task in asked}
        measured = {task.pk for task in tasks} if over else ids
        named = [i for i in indicators if i.task_id in measured and i.asked_of(tier)]
        gone = [task for task in tasks if task.pk not in ids]
        found[owed.unit_id] = Asked(asked, named, gone, causes, held.get(owed.unit_id, []))
    return found


def standing_content(report: Report) -> Content:
    """Return what the unit sent last, nothing when it never did; never what it is writing."""
    form = report.obligation.period.form
    assert form is not None, "only opened periods have reports"
    if report.current is None:
        return reports.blank_content(form)
    said = reports.content_of(report.current, form.cells)
    return replace(said, figures=without_joint(said.figures, report.current.joint))


def newest_issues(report_ids: Iterable[int]) -> dict[int, int]:
    """Return the number of the newest form handed out for each report."""
    issued = IssuedForm.objects.filter(report_id__in=list(report_ids))
    return dict(issued.order_by().values_list("report_id").annotate(newest=Max("n")))


def bundles_of(unit_id: int, user_id: int | None) -> QuerySet[Bundle]:
    """Return the ZIPs that a person made for a unit."""
    return Bundle.objects.filter(unit_id=unit_id, made_by=user_id).select_related("period", "job")


def intakes_of(unit_id: int) -> QuerySet[Intake]:
    """Return the drops of files for the units below a unit, with how many files and how many were entered."""
    files = Count("files", filter=~Q(files__state=ReturnedFile.State.UNPACKED))
    booked = Count("files", filter=Q(files__state=ReturnedFile.State.BOOKED))
    found = Intake.objects.filter(unit_id=unit_id, report=None)
    return (
        found.annotate(count=files, booked=booked)
        .order_by("-pk")
        .select_related("made_by_seat__role", "made_by_seat__unit")
    )


def files_of(intake: Intake) -> QuerySet[ReturnedFile]:
    """Return the files of a drop, those inside a ZIP in its place."""
    shown = intake.files.exclude(state=ReturnedFile.State.UNPACKED)
    joined = shown.select_related(
        "inside", "issued__report__obligation__unit", "issued__report__obligation__period"
    )
    return joined.order_by("pk")


def bookable(intake: Intake) -> QuerySet[ReturnedFile]:
    """Return the files that were chosen and can be entered."""
    return intake.files.filter(state=ReturnedFile.State.READY, chosen=True).order_by("pk")


def counts_of(intake: Intake) -> dict[str, int]:
    """Count the files of a drop by their state; one query."""
    rows = intake.files.order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a drop as its page lists it."""

    file: ReturnedFile
    unit: Unit | None
    words: str
    has_account: bool


def file_rows(files: Sequence[ReturnedFile]) -> list[FileRow]:
    """Add to files whose they are and what is to be said of them; one query."""
    units = {f.pk: f.issued.report.obligation.unit for f in files if f.issued}
    accounts = units_with_account({u.pk for u in units.values()})
    return [
        FileRow(
            f, units.get(f.pk), file_words(f.code, f.detail), f.pk in units and units[f.pk].pk in accounts
        )
        for f in files
    ]


def problem_rows(file: ReturnedFile, kind: str = "") -> list[dict[str, str]]:
    """Return the problems that were kept, all or of one kind, in the reader's language."""
    return [
        {"at": at, "key": key, "words": cell_words(code, typed)}
        for at, code, key, typed in file.problems
        if kind in ("", code)
    ]


def entry_of(version: ReportVersion | None) -> EnteredFor | None:
    """Return how a version was entered for its unit, if it was."""
    if version is None:
        return None
    joined = EnteredFor.objects.select_related("by_seat__role", "by_seat__unit", "file")
    return joined.filter(version=version).first()


def entered_for(unit_id: int) -> QuerySet[EnteredFor]:
    """Return what stands entered for a unit in open periods."""
    place = "version__report__"
    found = EnteredFor.objects.filter(
        **{f"{place}obligation__unit_id": unit_id, f"{place}obligation__period__state": Period.State.OPEN}
    )
    found = found.filter(version__report__current_id=F("version_id"))
    return found.select_related("by_seat__unit", "by_seat__role", f"{place}obligation__period").order_by(
        "-pk"
    )


def entries_of(versions: Iterable[int | None]) -> list[int]:
    """Return which of some versions were entered for their units; one query."""
    return list(EnteredFor.objects.filter(version_id__in=list(versions)).values_list("version_id", flat=True))
