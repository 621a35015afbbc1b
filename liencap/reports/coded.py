"""What the card says of codes in the log: whose choices they are, and words for those that are no model's."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHOICES = {
    "consolidated_report.kind": "reports.Edition.kind",
    "consolidated_report.state": "reports.SignedCopy.state",
    "form_version.layout.kind": "reports.Indicator.kind",
    "form_version.layout.time_axis": "reports.Indicator.time_axis",
    "form_version.layout.tree_axis": "reports.Indicator.tree_axis",
    "joint_activity.state": "reports.JointPartner.state",
    "obligation.class": "reports.Obligation.cls",
    "obligation.kind": "reports.Transfer.kind",
    "report.class": "reports.Obligation.cls",
    "report.question": "reports.Passage.question",
    "unit_review.state": "reports.SignedCopy.state",
}
FIELDS: dict[str, str | Promise] = {
    "caption": _("its caption too"),
    "evidence": _("files"),
    "flagged": _("reports that draw on it"),
    "severity": _("what follows"),
    "time_axis": _("over time"),
    "tree_axis": _("over the tree"),
}
VALUES: dict[str, str | Promise] = {
    "consolidated_report.deed.own": _("wrote a sentence"),
    "consolidated_report.deed.quote": _("quoted passages"),
    "consolidated_report.deed.merge": _("merged passages"),
    "consolidated_report.deed.summary": _("summarised passages"),
    "consolidated_report.deed.rewrite": _("wrote a sentence anew"),
    "consolidated_report.deed.requote": _("brought quotes to what the units say now"),
    "consolidated_report.deed.drop": _("took a sentence out"),
    "consolidated_report.deed.move": _("moved a sentence"),
    "consolidated_report.deed.aside": _("set passages aside"),
    "consolidated_report.deed.back": _("took back passages that were set aside"),
    "consolidated_report.deed.undo": _("undid the last step"),
    "consolidated_report.deed.whole": _("wrote the whole text of the task"),
    "form_version.asks.evidence.none": _("no files"),
    "form_version.asks.evidence.optional": _("files if they wish"),
    "form_version.asks.evidence.required": _("a file where something was done"),
    "form_version.checks.kind.range": _("range"),
    "form_version.checks.kind.required": _("must be filled in"),
    "form_version.checks.kind.rises": _("never falls"),
    "form_version.checks.kind.parts": _("sum of parts"),
    "form_version.checks.severity.warn": _("warns"),
    "form_version.checks.severity.block": _("blocks"),
}
