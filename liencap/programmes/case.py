"""What a person made of a reading, as a case that tests the reader: the text and what it should have found."""

import io
import json
import zipfile
from typing import Any

from liencap.core.reading.exports.case import first_words
from liencap.programmes.models import Proposal
from liencap.programmes.rows import Row

_KINDS = {"tb": "table_tasks", "im": "implementation"}
_TIME = (1980, 1, 1, 0, 0, 0)  # the same bytes each time


def corrected(plan: dict[str, Any], rows: list[Row], name: str) -> dict[str, Any]:
    """Return the case: rows that were set aside are no tasks, and dates and owners are those of the rows that stay."""
    document = plan.get("document") or {}
    out: dict[str, Any] = {
        "id": name,
        "document": {key: document.get(key) for key in ("type", "number", "date", "issuer", "signer")},
        "citations": list(dict.fromkeys(one["key"] for one in plan.get("citations", ()))),
        "tasks": [], "implementation": [], "table_tasks": [],
    }  # fmt: skip
    kept = [row for row in rows if row["kind"] == "task" and (not row["aside"] or row["id"][:2] == "im")]
    for row in kept:
        if row["parent"] is None:
            below = sum(other["parent"] == row["id"] for other in kept)
            item = {"label": row["label"], "starts_with": first_words(row["text"]), "subtasks": below}
            out[_KINDS.get(row["id"][:2], "tasks")].append(item)
    prose = [row for row in kept if row["id"][:2] != "tb"]
    loose = [one for one in plan.get("deadlines", ()) if not one.get("task")]
    out["deadlines"] = [_time(one, row["label"]) for row in prose for one in row["deadlines"]]
    out["deadlines"] += [_time(one, None) for one in loose]
    out["responsible"] = [
        {"unit": one["words"], "role": one["role"], "task": row["label"]}
        for row in prose
        for one in row["owners"]
    ]
    return out


def _time(one: dict[str, Any], task: str | None) -> dict[str, Any]:
    text = " ".join((one["text"] or "").split())
    return {
        "text": text,
        "start": one["start_date"],
        "end": one["end_date"],
        "bound": one["bound"],
        "task": task,
    }


def case_file(proposal: Proposal) -> bytes:
    """Return a ZIP of text/NAME.txt and gold/NAME.json, as the scorer of readers takes them."""
    name = f"proposal-{proposal.pk}"
    case = corrected(proposal.reading.plan, proposal.rows, name)
    files = {
        f"text/{name}.txt": proposal.reading.text,
        f"gold/{name}.json": json.dumps(case, ensure_ascii=False, indent=1) + "\n",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, _TIME), content)
    return out.getvalue()
