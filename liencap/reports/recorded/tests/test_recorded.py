"""Numbers of communication and study stand in the reports of a period where the office asks for them."""

import datetime
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from liencap.audit.models import Entry
from liencap.communication.actions import cancel_item, hand_out, plan_item, record_held
from liencap.communication.content import Attendance, ItemWords, SessionWords
from liencap.communication.models import Item, Share
from liencap.errors import DomainError, NotAllowed
from liencap.programmes.queries import Rule
from liencap.reports.actions import begin_consolidated_report, close_period, publish_consolidated_report
from liencap.reports.consolidation import sections_of
from liencap.reports.models import AskedLine, ConsolidatedReport
from liencap.reports.printing import PrintedReport, render_sheet
from liencap.reports.recorded.actions import ask_lines
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
D = datetime.date
BOTH = Rule(tiers=("province", "commune"))


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


@pytest.fixture
def study(cast):
    """A study of one session a unit, handed to P, A and B for the first quarter; A held one in it and one after it.

    Each has a second sitting for one of the absent."""
    words = ItemWords(title="Học nghị quyết", until=D(2026, 3, 31), sessions_each=1)
    item = plan_item(cast.root_unit, "study", words, actor=cast.root.actor)
    hand_out(item, BOTH, actor=cast.root.actor)
    mine = Share.objects.select_related("item__unit", "unit").get(item=item, unit=cast.a)
    for day in (D(2026, 2, 10), D(2026, 4, 5)):
        held = record_held(mine, SessionWords(day=day), Attendance(20, 17), actor=cast.officer.actor)
        absent = SessionWords(day=day + datetime.timedelta(days=2))
        record_held(mine, absent, Attendance(3, 1), second_of=held, actor=cast.officer.actor)
    return Item.objects.get(pk=item.pk)


def ask(cast, period, item):
    return ask_lines(period, {item.pk: period.programme.tasks.first().pk}, actor=cast.root.actor)


def rows_of(section) -> list[tuple[str, ...]]:
    (table,) = [one for one in section.tables if "Học nghị quyết" in one.caption]
    return [(row.name, *row.cells) for row in table.rows]


def test_sessions_of_the_period_add_up_the_tree_under_the_task_and_only_when_asked(cast, period, study):
    draft = begin_consolidated_report(period, cast.root_unit, actor=cast.root.actor)
    assert not [t for s in sections_of(draft) for t in s.tables if "Học" in t.caption], "nobody asked"
    assert ask(cast, period, study) == 1
    assert ask(cast, period, study) == 0, "a second time changes nothing"
    first, second = sections_of(draft)
    province = str(cast.province)
    assert [cells for _name, *cells in rows_of(first)] == [
        ["3", "1", "1", "20", "18"], ["1", "0", "0", "0", "0"], ["4", "1", "1", "20", "18"],
    ]  # fmt: skip
    assert rows_of(first)[0][0] == province, "its own share and those below it"
    assert not [t for t in second.tables if "Học" in t.caption]
    below = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    found = {name: cells for name, *cells in rows_of(sections_of(below)[0])}
    assert found[str(cast.a)] == ["1", "1", "1", "20", "18"]
    assert found[str(cast.b)] == found[province] == ["1", "0", "0", "0", "0"]
    assert Entry.objects.filter(action="ask_lines", object_id=period.pk).count() == 1


def test_published_numbers_are_frozen_lead_to_their_source_and_stand_in_the_annex(
    cast, period, study, settings, tmp_path
):
    settings.FILES = tmp_path
    ask(cast, period, study)
    send(period, cast.a, cast.officer)
    accept(period, cast.a, cast.chief)
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    publish_consolidated_report(draft, revision=draft.revision, actor=cast.chief.actor)
    client, address = cast.chief.client(), reverse("reports:consolidated", args=[draft.pk])
    page = client.get(address).content.decode()
    links = [reverse("communication:standing", args=[study.pk, u.pk]) for u in (cast.a, cast.province)]
    assert all(f'href="{link}"' in page for link in links)
    assert [client.get(link).status_code for link in links] == [200, 200]
    mine = Share.objects.select_related("item__unit", "unit").get(item=study, unit=cast.b)
    record_held(mine, SessionWords(day=D(2026, 3, 2)), Attendance(9, 9), actor=cast.neighbour.actor)
    values = PrintedReport.from_json(json.dumps(ConsolidatedReport.objects.get(pk=draft.pk).values))
    assert values.digest() == values.report_hash, "what was printed stays"
    book = load_workbook(io.BytesIO(render_sheet(values)))
    cells = [c.value for sheet in book for row in sheet.iter_rows() for c in row]
    assert f"{study.get_kind_display()}: {study.title}" in cells
    assert 18 in cells


