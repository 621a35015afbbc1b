"""Every write of the offline room."""

from liencap.offline.actions.booking import begin_booking, book_file, fill_draft, finish_booking, refuse_file
from liencap.offline.actions.bundles import finish_bundle, issue_forms, make_bundle, take_form
from liencap.offline.actions.intakes import choose_file, close_intake, drop_files, note_read, note_unpacked

__all__ = [
    "begin_booking",
    "book_file",
    "choose_file",
    "close_intake",
    "drop_files",
    "fill_draft",
    "finish_booking",
    "finish_bundle",
    "issue_forms",
    "make_bundle",
    "note_read",
    "note_unpacked",
    "refuse_file",
    "take_form",
]
