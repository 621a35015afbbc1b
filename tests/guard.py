"""Watch every statement of a test: rows of our rooms are written by deeds alone, each within a transaction."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.house import PACKAGE, ROOT

WRITE = re.compile(
    r"""\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)""", re.I
)


@cache
def our_tables() -> frozenset[str]:
    """Return the tables of the rooms."""
    return frozenset(m._meta.db_table for m in apps.get_models() if m.__module__.startswith("liencap."))


@cache
def place_of(file: str) -> str:
    """Say what a source file is: a deed, a test with its set-up, another file of ours, or nothing of ours."""
    path = Path(file)
    if not path.is_relative_to(ROOT):
        return ""
    parts = path.relative_to(ROOT).parts
    if "tests" in parts or path.name in ("testing.py", "conftest.py"):
        return "test"
    if not path.is_relative_to(PACKAGE):
        return ""
    return "deed" if path.name == "actions.py" or {"actions", "migrations"} & set(parts) else "other"


def places() -> list[str]:
    """Return what the callers of a statement are, the nearest first, this file left out."""
    frame, found = sys._getframe(1), []
    while frame is not None:
        if frame.f_code.co_filename != __file__ and (place := place_of(frame.f_code.co_filename)):
            found.append(place)
        frame = frame.f_back  # type: ignore[assignment]
    return found


def refusal(sql: str) -> str:
    """Say what is wrong with a statement where it stands; nothing for reads, other tables and a test's set-up."""
    written = WRITE.match(sql)
    if written is None or written[1] not in our_tables():
        return ""
    callers = places()
    if not callers or callers[0] == "test":
        return ""
    if "deed" not in callers:
        return f"{written[1]} is written outside the room's actions"
    # The transaction that pytest wraps around a test is not the deed's own.
    if all(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        return f"{written[1]} is written outside a transaction"
    return ""


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if words := refusal(sql):
        pytest.fail(f"{words}: {sql[:200]}")
    return execute(sql, params, many, context)


@contextmanager
def watched_writes() -> Iterator[None]:
    """Watch the statements of this thread's connection."""
    with connection.execute_wrapper(_watch):
        yield
