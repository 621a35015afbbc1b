"""What a plan begins with, and the values that are printed and frozen. Its words are in the plan's own language."""

from typing import cast

from django.conf import settings

from liencap.documents.models import Document
from liencap.documents.queries import letterhead_kept
from liencap.plans.models import PlanItem, UnitPlan
from liencap.plans.printing.values import PlanLine, PrintedPlan
from liencap.plans.queries import lines, plan_above
from liencap.printing.paper import Form, Header, Language, Signatory, motto_for, place_date
from liencap.programmes.models import Programme
from liencap.units.models import Seat, Unit

KINDS = {
    "nghi-quyet": ("Nghị quyết", "Resolution"),
    "ke-hoach": ("Kế hoạch", "Plan"),
    "chi-thi": ("Chỉ thị", "Directive"),
    "ket-luan": ("Kết luận", "Conclusion"),
    "chuong-trinh": ("Chương trình", "Programme"),
    "huong-dan": ("Hướng dẫn", "Guidance"),
    "quyet-dinh": ("Quyết định", "Decision"),
    "thong-bao": ("Thông báo", "Notice"),
    "cong-van": ("Công văn", "Letter"),
    "cong-dien": ("Công điện", "Dispatch"),
    "resolution": ("Nghị quyết", "Resolution"),
    "action-plan": ("Kế hoạch hành động", "Action plan"),
    "plan": ("Kế hoạch", "Plan"),
}
WORDS = {
    "vi": {
        "base": "Căn cứ {what}{number}{day}{issuer}{about};",
        "number": " số {number}",
        "issuer": " của {issuer}",
        "about": " về {about}",
        "subject": "Thực hiện {what}{number}{issuer}",
        "purpose": "Tổ chức thực hiện đầy đủ, đúng thời hạn các nhiệm vụ được giao, phù hợp với điều kiện của đơn vị.\n"
        "Việc được giao phải rõ người thực hiện, rõ thời hạn, rõ kết quả.",
        "implementation": "Các bộ phận, đơn vị trực thuộc căn cứ Kế hoạch này tổ chức thực hiện và báo cáo kết quả "
        "theo kỳ báo cáo của chương trình.\nTrong quá trình thực hiện, nếu có vướng mắc, kịp thời phản ánh để được "
        "xem xét, giải quyết.",
        "recipients": "{above};\nCác đơn vị trực thuộc;\nLưu: Văn phòng.",
    },
    "en": {
        "base": "Pursuant to {what}{number}{day}{issuer}{about};",
        "number": " No. {number}",
        "issuer": " of {issuer}",
        "about": " on {about}",
        "subject": "Implementation of {what}{number}{issuer}",
        "purpose": "To carry out the tasks given to the unit, completely and in time.",
        "implementation": "All parts of the unit carry out this plan and report in the periods of the programme.",
        "recipients": "{above};\nUnits below;\nFile.",
    },
}


def name_of(unit: Unit, language: str) -> str:
    """Return a unit's name in the language of the paper."""
    return (unit.name_en if language == "en" else "") or unit.name


def _cited(pattern: str, source: UnitPlan | Document, language: str) -> str:
    """Fill a pattern with what a parent's plan or the programme's document says of itself."""
    words, english = WORDS[language], language == "en"
    what, about = KINDS["ke-hoach"][english], ""
    if isinstance(source, Document):
        kind = KINDS.get(source.kind)
        what = kind[english] if kind else f"“{source.title}”"
        about = _began(source.title, language, what) if kind else ""
    else:
        about = _began(source.subject, language, what)
    on = ""
    if source.date:
        on = " " + ("of " if english else "") + place_date("", source.date.isoformat(), language)
    return pattern.format(
        what=what,
        number=words["number"].format(number=source.number) if source.number else "",
        day=on,
        issuer=words["issuer"].format(issuer=source.issuer) if source.issuer else "",
        about=words["about"].format(about=about) if about else "",
    )


def _began(subject: str, language: str, what: str) -> str:
    """Return a subject as it goes on after "về": without an "on" of its own and with a small first letter."""
    if subject.casefold().startswith(f"{what} ".casefold()):
        subject = subject[len(what) + 1 :]
    first, _space, rest = subject.partition(" ")
    if first.casefold() in ("về", "on"):
        subject = rest
    return "" if language == "vi" and subject.startswith("Thực hiện") else subject[:1].lower() + subject[1:]


def source_of(programme: Programme, unit: Unit) -> UnitPlan | Document:
    """Return what a plan rests on: the plan in force of the nearest unit above, else the programme's document."""
    return plan_above(programme, unit) or programme.reading.version.document


