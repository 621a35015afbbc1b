"""Mail as each person chose: at once or in a digest, not in quiet hours, never of what is done, never twice."""

import datetime
import email

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from liencap.accounts.actions import erase_user
from liencap.accounts.models import User
from liencap.audit.actor import SYSTEM
from liencap.errors import NotAllowed
from liencap.notices import jobs
from liencap.notices.actions import choose_mail, mailing, settle
from liencap.notices.models import Mail, MailChoice, Notice
from liencap.notices.queries import addresses_of
from liencap.notices.tests.scene import (
    SERVER,
    clock,
    mail_office,
    moment,
    of,
    send,
    states,
    tell,
    write_to,
)
from liencap.notices.wish import Wish
from liencap.testing import make_cast
from liencap.units.actions import end_appointment
from liencap.units.models import Appointment
from liencap.work.models import Job

pytestmark = pytest.mark.django_db
NOON = moment(1, 12)


@pytest.fixture
def cast(settings):
    settings.MAIL, settings.DEFAULT_FROM_EMAIL = SERVER, SERVER.sender
    return make_cast()


def told(cast, at=NOON, **more):
    with clock(at):
        return tell(cast.a, **more)


def test_a_mail_holds_title_unit_day_link_and_the_way_to_end_it_in_the_reader_s_language(cast):
    user = write_to(cast.officer)
    User.objects.filter(pk=user.pk).update(language="en")
    told(cast, due=datetime.date(2026, 6, 30))
    send(NOON)
    (letter,) = mail.outbox
    (notice,) = of(cast.officer)
    assert letter.to == ["officer@example.org"]
    assert letter.subject == "Liencap · Reminder of a due day: Kế hoạch năm"
    assert "due 30 Jun 2026" in letter.body
    assert reverse("notices:notice", args=[notice.pk]) in letter.body
    assert user.name not in letter.body
    assert reverse("notices:preferences") in letter.extra_headers["List-Unsubscribe"]
    User.objects.filter(pk=user.pk).update(language="vi")
    told(cast, key="t-2")
    send(NOON)
    assert mail.outbox[1].subject == "Liencap · Nhắc hạn: Kế hoạch năm"


def test_many_things_at_once_are_one_mail_and_none_goes_twice(cast):
    write_to(cast.officer)
    for n in range(3):
        told(cast, key=f"t-{n}", title=f"Việc {n}")
    told(cast, key="t-0", title="Việc 0")
    send(NOON)
    send(moment(2))
    (letter,) = mail.outbox
    assert all(f"Việc {n}" in letter.body for n in range(3))
    assert states() == ["sent"] * 3


def test_nobody_else_gets_it_and_who_did_not_choose_gets_nothing(cast):
    for who in (cast.neighbour, cast.chief, cast.reader, cast.root):
        write_to(who)
    told(cast)
    send(NOON)
    assert mail.outbox == []
    assert states() == []


def test_quiet_hours_delay_and_do_not_drop(cast):
    write_to(cast.officer)
    told(cast, at=moment(1, 22))
    send(moment(1, 22))
    send(moment(2, 6, 29))
    assert mail.outbox == []
    send(moment(2, 6, 30))
    assert len(mail.outbox) == 1


def test_quiet_hours_chosen_later_hold_for_what_waits(cast):
    user = write_to(cast.officer)
    told(cast)
    with clock(NOON):
        wish = Wish(
            "now", quiet_from=datetime.time(11), quiet_until=datetime.time(14), address="officer@example.org"
        )
        choose_mail(user, wish, actor=cast.officer.actor)
    send(NOON)
    assert mail.outbox == []
    send(moment(1, 14))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("gone", ["done", "read", "left", "right", "ended", "kind", "erased"])
def test_what_is_done_read_or_not_to_be_seen_any_more_is_not_sent(cast, gone):
    user = write_to(cast.officer)
    told(cast)
    today = datetime.date(2026, 6, 1)
    if gone == "done":
        settle(["thing-1"], actor=SYSTEM)
    elif gone == "read":
        Notice.objects.update(unread=False)
    elif gone == "left":
        with clock(NOON):
            end_appointment(Appointment.objects.get(seat=cast.officer.seat), until=today, actor=SYSTEM)
    elif gone == "right":
        role = cast.officer.seat.role
        role.below = []
        role.save()
    elif gone == "ended":
        choose_mail(user, Wish("none", address="officer@example.org"), actor=cast.officer.actor)
    elif gone == "kind":
        MailChoice.objects.update(off=["reminder"])
    else:
        erase_user(user, actor=SYSTEM)
    send(NOON)
    assert mail.outbox == []
    assert states() == ["dropped"]