def test_a_unit_sees_its_numbers_where_it_writes_and_the_one_above_where_it_reads(cast, period, study):
    ask(cast, period, study)
    report, client = report_of(period, cast.a), cast.officer.client()
    mine = Share.objects.get(item=study, unit=cast.a)
    page = client.get(reverse("reports:write", args=[report.pk])).content.decode()
    assert f'href="{reverse("communication:share", args=[mine.pk])}"' in page
    assert "18" in page
    send(period, cast.a, cast.officer)
    assert (
        "Học nghị quyết"
        in cast.chief.client().get(reverse("reports:report", args=[report.pk])).content.decode()
    )
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    page = cast.chief.client().get(reverse("reports:consolidated", args=[draft.pk])).content.decode()
    assert "Học nghị quyết" in page


def test_a_line_that_was_cancelled_or_concerns_no_unit_here_is_left_out(cast, period, study):
    ask(cast, period, study)
    Share.objects.filter(unit=cast.b, item=study).delete()
    page = cast.neighbour.client().get(reverse("reports:write", args=[report_of(period, cast.b).pk]))
    assert "Học nghị quyết" not in page.content.decode()
    cancel_item(study, reason="Hoãn", actor=cast.root.actor)
    page = cast.officer.client().get(reverse("reports:write", args=[report_of(period, cast.a).pk]))
    assert "Học nghị quyết" not in page.content.decode()


def test_the_office_chooses_on_a_page(cast, period, study):
    client, address = cast.root.client(), reverse("reports:recorded", args=[period.pk])
    assert address in client.get(reverse("reports:periods")).content.decode()
    assert "Học nghị quyết" in client.get(address).content.decode()
    task = period.programme.tasks.last()
    assert client.post(address, {f"line_{study.pk}": task.pk}).status_code == 302
    assert AskedLine.objects.get().task == task
    assert f'value="{task.pk}" selected' in client.get(address).content.decode()
    assert client.post(address, {f"line_{study.pk}": "999999"}).status_code == 400
    assert client.post(address, {f"line_{study.pk}": ""}).status_code == 302
    assert not AskedLine.objects.exists()


def test_no_line_of_another_unit_nor_task_of_another_programme_and_nothing_after_closing(cast, period, study):
    own = plan_item(
        cast.province, "item", ItemWords(title="Tin", until=D(2026, 2, 1)), actor=cast.chief.actor
    )
    task = period.programme.tasks.first()
    for wanted in ({own.pk: task.pk}, {study.pk: 999999}):
        with pytest.raises(DomainError):
            ask_lines(period, wanted, actor=cast.root.actor)
    close_period(period, actor=cast.root.actor)
    with pytest.raises(DomainError) as late:
        ask(cast, period, study)
    assert late.value.status == 409
    assert (
        "disabled" in cast.root.client().get(reverse("reports:recorded", args=[period.pk])).content.decode()
    )


@pytest.mark.parametrize(
    ("who", "status"), [("root", 200), ("chief", 404), ("officer", 404), ("neighbour", 404), ("reader", 404),
                        ("stranger", 404)],
)  # fmt: skip
def test_the_page_meets_its_visitors(cast, period, study, who, status):
    member = getattr(cast, who)
    client, address = member.client(), reverse("reports:recorded", args=[period.pk])
    assert client.get(address).status_code == status
    assert client.post(address, {f"line_{study.pk}": ""}).status_code == (302 if status == 200 else status)
    assert client.get(reverse("reports:recorded", args=[999999])).status_code == 404
    assert client.put(address).status_code == 405
    if status != 200:
        with pytest.raises(NotAllowed):
            ask_lines(period, {study.pk: period.programme.tasks.first().pk}, actor=member.actor)


def test_more_lines_cost_no_more_queries(cast, period, study, django_assert_max_num_queries):
    task = period.programme.tasks.first()
    draft = begin_consolidated_report(period, cast.root_unit, actor=cast.root.actor)
    ask(cast, period, study)
    with CaptureQueriesContext(connection) as one:
        sections_of(draft)
    for n in range(5):
        words = ItemWords(title=f"Tin {n}", until=D(2026, 2, 1))
        item = plan_item(cast.root_unit, "item", words, actor=cast.root.actor)
        hand_out(item, BOTH, actor=cast.root.actor)
        ask_lines(period, {item.pk: task.pk}, actor=cast.root.actor)
    with django_assert_max_num_queries(len(one.captured_queries)):
        (first, _second) = sections_of(draft)
    assert len(first.tables) == 1 + 6
