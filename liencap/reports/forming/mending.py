"""What is to be mended in a form that was filled in, each by the name that its reader sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liencap.reports.forming.controls import controls_of
from liencap.reports.models import Indicator, Passage


@dataclass(frozen=True, slots=True)
class Mend:
    """A field that cannot be kept: its name in the form, what it asks for, what is wrong; "" for the form itself."""

    name: str
    label: str
    words: str


def mends_of(indicators: Sequence[Indicator], errors: Mapping[str, str]) -> list[Mend]:
    """Name the fields with errors (words by field name), in the order of the form; then what concerns the whole."""
    labels = {
        control.name: f"{one}, {control.label}" if control.label else str(one)
        for one in indicators
        for control in controls_of(one)
    }
    found = [Mend(name, label, errors[name]) for name, label in labels.items() if name in errors]
    rest = {name: words for name, words in errors.items() if name not in labels}
    return found + [
        Mend(name if _question(name) else "", _question(name), words) for name, words in rest.items()
    ]


def _question(name: str) -> str:
    """Return what the field of an answer in words is called; nothing for any other field."""
    if not name.startswith("q-"):
        return ""
    return str(dict(Passage.Question.choices).get(name.rpartition("-")[2], ""))
