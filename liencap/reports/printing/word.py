"""Print a report from a Word template."""

from pathlib import Path

from liencap.printing import docx_of, problems_of
from liencap.printing.charts import Bar, Chart
from liencap.printing.filling import TRIAL_SECONDS, fill, try_template
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

__all__ = ["check_template", "default_template", "fill", "render_docx", "try_template"]
_TEMPLATES = Path(__file__).with_name("templates")
_TRIAL_SECONDS = TRIAL_SECONDS


def default_template(language: str) -> bytes:
    """Return the template that an office can take, change in Word and give back."""
    return _TEMPLATES.joinpath(f"report_{language}.docx").read_bytes()


def render_docx(report: PrintedReport, template: bytes | None = None) -> bytes:
    """Return the DOCX; the same values and template give the same bytes. Raises what `docx_of` raises."""
    return docx_of(lines_of(report), default_template(report.language) if template is None else template)


def check_template(template: bytes) -> list[dict[str, str]]:
    """Return what speaks against a template; it is filled once with a trial report."""
    return problems_of(template, lines_of(TRIAL), seconds=_TRIAL_SECONDS)


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
    charts=(Chart("bars", "Caption", "Words", bars=(Bar("Unit A", "50", "1/2"),)),),
)
