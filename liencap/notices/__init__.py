"""Notices of a seat: what was given, returned, accepted and is due, on the screen and by mail."""
