"""Every state that reporting knows, each with the query that finds it in a database; run on the demo's own.

A state is added here when it is added to the product; `tests/test_demo.py` then asks the sample year for it.
"""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import django

Query = Callable[[], Iterable[Any]]


def states() -> dict[str, Query]:
    """Return the query of each state; models are loaded only here, once Django stands."""
    from django.db.models import F

    from liencap.audit.models import Entry
    from liencap.core.rollup.layout import State
    from liencap.reports import models as m
    from liencap.reports.models import Obligation, ObligationAct, Report, Transfer
    from liencap.reports.owed.twice import held_twice
    from liencap.reports.queries import Veil, figures_long

    owed, acts, reports = Obligation.objects, ObligationAct.objects, Report.objects
    returns, versions = m.Return.objects, m.ReportVersion.objects
    by_class = {f"obligation {cls}": _rows(owed, cls=cls) for cls in Obligation.Class.values}
    by_state = {f"report {state}": _rows(reports, state=state) for state in Report.State.values}
    by_act = {f"act {kind}": _rows(acts, kind=kind) for kind in ObligationAct.Kind.values}
    by_transfer = {f"place {kind}": _rows(Transfer.objects, kind=kind) for kind in Transfer.Kind.values}
    by_period = {f"period {s}": _rows(m.Period.objects, state=s) for s in ("open", "closed")}
    by_task = {f"task {state}": _rows(m.TaskEntry.objects, state=state) for state in m.TaskEntry.State.values}

    def figures(wanted: State) -> Query:
        def found() -> Iterable[Any]:
            periods = m.Period.objects.exclude(form=None).select_related("form")
            rows = (row for period in periods for row in figures_long(period, None, Veil(period, None)))
            if wanted == State.VALUE:
                return (row for row in rows if row.number)
            if wanted == State.ZERO:
                return (row for row in rows if row.number == 0 and row.state in ("value", "zero"))
            return (row for row in rows if row.state == wanted.name.lower())

        return found

    return (
        by_class | by_state | by_act | by_transfer | by_period | by_task | asked_and_owed() | reviewed()
        | {
            "report returned as a whole": _rows(returns, task=None, key=""),
            "report returned for one task": _rows(returns, task__isnull=False, key=""),
            "report returned for one line": lambda: returns.exclude(key=""),
            "return still open": _rows(returns, settled_by=None, version__report__state="returned"),
            "return settled by the next version": _rows(returns, settled_by__isnull=False),
            "report locked": lambda: (o for o in owed.select_related("period", "report") if _is_locked(o)),
            "locked report opened again": _rows(owed, reopened_to__isnull=False),
            "request for more time unanswered": _rows(acts, kind="asked", answered_by=None),
            "report waiting for acceptance": _rows(reports, state="sent", accepted=None),
            "correction waiting": lambda: _rows(reports, state="sent", accepted__isnull=False)(),
            "correction accepted": _rows(versions, n__gt=1, pk=F("report__accepted_id")),
            "correction accepted in part": _rows(m.Acceptance.objects, lines_returned__gt=0),
            "correction with a reason by line": lambda: m.Correction.objects.exclude(reason=""),
            "going on without a missing unit": _rows(m.Gap.objects, obligation__report__current=None),
            "accepted with gaps": _rows(reports, accepted__isnull=False, obligation__unit__gaps__isnull=False),
            "late after the collection was closed": _rows(
                m.Gap.objects, obligation__report__current__isnull=False
            ),
            "partial report of a predecessor": _rows(owed, covers_until__isnull=False),
            "partial report of a successor": _rows(owed, covers_since__isnull=False),
            "report signed by the successor's seat": lambda: versions.exclude(sent_by_seat=None).exclude(
                sent_by_seat__unit=F("report__obligation__unit")
            ),
            "moved unit that counts twice until sent anew": lambda: (
                one for period in m.Period.objects.filter(state="open") for one in held_twice(period)
            ),
            "signed by an acting holder": _rows(versions, signed_as="acting"),
            "signed by a delegate": _rows(versions, signed_as="delegate"),
            "signed by order": _rows(versions, signed_as="order"),
            "brought by a device": lambda: m.Delivery.objects.exclude(version=None),
            "own workbook taken in": _filled_in,
            "accepted together": _rows(Entry.objects, action="accept_many"),
            "joint activity not answered": _rows(m.JointPartner.objects, state="asked"),
            "figure with a value": figures(State.VALUE),
            "figure zero": figures(State.ZERO),
            "figure blank": figures(State.BLANK),
            "figure not applicable": figures(State.NOT_APPLICABLE),
            "sent over a warning": lambda: versions.exclude(warnings=[]),
            "joint activity counted once": lambda: versions.exclude(joint=[]),
            "joint activity confirmed": _rows(m.JointPartner.objects, state="confirmed"),
            "joint activity declined": _rows(m.JointPartner.objects, state="declined"),
            "evidence": _rows(m.Evidence.objects, removed=False),
            "indicator mapped to the one before": lambda: m.Indicator.objects.exclude(before=""),
            "indicator with a break": _rows(m.Indicator.objects, breaks=True),
            "target": _rows(m.Target.objects),
            "consolidated report in draft": _rows(m.ConsolidatedReport.objects, state="draft"),
            "consolidated report published": _rows(m.ConsolidatedReport.objects, state="published"),
            "chart of who has reported": lambda: _charts("bars"),
            "trend over periods": lambda: _charts("line"),
            "second edition": _rows(m.Edition.objects, state="published", kind="full", n=2),
            "errata page": _rows(m.Edition.objects, state="published", kind="errata"),
            "draft out for comments": _rows(m.DraftRound.objects, closed_at=None),
            "comment taken up": _rows(m.DraftComment.objects, answer="taken"),
            "comment taken up in part": _rows(m.DraftComment.objects, answer="partly"),
            "comment not taken up": _rows(m.DraftComment.objects, answer="not"),
            "adopted at a meeting": _rows(m.Adoption.objects),
            "paper without a number": _rows(m.Registration.objects, n=None),
            "paper numbered": _rows(m.Registration.objects, n__isnull=False),
            "signed copy with the same words": _rows(m.SignedCopy.objects, state="same"),
            "signed copy that differs": _rows(m.SignedCopy.objects, state="differs"),
            "passage quoted": _rows(m.ComposedPassage.objects, choice="quote"),
            "passage merged": _rows(m.ComposedPassage.objects, choice="merge"),
            "passage in the author's own words": _rows(m.Sentence.objects, kind="own"),
            "answer with results": _rows(m.Passage.objects, question="result"),
            "answer with causes": _rows(m.Passage.objects, question="cause"),
            "answer with difficulties": _rows(m.Passage.objects, question="difficulty"),
            "answer with proposals": _rows(m.Passage.objects, question="proposal"),
            "passage set aside with a reason": lambda: m.ComposedPassage.objects.filter(choice="aside").exclude(
                reason=""
            ),
            "passages summed up": _rows(m.Sentence.objects, kind="summary"),
            "figure named by reference": _rows(m.Sentence.objects, text__regex=r"\{[a-z]"),
            "passage that came late": _rows(m.Late.objects, looked_at=None),
            "late passage looked at": _rows(m.Late.objects, looked_at__isnull=False),
            "Word template of an office": lambda: m.ReportTemplate.objects.exclude(sha256=""),
            "coded cause": lambda: m.Passage.objects.exclude(cause=None),
            "words taken out of a sent report": _rows(m.Redaction.objects),
        }
    )  # fmt: skip


