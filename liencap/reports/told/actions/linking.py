"""Keep the sources of the composed text when the unit's own report is sent with it."""

import re

from liencap.core.clustering import normal_form
from liencap.reports.models import ComposedPassage, ConsolidatedReport, Passage, PassageSource


def link_sources(composed: ConsolidatedReport, passages: list[Passage]) -> None:
    """Lead what is sent to the passages from below whose sentences stand in it.

    Called in the deed that sends, which records it.
    """
    uses = ComposedPassage.objects.filter(report=composed, sentence__isnull=False)
    rows = list(uses.values_list("sentence__task_id", "sentence__question", "sentence__text", "passage_id"))
    held = {(one.task_id, one.question): one for one in passages}
    forms = {key: normal_form(one.text) for key, one in held.items()}
    found = {
        (held[task, question].pk, source)
        for task, question, text, source in rows
        if (task, question) in held and _stands(text, forms[task, question])
    }
    PassageSource.objects.bulk_create(
        PassageSource(passage_id=passage, source_id=source) for passage, source in sorted(found)
    )


def _stands(text: str, whole: str) -> bool:
    """Say whether a sentence stands in a text; of a figure that it names by reference the value may differ."""
    parts = [normal_form(part) for part in re.split(r"\{[^}]*\}", text)]
    return any(parts) and all(part in whole for part in parts)
