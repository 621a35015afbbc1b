"""The tour of the sample data leads through real pages, is left and resumed, and is in samples alone."""

import pytest
from django.urls import reverse

from liencap.guides.tours import TOURS
from liencap.home.tests.test_member import member_of_unit
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings):
    settings.DEMO = True
    return make_cast()


def walk(client, code):
    """Go through a tour by its own buttons; return the pages it led to."""
    pages, url = [], reverse("guides:tour-step", args=[code, 1])
    while True:
        answer = client.get(url)
        assert answer.status_code == 302
        if answer.url == reverse("guides:tour"):
            return pages
        page = client.get(answer.url)
        assert page.status_code == 200, answer.url
        pages.append(answer.url)
        at = client.session["tour"]
        assert str(TOURS[code].steps[at["n"] - 1].words)[:20] in page.content.decode().replace("&#x27;", "'")
        url = reverse("guides:tour-step", args=[code, at["n"] + 1])
        assert url in page.content.decode()


@pytest.mark.parametrize(
    ("who", "code", "least"), [("root", "head", 5), ("officer", "secretary", 7), ("root", "clerk", 5)]
)
def test_it_leads_through_pages_that_open_and_passes_over_what_is_not_there(cast, who, code, least):
    assert len(walk(getattr(cast, who).client(), code)) >= least


def test_a_member_walks_a_tour_too(cast):
    client = member_of_unit("an", cast.a).client()
    assert reverse("guides:tour-step", args=["member", 1]) in client.get(reverse("home")).content.decode()
    assert len(walk(client, "member")) == 5


def test_it_is_left_and_resumed_at_the_same_step(cast):
    client = cast.officer.client()
    home = reverse("home")
    assert reverse("guides:tour-step", args=["secretary", 1]) in client.get(home).content.decode()
    client.get(reverse("guides:tour-step", args=["secretary", 4]))
    assert reverse("guides:tour-leave") in client.get(reverse("units:list")).content.decode()
    client.post(reverse("guides:tour-leave"))
    page = client.get(home).content.decode()
    assert reverse("guides:tour-leave") not in page
    assert reverse("guides:tour-step", args=["secretary", 4]) in page
    assert client.get(reverse("guides:tour-leave")).status_code == 405


def test_going_back_passes_over_missing_pages_too(cast):
    client = cast.root.client()
    client.get(reverse("guides:tour-step", args=["head", 6]))
    answer = client.get(reverse("guides:tour-step", args=["head", 5]), {"back": "1"})
    assert answer.url == reverse("home")


def test_a_role_walks_its_own_tour_and_reads_who_walks_the_others(cast):
    page = cast.officer.client().get(reverse("guides:tour")).content.decode()
    assert reverse("guides:tour-step", args=["secretary", 1]) in page
    assert "<code>sx</code>" in page
    assert cast.officer.client().get(reverse("guides:tour-step", args=["head", 1])).status_code == 404


def test_a_stranger_without_a_unit_has_no_tour(cast):
    stranger = cast.stranger.client()
    assert stranger.get(reverse("guides:tour")).status_code == 200
    assert stranger.get(reverse("guides:tour-step", args=["member", 1])).status_code == 404
    assert stranger.post(reverse("guides:tour-leave")).status_code == 302


def test_there_is_none_outside_a_sample(cast, settings, client):
    signed = cast.officer.client()
    assert "sx.1.1.1" in client.get(reverse("sign-in")).content.decode()
    signed.get(reverse("guides:tour-step", args=["secretary", 1]))
    settings.DEMO = False
    for name, args in (("guides:tour", []), ("guides:tour-step", ["secretary", 1])):
        assert signed.get(reverse(name, args=args)).status_code == 404
    assert signed.post(reverse("guides:tour-leave")).status_code == 404
    page = signed.get(reverse("home")).content.decode()
    assert "guides/tour" not in page
    assert "sx.1.1.1" not in client.get(reverse("sign-in")).content.decode()