def test_a_daily_digest_lists_what_is_open_at_its_hour_and_comes_again_the_next_day(cast):
    with clock(NOON):
        write_to(cast.officer, "daily", hour=8)
    told(cast, key="t-1", title="Việc còn đó")
    told(cast, key="t-2", title="Việc đã xong")
    settle(["t-2"], actor=SYSTEM)
    send(moment(2, 7, 59))
    assert mail.outbox == []
    send(moment(2, 8))
    send(moment(2, 8, 1))
    assert len(mail.outbox) == 1
    assert "Việc còn đó" in mail.outbox[0].body
    assert "Việc đã xong" not in mail.outbox[0].body
    send(moment(3, 8))
    assert len(mail.outbox) == 2
    settle(["t-1"], actor=SYSTEM)
    send(moment(4, 8))
    send(moment(5, 8))
    assert len(mail.outbox) == 2, "nothing is open"


def test_a_weekly_digest_comes_on_its_day(cast):
    with clock(NOON):
        write_to(cast.officer, "weekly", hour=8, weekday=2)
    told(cast)
    days = []
    for n in range(1, 16):
        send(moment(n, 9))
        days += [n] if mail.outbox else []
        mail.outbox.clear()
    assert days == [3, 10]


def test_a_digest_in_quiet_hours_waits_for_their_end(cast):
    with clock(NOON):
        write_to(cast.officer, "daily", hour=5)
    told(cast)
    send(moment(2, 5))
    assert mail.outbox == []
    send(moment(2, 6, 30))
    assert len(mail.outbox) == 1


def test_a_long_digest_is_cut_and_counts_few_queries(cast, django_assert_max_num_queries):
    with clock(NOON):
        write_to(cast.officer, "daily", hour=8)
    for n in range(70):
        told(cast, key=f"t-{n}", title=f"Việc số {n}")
    with django_assert_max_num_queries(36):
        send(moment(2, 8))
    assert mail.outbox[0].body.count("Việc số") == 50
    assert reverse("notices:list") in mail.outbox[0].body


def test_a_digest_that_was_lost_is_planned_again_by_the_daily_work(cast, monkeypatch):
    with clock(NOON):
        write_to(cast.officer, "daily")
    Mail.objects.all().delete()
    monkeypatch.setattr(jobs, "functions", lambda of: [])
    with clock(NOON):
        jobs.remind(Job(pk=0))
    assert Mail.objects.get().due_at == moment(2, 8)


def test_without_a_mail_server_nothing_is_queued(cast, settings):
    write_to(cast.officer)
    settings.MAIL = None
    told(cast)
    send(NOON)
    assert states() == []
    assert mail.outbox == []


def test_a_real_server_on_this_machine_takes_a_mail(cast, settings):
    write_to(cast.officer)
    told(cast, title="Kế hoạch\r\nBcc: someone@example.org")
    with mail_office(settings) as office:
        send(NOON)
    (letter,) = office.letters
    read = email.message_from_string(letter)
    assert read["To"] == "officer@example.org"
    assert read["Bcc"] is None, "a title cannot add a line to the head"
    assert read["Auto-Submitted"] == "auto-generated"
    assert states() == ["sent"]


def test_a_refusal_for_good_is_said_on_the_person_s_page_and_ends(cast, settings):
    write_to(cast.officer)
    told(cast)
    with mail_office(settings) as office:
        office.refuses = 550
        send(NOON)
        send(moment(2))
    assert states() == ["refused"]
    page = cast.officer.client().get(reverse("notices:preferences")).content.decode()
    assert "(550)" in page
    assert of(cast.officer)[0].is_open, "the bell still has it"


