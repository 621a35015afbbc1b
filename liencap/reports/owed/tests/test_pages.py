"""The ledger on screen: counted by tier and branch, narrowed, handed out; one obligation with its history."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from liencap.reports.models import Obligation, ReportVersion
from liencap.reports.owed import actions
from liencap.reports.tests.scene import make_period, report_of, send
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
LATER = datetime.date(2101, 1, 1)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    made = make_period(cast)
    send(made, cast.a, cast.officer)
    actions.excuse_obligation(owed(made, cast.b), reason="=Lũ lụt", actor=cast.chief.actor)
    return made


def owed(period, unit):
    return Obligation.objects.select_related("unit", "period__programme", "report").get(
        period=period, unit=unit
    )


def there(name, period, unit, *more):
    return reverse(name, args=[period.pk, unit.pk, *more])


def english(member):
    client = member.client()
    client.cookies["language"] = "en"
    return client


def test_the_ledger_counts_with_its_denominator_and_lists_who_gave_what(cast, period):
    shown = english(cast.root).get(there("reports:owed", period, cast.root_unit)).content.decode()
    assert "<strong>1</strong> of 2" in shown
    assert "Excused: Chủ tịch · Tỉnh hội Bình Minh" in shown or "Excused: Head" in shown
    assert "=Lũ lụt" in shown


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("state=excused", ["Xã An Hòa"]),
        ("state=on_time", ["Xã Đông Hà"]),
        ("state=open", ["Tỉnh hội Bình Minh"]),
        ("state=bad&tier=x&branch=y", ["Tỉnh hội Bình Minh", "Xã An Hòa", "Xã Đông Hà"]),
    ],
)
def test_the_list_is_narrowed(cast, period, asked, names):
    page = cast.root.client().get(f"{there('reports:owed', period, cast.root_unit)}?{asked}").context["page"]
    assert sorted(str(row.unit) for row in page) == sorted(names)


def test_the_list_is_narrowed_to_a_tier_and_a_branch(cast, period):
    client = cast.root.client()
    for asked, n in (
        (f"tier={cast.a.tier_id}", 2),
        (f"branch={cast.province.pk}", 3),
        (f"branch={cast.a.pk}", 1),
    ):
        page = client.get(f"{there('reports:owed', period, cast.root_unit)}?{asked}").context["page"]
        assert len(page) == n
    (line,) = client.get(there("reports:owed-branches", period, cast.root_unit)).context["page"]
    assert (line.of, line.received, line.expected) == (cast.province, 1, 2)


def test_the_list_is_handed_out_as_csv_and_as_a_workbook_of_texts(cast, period):
    client = english(cast.root)
    text = b"".join(
        client.get(there("reports:owed-file", period, cast.root_unit, "csv")).streaming_content
    ).decode()
    assert text.count("\r\n") == 4
    assert "'=Lũ lụt" in text
    made = client.get(there("reports:owed-file", period, cast.root_unit, "xlsx") + "?state=excused")
    rows = list(load_workbook(io.BytesIO(made.content)).active.iter_rows(values_only=True))
    assert [row[:2] for row in rows[1:]] == [("B", "Xã An Hòa")]
    assert "=Lũ lụt" in rows[1]
    assert client.get(there("reports:owed-file", period, cast.root_unit, "pdf")).status_code == 404


def test_the_files_tell_the_day_that_decided_on_time_from_that_of_the_newest_version(cast, period):
    last = send(period, cast.a, cast.officer, "6", reason="đếm lại")
    night = datetime.datetime(2026, 4, 1, 18, tzinfo=datetime.UTC)  # the day after has begun there
    days = [night, night.replace(day=20)]
    ReportVersion.objects.filter(report=last.report, n=1).update(sent_at=days[0])
    ReportVersion.objects.filter(pk=last.pk).update(sent_at=days[1])
    made = english(cast.root).get(there("reports:owed-file", period, cast.root_unit, "xlsx"))
    rows = list(load_workbook(io.BytesIO(made.content)).active.iter_rows(values_only=True))
    line = dict(zip(rows[0], next(row for row in rows if row[0] == "A"), strict=True))
    assert (line["First sent"], line["Newest version sent"]) == ("2026-04-02", "2026-04-21")


def test_the_ledger_takes_as_many_queries_for_three_units_as_for_one(
    cast, period, django_assert_max_num_queries
):
    client = cast.root.client()
    with django_assert_max_num_queries(24):
        client.get(there("reports:owed", period, cast.root_unit))
    with django_assert_max_num_queries(16):
        client.get(there("reports:owed-branches", period, cast.root_unit))
    with django_assert_max_num_queries(22):
        client.get(reverse("reports:owed-one", args=[owed(period, cast.b).pk]))


def test_many_get_more_time_from_the_page(cast, period):
    there_ = there("reports:owed-extend", period, cast.root_unit)
    client = cast.root.client()
    said = {"many-until": "2101-01-01", "many-reason": "Bão", "branch": str(cast.province.pk)}
    assert client.post(there_, said).url.endswith(f"?branch={cast.province.pk}")
    assert owed(period, cast.province).extended_to == LATER
    assert client.post(there_, {}).status_code == 400
    for who, status in (("chief", 404), ("reader", 404), ("stranger", 404)):
        assert getattr(cast, who).client().post(there_, said).status_code == status


def test_one_obligation_shows_its_history_and_takes_the_deeds_of_the_unit_above(cast, period):
    one = owed(period, cast.b)
    page, client = reverse("reports:owed-one", args=[one.pk]), english(cast.chief)
    assert "Excused" in client.get(page).content.decode()

    def do(deed, **said):
        return client.post(
            reverse("reports:owed-act", args=[one.pk, deed]), {"reason": "Vì", **said}
        ).status_code

    assert do("owe-again") == 302
    ask = reverse("reports:owed-ask", args=[one.pk])
    assert cast.neighbour.client().post(ask, {"until": "2101-01-01", "reason": "Ốm"}).status_code == 302
    assert "Refuse the request" in client.get(page).content.decode()
    assert "asks for more time" in client.get(there("reports:owed", period, cast.province)).content.decode()
    assert do("refuse") == 302
    assert do("extend", until="2101-01-01") == 302
    assert do("not-due") == 302
    assert do("excuse") == 302
    assert do("extend", until="") == 400
    assert do("reopen", until="2101-01-01") == 409
    assert do("nothing") == 404
    shown = client.get(page).content.decode()
    for words in ("More time refused", "More time given", "Declared not due", "Owes again", "Vì"):
        assert words in shown


@pytest.mark.parametrize(
    ("who", "seen", "may"), [("root", 200, 302), ("chief", 200, 302), ("officer", 200, 403), ("reader", 200, 403),
                             ("neighbour", 404, 404), ("stranger", 404, 404)],
)  # fmt: skip
def test_who_sees_and_who_acts(cast, period, who, seen, may):
    one, client = owed(period, cast.a), getattr(cast, who).client()
    assert client.get(reverse("reports:owed-one", args=[one.pk])).status_code == seen
    there_ = reverse("reports:owed-act", args=[one.pk, "extend"])
    assert client.post(there_, {"until": "2101-01-01", "reason": "x"}).status_code == may
    ask = reverse("reports:owed-ask", args=[one.pk])
    assert client.post(ask, {"until": "x"}).status_code == {"officer": 400, "reader": 403}.get(who, 404)
    for name in ("reports:owed", "reports:owed-branches"):
        assert client.get(there(name, period, cast.a)).status_code == seen
    assert client.get(there("reports:owed-file", period, cast.a, "csv")).status_code == seen
    assert client.get(reverse("reports:owed-one", args=[999999])).status_code == 404
    assert client.get(ask).status_code == 405


def test_the_form_shows_its_own_day_that_of_the_unit_above_and_the_locked_one(cast, period):
    actions.set_who_owes(period, None, lock_days=2, reminders=[], actor=cast.root.actor)
    page = english(cast.officer).get(reverse("reports:write", args=[report_of(period, cast.a).pk]))
    shown = page.content.decode()
    assert "Your unit sends by" in shown
    assert "Tỉnh hội Bình Minh sends its own report by" in shown
    assert "nothing can be sent any more" in shown


def test_a_list_longer_than_can_be_paged_says_so_and_a_workbook_of_it_is_refused(cast, period, monkeypatch):
    monkeypatch.setattr("liencap.reports.owed.views.ledger.MOST", 1)
    monkeypatch.setattr("liencap.reports.owed.export.MOST_LINES", 1)
    client = english(cast.root)
    shown = client.get(there("reports:owed", period, cast.root_unit)).content.decode()
    assert "Only the first 1 are shown" in shown
    refused = client.get(there("reports:owed-file", period, cast.root_unit, "xlsx"))
    assert refused.status_code == 400
    assert "at most 1 lines" in refused.content.decode()
    one = client.get(there("reports:owed-file", period, cast.root_unit, "xlsx") + "?state=excused")
    assert one.status_code == 200
    assert client.get(there("reports:owed-file", period, cast.root_unit, "csv")).status_code == 200
