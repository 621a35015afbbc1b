"""Periods, obligations, reports, totals and consolidated reports."""
