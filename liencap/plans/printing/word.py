"""Print a plan from a Word template, and as PDF."""

from pathlib import Path

from liencap.plans.printing.values import PlanLine, PrintedPlan
from liencap.plans.printing.wording import lines_of
from liencap.printing import docx_of, pdf_of, problems_of
from liencap.printing.paper import Header, Signatory

_TEMPLATES = Path(__file__).with_name("templates")
SOURCE = Path(__file__).with_name("plan.typ")


def default_template(language: str) -> bytes:
    """Return the template that an office can take, change in Word and give back."""
    return _TEMPLATES.joinpath(f"plan_{language}.docx").read_bytes()


def render_docx(plan: PrintedPlan, template: bytes | None = None) -> bytes:
    """Return the DOCX; the same values and template give the same bytes. Raises what `docx_of` raises."""
    return docx_of(lines_of(plan), default_template(plan.language) if template is None else template)


def render_pdf(plan: PrintedPlan) -> bytes:
    """Return the PDF; the same values give the same bytes."""
    return pdf_of(lines_of(plan), SOURCE.read_text("utf-8"))


def check_template(template: bytes) -> list[dict[str, str]]:
    """Return what speaks against a template; it is filled once with a trial plan."""
    return problems_of(template, lines_of(TRIAL))


# A plan with every part filled, so that a trial reaches every branch of a template.
TRIAL = PrintedPlan(
    header=Header("Unit", "Authority", ("Motto", "Words"), "01/KH", "Place", "2020-01-02"),
    subject="Subject",
    bases=("Basis",),
    purpose=("Purpose",),
    lines=(PlanLine("1", "Task", "2020-02-03", "Office"), PlanLine("1.1", "Sub-task", depth=1)),
    implementation=("All units",),
    signatory=Signatory("Chair", "Name", "On behalf", "For the head"),
    recipients=("All",),
    party=True,
    plan_hash="0" * 64,
    sample=True,
)
