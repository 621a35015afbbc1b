"""Let reports of the running quarter come in other ways than the usual one, and prepare the next quarter."""

import datetime
import hashlib
import io
import random
import uuid

from django.db import transaction
from docx import Document

from liencap.audit.actor import Actor
from liencap.demo.calendar import quarters
from liencap.demo.rarer import newly_seated, said_today, send_first, silent_in
from liencap.demo.reporting import HeadOf
from liencap.offline import packing, queries, reading
from liencap.offline.actions import fill_draft, take_form
from liencap.programmes.models import Programme
from liencap.reports.actions import accept_many, plan_period
from liencap.reports.actions.templates import set_template
from liencap.reports.device.actions import deliver
from liencap.reports.models import Period, Report
from liencap.reports.owed.actions import name_exception, set_who_owes
from liencap.reports.printing.word import default_template
from liencap.reports.queries import sheet_of
from liencap.units.access import today
from liencap.units.models import Appointment, Seat, Unit
from liencap.units.rules import Rule
from liencap.work.actions import run_one

DAYS = datetime.timedelta
STAND_INS = ((Appointment.Kind.DELEGATE, "Cao Thị Uyển"), (Appointment.Kind.BY_ORDER, "Lâm Quốc Việt"))


def send_in_other_ways(period: Period, head_of: HeadOf) -> None:
    """Let stand-ins sign, a device bring a report, a unit fill in its own workbook, and an area accept many at once."""
    # Of the first area the sign-ins are handed out: who looks around there still finds its reports to be written.
    # The first province comes first; in a quarter in which few there are silent, the next ones help out.
    areas = Unit.objects.filter(code__startswith="SX.", tier__code="khu-vuc").exclude(code="SX.1.1")
    found = (one for area in areas.order_by("code") for one in silent_in(period, f"{area.code}."))
    silent = (report for report in found if head_of(report.obligation.unit) is not None)
    with transaction.atomic():
        for kind, name in STAND_INS:
            _sign_for_the_head(next(silent), kind, name)
        _bring(next(silent), head_of)
    _fill_in_a_workbook(next(silent), head_of)
    _accept_together(period, head_of)


def print_its_own_way(head_of: HeadOf) -> None:
    """Let a province print by a Word template of its own: the built-in one with its office's name in the properties."""
    province = Unit.objects.get(code="SX.2")
    actor = head_of(province)
    if actor is None:
        return
    document = Document(io.BytesIO(default_template("vi")))
    document.core_properties.author = f"Văn phòng {province.name}"
    held = io.BytesIO()
    document.save(held)
    set_template(province, "vi", held.getvalue(), "mau-bao-cao-binh-yen.docx", actor=actor)


def _sign_for_the_head(report: Report, kind: str, name: str) -> None:
    seat = Seat.objects.select_related("unit").get(unit=report.obligation.unit, role__is_head=True)
    send_first(report, newly_seated(seat, name, kind, today(), today() + DAYS(days=60)))


def _head(report: Report, head_of: HeadOf) -> Actor:
    found = head_of(report.obligation.unit)
    assert found is not None, "chosen so"
    return found


def _bring(report: Report, head_of: HeadOf) -> None:
    """Bring what a phone kept while it had no line."""
    content = said_today(report)
    digest = hashlib.sha256(repr(content).encode()).hexdigest()
    key = uuid.UUID(int=random.Random(report.pk).getrandbits(128), version=4)  # noqa: S311  # a sample, not a secret
    deliver(report, content, key=key, digest=digest, revision=0, send=True, actor=_head(report, head_of))


def _fill_in_a_workbook(report: Report, head_of: HeadOf) -> None:
    """Take the unit's own workbook, which says what was agreed by phone, and take it in as the draft."""
    actor, owed = _head(report, head_of), report.obligation
    issued = take_form(report, language="vi", actor=actor)
    asked = queries.asked_of([owed], joint=True)[owed.unit_id]
    data = packing.workbook_of(issued, owed, asked, said_today(report))
    file = reading.take_own(report, packing.file_name(owed.unit, owed.period, set()), data, actor=actor)
    while run_one("demo"):
        pass
    file.refresh_from_db()
    fill_draft(file, revision=sheet_of(report).revision, actor=actor)


def _accept_together(period: Period, head_of: HeadOf) -> None:
    """Let the first area with several reports waiting accept them in one deed."""
    waiting = Report.objects.filter(obligation__period=period, state=Report.State.SENT, accepted=None)
    by_parent: dict[int, dict[int, int]] = {}
    for report in waiting.select_related("current", "obligation").order_by("pk"):
        if report.current is not None and report.obligation.parent_id is not None:
            by_parent.setdefault(report.obligation.parent_id, {})[report.pk] = report.current.n
    for parent, read in by_parent.items():
        area = Unit.objects.get(pk=parent)
        actor = head_of(area)
        if len(read) > 1 and actor is not None and area.tier.code == "khu-vuc":
            accept_many(area, read, actor=actor)
            return


@transaction.atomic
def prepare_next(programme: Programme, running: Period, actor: Actor) -> Period:
    """Plan the quarter that comes, of which only cooperatives of one sector report; two are named by themselves."""
    since = running.until + DAYS(days=1)
    _closed, coming = quarters(since + DAYS(days=89))
    period = plan_period(
        programme, coming.title, since=since, until=coming.until, dues=coming.dues_by_tier(), actor=actor
    )
    rule = Rule(tiers=("hop-tac-xa",), key="Lĩnh vực", value="nông nghiệp")
    set_who_owes(period, rule, lock_days=15, reminders=[-7, -1, 2], actor=actor)
    named = Unit.objects.filter(tier__code="hop-tac-xa", closed=None).order_by("code")
    inside = named.filter(attributes__value="nông nghiệp").first()
    outside = named.exclude(attributes__value="nông nghiệp").first()
    if inside is not None and outside is not None:
        name_exception(period, inside, False, reason="Đang làm thủ tục hợp nhất.", actor=actor)
        name_exception(period, outside, True, reason="Làm điểm cho lĩnh vực dịch vụ.", actor=actor)
    return period
