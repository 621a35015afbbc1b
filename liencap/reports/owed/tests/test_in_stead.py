"""A unit moved within the period and the unit it left never sends anew: the unit it moved to has a way on."""

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.core.rollup.totals import read
from liencap.errors import DomainError, NotAllowed
from liencap.notices.models import Notice
from liencap.reports.actions import (
    begin_consolidated_report,
    carry_in_stead,
    carry_up,
    publish_consolidated_report,
    return_report,
    save_draft,
)
from liencap.reports.models import Draft
from liencap.reports.owed.access import moved_to
from liencap.reports.owed.annex import annexes_of
from liencap.reports.owed.tests.test_twice import A, C, P, Q, all_accepted, do
from liencap.reports.owed.twice import counted_twice
from liencap.reports.proof import check_totals
from liencap.reports.queries import content_of, totals_for
from liencap.reports.tests.scene import accept, content, report_of
from liencap.testing import member
from liencap.units.models import Role

pytestmark = pytest.mark.django_db
WHY = "Xã A đã chuyển về tỉnh này từ ngày 10/02; tỉnh cũ không gửi lại."


@pytest.fixture
def world():
    """Let A move from P to Q after both had sent on, and Q send on what it brought."""
    made = all_accepted()
    do(made, "move", A, Q)
    do(made, "pass", Q, 0)
    return made


def head(world, one):
    return world.heads[world.units[one].pk]


def report(world, one=P):
    return report_of(world.period, world.units[one])


def there(world, one=P):
    return reverse("reports:carry-in-stead", args=[report(world, one).pk])


def test_the_head_of_the_unit_it_moved_to_sends_on_with_a_reason_and_the_sum_holds_it_once(world):
    root = world.units[-1]
    before = content_of(report(world).current, world.period.form.cells)
    client = head(world, Q).client()
    page = client.get(reverse("reports:rollup", args=[world.period.pk, world.units[Q].pk])).content.decode()
    assert there(world) in page
    assert str(world.units[A]) in client.get(there(world)).content.decode()
    assert client.post(there(world), {"reason": ""}).status_code == 200  # asked again
    assert client.post(there(world), {"reason": WHY}).status_code == 302
    sent = report(world).current
    assert (sent.n, sent.reason, sent.sent_by_seat) == (2, WHY, head(world, Q).seat)
    assert content_of(sent, world.period.form.cells).figures == before.figures
    waits = client.get(there(world)).content.decode()
    assert "đang chờ" in waits
    accept(world.period, world.units[P], head(world, 6))
    assert counted_twice(world.period, root) == []
    total = read(world.period.form.cells, totals_for(world.period, root)["official"]).cells[-1].sum
    assert total * 10 == sum(10 ** (one + 1) for one in range(5))
    assert check_totals(world.period) == []
    assert client.get(there(world)).status_code == 404  # nothing is left to send on


def test_the_deed_stands_in_the_log_on_the_report_in_the_annex_and_the_unit_is_told(
    world, settings, tmp_path
):
    settings.FILES = tmp_path
    carry_in_stead(report(world), reason=WHY, actor=head(world, Q).actor)
    entry = Entry.objects.get(action="carry_in_stead")
    assert (entry.object_id, entry.unit_id, entry.actor_seat_id) == (
        report(world).pk, world.units[P].pk, head(world, Q).seat.pk,
    )  # fmt: skip
    assert entry.new["reason"] == WHY
    assert Notice.objects.filter(kind="sent-in-stead", unit=world.units[P]).exists()
    page = head(world, P).client().get(reverse("reports:report", args=[report(world).pk])).content.decode()
    assert f"Ký thay đơn vị này: {head(world, Q).seat}" in page
    assert WHY in page
    accept(world.period, world.units[P], head(world, 6))
    root = world.units[-1]
    (table,) = annexes_of(world.period, root)
    row = next(row for row in table.rows if row.name == str(world.units[P]))
    assert f"{world.units[Q]} ký thay" in row.cells[1]
    draft = begin_consolidated_report(world.period, root, actor=head(world, 6).actor)
    publish_consolidated_report(draft, revision=draft.revision, actor=head(world, 6).actor)


def test_a_returned_report_and_a_draft_in_writing_do_not_stand_in_the_way(world):
    returned = report(world)
    do(world, "send", P, 1000)
    return_report(report(world), n=2, reason="Thiếu phụ lục", actor=head(world, 6).actor)
    assert counted_twice(world.period, world.units[-1])
    with pytest.raises(DomainError, match="Hãy viết"):
        carry_up(report(world), reason="x", actor=head(world, P).actor)
    written = Draft.objects.get(report=returned)
    save_draft(report(world), content(returned, "7"), revision=written.revision, actor=head(world, P).actor)
    carry_in_stead(report(world), reason=WHY, actor=head(world, Q).actor)
    assert (report(world).state, report(world).current.n) == ("sent", 3)
    assert Draft.objects.get(report=returned).revision == written.revision + 1
    accept(world.period, world.units[P], head(world, 6))
    assert counted_twice(world.period, world.units[-1]) == []
    assert check_totals(world.period) == []


def test_others_do_not_see_the_page_and_cannot_do_it(world):
    reader = member("reader-q", world.units[Q], Role.objects.get(code="reader"))
    stranger = member("nobody", None, None)
    own, sibling, above = head(world, P), head(world, C), head(world, 6)
    for who, status in ((reader, 403), (stranger, 404), (own, 404), (sibling, 404), (above, 404)):
        client = who.client()
        assert client.get(there(world)).status_code == status, who
        assert client.post(there(world), {"reason": WHY}).status_code == status, who
        with pytest.raises(NotAllowed):
            carry_in_stead(report(world), reason=WHY, actor=who.actor)
    assert report(world).current.n == 1
    client = head(world, Q).client()
    assert client.get(reverse("reports:carry-in-stead", args=[10**9])).status_code == 404
    assert client.get(there(world, C)).status_code == 404  # a report in which nothing stands twice
    assert client.delete(there(world)).status_code == 405


def test_the_page_shows_no_figure_of_the_other_unit(world):
    page = head(world, Q).client().get(there(world)).content.decode()
    for number in ("10", "11", "1,0", "100"):
        assert f">{number}<" not in page


def test_nothing_moved_nothing_to_do(world):
    before = all_before = report(world).current.n
    do(world, "pass", P, 0)
    assert moved_to(head(world, Q).actor, report(world)) == []
    with pytest.raises(NotAllowed):
        carry_in_stead(report(world), reason=WHY, actor=head(world, Q).actor)
    assert report(world).current.n == before + 1 > all_before
