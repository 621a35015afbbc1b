"""Print a unit's plan: the same words as DOCX and PDF; values in, bytes out."""

from liencap.plans.printing.values import PlanLine, PrintedPlan
from liencap.plans.printing.word import check_template, default_template, render_docx, render_pdf

__all__ = ["PlanLine", "PrintedPlan", "check_template", "default_template", "render_docx", "render_pdf"]
