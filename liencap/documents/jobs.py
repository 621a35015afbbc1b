"""Read a document in the background."""

from django.utils.translation import gettext_noop as _  # said in the language of who looks

from liencap.audit.actor import SYSTEM
from liencap.documents import store
from liencap.documents.actions import finish_reading, refuse_reading
from liencap.documents.conversion import in_child
from liencap.documents.models import Reading
from liencap.errors import crash_point
from liencap.units.models import Unit
from liencap.work.actions import report_progress
from liencap.work.child import ChildFailed, ChildRefusal
from liencap.work.models import Job


def read_document(job: Job) -> None:
    """Read the version's bytes in a child process and write the result; running again is harmless."""
    reading = Reading.objects.select_related("version__document__unit").get(pk=job.args["reading"])
    if reading.state != Reading.State.WAITING:
        return
    report_progress(job, 0, 3, _("Opening the file"))
    data = store.get(reading.version.sha256)
    report_progress(job, 1, 3, _("Reading the text and finding its tasks"))
    try:
        names = Unit.objects.all().below(reading.version.document.unit).filter(closed__isnull=True)
        args = {
            "filename": reading.version.filename,
            "unit_names": list(names.values_list("code", "name").order_by()),
        }
        plan = in_child("read", data, args)
    except (ChildRefusal, ChildFailed) as failure:
        refuse_reading(reading, failure.code, actor=SYSTEM)
        return
    report_progress(job, 2, 3, _("Writing what was found"))
    crash_point("read-before-write")
    finish_reading(reading, plan, actor=SYSTEM)