def asked_and_owed() -> dict[str, Query]:
    """Return the query of each state of a form, of who owes by which day, and of reminders."""
    from liencap.notices.models import Notice
    from liencap.reports import models as m

    indicators, times = m.Indicator.objects, m.Indicator.TimeAxis
    kinds = {k for k in m.Indicator.Kind.values if k != m.Indicator.Kind.PERCENTAGE}
    return {f"indicator {kind}": _rows(indicators, kind=kind) for kind in kinds} | {
        "indicator as part and whole": _rows(indicators, tree_axis=m.Indicator.TreeAxis.RATIO),
        "indicator of what happened": _rows(indicators, time_axis=times.SUM),
        "indicator of what stands at the end": _rows(indicators, time_axis=times.LAST),
        "indicator that counts by a personal attribute": _rows(indicators, personal=True),
        "check that a number never falls": lambda: _checks_of("rises"),
        "check that parts make the whole": lambda: _checks_of("parts"),
        "who owes by a rule": lambda: m.Period.objects.exclude(rule={}),
        "who owes by an attribute": lambda: (p for p in m.Period.objects.all() if p.rule.get("key")),
        "unit that owes beside the rule": _rows(m.PeriodException.objects, owes=True),
        "unit that does not owe in spite of the rule": _rows(m.PeriodException.objects, owes=False),
        "period prepared and not open": _rows(m.Period.objects, state="draft"),
        "reminded after the last day": lambda: (
            act
            for act in m.ObligationAct.objects.filter(kind="reminded").select_related("obligation")
            if act.day and act.day > act.obligation.last_day
        ),
        "check that warns": lambda: _checks("warn"),
        "check that blocks": lambda: _checks("block"),
        "question in the office's own words": lambda: (
            one for form in m.FormVersion.objects.all() for one in form.asks.values() if "questions" in one
        ),
        "tiers with days of their own": lambda: (
            p for p in m.Period.objects.all() if len(set(p.dues.values_list("due", flat=True))) > 1
        ),
        "period that locks": lambda: m.Period.objects.exclude(lock_days=None),
        "reminded before the last day": lambda: (
            act
            for act in m.ObligationAct.objects.filter(kind="reminded").select_related("obligation")
            if act.day and act.day <= act.obligation.last_day
        ),
        "reminder that ended": _rows(Notice.objects, kind="reminder", settled_at__isnull=False),
        "received and not official yet": lambda: (
            one
            for one in m.Total.objects.filter(kind="received").select_related("period")
            if m.Total.objects.filter(period=one.period, unit=one.unit_id, kind="official")
            .exclude(packed=one.packed)
            .exists()
        ),
        "length asked of a tier": _rows(m.LengthBudget.objects),
        "line of communication asked for": _rows(m.AskedLine.objects),
        "comment without an answer": _rows(m.DraftComment.objects, answer=""),
        "agreed to a draft": lambda: m.DraftRecipient.objects.exclude(agreed_at=None),
        "form handed out as a file": lambda: _handed_out(),
    }


