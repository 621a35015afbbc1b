"""The frame around every page, and how refusals are said."""

import datetime
import hashlib
import json
import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

import liencap.ui
from liencap.card import cards
from liencap.errors import DomainError, NotAllowed
from liencap.testing import make_cast
from liencap.ui.middleware import refusal
from liencap.ui.paging import page_of
from liencap.ui.widgets import DateInput
from liencap.units.models import Unit

VENDOR = Path(liencap.ui.__file__).parent / "static" / "ui" / "vendor"
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def test_every_vendored_file_is_the_one_in_the_manifest():
    listed = {}
    for entry in json.loads((VENDOR / "manifest.json").read_text()):
        assert all(entry[key] for key in ("name", "version", "licence"))
        listed |= entry["files"]
    there = {
        f.name: hashlib.sha256(f.read_bytes()).hexdigest()
        for f in VENDOR.iterdir()
        if f.name != "manifest.json"
    }
    assert there == listed


def test_every_icon_of_menu_and_templates_is_in_the_sprite():
    sprite = set(re.findall(r'id="([^"]+)"', (VENDOR / "icons.svg").read_text()))
    used = {item.icon for card in cards() for item in card.menu}
    for template in Path(liencap.ui.__file__).parent.parent.glob("*/templates/**/*.html"):
        used |= set(re.findall(r'{% icon "([^"]+)"', template.read_text()))
        used |= set(re.findall(r'icon_name="([^"]+)"', template.read_text()))
    assert used <= sprite, f"not in vendor/icons.svg: {used - sprite}"


def test_no_template_has_inline_script_or_style():
    for template in Path(liencap.ui.__file__).parent.parent.glob("*/templates/**/*.html"):
        text = template.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\b(src|nonce)=)", text), template


def test_a_number_that_a_browser_reads_has_no_separators():
    reads = r'\s(value|max|min|low|high|optimum|width|height|colspan|rowspan)="[^"]*\|figure\b'
    for template in Path(liencap.ui.__file__).parent.parent.glob("*/templates/**/*.html"):
        assert not re.search(reads, template.read_text()), template


def test_a_count_in_a_sentence_is_read_with_its_thousands_apart():
    text = (
        "{% load i18n ui %}{% blocktranslate count number=many with n=many|figure %}"
        "{{ n }} comment{% plural %}{{ n }} comments{% endblocktranslate %}"
    )
    with override("en"):
        assert Template(text).render(Context({"many": 1})) == "1 comment"
        assert Template(text).render(Context({"many": 12345})) == "12,345 comments"
    with override("vi"):
        assert Template(text).render(Context({"many": 12345})) == "12.345 ý kiến"


def request_of(method="post", **headers):
    request = getattr(RequestFactory(), method)("/x/", **headers)
    request.session = {}
    request._messages = FallbackStorage(request)
    request.user = AnonymousUser()
    return request


def test_a_refused_form_comes_back_with_the_sentence():
    request = request_of(HTTP_REFERER="http://testserver/form/")
    response = refusal(request, DomainError("taken", "The seat is taken."))
    assert response.status_code == 302
    assert response["Location"] == "http://testserver/form/"
    assert [str(m) for m in request._messages] == ["The seat is taken."]


@pytest.mark.parametrize(
    ("error", "referer", "status"),
    [
        (DomainError("taken", "No <b>.", status=409), "", 409),
        (DomainError("taken", "No <b>.", status=409), "http://elsewhere.example/", 409),
        (NotAllowed("not-allowed", "No <b>."), "http://testserver/form/", 403),
    ],
)
def test_a_refusal_without_a_way_back_is_a_page(error, referer, status):
    response = refusal(request_of(HTTP_REFERER=referer), error)
    assert response.status_code == status
    assert "No &lt;b&gt;." in response.content.decode()


def test_a_refused_fragment_goes_to_the_messages():
    response = refusal(request_of(HTTP_HX_REQUEST="true"), DomainError("taken", "The seat is taken."))
    assert (response.status_code, response["HX-Retarget"]) == (400, "#messages")
    assert "<html" not in response.content.decode()


def test_a_fragment_after_the_session_reloads_its_page():
    response = Client().get("/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Refresh"]) == (200, "true")


def test_an_unknown_address_is_a_page_for_anybody(cast):
    for client in (Client(), cast.officer.client()):
        response = client.get("/no-such-page/")
        assert response.status_code == 404
        assert "<html" in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_no_request(name):
    with override("vi"):
        assert 'lang="vi"' in render_to_string(f"{name}.html")


def test_the_menu_shows_only_what_the_seat_may_open(cast):
    assert 'href="/audit/"' in cast.officer.client().get("/").content.decode()
    assert 'href="/audit/"' not in cast.stranger.client().get("/").content.decode()


@pytest.mark.parametrize("page", ["/", "/reports/", "/reports/register/", "/units/"])
def test_the_menu_marks_one_line_as_where_the_reader_is(cast, page):
    body = cast.officer.client().get(page).content.decode()
    menu = body[body.index('class="navbar-nav') : body.index("</aside>")]
    [here] = re.findall(r'nav-item active">\s*<a[^>]*href="([^"]+)"', menu)
    assert here == page


def test_sample_data_are_marked(cast, settings):
    settings.DEMO = False
    client = cast.officer.client()
    assert "bg-yellow-lt" not in client.get("/").content.decode()
    settings.DEMO = True
    assert "bg-yellow-lt" in client.get("/").content.decode()


class Sample(forms.Form):
    name = forms.CharField(help_text="As on the seal.")
    day = forms.DateField(widget=DateInput)
    agreed = forms.BooleanField()
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)


def test_a_field_names_its_help_and_errors():
    html = Template('{% include "ui/_form.html" %}').render(Context({"form": Sample({})}))
    assert 'aria-describedby="id_name_help id_name_errors"' in html
    for part in ("id_name_help", "id_name_errors", "id_day_errors", "id_agreed_errors"):
        assert html.count(f'id="{part}"') == 1
    assert 'type="date"' in html
    assert "<legend" in html
    assert html.count("form-check-input") == 4, "each box and radio stands beside its words"


def test_a_day_is_shown_as_browsers_want_it():
    with override("vi"):
        html = Sample(initial={"day": datetime.date(2026, 11, 23)})["day"].as_widget()
    assert 'value="2026-11-23"' in html


def test_a_page_out_of_range_is_the_nearest(cast, django_assert_num_queries):
    request = RequestFactory().get("/?page=99&q=a")
    with django_assert_num_queries(2):
        page = page_of(request, Unit.objects.order_by("pk"), size=2)
        assert len(list(page)) == 1
    html = Template('{% include "ui/_pager.html" %}').render(RequestContext(request, {"page": page}))
    assert "?page=2&amp;q=a" in html


def test_days_are_written_as_the_language_does():
    template = Template("{{ day|date:'DATE_FORMAT' }}")
    for language, expected in (("vi", "05/03/2026"), ("en", "5 Mar 2026")):
        with override(language):
            assert template.render(Context({"day": datetime.date(2026, 3, 5)})) == expected


def test_the_address_of_a_form_opened_by_hand_says_where_to_go(cast):
    with override("vi"):
        answer = cast.chief.client().get("/seat/", headers={"Accept-Language": "vi"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Hãy quay lại trang trước" in answer.content.decode()
    fragment = cast.chief.client().get("/seat/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.content) == (405, b"")