def test_a_server_that_is_away_or_asks_to_wait_is_tried_again_later_and_later(cast, settings):
    write_to(cast.officer, quiet_from=datetime.time(0), quiet_until=datetime.time(0))
    told(cast)
    with mail_office(settings) as office:
        office.refuses = 450
        send(NOON)
        first = Mail.objects.get()
        assert (first.state, first.due_at - NOON) == ("waiting", datetime.timedelta(minutes=2))
        send(NOON)
        assert Mail.objects.get().tries == 1, "not before its time"
    send(first.due_at)  # nobody listens on the port now
    second = Mail.objects.get()
    assert second.due_at - first.due_at == datetime.timedelta(minutes=4)
    with mail_office(settings) as office:
        send(second.due_at)
        assert len(office.letters) == 1
    assert states() == ["sent"]


def test_what_cannot_be_delivered_is_given_up_and_said(cast, settings):
    write_to(cast.officer)
    told(cast)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    Mail.objects.update(tries=7)
    send(NOON)
    assert states() == ["refused"]
    assert MailChoice.objects.get(user=cast.officer.actor.user_id).trouble == "ConnectionRefusedError"


def test_of_two_workers_one_wins(cast):
    write_to(cast.officer)
    told(cast)
    with clock(NOON):
        assert mailing.claim_next(actor=SYSTEM)
        assert mailing.claim_next(actor=SYSTEM) is None


def test_what_a_dead_worker_was_sending_is_never_sent_again_and_is_said(cast):
    write_to(cast.officer)
    told(cast)
    with clock(NOON):
        mailing.claim_next(actor=SYSTEM)
    send(moment(1, 12, 10))
    assert states() == ["sending"]
    send(moment(1, 12, 20))
    send(moment(2))
    assert mail.outbox == []
    assert states() == ["unsure"]
    assert "gián đoạn" in cast.officer.client().get(reverse("notices:preferences")).content.decode()


def test_a_dead_worker_s_digest_is_followed_by_the_next(cast):
    with clock(NOON):
        write_to(cast.officer, "daily", hour=8)
    told(cast)
    with clock(moment(2, 8)):
        mailing.claim_next(actor=SYSTEM)
    send(moment(2, 9))
    send(moment(3, 8))
    assert len(mail.outbox) == 1
    assert states() == ["unsure", "sent", "waiting"]


def test_an_address_counts_once_its_link_was_opened_by_the_person(cast, settings):
    user = User.objects.get(pk=cast.officer.actor.user_id)
    with clock(moment(1, 23)):
        choose_mail(user, Wish("now", address="new@example.org"), actor=cast.officer.actor)
        assert addresses_of(user) == ("", "new@example.org")
    told(cast)
    send(moment(1, 23))
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"], "who waits for the link gets it in quiet hours too"
    send(moment(2))
    assert len(mail.outbox) == 1, "notices do not go to an address that is not confirmed"
    path = letter.body.split("localhost", 1)[1].split()[0]
    path = "/" + path.partition("/")[2]
    assert cast.neighbour.client().post(path).status_code == 400
    assert cast.officer.client().get(path).status_code == 200
    assert addresses_of(user)[0] == "", "looking at it confirms nothing"
    assert cast.officer.client().post(path).status_code == 302
    assert addresses_of(user) == ("new@example.org", "")
    assert cast.officer.client().post(path).status_code == 400


def test_a_wrong_link_confirms_nothing_for_a_stranger_either(cast):
    for who in (cast.officer, cast.stranger):
        assert who.client().post(reverse("notices:confirm", args=["nonsense"])).status_code == 400


def test_only_the_person_chooses(cast):
    user = User.objects.get(pk=cast.officer.actor.user_id)
    for who in (cast.chief, cast.neighbour, cast.reader, cast.stranger):
        with pytest.raises(NotAllowed):
            choose_mail(user, Wish("none"), actor=who.actor)


def test_erasing_an_account_takes_the_address_with_it(cast):
    user = User.objects.get(pk=cast.officer.actor.user_id)
    choose_mail(user, Wish("now", address="new@example.org"), actor=cast.officer.actor)
    erase_user(user, actor=SYSTEM)
    assert addresses_of(user) == ("", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM account_emailaddress")
        assert cursor.fetchone()[0] == 0
