"""The text on one task of a consolidated report as a value, and what an author may do with it.

Nothing is read or written here; each deed returns a new composition, so that undoing is keeping the old one.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from liencap.errors import DomainError
from liencap.reports.models import Passage, Sentence

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or paragraph: the question it answers, how it came about, its words, the ids of its passages."""

    question: str
    kind: str
    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """The sentences on a task in order, and the passages that were set aside, each with its reason."""

    sentences: tuple[Said, ...] = ()
    asides: tuple[tuple[int, str], ...] = ()

    @property
    def used(self) -> frozenset[int]:
        """Return the passages that a sentence draws on."""
        return frozenset(pk for one in self.sentences for pk in one.sources)

    @property
    def decided(self) -> frozenset[int]:
        """Return the passages that are used or set aside."""
        return self.used | {pk for pk, _reason in self.asides}

    def on(self, question: str) -> list[tuple[int, Said]]:
        """Return the sentences on one question with their place in the whole."""
        return [(place, one) for place, one in enumerate(self.sentences) if one.question == question]

    def plain(self) -> dict[str, Any]:
        """Return the composition as values that JSON holds."""
        return {
            "sentences": [[s.question, s.kind, s.text, list(s.sources)] for s in self.sentences],
            "asides": [list(one) for one in self.asides],
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Composition":
        """Build a composition again from its plain values."""
        sentences = tuple(Said(q, kind, text, tuple(pks)) for q, kind, text, pks in plain["sentences"])
        return cls(sentences, tuple((pk, reason) for pk, reason in plain["asides"]))


def added(before: Composition, said: Said, words: Mapping[int, str]) -> Composition:
    """Add a sentence at the end of its question; `words` are the texts of the passages that may be drawn on."""
    _guard(said, words)
    after = max((p + 1 for p, one in before.on(said.question)), default=len(before.sentences))
    sentences = (*before.sentences[:after], said, *before.sentences[after:])
    asides = tuple(one for one in before.asides if one[0] not in said.sources)
    return Composition(sentences, asides)


def rewritten(before: Composition, place: int, text: str, words: Mapping[int, str]) -> Composition:
    """Change the words of a sentence; a quote that no longer stands in its source becomes a summary of it."""
    old = _at(before, place)
    new = replace(old, text=text.strip())
    if old.kind == Sentence.Kind.QUOTE and not _stands_in(new, words):
        new = replace(new, kind=Sentence.Kind.SUMMARY)
    _guard(new, {**words, **dict.fromkeys(old.sources, text)})
    return replace(before, sentences=(*before.sentences[:place], new, *before.sentences[place + 1 :]))


def requoted(before: Composition, replaced: Mapping[int, tuple[str, int, str]]) -> Composition:
    """Let quotes follow passages by old id -> old words, new id, new words; a part that is gone stays as it was said.

    Sentences of the author's own, and what was set aside, keep the sources that they were drawn from.
    """

    def follow(said: Said) -> Said:
        if said.kind != Sentence.Kind.QUOTE or said.sources[0] not in replaced:
            return said
        old, pk, new = replaced[said.sources[0]]
        if said.text.strip() == old.strip():
            return replace(said, text=new, sources=(pk,))
        return replace(said, sources=(pk,)) if said.text in new else said

    return replace(before, sentences=tuple(follow(one) for one in before.sentences))


def dropped(before: Composition, place: int) -> Composition:
    """Take a sentence out; its passages are undecided again unless another sentence draws on them."""
    _at(before, place)
    return replace(before, sentences=(*before.sentences[:place], *before.sentences[place + 1 :]))


def moved(before: Composition, place: int, step: int) -> Composition:
    """Move a sentence up (-1) or down (1) among those on its question; at the end it stays."""
    own = [p for p, _one in before.on(_at(before, place).question)]
    at = own.index(place) + step
    if not 0 <= at < len(own):
        return before
    sentences = list(before.sentences)
    sentences[place], sentences[own[at]] = sentences[own[at]], sentences[place]
    return replace(before, sentences=tuple(sentences))


def set_aside(before: Composition, passages: Collection[int], reason: str) -> Composition:
    """Set passages aside; one that a sentence draws on stays with it."""
    if not passages:
        raise DomainError("none-chosen", _("Choose a passage first."))
    if not reason.strip():
        raise DomainError("reason-missing", _("Say why the passage is set aside."))
    if before.used & set(passages):
        raise DomainError("in-use", _("A sentence draws on this passage: take the sentence out first."))
    rest = tuple(one for one in before.asides if one[0] not in passages)
    return replace(before, asides=(*rest, *((pk, reason.strip()[:500]) for pk in passages)))


def taken_back(before: Composition, passages: Collection[int]) -> Composition:
    """Make passages that were set aside undecided again."""
    return replace(before, asides=tuple(one for one in before.asides if one[0] not in passages))


def _at(before: Composition, place: int) -> Said:
    if not 0 <= place < len(before.sentences):
        raise DomainError("no-sentence", _("This sentence is no longer there."), status=409)
    return before.sentences[place]


def _guard(said: Said, words: Mapping[int, str]) -> None:
    if not said.text.strip():
        raise DomainError("no-words", _("Write the sentence first."))
    if len(said.text) > LONGEST:
        raise DomainError("too-long", _("This is longer than %(most)s signs.") % {"most": LONGEST})
    if said.question not in Passage.Question.values or said.kind not in Sentence.Kind.values:
        raise DomainError("foreign-passage", _("A passage does not belong to this task and period."))
    if said.kind != Sentence.Kind.OWN and not said.sources:
        raise DomainError("none-chosen", _("Choose a passage first."))
    if set(said.sources) - words.keys():
        raise DomainError("foreign-passage", _("A passage does not belong to this task and period."))
    if said.kind == Sentence.Kind.QUOTE and not _stands_in(said, words):
        raise DomainError(
            "not-verbatim", _("A quote must stand word for word in the passage; else summarise it.")
        )


def _stands_in(said: Said, words: Mapping[int, str]) -> bool:
    quoted = re.sub(r"\s+", " ", said.text.strip())
    return any(quoted in re.sub(r"\s+", " ", words.get(pk, "")) for pk in said.sources)
