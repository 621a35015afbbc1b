"""Lay down what a programme's form asks and what it aims at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.rollup import Layout, Measure
from liencap.core.rollup.checks import Check
from liencap.errors import DomainError
from liencap.programmes.models import Programme
from liencap.reports.forming.personal import tied_to_personal
from liencap.reports.forming.queries import aims_of
from liencap.reports.forming.values import IndicatorInput as IndicatorInput
from liencap.reports.forming.values import TargetInput as TargetInput
from liencap.reports.forming.values import inputs_of, seen_of
from liencap.reports.models import FormVersion, Indicator, Passage, Target
from liencap.units.access import require
from liencap.units.models import Unit

ADDED = (Indicator.Kind.NUMBER, Indicator.Kind.MONEY)
EVIDENCE = ("none", "optional", "required")
AMOUNT_MAX = 10**15


@transaction.atomic
def set_indicators(programme: Programme, rows: Sequence[IndicatorInput], *, actor: Actor) -> FormVersion:
    """Lay down a new version of a programme's form; older versions stay with their periods."""
    require(actor, "report.open", programme.unit)
    last = FormVersion.objects.filter(programme=programme).first()
    form = FormVersion(programme=programme, n=last.n + 1 if last else 1, asks=last.asks if last else {})
    return _written(form, last, rows, "set_indicators", actor)


@transaction.atomic
def edit_form(
    programme: Programme,
    rows: Sequence[IndicatorInput],
    asks: Mapping[str, Any],
    *,
    seen: str,
    actor: Actor,
) -> FormVersion:
    """Change the newest form where no period is open on it yet, else lay down the next version.

    `seen` is the mark of the form that the editor looked at (`seen_of`).
    """
    require(actor, "report.open", programme.unit)
    newest = FormVersion.objects.select_for_update().filter(programme=programme)[:2]
    last, older = (*newest, None, None)[:2]
    if seen != seen_of(last, inputs_of(last)):
        raise DomainError(
            "form-changed",
            _("The form was changed in another window. Load the page again before you go on."),
            status=409,
        )
    if last is None or last.periods.exists():
        form, before = FormVersion(programme=programme, n=last.n + 1 if last else 1), last
    else:
        form, before = last, older
        form.indicators.all().delete()
    form.asks = _asks(programme, asks)
    return _written(form, before, rows, "edit_form", actor)


def _written(
    form: FormVersion, before: FormVersion | None, rows: Sequence[IndicatorInput], deed: str, actor: Actor
) -> FormVersion:
    """Check and write the indicators of a form; `before` is the version that it continues."""
    _guard_rows(form.programme, rows)
    try:
        layout = Layout(tuple(row.measure() for row in rows))
        held = tied_to_personal(rows)
        layout = Layout(tuple(replace(m, personal=m.personal or m.code in held) for m in layout.measures))
    except ValueError as wrong:
        said = _("The indicators cannot be added up so: %(why)s.") % {"why": wrong}
        raise DomainError("bad-indicator", said) from wrong
    _guard_continuity(before, rows)
    old = {"n": before.n if before else 0}
    form.layout = layout.plain()
    form.checks = [check.plain() for row in rows for check in _checks_of(row, rows)]
    for known in ("cells", "rules"):
        form.__dict__.pop(known, None)
    form.save() if form.pk is None else form.save(update_fields=["layout", "checks", "asks"])
    Indicator.objects.bulk_create(
        row.row(form, order, tied=row.code in held) for order, row in enumerate(rows)
    )
    record(
        deed, actor=actor, kind="form_version", object_id=form.pk, unit_id=form.programme.unit_id,
        old=old, new={"n": form.n, "layout": form.layout, "checks": form.checks, "asks": form.asks},
    )  # fmt: skip
    return form


def _guard_rows(programme: Programme, rows: Sequence[IndicatorInput]) -> None:
    """Refuse codes that stand twice, tasks of other programmes, choices without options, factors that are none."""
    if len({row.code for row in rows}) < len(rows):
        raise DomainError("code-twice", _("Two indicators have the same code."))
    if any(row.task.programme_id != programme.pk for row in rows):
        raise DomainError("foreign-task", _("An indicator names a task of another programme."))
    for row in rows:
        if row.kind == Indicator.Kind.CHOICE and len(row.options) < 2:
            raise DomainError(
                "few-options", _("A choice needs at least two options: “%(name)s”.") % _named(row)
            )
        if row.kind != Indicator.Kind.CHOICE and row.options:
            raise DomainError("options-of-none", _("Only a choice has options: “%(name)s”.") % _named(row))
        try:
            positive = Fraction(row.factor) > 0
        except (ValueError, ZeroDivisionError):
            positive = False
        if not positive:
            raise DomainError(
                "bad-factor",
                _("The factor must be a number above zero, such as 1000 or 1/1000: “%(name)s”.")
                % _named(row),
            )


