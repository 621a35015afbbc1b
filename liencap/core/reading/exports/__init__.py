"""Write a reading for other tools: a task table, a calendar, a page with every found place marked."""

from liencap.core.reading.exports.calendar import to_ics
from liencap.core.reading.exports.case import to_case
from liencap.core.reading.exports.outline import to_outline
from liencap.core.reading.exports.page import to_html
from liencap.core.reading.exports.table import to_csv, to_xlsx

__all__ = ["to_case", "to_csv", "to_html", "to_ics", "to_outline", "to_xlsx"]
