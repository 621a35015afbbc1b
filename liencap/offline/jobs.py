"""Write ZIPs, read what came back and enter it, in the background; running any of them again is harmless."""

from django.utils.translation import gettext_noop as _  # said in the language of who looks

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import DomainError, NotAllowed, crash_point
from liencap.offline import actions, packing
from liencap.offline.codes import code_of
from liencap.offline.models import Bundle, Intake, ReturnedFile
from liencap.offline.queries import asked_of, bookable, owing, with_forms
from liencap.offline.reading import read_file
from liencap.reports.models import Obligation
from liencap.work.actions import report_progress
from liencap.work.models import Job


def write_bundle(job: Job) -> None:
    """Write a form for each unit that has still to send; killed, it begins the ZIP anew with the same numbers."""
    bundle = Bundle.objects.select_related("unit", "period__form").get(pk=job.args["bundle"])
    if bundle.state == Bundle.State.READY:
        return
    owed = owing(bundle.period, bundle.unit, deep=bundle.deep)
    ids = list(owed.order_by("unit__sort_key", "pk").values_list("pk", flat=True))
    made, taken, done = packing.ZipInTheMaking(), set[str](), 0
    for some in packing.batches(ids):
        obligations = list(with_forms(Obligation.objects.filter(pk__in=some)))
        issued = actions.issue_forms(bundle, obligations, actor=SYSTEM)
        crash_point("bundle-after-batch")
        asked = asked_of(obligations, joint=True)
        for o in obligations:
            name = packing.file_name(o.unit, bundle.period, taken)
            made.add(name, packing.workbook_of(issued[o.report.pk], o, asked[o.unit_id]))
        done += len(some)
        report_progress(job, done, len(ids), _("Writing the forms"))
    made.add("README.txt", packing.read_me(bundle, done).encode("utf-8-sig"))
    actions.finish_bundle(bundle, made.finished(), done, actor=SYSTEM)


def read_intake(job: Job) -> None:
    """Read the files of a drop one by one; those inside a ZIP join the list."""
    intake = Intake.objects.select_related("unit").get(pk=job.args["intake"])
    waiting = intake.files.filter(state=ReturnedFile.State.WAITING).order_by("pk")
    while (file := waiting.first()) is not None:
        read_file(file, intake, actor=_maker(job, intake))
        left, all_ = waiting.count(), intake.files.count()
        report_progress(job, all_ - left, all_, _("Reading the files"))


def book_intake(job: Job) -> None:
    """Enter the chosen files of a drop, each in its own transaction, as the seat that confirmed them."""
    intake = Intake.objects.select_related("unit").get(pk=job.args["intake"])
    if intake.state != Intake.State.BOOKING:
        return
    actor, rest = _maker(job, intake), list(bookable(intake))
    total = max(job.total, len(rest))
    done = total - len(rest)
    for file in rest:
        crash_point("book-next-file")
        try:
            actions.book_file(file, actor=actor)
        except NotAllowed:
            actions.refuse_file(file, "not-yours", actor=SYSTEM)
        except DomainError as refusal:
            actions.refuse_file(file, code_of(refusal.code), actor=SYSTEM)
        done += 1
        report_progress(job, done, total, _("Entering the reports"))
    actions.finish_booking(intake, actor=SYSTEM)


def _maker(job: Job, intake: Intake) -> Actor:
    """Return who asked for the job, in the seat they asked in: its right is judged anew."""
    return Actor(job.actor_id, job.actor_seat_id, intake.unit_id)
