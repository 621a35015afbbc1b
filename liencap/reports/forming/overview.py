"""What a form asks, laid out for its page, and how each version continues the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.programmes.models import Programme, Task
from liencap.reports.forming.editing import Editing
from liencap.reports.forming.personal import hint_of, tied_to_personal
from liencap.reports.forming.values import IndicatorInput
from liencap.reports.models import FormVersion, Indicator, Period
from liencap.reports.numbers import number_text
from liencap.units.models import Tier

VERSIONS = 12


@dataclass(frozen=True, slots=True)
class AskedIndicator:
    """An indicator as the page names it, with what is said of it in short words."""

    row: IndicatorInput
    name: str
    kind: str
    marks: list[str]


def indicators_by_task(editing: Editing, tasks: Iterable[Task]) -> dict[int, list[AskedIndicator]]:
    """Group the indicators of a form by their task; a query where some tiers alone are asked."""
    found: dict[int, list[AskedIndicator]] = {task.pk: [] for task in tasks}
    english = get_language() == "en"
    names, tiers = {row.code: row.title(english) for row in editing.rows}, _tiers(editing.rows)
    held = tied_to_personal(editing.rows)
    for row in editing.rows:
        if row.task.pk in found:
            is_ratio = row.tree_axis == Indicator.TreeAxis.RATIO
            kind = Indicator.Kind.PERCENTAGE if is_ratio else Indicator.Kind(row.kind)
            marks = _marks(row, names, tiers, tied=row.code in held)
            found[row.task.pk].append(AskedIndicator(row, row.title(english), str(kind.label), marks))
    return found


def _tiers(rows: Iterable[IndicatorInput]) -> dict[str, str]:
    """Return what the asked tiers are called, by code."""
    asked = {code for row in rows for code in row.tiers}
    return {t.code: str(t) for t in Tier.objects.filter(code__in=asked)} if asked else {}


def _marks(row: IndicatorInput, names: dict[str, str], tiers: dict[str, str], *, tied: bool) -> list[str]:
    marks = [row.measured_in] if row.measured_in else []
    for check in row.checks:
        marks.append(
            {
                "required": _("must be filled in"),
                "range": _("%(low)s to %(high)s")
                % {name: number_text(bound) or "…" for name, bound in (("low", check.low), ("high", check.high))},
                "rises": _("never falls"),
                "parts": _("sum of: %(parts)s") % {"parts": ", ".join(names.get(p, p) for p in check.parts)},
            }[check.kind]
        )  # fmt: skip
    if row.tiers:
        marks.append(_("asked of: %(tiers)s") % {"tiers": ", ".join(tiers.get(t, t) for t in row.tiers)})
    if row.personal:
        marks.append(_("counts people by a personal attribute: small figures are kept back"))
    if tied:
        marks.append(_("makes a sum with one that counts people by a personal attribute: kept back with it"))
    if hint := hint_of(row):
        marks.append(hint)
    if row.breaks:
        marks.append(_("break: not comparable with before"))
    elif Fraction(row.factor) != 1:
        marks.append(_("old figures times %(factor)s") % {"factor": row.factor})
    return marks


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the form: the periods that ask it, and what it changed of the indicators before."""

    form: FormVersion
    periods: list[Period]
    changes: list[str] = field(default_factory=list)


def versions_of(programme: Programme) -> list[Version]:
    """Return the newest versions of a form with what each changed; three queries."""
    forms = list(
        FormVersion.objects.filter(programme=programme).prefetch_related("indicators", "periods")[
            : VERSIONS + 1
        ]
    )
    pairs = zip(forms, (*forms[1:], None), strict=False)  # of no form at all there is no pair
    return [Version(form, list(form.periods.all()), _changes(form, older)) for form, older in pairs][
        :VERSIONS
    ]


def _changes(form: FormVersion, older: FormVersion | None) -> list[str]:
    had = {i.code: i for i in older.indicators.all()} if older else {}
    said, continued = [], set()
    for one in form.indicators.all() if older else ():
        before = had.get(one.before or one.code)
        if before is None:
            said.append(_("new: %(name)s") % {"name": one})
            continue
        continued.add(before.code)
        if one.breaks:
            said.append(_("break: %(name)s") % {"name": one})
        elif Fraction(one.factor) != 1:
            said.append(_("%(name)s: old figures times %(factor)s") % {"name": one, "factor": one.factor})
        elif str(one) != str(before):
            said.append(_("%(old)s is now called %(name)s") % {"old": before, "name": one})
    said += [
        _("%(name)s: its small figures are kept back from here on") % {"name": one}
        for one in (form.indicators.all() if older else ())
        if one.personal and (before := had.get(one.before or one.code)) and not before.personal
    ]
    return said + [_("left out: %(name)s") % {"name": i} for code, i in had.items() if code not in continued]
