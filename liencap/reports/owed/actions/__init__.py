"""Every write of the ledger."""

from liencap.reports.owed.actions.acts import (
    declare_not_due,
    excuse_obligation,
    extend_obligation,
    owe_again,
    reopen_obligation,
)
from liencap.reports.owed.actions.asking import ask_more_time, refuse_more_time
from liencap.reports.owed.actions.many import extend_many
from liencap.reports.owed.actions.preparing import name_exception, set_who_owes, take_settings

__all__ = [
    "ask_more_time",
    "declare_not_due",
    "excuse_obligation",
    "extend_many",
    "extend_obligation",
    "name_exception",
    "owe_again",
    "refuse_more_time",
    "reopen_obligation",
    "set_who_owes",
    "take_settings",
]
