"""What Liencap will not do (docs/explanation/limits.md) holds in the code."""

import re

import pytest
from django.apps import apps

from liencap.units.models import Membership, Person
from tests import house

# A person is a name and an account; a new field needs a reason here and in docs/explanation/limits.md.
PERSON_FIELDS = {"id", "name", "folded", "sort_key", "user", "erased"}
# That somebody belongs to a unit, and from when to when; no number, no fee, no attribute.
MEMBERSHIP_FIELDS = {"id", "unit", "person", "since", "until"}
OUTGOING = re.compile(
    r"^\s*(?:import|from)\s+(requests|httpx|aiohttp|urllib\.request|http\.client|smtplib|socket|ftplib)\b",
    re.M,
)
# Files that may name a socket, each with its reason.
MAY = {
    "liencap/work/forkserver.py": "pairs of nameless sockets to the process that forks the children, and no other",
    "liencap/work/forkserver_main.py": "the other end of those pairs",
    "liencap/lan.py": "asks this machine its own addresses, and whether its own port answers",
}


def test_fields_of_a_person_are_a_closed_list():
    assert {f.name for f in Person._meta.get_fields() if f.concrete} <= PERSON_FIELDS


def test_a_membership_holds_no_attribute():
    assert {f.name for f in Membership._meta.get_fields() if f.concrete} <= MEMBERSHIP_FIELDS


@pytest.mark.parametrize(
    "line", ["import requests\n", "from urllib.request import urlopen\n", "    import socket\n"]
)
def test_the_rule_on_outgoing_requests_sees_a_bad_line(line):
    assert OUTGOING.search(line)


def test_nothing_makes_an_outgoing_request():
    found = [
        str(p.relative_to(house.ROOT))
        for p in house.sources()
        if OUTGOING.search(p.read_text("utf-8")) and str(p.relative_to(house.ROOT)) not in MAY
    ]
    assert not found


def test_mail_goes_by_django_s_own_backend_to_the_named_server_or_nowhere():
    from django.conf import settings

    from liencap.config import settings as house_settings

    assert settings.MAIL is None, "tests name no server"
    assert house_settings.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend"
    senders = [
        str(p.relative_to(house.ROOT))
        for p in house.sources()
        if re.search(r"send_messages|send_mail\(|EmailMessage\(|mail_admins", p.read_text("utf-8"))
    ]
    assert senders == ["liencap/notices/jobs.py", "liencap/notices/post.py"]


def test_no_model_counts_posts_or_scores_persons():
    words = re.compile(r"score|rating|sentiment|profile|follower|post_count|opinion_of", re.I)
    ours = [m for m in apps.get_models() if m.__module__.startswith("liencap.")]
    assert ours
    assert not [f"{m.__name__}.{f.name}" for m in ours for f in m._meta.get_fields() if words.search(f.name)]
