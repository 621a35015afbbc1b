"""Amendments: what a later document does to a programme, task by task."""
