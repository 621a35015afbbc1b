"""Check the files of the archive in the background."""

from django.utils.translation import gettext_noop as _  # said in the language of who looks

from liencap.archive.actions import note_fixity
from liencap.archive.models import DigitalObject
from liencap.archive.queries import files_below
from liencap.audit.actor import SYSTEM
from liencap.documents import store
from liencap.units.models import Unit
from liencap.work.actions import report_progress
from liencap.work.models import Job

BATCH = 200


def check_fixity(job: Job) -> None:
    """Hash every file again and compare, below a unit or, every night, all; running again begins anew."""
    asked = job.args.get("unit")
    files = files_below(Unit.objects.get(pk=asked)) if asked else DigitalObject.objects.order_by("pk")
    total, done, last = files.count(), 0, 0
    while some := list(files.filter(pk__gt=last)[:BATCH]):
        note_fixity({file.pk: _state(file) for file in some}, actor=SYSTEM)
        done, last = done + len(some), some[-1].pk
        report_progress(job, done, total, _("Checking files"))


def _state(file: DigitalObject) -> str:
    try:
        store.get(file.sha256)
    except FileNotFoundError:
        return DigitalObject.Fixity.MISSING
    except OSError:
        return DigitalObject.Fixity.CHANGED
    return DigitalObject.Fixity.SOUND
