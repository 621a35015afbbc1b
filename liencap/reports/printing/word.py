"""Fill a Word template with a report's lines, in a child process."""

import io
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from liencap.reports.printing.inspection import TemplateRefused, environment, inspect
from liencap.reports.printing.layout import settle
from liencap.reports.printing.packing import repack
from liencap.reports.printing.values import (
    Block,
    Header,
    PrintedReport,
    Row,
    Section,
    Signatory,
    Source,
    Table,
)
from liencap.reports.printing.wording import lines_of
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child

_TEMPLATES = Path(__file__).with_name("templates")
_TRIAL_SECONDS = 20


def default_template(language: str) -> bytes:
    """Return the template that an office can take, change in Word and give back."""
    return _TEMPLATES.joinpath(f"report_{language}.docx").read_bytes()


def render_docx(report: PrintedReport, template: bytes | None = None) -> bytes:
    """Return the DOCX; the same values and template give the same bytes.

    Raises ChildRefusal when the template is not one that may be filled, ChildFailed when filling it does not end.
    """
    made: bytes = run_in_child(
        "liencap.reports.printing.word:fill",
        data=default_template(report.language) if template is None else template,
        args={"lines": lines_of(report)},
    )
    return made


def check_template(template: bytes) -> list[dict[str, str]]:
    """Return what speaks against a template, each with code, message and place; an empty list means none.

    A template that passes has been filled once with a trial report, within its limits.
    """
    try:
        found: list[dict[str, str]] = run_in_child(
            "liencap.reports.printing.word:try_template",
            data=template,
            args={"lines": lines_of(TRIAL)},
            seconds=_TRIAL_SECONDS,
        )
    except (ChildFailed, ChildRefusal) as error:
        return [{"code": f"template-{error.code}", "message": error.message, "place": ""}]
    return found


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
    settle(document.docx.element.body)
    held = io.BytesIO()
    document.save(held)
    return repack(held.getvalue())


def _inert(value: Any) -> Any:
    """Escape each text once and write its braces as entities: nothing in it can look like a tag again."""
    if isinstance(value, str):
        return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - escaped here
    if isinstance(value, list):
        return tuple(_inert(held) for held in value)
    if isinstance(value, dict):
        return {name: _inert(held) for name, held in value.items()}
    return value


# A report with every part filled, so that a trial reaches every branch of a template.
TRIAL = PrintedReport(
    header=Header("Unit", "Authority", ("Motto", "Words"), "01/BC", "Place", "2020-01-02"),
    title="Report",
    subject="Subject",
    period="2020",
    bases=("Basis",),
    coverage="1 / 2",
    missing=("Unit B",),
    sections=(
        Section(
            "1",
            "Task",
            "page 1",
            (
                Table(
                    "Narrow", ("a", "b"), (Row("Unit A", ("1", "2")), Row("", ("1", "2"), "official")), "Note"
                ),
                Table("Wide", tuple("abcdefgh"), (Row("Unit A", tuple("12345678")),)),
            ),
            (
                Block("Own text"),
                Block("Quoted", "quote", (Source("Unit A", "1"),)),
                Block("Merged", "merged", (Source("Unit A", "1"), Source("Unit B", "2"))),
            ),
        ),
        Section("2", "Task without a word"),
    ),
    signatory=Signatory("Chair", "Name", "On behalf", "For the head"),
    recipients=("All",),
    seal="0" * 64,
    report_hash="0" * 64,
    edition="1",
    sample=True,
)
