"""Say in words what a task waits for, and guess which kind of event a plan's words mean."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liencap.core.text import fold
from liencap.units.models import UnitEvent

# Words of a plan, folded, and the kind of event they most likely mean; a person chooses, this only stands first.
LIKELY = (
    (("dai hoi", "congress"), UnitEvent.Kind.CONGRESS),
    (("phien hop thu nhat", "hop phien dau", "first meeting"), UnitEvent.Kind.FIRST_MEETING),
    (("hoi nghi", "conference"), UnitEvent.Kind.CONFERENCE),
    (("thanh lap", "founding"), UnitEvent.Kind.FOUNDING_DAY),
    (("kien toan",), UnitEvent.Kind.LEADERS),
    (("nhan duoc", "nhan van ban", "nhan ho so", "receipt", "received"), UnitEvent.Kind.DOCUMENT_RECEIVED),
    (("ban hanh ke hoach", "plan is issued"), UnitEvent.Kind.PLAN_ISSUED),
    (("kiem tra", "thanh tra", "inspection"), UnitEvent.Kind.INSPECTION),
)


def likely_kind(words: str) -> str:
    """Return the kind of event that stands first in the choice for a plan's words; empty when none is likely."""
    said = fold(words)
    return next((str(kind) for keys, kind in LIKELY if any(key in said for key in keys)), "")


def condition_words(kind: str, n: int, unit: str) -> str:
    """Say a condition: "15 days after the event “Congress”"."""
    labels = {str(value): str(label) for value, label in UnitEvent.Kind.choices}
    event = labels.get(kind, kind)
    if n == 0:
        return _("as soon as “%(event)s” has taken place") % {"event": event}
    said = {"n": abs(n), "event": event}
    if unit == "months":
        before = ngettext("%(n)s month before “%(event)s”", "%(n)s months before “%(event)s”", abs(n))
        after = ngettext("%(n)s month after “%(event)s”", "%(n)s months after “%(event)s”", abs(n))
    elif unit == "weeks":
        before = ngettext("%(n)s week before “%(event)s”", "%(n)s weeks before “%(event)s”", abs(n))
        after = ngettext("%(n)s week after “%(event)s”", "%(n)s weeks after “%(event)s”", abs(n))
    else:
        before = ngettext("%(n)s day before “%(event)s”", "%(n)s days before “%(event)s”", abs(n))
        after = ngettext("%(n)s day after “%(event)s”", "%(n)s days after “%(event)s”", abs(n))
    return (before if n < 0 else after) % said
