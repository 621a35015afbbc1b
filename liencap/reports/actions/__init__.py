"""Every write of the reports room."""

from liencap.reports.actions.accepting import accept_many
from liencap.reports.actions.carrying import carry_in_stead, carry_up
from liencap.reports.actions.consolidating import (
    begin_consolidated_report,
    publish_consolidated_report,
)
from liencap.reports.actions.drafts import save_draft
from liencap.reports.actions.entering import CameBack, enter_report
from liencap.reports.actions.evidence import attach_evidence, remove_evidence
from liencap.reports.actions.gaps import go_on_without
from liencap.reports.actions.opening import lay_down, open_period
from liencap.reports.actions.ordering import order_closing, order_opening
from liencap.reports.actions.periods import change_plan, close_period, drop_plan, plan_period
from liencap.reports.actions.proving import ask_proof, prove_totals
from liencap.reports.actions.review import (
    Back,
    accept_report,
    answer_lines,
    return_items,
    return_report,
)
from liencap.reports.actions.sending import send_report
from liencap.reports.actions.taking_over import take_over
from liencap.reports.actions.templates import reset_template, set_template
from liencap.reports.forming.actions import (
    IndicatorInput,
    TargetInput,
    edit_form,
    set_indicators,
    set_targets,
)
from liencap.reports.owed.actions import (
    ask_more_time,
    declare_not_due,
    excuse_obligation,
    extend_many,
    extend_obligation,
    name_exception,
    owe_again,
    refuse_more_time,
    reopen_obligation,
    set_who_owes,
)
from liencap.reports.told.actions import compose_task

__all__ = [
    "Back",
    "CameBack",
    "IndicatorInput",
    "TargetInput",
    "accept_many",
    "accept_report",
    "answer_lines",
    "ask_more_time",
    "ask_proof",
    "attach_evidence",
    "begin_consolidated_report",
    "carry_in_stead",
    "carry_up",
    "change_plan",
    "close_period",
    "compose_task",
    "declare_not_due",
    "drop_plan",
    "edit_form",
    "enter_report",
    "excuse_obligation",
    "extend_many",
    "extend_obligation",
    "go_on_without",
    "lay_down",
    "name_exception",
    "open_period",
    "order_closing",
    "order_opening",
    "owe_again",
    "plan_period",
    "prove_totals",
    "publish_consolidated_report",
    "refuse_more_time",
    "remove_evidence",
    "reopen_obligation",
    "reset_template",
    "return_items",
    "return_report",
    "save_draft",
    "send_report",
    "set_indicators",
    "set_targets",
    "set_template",
    "set_who_owes",
    "take_over",
]
