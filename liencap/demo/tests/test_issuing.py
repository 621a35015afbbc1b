"""The sample's way from a draft to a signed paper, on the small tree."""

import pytest

from liencap.demo.issuing import WEEK, adopt, ask_for_comments, number_and_file
from liencap.reports.actions import publish_consolidated_report
from liencap.reports.issuing.tests.scene import composed
from liencap.reports.models import DraftComment, SignedCopy
from liencap.testing import make_cast
from liencap.units.access import today

pytestmark = pytest.mark.django_db


def test_the_sample_shows_every_state_of_comments_and_of_signed_copies(settings, tmp_path):
    settings.FILES = tmp_path
    cast = make_cast()
    _period, report = composed(cast)
    heads = {cast.a.pk: cast.officer.actor, cast.b.pk: cast.neighbour.actor}
    round_ = ask_for_comments(report, cast.chief.actor, lambda unit: heads.get(unit.pk), today() + WEEK)
    adopt(report, round_, cast.chief.actor)
    report.refresh_from_db()
    publish_consolidated_report(report, revision=report.revision, actor=cast.chief.actor)
    number_and_file(report, cast.chief.actor)
    assert sorted(DraftComment.objects.values_list("answer", flat=True)) == ["partly", "taken"]
    assert list(SignedCopy.objects.order_by("pk").values_list("state", flat=True)) == ["differs", "same"]
