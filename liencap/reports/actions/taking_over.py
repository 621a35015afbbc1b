"""Take the composed text of a consolidated report into the unit's own report to the unit above."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.core.clustering import normal_form
from liencap.errors import DomainError
from liencap.reports import consolidation
from liencap.reports.access import require_own
from liencap.reports.actions.drafts import save_draft
from liencap.reports.models import (
    ConsolidatedReport,
    Draft,
    Report,
    Sentence,
)
from liencap.reports.queries import blank_content, content_of, tasks_of
from liencap.reports.told.narrative import in_order
from liencap.reports.told.queries import compositions_of
from liencap.reports.told.references import known, resolved


@transaction.atomic
def take_over(composed: ConsolidatedReport, *, actor: Actor) -> Draft:
    """Add the composed sentences to the draft of the unit's own report; one that already stands there is not doubled.

    What the unit has written in its draft stays. Figures named by reference are written out as they stand now.
    """
    require_own(actor, "report.fill", composed.unit)
    report = Report.objects.select_related("obligation__unit", "obligation__period__form").filter(
        obligation__period=composed.period_id, obligation__unit=composed.unit_id
    ).first()  # fmt: skip
    if report is None:
        raise DomainError("owes-nothing", _("Your unit owes no report in this period."), status=409)
    form = report.obligation.period.form
    assert form is not None, "open periods have a form"
    draft = Draft.objects.filter(report=report).first()
    content = content_of(draft, form.cells) if draft else blank_content(form)
    asked = {task.pk for task in tasks_of(report.obligation)}
    figures, passages = known(consolidation.figures_of(composed)), dict(content.passages)
    for task, said in compositions_of(composed).items():
        for _place, one in in_order(said) if task in asked else ():
            text = one.text if one.kind == Sentence.Kind.QUOTE else resolved(one.text, figures)[0]
            held = passages.get((task, one.question), "")
            if normal_form(text) not in normal_form(held):
                passages[task, one.question] = f"{held}\n{text}".strip()
    seen = draft.revision if draft else 0
    return save_draft(report, replace(content, passages=passages), revision=seen, actor=actor)
