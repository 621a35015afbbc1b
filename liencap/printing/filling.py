"""Fill a Word template with the lines of a paper, in a child process."""

import io
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from liencap.printing.inspection import TemplateRefused, environment, inspect
from liencap.printing.layout import settle
from liencap.printing.packing import repack
from liencap.printing.pictures import pictured
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child

TRIAL_SECONDS = 20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_of(lines: dict[str, Any], template: bytes) -> bytes:
    """Return the DOCX; the same lines and template give the same bytes.

    Raises ChildRefusal when the template is not one that may be filled, ChildFailed when filling it does not end.
    """
    made: bytes = run_in_child("liencap.printing.filling:fill", data=template, args={"lines": lines})
    return made


def problems_of(
    template: bytes, trial: dict[str, Any], *, seconds: float = TRIAL_SECONDS
) -> list[dict[str, str]]:
    """Return what speaks against a template, each with code, message and place; an empty list means none.

    A template that passes has been filled once with the lines of a trial paper, within its limits.
    """
    try:
        found: list[dict[str, str]] = run_in_child(
            "liencap.printing.filling:try_template", data=template, args={"lines": trial}, seconds=seconds
        )
    except (ChildFailed, ChildRefusal) as error:
        return [{"code": f"template-{error.code}", "message": error.message, "place": ""}]
    return found


def prepare_children() -> None:
    """Load what filling needs, before any template is there."""
    import docxtpl  # noqa: F401

    environment()


def fill(data: bytes, *, lines: dict[str, Any]) -> bytes:
    """Check and fill in the child."""
    problems = inspect(data, lines)
    if problems:
        first = problems[0]
        raise TemplateRefused(first["code"], first["message"])
    return _fill(data, lines)


def try_template(data: bytes, *, lines: dict[str, Any]) -> list[dict[str, str]]:
    """Inspect in the child, and fill once when nothing speaks against it."""
    problems = inspect(data, lines)
    if not problems:
        try:
            _fill(data, lines)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a foreign template breaks is its own problem
            problems = [
                {"code": "does-not-fill", "message": f"{type(error).__name__}: {error}"[:300], "place": ""}
            ]
    return problems


def _fill(data: bytes, lines: dict[str, Any]) -> bytes:
    import docxtpl

    document = docxtpl.DocxTemplate(io.BytesIO(data))
    document.render(_inert(lines), jinja_env=environment(), autoescape=True)
    _place_pictures(document.docx, lines.get("charts", ()))
    settle(document.docx.element.body)
    held = io.BytesIO()
    document.save(held)
    return repack(held.getvalue())


def _place_pictures(document: Any, charts: Sequence[dict[str, str]]) -> None:
    """Put the pictures of charts where the template printed their marks, each with its words for who cannot see it."""
    from docx.shared import Mm
    from docx.text.paragraph import Paragraph

    if not charts:
        return
    pictures = pictured([chart["svg"] for chart in charts])
    marks = {chart["picture"]: n for n, chart in enumerate(charts)}
    for element in list(document.element.body.iter(f"{_W}p")):
        said = "".join(text.text or "" for text in element.iter(f"{_W}t")).strip()
        if said not in marks:
            continue
        n, paragraph = marks[said], Paragraph(element, document._body)
        for run in list(element.iter(f"{_W}r")):
            element.remove(run)
        drawn = paragraph.add_run().add_picture(io.BytesIO(pictures[n]), width=Mm(160))
        drawn._inline.docPr.set("descr", charts[n]["alt"])
        drawn._inline.docPr.set("name", charts[n]["caption"][:200])


def _inert(value: Any) -> Any:
    """Escape each text once and write its braces as entities: nothing in it can look like a tag again."""
    if isinstance(value, str):
        return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - escaped here
    if isinstance(value, list):
        return tuple(_inert(held) for held in value)
    if isinstance(value, dict):
        return {name: _inert(held) for name, held in value.items()}
    return value
