"""The head of papers: what the tree says, what a unit says itself, and who may say it."""

import pytest
from django.urls import reverse

from liencap.documents.actions import set_letterhead
from liencap.documents.models import Letterhead
from liencap.documents.queries import Head, letterhead_of
from liencap.errors import NotAllowed
from liencap.reports.consolidation import header_of
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
URL = reverse("documents:letterhead")  # "documents:letterhead"
SAID = {"form": "state", "authority": "ỦY BAN TRÊN", "issuer": "", "place": "Bình Minh"}


@pytest.fixture
def cast():
    return make_cast()


def test_what_a_unit_did_not_say_comes_from_the_tree(cast, django_assert_num_queries):
    assert letterhead_of(cast.a) == Head("plain", "Tỉnh hội Bình Minh", "Xã Đông Hà", "")
    set_letterhead(cast.root_unit, actor=cast.root.actor, **SAID)
    with django_assert_num_queries(2):
        assert letterhead_of(cast.a) == Head("state", "Tỉnh hội Bình Minh", "Xã Đông Hà", "")
    set_letterhead(cast.province, form="plain", issuer="Tỉnh hội BM", place="Bến", actor=cast.chief.actor)
    assert letterhead_of(cast.province) == Head("plain", "Liên hiệp", "Tỉnh hội BM", "Bến")
    assert letterhead_of(cast.a).form == "plain"
    assert letterhead_of(cast.root_unit).authority == "ỦY BAN TRÊN"


def test_printed_reports_carry_it(cast):
    set_letterhead(cast.root_unit, actor=cast.root.actor, **SAID)
    head = header_of(cast.province, "vi")
    assert (head.authority, head.issuer, len(head.motto)) == ("LIÊN HIỆP", "TỈNH HỘI BÌNH MINH", 2)


def test_the_page_is_for_the_own_unit_of_who_may(cast):
    assert cast.officer.client().get(URL).status_code == 200
    assert cast.reader.client().get(URL).status_code == 403
    assert cast.stranger.client().get(URL).status_code == 404
    answer = cast.officer.client().post(URL, SAID)
    assert answer.status_code == 302
    assert Letterhead.objects.get().unit == cast.a
    assert cast.officer.client().post(URL, SAID | {"form": "x"}).status_code == 400
    with pytest.raises(NotAllowed):
        set_letterhead(cast.a, actor=cast.neighbour.actor)
