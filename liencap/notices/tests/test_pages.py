"""The list, one notice, reading, and the choice of mail: who may, who may not, what does not work."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from liencap.accounts.models import User
from liencap.audit.models import Entry
from liencap.notices.models import Mail, MailChoice, Notice
from liencap.notices.panels import for_handover
from liencap.notices.tests.scene import SERVER, of, tell
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
WISH = {"rhythm": "daily", "hour": "7", "weekday": "2", "quiet_from": "22:00", "quiet_until": "06:00",
        "kinds": ["reminder"], "address": ""}  # fmt: skip


@pytest.fixture
def cast(settings):
    settings.MAIL = SERVER
    return make_cast()


def test_the_bell_counts_and_the_start_page_shows_what_is_new(cast):
    for n in range(5):
        tell(cast.a, f"t-{n}", title=f"Việc {n}")
    page = cast.officer.client().get("/").content.decode()
    assert page.count('badge-pill ms-1" aria-hidden="true">5<') == 2, "for the desk and for the phone"
    assert page.count("Việc ") == 3
    assert "show=unread" in page


def test_the_bell_costs_one_query_a_page(cast, django_assert_num_queries, django_assert_max_num_queries):
    client = cast.officer.client()
    tell(cast.a)
    client.get(reverse("notices:list"))
    with django_assert_max_num_queries(9) as few:
        client.get(reverse("notices:list"))
    for n in range(30):
        tell(cast.a, f"t-{n}")
    with django_assert_num_queries(len(few)):
        client.get(reverse("notices:list"))


def test_opening_marks_read_and_leads_to_the_thing(cast):
    tell(cast.a)
    tell(cast.a, "known-1", to_do=False)
    known, todo = of(cast.officer)
    client = cast.officer.client()
    for notice in (known, todo):
        answer = client.post(reverse("notices:open", args=[notice.pk]))
        assert (answer.status_code, answer.url) == (302, "/programmes/owed/")
        notice.refresh_from_db()
        assert not notice.unread
    assert todo.is_open, "reading it does not do it"
    assert not known.is_open, "what was only to be known is over"


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_opening_never_leads_out_of_the_house(cast, url):
    tell(cast.a)
    Notice.objects.update(url=url)
    answer = cast.officer.client().post(reverse("notices:open", args=[of(cast.officer)[0].pk]))
    assert answer.url == reverse("notices:list")


@pytest.mark.parametrize("name", ["notices:open", "notices:read", "notices:notice"])
def test_superior_sibling_reader_and_stranger_find_no_notice_of_another_seat(cast, name):
    tell(cast.a)
    (notice,) = of(cast.officer)
    for who in (cast.chief, cast.root, cast.neighbour, cast.reader, cast.stranger):
        client = who.client()
        ask = client.get if name == "notices:notice" else client.post
        assert ask(reverse(name, args=[notice.pk])).status_code == 404
        assert ask(reverse(name, args=[999_999])).status_code == 404
    notice.refresh_from_db()
    assert notice.unread


def test_reading_needs_a_post(cast):
    tell(cast.a)
    (notice,) = of(cast.officer)
    client = cast.officer.client()
    for name, args in (
        ("notices:open", [notice.pk]),
        ("notices:read", [notice.pk]),
        ("notices:read-all", []),
    ):
        assert client.get(reverse(name, args=args)).status_code == 405
    notice.refresh_from_db()
    assert notice.unread


def test_all_of_one_s_own_are_marked_read_and_nobody_else_s(cast):
    tell(cast.a)
    tell(cast.a, "known-1", to_do=False)
    tell(cast.b)
    assert cast.stranger.client().post(reverse("notices:read-all")).status_code == 404
    assert cast.officer.client().post(reverse("notices:read-all")).status_code == 302
    assert [(n.key, n.unread, n.is_open) for n in of(cast.officer)] == [
        ("known-1", False, False), ("thing-1", False, True),
    ]  # fmt: skip
    assert of(cast.neighbour)[0].unread


def test_one_is_marked_read_without_leaving(cast):
    tell(cast.a)
    answer = cast.officer.client().post(reverse("notices:read", args=[of(cast.officer)[0].pk]))
    assert answer.url == reverse("notices:list")
    assert not of(cast.officer)[0].unread


def test_an_empty_list_leads_on_and_a_long_one_is_paged(cast):
    client = cast.officer.client()
    assert 'href="/"' in client.get(reverse("notices:list")).content.decode().split("<main")[1]
    for n in range(60):
        tell(cast.a, f"t-{n}")
    assert client.get(reverse("notices:list")).content.decode().count('class="notice-line"') == 50
    assert (
        client.get(reverse("notices:list"), {"page": 2}).content.decode().count('class="notice-line"') == 10
    )


def test_the_hand_over_shows_what_is_to_be_done(cast, rf):
    tell(cast.a, "known-1", to_do=False)
    assert for_handover(rf.get("/"), cast.officer.seat) is None
    tell(cast.a)
    shown = for_handover(rf.get("/"), cast.officer.seat)
    assert (shown["count"], [n.key for n in shown["rows"]]) == (1, ["thing-1"])


def test_a_person_keeps_a_choice_and_gets_the_link_that_confirms_the_address(cast, mailoutbox):
    client, user = cast.officer.client(), User.objects.get(pk=cast.officer.actor.user_id)
    answer = client.post(
        reverse("notices:preferences"), WISH | {"address": "Officer@Example.org"}, follow=True
    )
    assert "officer@example.org" in answer.content.decode()
    choice = MailChoice.objects.get(user=user)
    assert (choice.rhythm, choice.hour, choice.weekday, choice.quiet_from) == (
        "daily",
        7,
        2,
        datetime.time(22),
    )
    assert "reminder" not in choice.off
    assert "assigned" in choice.off
    assert {m.kind for m in Mail.objects.filter(user=user)} == {"digest", "confirm"}
    entry = Entry.objects.get(action="choose_mail")
    assert entry.new["rhythm"] == "daily"
    assert "example.org" not in str(entry.new), "the address is personal"


def test_the_choice_is_one_s_own_and_a_stranger_has_one_too(cast):
    client = cast.stranger.client()
    assert client.get(reverse("notices:preferences")).status_code == 200
    assert client.post(reverse("notices:preferences"), WISH | {"rhythm": "none"}).status_code == 302
    assert [c.user_id for c in MailChoice.objects.all()] == [cast.stranger.actor.user_id]


@pytest.mark.parametrize(
    "wrong", [{"rhythm": "hourly"}, {"hour": "24"}, {"weekday": "7"}, {"quiet_from": "25:00"}, {"address": "a"},
              {"kinds": ["nonsense"]}],
)  # fmt: skip
def test_a_wrong_choice_is_said_and_not_kept(cast, wrong):
    answer = cast.officer.client().post(reverse("notices:preferences"), WISH | wrong)
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode()
    assert not MailChoice.objects.exists()


def test_mail_without_an_address_is_refused_in_words(cast):
    with translation.override("vi"):
        page = cast.officer.client().post(
            reverse("notices:preferences"),
            WISH,
            headers={"referer": "http://testserver/notices/mail/"},
            follow=True,
        )
    assert "Hãy nhập địa chỉ thư điện tử" in page.content.decode()
    assert not MailChoice.objects.exists()


def test_without_a_mail_server_the_page_says_so(cast, settings):
    settings.MAIL = None
    page = cast.officer.client().get(reverse("notices:preferences")).content.decode()
    assert "Hệ thống chưa cài đặt gửi thư" in page


def test_the_account_page_leads_to_the_choice(cast):
    assert reverse("notices:preferences") in cast.officer.client().get(reverse("account")).content.decode()
