"""Answering a report line by line: what was returned, what a correction changes, what counts of it above."""
