"""What is different in the Word template of plans; make_templates.py writes it."""

from typing import Any

import report_template as common
from docx.shared import Mm
from template_styles import BOTH, PLAIN

STYLES = PLAIN | {
    "LC Part": (14, True, False, BOTH, 12, 4, 10, None, True),
    "LC Line": (14, False, False, BOTH, 0, 3, 10, None, False),
    "LC Line below": (14, False, False, BOTH, 0, 3, 10, None, False),
    "LC Details": (12.5, False, True, BOTH, 0, 6, 10, None, False),
}


def plan(tag: str) -> bytes:
    """Return the template of plans."""
    parts = (_indent, common.head, _body, common._signature, common._record)
    return common.made_of("Plan", tag, STYLES, parts)


def _indent(document: Any) -> None:
    document.styles["LC Line below"].paragraph_format.left_indent = Mm(8)


def _body(document: Any) -> None:
    say = common._say
    common.either(document, "title", "LC Title", "{{ title }}")
    say(document, "LC Subject", "{{ subject }}")
    common._rule(document, 64, 64)
    common._each(document, "LC Basis", "base", "bases")
    say(document, "LC Text", "{{ opening }}")
    say(document, "LC Part", "{%p for section in sections %}")
    say(document, "LC Part", "{{ section.heading }}")
    common._each(document, "LC Text", "text", "section.paragraphs")
    say(document, "LC Line", "{%p for task in section.tasks %}")
    say(document, "LC Line", "{%p if task.below %}")
    say(document, "LC Line below", "{{ task.heading }}")
    say(document, "LC Line", "{%p else %}")
    say(document, "LC Line", "{{ task.heading }}")
    say(document, "LC Line", "{%p endif %}")
    common._if(document, "LC Details", "task.details")
    say(document, "LC Line", "{%p endfor %}")
    say(document, "LC Part", "{%p endfor %}")
