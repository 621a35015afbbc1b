"""The line from plan to report survives a kill at its named points: each deed is done once, or not at all."""

import shutil

import pytest

from tests.crashing import SETUP, run

SCENE = """
from datetime import timedelta
from django.utils import timezone
from liencap.demo.line import head_of
from liencap.reports.actions import begin_consolidated_report, publish_consolidated_report
from liencap.reports.models import ConsolidatedReport, Period, Report, ReportVersion
from liencap.reports.proof import check_totals
from liencap.reports.tests import scene
from liencap.testing import Member, make_cast
from liencap.units.models import ImportBatch, Unit
from liencap.work.actions import run_one
from liencap.work.models import Job
if not Period.objects.exists():
    with transaction.atomic():
        scene.make_period(make_cast())
period = Period.objects.get(title="Quý I")
unit = {u.code: u for u in Unit.objects.all()}
def head(code):
    return Member(head_of(unit[code]), None, "")
def send():
    if scene.report_of(period, unit["A"]).current is None:
        scene.send(period, unit["A"], head("A"), "7")
"""
SEND = """
send()
"""
SENT = """
assert ReportVersion.objects.count() == 1
assert scene.report_of(period, unit["A"]).state == "sent"
assert check_totals(period) == []
"""
ACCEPT = """
send()
if scene.report_of(period, unit["A"]).accepted is None:
    scene.accept(period, unit["A"], head("P"))
"""
ACCEPTED = """
assert scene.report_of(period, unit["A"]).accepted.n == 1
assert check_totals(period) == []
"""
PUBLISH = """
made = begin_consolidated_report(period, unit["P"], actor=head("P").actor)
if made.state == "draft":
    publish_consolidated_report(made, revision=made.revision, actor=head("P").actor, sample=True)
"""
PUBLISHED = """
from liencap.archive.models import Record
from liencap.documents import store
made = ConsolidatedReport.objects.get()
assert made.state == "published" and store.get(made.docx) and store.get(made.pdf)
filed = Record.objects.get(source_kind="consolidated_report", source_id=made.pk)
assert {f.sha256 for f in filed.files.all()} > {made.docx, made.pdf}
"""
ASSIGN = """
from liencap.programmes.actions.assigning import assign_task
from liencap.programmes.models import Assignment, Task
from liencap.programmes.queries import Rule
for task in Task.objects.all():
    assign_task(task, Rule(tiers=("commune", "province")), actor=head("ROOT").actor)
"""
ASSIGNED = """
assert Assignment.objects.count() == 2 * 4
"""
READ = """
from liencap.documents.actions import upload_document
from liencap.documents.models import Reading, Version
from liencap.programmes.models import Programme
text = "NGHỊ QUYẾT\\n\\nI. NHIỆM VỤ\\n1. Trồng cây trước ngày 30/6/2026.\\n2. Mở lớp tập huấn.\\n".encode()
if Version.objects.count() == 1:
    upload_document(unit["A"], text, "plan.txt", actor=head("A").actor)
Job.objects.filter(state="running").update(heartbeat=timezone.now() - timedelta(minutes=5))
while run_one("w"):
    pass
"""
READ_ONCE = """
assert Version.objects.count() == 2
assert Reading.objects.order_by("pk").last().state == "read"
assert Job.objects.get(kind="read-document").state == "done"
"""
IMPORT = """
from liencap.units.actions import apply_import, upload_import
rows = "unit_code,unit_name,tier,parent_code,since\\n"
rows += "N1,Xã Mới Một,commune,P,2026-02-01\\nN2,Xã Mới Hai,commune,P,2026-02-01\\n"
if not ImportBatch.objects.exists():
    upload_import(rows.encode(), "units.csv", unit=unit["P"], actor=head("P").actor)
batch = ImportBatch.objects.get()
if batch.state == "preview":
    assert not Unit.objects.filter(code__startswith="N").exists()
    apply_import(batch, actor=head("P").actor)
"""
IMPORTED = """
assert sorted(Unit.objects.filter(code__startswith="N").values_list("code", flat=True)) == ["N1", "N2"]
assert ImportBatch.objects.get().state == "applied"
"""
AMEND = """
from liencap.core.reading import read_text
from liencap.documents.models import Document, Reading, Version
from liencap.programmes.actions import carrying, confirm_amendment, propose_amendment
from liencap.programmes.models import AmendmentNotice, AmendmentProposal, Assignment, TaskVersion
carrying.CHUNK = 2
words = "QUYẾT ĐỊNH\\n1. Bãi bỏ nhiệm vụ 2.\\n2. Điều chỉnh thời hạn nhiệm vụ 1 sang ngày 31/8/2026.\\n"
if not AmendmentProposal.objects.exists():
    with transaction.atomic():
        document = Document.objects.create(unit=unit["ROOT"], title="Quyết định", number="9/QĐ")
        version = Version.objects.create(
            document=document, n=1, sha256="1" * 64, size=1, filename="b.txt", content_kind="txt"
        )
        plan = read_text(words).as_dict()
        text = plan.pop("text")
        reading = Reading.objects.create(version=version, state="read", text=text, plan=plan)
    propose_amendment(period.programme, reading, actor=head("ROOT").actor)
proposal = AmendmentProposal.objects.get()
if not proposal.confirmed:
    assert not TaskVersion.objects.exists()
    confirm_amendment(proposal, revision=1, actor=head("ROOT").actor)
Job.objects.filter(state="running").update(heartbeat=timezone.now() - timedelta(minutes=5))
while run_one("w"):
    pass
"""
AMENDED = """
from liencap.audit.models import Entry
assert sorted(TaskVersion.objects.values_list("n", flat=True)) == [1, 1, 2, 2]
assert AmendmentNotice.objects.count() == Assignment.objects.count() == 6
assert sorted(map(str, Assignment.objects.values_list("due", flat=True))) == ["2026-08-31"] * 3 + ["None"] * 3
assert Entry.objects.filter(action="carry-amendment").count() == 1
assert Job.objects.get(kind="carry-amendment").state == "done"
"""
FILES = """
from types import SimpleNamespace
from liencap.offline import actions as offline
from liencap.offline.models import Bundle, EnteredFor, Intake, IssuedForm
from liencap.offline.tests import scene as forms
def go_on():
    Job.objects.filter(state="running").update(heartbeat=timezone.now() - timedelta(minutes=5))
    forms.work()
cast = SimpleNamespace(province=unit["P"], chief=head("P"))
if not Bundle.objects.exists():
    offline.make_bundle(period, unit["P"], deep=False, language="vi", actor=cast.chief.actor)
go_on()
if not Intake.objects.exists():
    bundle = Bundle.objects.get()
    packed = forms.packed((n, forms.filled(forms.form_for(bundle, n))) for n in ("dong-ha", "an-hoa"))
    offline.drop_files(unit["P"], [("all.zip", packed)], actor=cast.chief.actor)
go_on()
intake = Intake.objects.get()
if intake.state == "open":
    offline.begin_booking(intake, agreed="Nhờ nhập", actor=cast.chief.actor)
go_on()
"""
ENTERED_ONCE = """
assert IssuedForm.objects.count() == 2
assert sorted(Intake.objects.get().files.values_list("state", flat=True)) == ["booked", "booked", "unpacked"]
assert Intake.objects.get().state == "closed"
assert EnteredFor.objects.count() == ReportVersion.objects.count() == 2
assert check_totals(period) == []
"""
PLAN = """
import datetime
from liencap.plans.actions import add_own, begin_plan, issue_plan, write_words
from liencap.plans.models import UnitPlan
from liencap.programmes.models import Programme
actor = head("A").actor
plan = UnitPlan.objects.filter(unit=unit["A"]).first()
if plan is None:
    plan = begin_plan(Programme.objects.get(), unit["A"], actor=actor, language="vi")
    add_own(plan, "Sửa nhà kho", revision=1, actor=actor)
    words = {"number": "1/KH", "date": datetime.date(2026, 2, 1), "signatory": "A"}
    plan = write_words(plan, words, revision=2, actor=actor)
if plan.state == "draft":
    issue_plan(plan, revision=plan.revision, actor=actor, sample=True)
"""
PLANNED = """
from liencap.archive.models import Record
from liencap.documents import store
from liencap.programmes.models import Task
plan = UnitPlan.objects.get()
assert plan.state == "issued" and store.get(plan.docx) and store.get(plan.pdf)
assert Record.objects.get(source_kind="unit_plan", source_id=plan.pk).files.count() == 2
assert Task.objects.filter(set_by=unit["A"]).count() == 1
"""
DELIVER = """
import uuid
from liencap.reports.device.actions import deliver
from liencap.reports.models import Delivery
report = scene.report_of(period, unit["A"])
said = {"key": uuid.UUID(int=7), "digest": "d" * 64, "revision": 0, "send": True}
for _again in range(2):
    made = deliver(report, scene.content(report, "7"), actor=head("A").actor, **said)
    assert (made.version, Delivery.objects.count()) == (1, 1)
"""
HAND_OUT = """
import datetime
from liencap.communication import jobs
from liencap.communication.actions import handing, hand_out, plan_item
from liencap.communication.content import ItemWords
from liencap.communication.models import Item, Share
from liencap.programmes.queries import Rule
handing.AT_ONCE, handing.BATCH, jobs.BATCH = 1, 1, 1
if not Item.objects.exists():
    words = ItemWords(title="Học nghị quyết", until=datetime.date(2100, 1, 1), sessions_each=1)
    plan_item(unit["ROOT"], "study", words, actor=head("ROOT").actor)
if not Job.objects.filter(kind="hand_out_item").exists():
    hand_out(Item.objects.get(), Rule(tiers=("commune", "province")), actor=head("ROOT").actor)
Job.objects.filter(state="running").update(heartbeat=timezone.now() - timedelta(minutes=5))
while run_one("w"):
    pass
"""
HANDED_OUT = """
from liencap.audit.models import Entry
given = sorted(Share.objects.values_list("unit__code", flat=True))
assert given == ["A", "B", "P", "P2"], given
assert Entry.objects.filter(action="hand_out_item").count() == 1
assert Job.objects.get(kind="hand_out_item").state == "done"
"""
CASCADE = """
from liencap.programmes import models
from liencap.programmes.actions import assign_tasks
from liencap.programmes.actions import cascade as deeds
from liencap.programmes.models import Assignment, Cascade
from liencap.programmes.queries import Rule
models.CASCADE_STEP = deeds.CASCADE_STEP = 2
if not Cascade.objects.exists():
    rule = Rule(tiers=("commune", "province"))
    assign_tasks(period.programme, list(period.programme.tasks.all()), rule, actor=head("ROOT").actor)
Job.objects.filter(state="running").update(heartbeat=timezone.now() - timedelta(minutes=5))
while run_one("w"):
    pass
"""
CASCADED = """
pairs = list(Assignment.objects.values_list("task_id", "unit_id"))
assert len(pairs) == len(set(pairs)) == 2 * 4, pairs
made = Cascade.objects.get()
assert (made.state, made.at, made.steps) == ("done", 4, 4), (made.state, made.at, made.steps)
assert Job.objects.get(kind="cascade").state == "done"
"""
OPEN = """
from liencap.reports.actions import opening, order_closing, order_opening, ordering
from liencap.reports.models import Obligation, Period, Total
ordering.AT_ONCE, opening.STRETCH = 1, 1
for wanted, kind, order in (("draft", "open-period", order_opening), ("open", "close-period", order_closing)):
    later = Period.objects.filter(title="Quý II").first() or scene.plan_next(period.programme)
    if later.state == wanted and not Job.objects.filter(kind=kind).exists():
        order(later, actor=head("ROOT").actor)
    Job.objects.filter(state="running").update(heartbeat=timezone.now() - timedelta(minutes=5))
    while run_one("w"):
        pass
"""
OPENED = """
from liencap.audit.models import Entry
from liencap.notices.models import Notice
from liencap.reports.owed.proof import is_as_frozen
later = Period.objects.get(title="Quý II")
owed = Obligation.objects.filter(period=later)
assert sorted(owed.values_list("unit__code", "cls")) == [(c, "missing") for c in ("A", "B", "P")]
assert Total.objects.filter(period=later).count() == 8 and check_totals(later) == []
assert is_as_frozen(later) and later.state == "closed"
assert Entry.objects.filter(action="open_period", object_id=later.pk).count() == 1
told = Notice.objects.filter(key__in=[f"report-{one.report.pk}" for one in owed])
assert told.count() == 3 and all(one.settled_at and one.times == 1 for one in told), list(told.values())
assert set(Job.objects.values_list("state", flat=True)) == {"done"}
"""
CASES = [
    ("opening-within-stretch", OPEN, OPENED),
    ("opening-after-stretch", OPEN, OPENED),
    ("period-opened", OPEN, OPENED),
    ("opening-after-telling", OPEN, OPENED),
    ("period-closed", OPEN, OPENED),
    ("hand-out-after-batch", HAND_OUT, HANDED_OUT),
    ("cascade-within-step", CASCADE, CASCADED),
    ("cascade-after-step", CASCADE, CASCADED),
    ("deliver-before-commit", DELIVER, SENT),
    ("amend-before-commit", AMEND, AMENDED),
    ("amend-in-chunk", AMEND, AMENDED),
    ("amend-after-chunk", AMEND, AMENDED),
    ("send-before-totals", SEND, SENT),
    ("send-before-commit", SEND, SENT),
    ("accept-before-totals", ACCEPT, ACCEPTED),
    ("accept-before-commit", ACCEPT, ACCEPTED),
    ("publish-before-freeze", PUBLISH, PUBLISHED),
    ("publish-before-commit", PUBLISH, PUBLISHED),
    ("file-before-commit", PUBLISH, PUBLISHED),
    ("plan-before-issue", PLAN, PLANNED),
    ("plan-before-commit", PLAN, PLANNED),
    ("assign-after-batch", ASSIGN, ASSIGNED),
    ("read-before-write", READ, READ_ONCE),
    ("import-after-rows", IMPORT, IMPORTED),
    ("bundle-after-batch", FILES, ENTERED_ONCE),
    ("bundle-before-commit", FILES, ENTERED_ONCE),
    ("unpack-before-commit", FILES, ENTERED_ONCE),
    ("file-read-before-commit", FILES, ENTERED_ONCE),
    ("enter-before-commit", FILES, ENTERED_ONCE),
    ("book-before-commit", FILES, ENTERED_ONCE),
]


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """Build the scene once; every case works on a copy."""
    home = tmp_path_factory.mktemp("scene") / "home"
    made = run(SETUP + SCENE, home)
    assert made.returncode == 0, made.stderr
    return home


@pytest.mark.parametrize(("point", "deed", "check"), CASES, ids=[c[0] for c in CASES])
def test_a_kill_leaves_the_deed_done_once_or_not_at_all(point, deed, check, scene, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(scene, home)
    killed = run(SETUP + SCENE + deed, home, point)
    assert killed.returncode == -9, killed.stderr
    again = run(SETUP + SCENE + deed + check, home)
    assert again.returncode == 0, again.stderr
