"""Hold a report against the checks of its form, and say in the user's words what it does not pass."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from liencap.core.rollup import unpack
from liencap.core.rollup.checks import Check, Finding, judge, worth
from liencap.core.rollup.layout import State
from liencap.core.rollup.lineage import Link, lineage, rescaled
from liencap.reports.models import FormVersion, Indicator, Obligation, Report
from liencap.reports.numbers import number_text

Said = Mapping[tuple[str, str], Decimal | State]


def findings_of(
    owed: Obligation, figures: Said, indicators: Sequence[Indicator], *, required: bool = True
) -> list[Finding]:
    """Return the checks of the asked indicators that figures do not pass; three queries when something may not fall.

    While one is still writing, `required` leaves out what is merely not filled in yet.
    """
    form = owed.period.form
    if form is None or not form.checks:
        return []
    asked = {i.code for i in indicators}
    rules = [c for c in form.rules if c.code in asked and (required or c.kind != "required")]
    before = before_of(owed, form) if any(c.kind == "rises" for c in rules) else {}
    return list(judge(form.cells, rules, figures, before))


def before_of(owed: Obligation, form: FormVersion) -> dict[str, Decimal]:
    """Return what the unit last sent in an earlier period of the programme, by the codes and measures of this form.

    What is not comparable, or was not said, is left out.
    """
    earlier = (
        Report.objects.filter(
            obligation__unit_id=owed.unit_id,
            obligation__period__programme_id=owed.period.programme_id,
            obligation__period__until__lt=owed.period.until,
            current__isnull=False,
        )
        .select_related("current__form")
        .order_by("-obligation__period__until", "-pk")
        .first()
    )
    if earlier is None or earlier.current is None:
        return {}
    old = earlier.current.form
    figures = unpack(old.cells, bytes(earlier.current.figures))
    measures = {m.code: m for m in old.cells.measures}
    between = _versions(form, old)
    found = {}
    for measure in form.cells.measures:
        origin = lineage(between, measure.code)[-1]
        if origin is None or origin.breaks or origin.code not in measures:
            continue
        said = worth(measures[origin.code], figures)
        if said is not None:
            found[measure.code] = rescaled(said, origin.factor, measure.scale)
    return found


def _versions(newer: FormVersion, older: FormVersion) -> list[dict[str, Link]]:
    """Return how indicators continue from version to version, the newer form first and the older last."""
    rows = Indicator.objects.filter(
        form__programme_id=newer.programme_id, form__n__gte=older.n, form__n__lte=newer.n
    ).values_list("form__n", "code", "before", "factor", "breaks")
    found: dict[int, dict[str, Link]] = {n: {} for n in range(newer.n, older.n - 1, -1)}
    for n, code, before, factor, breaks in rows.order_by():
        found[n][code] = Link(before, Fraction(factor), breaks)
    return list(found.values())


def sentence(finding: Finding) -> str:
    """Say what a check found, without the name of the indicator."""
    check, numbers = (
        finding.check,
        {"said": number_text(finding.said), "against": number_text(finding.against)},
    )
    if check.kind == "required":
        return _("This is asked for: write a number, 0 if there was none, or tick that it does not apply.")
    if check.kind == "rises":
        return _("%(said)s is less than the %(against)s of the period before.") % numbers
    if check.kind == "parts":
        return _("%(said)s is not the sum of its parts, which is %(against)s.") % numbers
    if check.low is not None and finding.against == check.low:
        return _("%(said)s is less than %(against)s, the least that is expected.") % numbers
    return _("%(said)s is more than %(against)s, the most that is expected.") % numbers


def missing_reasons(findings: Iterable[Finding], reasons: Mapping[str, str]) -> list[Finding]:
    """Return what keeps a report from being sent: blocks, and warnings without a reason."""
    return [f for f in findings if f.check.severity == "block" or not reasons.get(f.check.code, "").strip()]


def frozen(findings: Iterable[Finding], reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the warnings that a version is sent over as it keeps them."""
    return [
        {
            **f.check.plain(), "cell": f.cell, "reason": reasons.get(f.check.code, "").strip(),
            "said": None if f.said is None else str(f.said),
            "against": None if f.against is None else str(f.against),
        }
        for f in findings
    ]  # fmt: skip


def thawed(row: Mapping[str, Any]) -> Finding:
    """Read a warning as a version keeps it."""
    said, against = (None if row[k] is None else Decimal(row[k]) for k in ("said", "against"))
    return Finding(Check.from_plain(row), row["cell"], said, against)
