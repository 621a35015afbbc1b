"""Screens of the communication room."""