def _guard_continuity(before: FormVersion | None, rows: Sequence[IndicatorInput]) -> None:
    """Ask for a break where an indicator is of another kind than the one it continues."""
    known = {m.code: m for m in before.cells.measures} if before else {}
    for row in rows:
        older, measure = known.get(row.before or row.code), row.measure()
        if row.before and older is None:
            said = _("The form before has no indicator “%(code)s” that “%(name)s” could continue.")
            raise DomainError("no-predecessor", said % {"code": row.before, **_named(row)})
        if older is None or row.breaks:
            continue
        if _family(older) != _family(measure) or (older.cells != measure.cells and measure.kind != "choice"):
            said = _(
                "“%(name)s” is of another kind than before, so that old and new figures cannot be compared: "
                "mark the break."
            )
            raise DomainError("break-missing", said % _named(row))
        if Fraction(row.factor) != 1 and measure.kind not in ADDED:
            said = _("Only numbers and amounts of money can be converted: “%(name)s”.")
            raise DomainError("factor-of-none", said % _named(row))


def _family(measure: Measure) -> tuple[str, str]:
    """Return what has to stay alike for two figures to be compared."""
    kind = "number" if measure.kind in ADDED or measure.tree_axis == "ratio" else measure.kind
    return kind, measure.tree_axis


def _checks_of(row: IndicatorInput, rows: Sequence[IndicatorInput]) -> list[Check]:
    """Return the checks of an indicator under its code; refuse those that nothing could pass or that say nothing."""
    added = {one.code for one in rows if one.kind in ADDED and one.tree_axis != "ratio"}
    for check in row.checks:
        crossed = check.low is not None and check.high is not None and check.low > check.high
        if check.kind == "range" and (crossed or check.low is check.high is None):
            raise DomainError("bad-range", _("The range is empty or crossed: “%(name)s”.") % _named(row))
        parts = {*check.parts}
        if check.kind == "parts" and (not parts or not parts <= added - {row.code} or row.code not in added):
            said = _("A sum of parts adds up other numbers of this form: “%(name)s”.")
            raise DomainError("bad-parts", said % _named(row))
        if check.kind == "rises" and row.kind in (Indicator.Kind.DATE, Indicator.Kind.CHOICE):
            raise DomainError("bad-rise", _("Only numbers can rise or fall: “%(name)s”.") % _named(row))
    return [Check(row.code, c.kind, c.severity, c.low, c.high, c.parts) for c in row.checks]


def _named(row: IndicatorInput) -> dict[str, str]:
    return {"name": row.name}


def _asks(programme: Programme, asks: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what is asked beside figures, in one shape; refuse foreign tasks and questions there are none of."""
    own = {str(pk) for pk in programme.tasks.values_list("pk", flat=True)} if asks else set()
    for task, said in asks.items():
        known = {*said} <= {"questions", "evidence"} and said.get("evidence", EVIDENCE[1]) in EVIDENCE
        if task not in own or not known or not {*said.get("questions", {})} <= {*Passage.Question.values}:
            raise DomainError("bad-asks", _("What is asked of a task cannot be kept as it stands."))
    return dict(asks)


@transaction.atomic
def set_targets(programme: Programme, rows: Sequence[TargetInput], *, actor: Actor) -> int:
    """Write what indicators are to reach; a row without an amount takes its target away. Return how many changed."""
    require(actor, "report.open", programme.unit)
    codes = set(Indicator.objects.filter(form__programme=programme).values_list("code", flat=True))
    newest = FormVersion.objects.filter(programme=programme).first()
    for unit in {row.unit for row in rows if row.period is None}:
        _renew(programme, unit, newest)
    had = {(t.code, t.period_id, t.unit_id): t for t in Target.objects.filter(programme=programme)}
    changed = []
    for row in rows:
        if row.code not in codes or (row.period and row.period.programme_id != programme.pk):
            raise DomainError(
                "foreign-target", _("A target names an indicator or period of another programme.")
            )
        if row.amount is not None and not 0 <= row.amount < AMOUNT_MAX:
            raise DomainError("bad-target", _("A target is a number of zero or more."))
        kept = had.get((row.code, row.period.pk if row.period else None, row.unit.pk))
        if (kept.amount if kept else None) == row.amount:
            continue
        place: dict[str, Any] = {
            "programme": programme,
            "code": row.code,
            "period": row.period,
            "unit": row.unit,
        }
        if row.amount is None:
            Target.objects.filter(**place).delete()
        else:
            form = None if row.period else newest
            Target.objects.update_or_create(**place, defaults={"amount": row.amount, "form": form})
        changed.append([row.code, row.period.pk if row.period else None, row.unit.pk,
                        str(kept.amount.normalize()) if kept else "", str(row.amount or "")])  # fmt: skip
    if changed:
        record(
            "set_targets", actor=actor, kind="programme", object_id=programme.pk, unit_id=programme.unit_id,
            new={"targets": changed},
        )  # fmt: skip
    return len(changed)


def _renew(programme: Programme, unit: Unit, newest: FormVersion | None) -> None:
    """Write a unit's targets for the whole programme as they stand in the newest form, before some are changed."""
    rows = Target.objects.filter(programme=programme, unit=unit, period=None)
    if newest is None or not rows.exclude(form=newest).exists():
        return
    asked = {*newest.indicators.values_list("code", flat=True)}
    stand = {code: to[0] for code, to in aims_of(programme, unit).items() if code in asked}
    rows.filter(form__isnull=False).exclude(form=newest).delete()
    for code, amount in stand.items():
        place: dict[str, Any] = {"programme": programme, "unit": unit, "period": None, "code": code}
        Target.objects.update_or_create(**place, defaults={"amount": amount, "form": newest})