def basis_of(programme: Programme, unit: Unit, language: str) -> str:
    """Return the line by which a plan names what it rests on; one query."""
    return _cited(WORDS[language]["base"], source_of(programme, unit), language)


def beginning(programme: Programme, unit: Unit, seat: Seat | None, signer: str, language: str) -> UnitPlan:
    """Return a plan, not saved, with its head, bases and words as far as they are known; a few queries."""
    words, source = WORDS[language], source_of(programme, unit)
    parent = Unit.objects.filter(pk__in=unit.path_ids[:-1]).order_by("-path").first()
    last = UnitPlan.objects.filter(unit=unit, language=language).order_by("-pk").first()
    form = str(UnitPlan.Form.STATE if language == "vi" else UnitPlan.Form.PLAIN)
    above = name_of(parent, language) if parent else ""
    plan = UnitPlan(
        unit=unit, programme=programme, language=language, form=form, authority=above[:250],
        issuer=name_of(unit, language)[:250], motto="\n".join(motto_for("state", "vi")) if language == "vi" else "",
        subject=_cited(words["subject"], source, language)[:500],
        bases=_cited(words["base"], source, language), purpose=words["purpose"],
        implementation=words["implementation"], recipients=words["recipients"].format(above=above or "–"),
        signatory_role=_office(seat, language), signatory=signer[:200],
    )  # fmt: skip
    if last is not None:  # the office keeps its words
        for name in ("form", "authority", "issuer", "motto", "place", "recipients", "on_behalf",
                     "signatory_role", "signatory"):  # fmt: skip
            setattr(plan, name, getattr(last, name))
    _put_head(plan, unit, language)
    plan.derive()
    return plan


def _put_head(plan: UnitPlan, unit: Unit, language: str) -> None:
    """Print the head of papers that the office keeps; a plan with a motto of its own keeps its form.

    The lines of the head are in one language: a unit that has an English name has it in an English plan.
    """
    form, given = letterhead_kept(unit)
    if form and plan.form != UnitPlan.Form.ASSOCIATION:
        plan.form = form
        plan.motto = "\n".join(motto_for(cast(Form, form), cast(Language, language)))
    for name in ("authority", "issuer", "place", "on_behalf"):
        if given.get(name) and not (language == "en" and name == "issuer" and unit.name_en):
            setattr(plan, name, given[name])


def _office(seat: Seat | None, language: str) -> str:
    """Return the title of a seat's role in the language of the paper."""
    return ((seat.role.name_en if language == "en" else "") or seat.role.name)[:250] if seat else ""


def printed(plan: UnitPlan, *, sample: bool | None = None) -> PrintedPlan:
    """Return everything that is printed; one query for the lines."""
    return PrintedPlan(
        header=Header(
            plan.issuer, plan.authority, _list(plan.motto), plan.number, plan.place,
            plan.date.isoformat() if plan.date else "",
        ),
        subject=plan.subject, bases=_list(plan.bases), purpose=_list(plan.purpose),
        lines=_numbered(list(lines(plan).filter(decision=PlanItem.Decision.TAKEN))),
        implementation=_list(plan.implementation),
        signatory=Signatory(plan.signatory_role, plan.signatory, plan.on_behalf),
        recipients=_list(plan.recipients), party=plan.form == UnitPlan.Form.PARTY,
        sample=settings.DEMO if sample is None else sample,
        language="en" if plan.language == "en" else "vi",
    )  # fmt: skip


def _list(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _numbered(items: list[PlanItem]) -> tuple[PlanLine, ...]:
    """Number the lines anew; a sub-task that the unit added stands below what it belongs to, else at the end."""
    taken = {item.pk for item in items}
    below: dict[int, list[PlanItem]] = {}
    for item in items:
        if item.above_id in taken:
            below.setdefault(item.above_id or 0, []).append(item)
    made: list[PlanLine] = []
    tops = (item for item in items if item.above_id not in taken)
    for number, item in enumerate(tops, 1):
        made.append(_line(item, str(number), 0))
        made += [_line(one, f"{number}.{n}", 1) for n, one in enumerate(below.get(item.pk, ()), 1)]
    return tuple(made)


def _line(item: PlanItem, label: str, depth: int) -> PlanLine:
    ref = f"assignment:{item.assignment_id}" if item.assignment_id else ""
    return PlanLine(label, item.words, item.due.isoformat() if item.due else "", item.owner, depth, ref)
