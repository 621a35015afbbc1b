"""A kill in the middle of reminding or sending loses nothing and doubles nothing."""

import pytest

from tests.crashing import SETUP, run

SCENE = """
import datetime
from django.utils import timezone
from liencap.card import Duty
from liencap.notices import jobs
from liencap.notices.models import Mail, Notice
from liencap.units.access import today
from liencap.units.models import Unit
from liencap.work.models import Job
if not Unit.objects.exists():
    from liencap.testing import make_cast
    make_cast()
a = Unit.objects.get(code="A")
jobs.BATCH = 2
def duties(since, until):
    return iter([Duty(f"t-{n}", "R", "T", "/", a.pk, today(), "report.fill") for n in range(LEFT)])
jobs.functions = lambda of: [duties]
"""
REMIND = "LEFT = 5\n" + SCENE + "jobs.remind(Job(pk=0))\n"
REMINDED = """
assert sorted(Notice.objects.values_list("key", "times")) == [(f"t-{n}", 1) for n in range(5)]
"""
ENDING = (
    "LEFT = 5\n"
    + SCENE
    + """
if not Notice.objects.exists():
    jobs.remind(Job(pk=0))
LEFT = 2
jobs.remind(Job(pk=0))
"""
)
ENDED = """
assert sorted(Notice.objects.open().values_list("key", "times")) == [("t-0", 1), ("t-1", 1)]
"""
MAILING = (
    "LEFT = 1\n"
    + SCENE
    + """
from django.conf import settings
from django.core.mail.backends import filebased
from liencap.notices.tests.scene import SERVER, write_to
from liencap.notices.actions import mailing
from liencap.testing import Member
from liencap.audit.actor import Actor
from liencap.accounts.models import User
settings.MAIL, settings.DEFAULT_FROM_EMAIL = SERVER, SERVER.sender
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
settings.EMAIL_FILE_PATH = settings.HOME / "mails"
if not Notice.objects.exists():
    user = User.objects.get(login_names__name="officer")
    never = {"quiet_from": datetime.time(0), "quiet_until": datetime.time(0)}
    write_to(Member(Actor(user.pk), None, "officer"), **never)
    jobs.remind(Job(pk=0))
Mail.objects.filter(state="sending").update(claimed_at=timezone.now() - datetime.timedelta(hours=1))
jobs.send_mail(Job(pk=0))
jobs.send_mail(Job(pk=0))
went = list((settings.HOME / "mails").glob("*")) if (settings.HOME / "mails").exists() else []
"""
)
# Killed before handing over, or after: nobody can know which, so it is not sent again, and it is said.
UNSURE = """
assert Mail.objects.get().state == "unsure", Mail.objects.get()
assert Notice.objects.get().is_open
"""
CASES = [
    ("remind-after-batch", REMIND, REMINDED),
    ("remind-after-settling", ENDING, ENDED),
    ("mail-before-sending", MAILING, UNSURE + "assert went == []\n"),
    ("mail-before-noting", MAILING, UNSURE + "assert len(went) == 1, went\n"),
]


@pytest.mark.parametrize(("point", "deed", "check"), CASES, ids=[c[0] for c in CASES])
def test_a_kill_loses_nothing_and_doubles_nothing(point, deed, check, tmp_path):
    killed = run(SETUP + deed, tmp_path, point)
    assert killed.returncode == -9, killed.stderr
    again = run(SETUP + deed + check, tmp_path)
    assert again.returncode == 0, again.stderr
