"""Turn a plan's values into the lines of the paper, once, for DOCX, PDF and the preview alike.

The words follow the language of the plan, not that of the person who prints, so they are not gettext's.
"""

import datetime
from typing import Any

from liencap.plans.printing.values import PlanLine, PrintedPlan
from liencap.printing.cleaning import clean
from liencap.printing.paper import SAMPLE_MARK, capitals, place_date

WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "title": "KẾ HOẠCH",
        "number": "Số: {number}",
        "no_number": "Số: ……/KH-……",
        "party_number": "Số {number}",
        "no_party_number": "Số …… -KH/……",
        "opening": "{issuer} ban hành Kế hoạch như sau:",
        "purpose": "MỤC ĐÍCH, YÊU CẦU",
        "tasks": "NHIỆM VỤ",
        "implementation": "TỔ CHỨC THỰC HIỆN",
        "owner": "Thực hiện: {owner}.",
        "due": "Thời hạn: chậm nhất ngày {day}.",
        "recipients": "Nơi nhận:",
        "hash": "Mã băm của kế hoạch (SHA-256): {hash}",
    },
    "en": {
        "title": "PLAN",
        "number": "No. {number}",
        "no_number": "No. ……/……",
        "party_number": "No. {number}",
        "no_party_number": "No. ……",
        "opening": "{issuer} issues the following plan:",
        "purpose": "PURPOSE",
        "tasks": "TASKS",
        "implementation": "IMPLEMENTATION",
        "owner": "Done by: {owner}.",
        "due": "Due: no later than {day}.",
        "recipients": "Recipients:",
        "hash": "Hash of this plan (SHA-256): {hash}",
    },
}
_ROMAN = ("I", "II", "III")


def lines_of(plan: PrintedPlan) -> dict[str, Any]:
    """Return what the templates print, as JSON values; every name in it is in docs/guides/own-plan.md."""
    plan, _ = clean(plan)
    words, header, signatory = WORDS[plan.language], plan.header, plan.signatory
    numbered = "party_number" if plan.party else "number"
    number = words[numbered].format(number=header.number) if header.number else words[f"no_{numbered}"]
    return {
        "language": plan.language,
        "sample": plan.sample,
        "sample_mark": SAMPLE_MARK,
        "authority": capitals(header.authority),
        "issuer": capitals(header.issuer),
        "star": "*" if plan.party else "",
        "motto": list(header.motto),
        "motto_below": list(header.motto[1:]),
        "number_line": number,
        "place_date": place_date(header.place, header.date, plan.language),
        "title": words["title"],
        "subject": plan.subject.replace("\n", " "),
        "bases": list(plan.bases),
        "opening": words["opening"].format(issuer=header.issuer),
        "sections": _sections(plan, words),
        "recipients_heading": words["recipients"] if plan.recipients else "",
        "recipients": [f"- {name}" for name in plan.recipients],
        "signatory": {
            "on_behalf": capitals(signatory.on_behalf),
            "acting": capitals(signatory.acting),
            "role": capitals(signatory.role),
            "name": signatory.name,
        },
        "record": [words["hash"].format(hash=plan.plan_hash)] if plan.plan_hash else [],
    }


def _sections(plan: PrintedPlan, words: dict[str, str]) -> list[dict[str, Any]]:
    """Number the parts that there are."""
    parts: tuple[tuple[str, list[str], list[dict[str, Any]]], ...] = (
        ("purpose", list(plan.purpose), []),
        ("tasks", [], [_line(line, plan.language, words) for line in plan.lines]),
        ("implementation", list(plan.implementation), []),
    )
    there = [part for part in parts if part[1] or part[2]]
    return [
        {"heading": f"{number}. {words[name]}", "paragraphs": texts, "tasks": tasks}
        for number, (name, texts, tasks) in zip(_ROMAN, there, strict=False)
    ]


def _line(line: PlanLine, language: str, words: dict[str, str]) -> dict[str, Any]:
    said = [words["owner"].format(owner=line.owner.rstrip(". "))] if line.owner else []
    if line.due:
        said.append(words["due"].format(day=_day(line.due, language)))
    text = line.text.replace("\n", " ")
    return {
        "heading": f"{line.label}. {text}" if line.label else text,
        "details": " ".join(said),
        "below": line.depth > 0,
    }


def _day(iso: str, language: str) -> str:
    day = datetime.date.fromisoformat(iso)
    return f"{day.day}/{day.month}/{day.year}" if language == "vi" else place_date("", iso, "en")
