"""What the title of an English section says about its items."""

from __future__ import annotations

import re

from liencap.core.reading.view import lazy

_OTHER = (
    "purpose|background|introduction|overview|executive summary|definitions?|scope|principles?|vision|mission|context|about|findings|summary|conclusion"
    "|references|appendix|glossary|acknowledg|foreword|preamble|legal|authority|history|rationale|contact|next meeting|attendance|present|signature|submitted"
)
_DUTY = "implementation|roles? and responsibilit|responsibilit|governance|oversight|monitoring|reporting|coordination|accountability"
_WORK = "actions?|tasks?|activit|milestones?|recommendations?|strateg|objectives?|initiatives?|measures|deliverables|resolutions?|commitments|priorities|work ?plan|next steps|timeline"


def classify(title: str) -> str:
    """Return what a title sets: tasks, duties, funding, targets, other, or "" where it does not say."""
    words = " ".join(title.lower().split()).strip(" .:-*")
    if not words or len(words) > 120:
        return ""
    if lazy(r"(?:the )?(?:budget|funding|resources|financ|costs?)\b").match(words):
        return "funding"
    if lazy(r"(?:targets?|indicators|key performance|metrics|goals?$|success)").match(words):
        return "targets"
    if lazy(
        r"(?:this |the )?\w+(?: also| further)?(?: therefore)? (?:calls|instructs|resolves|agrees|mandates|requests|directs|urges)\b"
    ).match(words):
        return "tasks"
    if lazy(rf"(?:{_OTHER})").match(words):
        return "other"
    if lazy(rf"(?:{_DUTY})").match(words):
        return "duties"
    return "tasks" if lazy(rf"\b(?:{_WORK})").search(words) else ""


def announces() -> re.Pattern[str]:
    """Return the pattern of the words, in lower case, by which a sentence announces what is to be done."""
    return lazy(
        r"(?<!\w)(?:directs?|requests?|instructs?|following|as follows|actions?|steps|resolves?|resolved|agreed)(?!\w)"
    )


def optional() -> re.Pattern[str]:
    """Return the pattern of words that make a task one to do only where it applies."""
    return lazy(r"\((?:if any|if applicable|where applicable|if needed|as needed|optional)\)")
