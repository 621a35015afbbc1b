"""What the columns of English task tables hold."""

from __future__ import annotations

from liencap.core.reading.view import lazy

_COLUMNS = (
    ("number", r"(?:no\.?|#|item|id|ref)$"),
    ("time", r".*(?:date|deadline|timeline|timeframe|due|when|completion|schedule|by when)"),
    ("support", r".*(?:support|partner|collaborat|contribut|consult)"),
    ("lead", r".*(?:lead|responsib|owner|who|accountable|assigned)"),
    ("product", r".*(?:measure|deliverable|output|outcome|indicator|product|result)"),
    (
        "task",
        r".*(?:milestone|action|task|activit|step|objective|recommendation|initiative|strategy|what|deliverable)",
    ),
    ("required", r"required"),
)


def column(head: str) -> str:
    """Return what a column holds by its heading, or ""."""
    words = " ".join(head.lower().split()).strip(" .:*")
    if not words or len(words) > 60:
        return ""
    return next((kind for kind, pattern in _COLUMNS if lazy(pattern).match(words)), "")
