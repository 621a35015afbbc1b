"""What a version says beyond what was typed: joint figures, what is not asked, and the warnings it is sent over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from liencap.core.rollup import pack, unpack
from liencap.core.rollup.checks import Finding
from liencap.core.rollup.layout import NOT_APPLICABLE
from liencap.errors import DomainError
from liencap.reports.content import Content
from liencap.reports.forming.asking import evidence_asked, questions_of
from liencap.reports.forming.checking import Said, findings_of, frozen, missing_reasons, sentence
from liencap.reports.joint.queries import Figures, with_joint
from liencap.reports.joint.queries import frozen as joint_of
from liencap.reports.models import Indicator, Obligation
from liencap.reports.numbers import number_text

NAMED = 5  # of the sentences that one refusal says


@dataclass(frozen=True, slots=True)
class Weighed:
    """What counts: the content with its final figures, and packed; the warnings; the joint activities it names."""

    content: Content
    figures: bytes
    warnings: list[dict[str, Any]]
    joint: list[dict[str, Any]]


def weigh(owed: Obligation, content: Content, *, tasks_with_files: Collection[int] | None) -> Weighed:
    """Return what is sent; refuse what a check blocks, a warning without a reason, too long and missing things.

    `tasks_with_files` are the tasks that carry evidence; None where the paper itself is the evidence. Two queries, one
    more with joint activities, and those of `findings_of`.
    """
    form = owed.period.form
    assert form is not None, "open periods have a form"
    indicators, joint = list(form.indicators.all()), joint_of(owed)
    tier = _tier(owed, indicators)
    asked = [i for i in indicators if i.task_id in content.states and i.asked_of(tier)]
    figures = _counted(content.figures, indicators, tier, joint)
    findings = findings_of(owed, figures, asked)
    _guard_checks(findings, content, asked)
    _guard_words(owed, content)
    if tasks_with_files is not None:
        _guard_evidence(owed, content, tasks_with_files)
    packed = pack(form.cells, figures)
    whole = replace(content, figures=unpack(form.cells, packed))
    return Weighed(whole, packed, frozen(findings, content.reasons), joint)


def _tier(owed: Obligation, indicators: Sequence[Indicator]) -> str:
    """Return the unit's tier where an indicator asks only some; it costs a query."""
    return owed.tier.code if any(i.tiers for i in indicators) else ""


def _counted(
    said: Said, indicators: Sequence[Indicator], tier: str, joint: Sequence[Mapping[str, Any]]
) -> Figures:
    """Add joint figures; what a tier is not asked for does not apply to it."""
    figures = with_joint(said, joint)
    for indicator in indicators:
        if not indicator.asked_of(tier):
            figures |= {(indicator.code, cell): NOT_APPLICABLE for cell in indicator.cells}
    return figures


def as_sent(owed: Obligation, content: Content) -> Content:
    """Return what a draft will say once it is sent: as `weigh` does, but judging nothing; three queries."""
    form = owed.period.form
    assert form is not None, "open periods have a form"
    indicators = list(form.indicators.all())
    figures = _counted(content.figures, indicators, _tier(owed, indicators), joint_of(owed))
    return replace(content, figures=unpack(form.cells, pack(form.cells, figures)))


def judged(
    owed: Obligation, content: Content, indicators: Sequence[Indicator], *, required: bool
) -> list[Finding]:
    """Return what the checks say of a draft, its joint figures included."""
    if owed.period.form is None or not owed.period.form.checks:
        return []
    return findings_of(owed, with_joint(content.figures, joint_of(owed)), indicators, required=required)


def joint_figures(owed: Obligation) -> Said:
    """Return what joint activities add to the figures of a host."""
    return with_joint({}, joint_of(owed))


def _guard_checks(findings: Sequence[Finding], content: Content, asked: Sequence[Indicator]) -> None:
    stuck = missing_reasons(findings, content.reasons)
    if not stuck:
        return
    names = {i.code: str(i) for i in asked}
    said = [
        _("“%(name)s”: %(what)s") % {"name": names[f.check.code], "what": sentence(f)} for f in stuck[:NAMED]
    ]
    if not any(f.check.severity == "block" for f in stuck):
        said.append(_("If this is right, say why beside the number; then it can be sent."))
    raise DomainError("checks-failed", " ".join(said), problems=[(f.check.code, f.check.kind) for f in stuck])


def _guard_words(owed: Obligation, content: Content) -> None:
    form = owed.period.form
    for task in {task for task, _q in content.passages} if form and form.asks else ():
        for question in questions_of(form, task):
            length = len(content.passages.get((task, question.key), ""))
            if question.most and length > question.most:
                said = _(
                    "The answer to “%(question)s” has %(length)s letters; at most %(most)s are asked for."
                )
                numbers = {
                    "length": number_text(Decimal(length)),
                    "most": number_text(Decimal(question.most)),
                }
                raise DomainError("too-long", said % {"question": question.label, **numbers})


def _guard_evidence(owed: Obligation, content: Content, tasks: Collection[int]) -> None:
    """Refuse a task that is done or under way without the evidence that its form requires."""
    form = owed.period.form
    for task, (state, _reason) in content.states.items() if form and form.asks else ():
        if evidence_asked(form, task) == "required" and task not in tasks and state in ("done", "under_way"):
            raise DomainError(
                "evidence-missing",
                _("A task asks for a file that shows the work: attach one before you send."),
            )