def _charts(kind: str) -> Iterable[Any]:
    from liencap.reports.issuing.charting import charts_of
    from liencap.reports.models import ConsolidatedReport

    return (
        chart for one in ConsolidatedReport.objects.all() for chart in charts_of(one) if chart.kind == kind
    )


def _checks(severity: str) -> Iterable[Any]:
    from liencap.reports.models import FormVersion

    return (one for form in FormVersion.objects.all() for one in form.rules if one.severity == severity)


def _checks_of(kind: str) -> Iterable[Any]:
    from liencap.reports.models import FormVersion

    return (one for form in FormVersion.objects.all() for one in form.rules if one.kind == kind)


def _filled_in() -> Iterable[Any]:
    from liencap.offline.models import ReturnedFile

    return ReturnedFile.objects.filter(state="booked", intake__report__isnull=False)


def _handed_out() -> Iterable[Any]:
    from liencap.offline.models import IssuedForm

    return IssuedForm.objects.all()


def reviewed() -> dict[str, Query]:
    """Return the query of each state of reviews: called, written, graded, sampled, published, carried over."""
    from liencap.audit.models import Entry
    from liencap.reviews import models as r

    subjects = r.Subject.objects
    by_state = {
        f"review {state}": _rows(r.UnitReview.objects, state=state) for state in r.UnitReview.State.values
    }
    by_kind = {f"review {kind}": _rows(r.Review.objects, kind=kind) for kind in r.Review.Kind.values}
    carried = {
        f"follow-up {state}": _rows(r.Carried.objects, state=state) for state in r.Carried.State.values
    }
    return (
        by_state | by_kind | carried
        | {
            "review under way": _rows(r.Review.objects, state="open"),
            "review closed": _rows(r.Review.objects, state="closed"),
            "review of a programme": _rows(subjects, programme__isnull=False),
            "review of a directive kept here": _rows(subjects, document__isnull=False),
            "review of a directive by its citation": lambda: subjects.exclude(words=""),
            "several subjects in one review": lambda: (
                one for one in r.Review.objects.all() if one.subjects.count() > 1
            ),
            "graded by the unit itself": _rows(r.Grade.objects, by="self"),
            "graded by the tier above": _rows(r.Grade.objects, by="above"),
            "cause named in a review": _rows(r.CauseNamed.objects),
            "lesson": _rows(r.Lesson.objects),
            "follow-up task": _rows(r.FollowUp.objects),
            "review returned": _rows(r.ReviewReturn.objects),
            "file of a sample in order": _rows(r.SampleItem.objects, result="sound"),
            "file of a sample in doubt": _rows(r.SampleItem.objects, result="doubtful"),
            "file of a sample that shows something else": _rows(r.SampleItem.objects, result="wrong"),
            "review returned for one group": _rows(r.ReviewReturn.objects, group__isnull=False),
            "lesson or task taken over from below": _rows(Entry.objects, action="take_over_point"),
            "file of a sample not checked yet": _rows(r.SampleItem.objects, result="open"),
            "figure of an earlier year": _rows(r.EarlierFigure.objects),
            "passage of an old report": _rows(r.OldPassage.objects),
            "review published": _rows(r.PublishedReview.objects),
            "review as the first page of a programme": _rows(r.FirstPage.objects),
        }
    )  # fmt: skip


def _rows(manager: Any, **wanted: Any) -> Query:
    return lambda: manager.filter(**wanted)


def _is_locked(owed: Any) -> bool:
    from liencap.units.access import today

    return owed.report.current_id is None and owed.is_locked_on(today())


if __name__ == "__main__":
    django.setup()
    found = {name: sum(1 for _row in query()) for name, query in states().items()}
    json.dump(found, sys.stdout)
