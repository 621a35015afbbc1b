"""The workbench: folds of what the units wrote become sentences with sources; undo, two authors, who may."""

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import publish_consolidated_report
from liencap.reports.content import Content
from liencap.reports.models import ComposedPassage, ConsolidatedReport, Passage
from liencap.reports.queries import tasks_of
from liencap.reports.tests.scene import accept, make_period, report_of, save, send
from liencap.reports.told import actions, queries
from liencap.reports.told.composition import Said

pytestmark = pytest.mark.django_db
SAME = "Đã mở các lớp tập huấn cho hội viên trong quý."
ALIKE = "Đã mở các lớp tập huấn cho hội viên ở trong quý."


@pytest.fixture
def period(cast):
    period = make_period(cast)
    for unit, member, text in ((cast.a, cast.officer, SAME), (cast.b, cast.neighbour, ALIKE)):
        send(period, unit, member, "4", text=text)
        accept(period, unit, cast.chief)
    return period


def act(client, draft, task, **data):
    typed = {"seen": queries.last_step(draft, task), "question": "result", **data}
    return client.post(reverse("reports:compose", args=[draft.pk, task.pk]), typed)


def texts(draft, task) -> list[str]:
    return [one.text for one in queries.composition_on(draft, task).sentences]


def test_passages_that_say_the_same_are_one_fold_with_its_units(cast, draft, task):
    [fold] = queries.folds_of(draft, task, queries.composition_on(draft, task), "result")
    assert (fold.text, fold.units) == (ALIKE, [cast.b.name, cast.a.name])  # An Hòa before Đông Hà
    page = cast.chief.client().get(reverse("reports:compose", args=[draft.pk, task.pk])).content.decode()
    assert "2 đơn vị" in page
    assert "2 trên 2 đơn vị trực tiếp bên dưới đã báo cáo; 2 đơn vị có ý kiến về nội dung này." in page


def test_a_fold_is_quoted_whole_and_in_part_merged_and_summarised_and_keeps_all_sources(cast, draft, task):
    chief = cast.chief.client()
    both = ",".join(map(str, Passage.objects.filter(version__isnull=False).values_list("pk", flat=True)))
    assert act(chief, draft, task, one=f"quote:{both}").status_code == 302
    assert act(chief, draft, task, one=f"quote:{both}", part="cho hội viên").status_code == 302
    assert act(chief, draft, task, do="merge", fold=both.split(",")).status_code == 302
    assert act(chief, draft, task, do="summary", fold=both, text="Hai xã đã mở lớp.").status_code == 302
    said = queries.composition_on(draft, task)
    assert [one.kind for one in said.sentences] == ["quote", "quote", "merge", "summary"]
    assert said.sentences[2].text in (SAME, ALIKE)  # what is said twice stands once
    assert all(sorted(one.sources) == sorted(map(int, both.split(","))) for one in said.sentences)
    page = chief.get(reverse("reports:compose", args=[draft.pk, task.pk])).content.decode()
    for pk in both.split(","):
        assert reverse("reports:passage", args=[pk]) in page


def test_a_passage_is_set_aside_with_a_reason_and_every_deed_is_undone(cast, draft, task):
    chief, pk = cast.chief.client(), str(Passage.objects.filter(version__isnull=False).first().pk)
    refused = act(chief, draft, task, do="aside", fold=pk)
    assert (refused.status_code, "vì sao" in refused.content.decode()) == (400, True)
    assert act(chief, draft, task, do="aside", fold=pk, reason="Trùng với nhiệm vụ 2").status_code == 302
    assert ComposedPassage.objects.get().reason == "Trùng với nhiệm vụ 2"
    assert act(chief, draft, task, do="own", text="Một.").status_code == 302
    assert act(chief, draft, task, do="own", text="Hai.").status_code == 302
    assert act(chief, draft, task, do="up", place=1).status_code == 302
    assert act(chief, draft, task, do="rewrite", place=0, text="Hai lớp.").status_code == 302
    assert texts(draft, task) == ["Hai lớp.", "Một."]
    for left in (["Hai.", "Một."], ["Một.", "Hai."], ["Một."], []):
        assert act(chief, draft, task, do="undo").status_code == 302
        assert texts(draft, task) == left
    assert act(chief, draft, task, do="undo").status_code == 302
    assert not ComposedPassage.objects.exists()
    assert act(chief, draft, task, do="undo").status_code == 409
    assert Entry.objects.filter(action="compose_task").count() == 10


def test_of_two_authors_the_second_keeps_the_words_and_sees_what_the_first_did(cast, draft, task):
    chief = cast.chief.client()
    act(chief, draft, task, do="own", text="Câu của người thứ nhất.")
    late = act(chief, draft, task, seen=0, do="own", text="Câu của người thứ hai.")
    page = late.content.decode()
    assert late.status_code == 409
    assert "Câu của người thứ nhất." in page
    assert "Câu của người thứ hai." in page
    assert texts(draft, task) == ["Câu của người thứ nhất."]
    second = draft.period.programme.tasks.last()
    assert act(chief, draft, second, do="own", text="Nhiệm vụ khác không vướng.").status_code == 302


def test_a_figure_named_by_reference_follows_its_source_and_is_frozen_with_its_trace(
    cast, period, draft, settings, tmp_path
):
    settings.FILES = tmp_path
    chief, task = cast.chief.client(), period.programme.tasks.last()
    act(
        chief,
        draft,
        task,
        do="own",
        text="Đã trồng {trees} cây, nhận báo {trees|received}, {none} thì không.",
    )
    address = reverse("reports:compose", args=[draft.pk, task.pk])
    parts = reverse("reports:parts", args=[period.pk, cast.province.pk, "official", "trees", "value"])
    assert ">8,0</a>" in chief.get(address).content.decode()
    send(period, cast.a, cast.officer, "10.5", reason="Đếm lại", text=SAME)
    assert 'title="Số cây · đã nhận">14,5</a>' in chief.get(address).content.decode()
    accept(period, cast.a, cast.chief)
    page = chief.get(address).content.decode()
    assert f'href="{parts}" title="Số cây">14,5</a>' in page
    assert "Không có số liệu nào mang tên này" in page
    revision = ConsolidatedReport.objects.get().revision
    report = publish_consolidated_report(draft, revision=revision, actor=cast.chief.actor)
    block = report.values["sections"][1]["blocks"][0]
    assert block["text"] == "Đã trồng 14,5 cây, nhận báo 14,5, {none} thì không."
    assert block["figures"][0] == {"start": 9, "end": 13, "code": "trees/value", "kind": "official"}
    shown = chief.get(reverse("reports:consolidated", args=[report.pk])).content.decode()
    assert f'<a href="{parts}">14,5</a> cây' in shown


def test_a_quote_never_takes_a_figure_from_us(cast, period, draft, task):
    send(period, cast.a, cast.officer, "4", reason="Sửa", text="Ghi {trees} vào đây.")
    accept(period, cast.a, cast.chief)
    pk = Passage.objects.get(text="Ghi {trees} vào đây.", version__isnull=False).pk
    act(cast.chief.client(), draft, task, one=f"quote:{pk}")
    page = cast.chief.client().get(reverse("reports:compose", args=[draft.pk, task.pk])).content.decode()
    assert page.count("Ghi {trees} vào đây.") >= 2


def test_one_question_over_all_tasks_and_a_passage_have_their_pages(cast, period, draft, task):
    chief = cast.chief.client()
    act(chief, draft, task, do="own", text="Các xã đã mở lớp.")
    page = chief.get(reverse("reports:compose-question", args=[draft.pk, "result"])).content.decode()
    assert "Các xã đã mở lớp." in page
    assert ALIKE in page
    passage = Passage.objects.get(text=SAME, version__isnull=False)
    for member in (cast.chief, cast.officer, cast.reader, cast.root):
        answer = member.client().get(reverse("reports:passage", args=[passage.pk]))
        assert SAME in answer.content.decode()
    unsent = save(report_of(period, cast.province), _content(period, cast, "Chưa gửi."), cast.chief)
    hidden = unsent.passages.get().pk
    assert chief.get(reverse("reports:passage", args=[hidden])).status_code == 404


def _content(period, cast, text) -> Content:
    tasks = tasks_of(report_of(period, cast.province).obligation)
    return Content({one.pk: ("done", "") for one in tasks}, {(tasks[0].pk, "result"): text})


@pytest.mark.parametrize("who", ["root", "officer", "neighbour", "reader", "stranger"])
def test_nobody_else_works_on_it(cast, draft, task, who):
    member = getattr(cast, who)
    client, pk = member.client(), Passage.objects.get(text=SAME, version__isnull=False).pk
    for name, args in (
        ("reports:compose", [draft.pk, task.pk]),
        ("reports:compose-question", [draft.pk, "result"]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404
    assert act(client, draft, task, do="own", text="x").status_code == 404
    if who in ("neighbour", "stranger"):
        assert client.get(reverse("reports:passage", args=[pk])).status_code == 404
    for deed in (
        lambda: actions.add_sentence(draft, task, Said("result", "own", "x"), seen=0, actor=member.actor),
        lambda: actions.set_aside(draft, task, [pk], "x", seen=0, actor=member.actor),
        lambda: actions.undo_step(draft, task, seen=0, actor=member.actor),
    ):
        with pytest.raises((NotAllowed, DomainError)) as refused:
            deed()
        assert refused.value.code != "task-changed"
    assert texts(draft, task) == []


def test_bad_input_is_refused_and_nothing_is_kept(cast, draft, task):
    chief = cast.chief.client()
    for bad in (
        {}, {"do": "explode"}, {"do": "own", "text": ""}, {"do": "merge"}, {"one": "quote:1,x"}, {"one": "quote:"},
        {"one": "quote:999999"}, {"do": "own", "text": "x", "question": "view"}, {"do": "drop", "place": 7},
        {"do": "own", "text": "x", "seen": "abc"}, {"do": "summary", "fold": "9" * 30, "text": "x"},
    ):  # fmt: skip
        answer = act(chief, draft, task, **bad)
        assert answer.status_code in (400, 409), bad
    assert texts(draft, task) == []
    assert chief.delete(reverse("reports:compose", args=[draft.pk, task.pk])).status_code == 405
    assert chief.post(reverse("reports:compose-question", args=[draft.pk, "result"])).status_code == 405
    assert chief.get(reverse("reports:compose-question", args=[draft.pk, "opinion"])).status_code == 404
    assert chief.get(reverse("reports:passage", args=[999_999])).status_code == 404


def test_the_pages_cost_no_more_queries_for_more_rows(cast, draft, task, django_assert_max_num_queries):
    chief = cast.chief.client()
    actions.add_sentence(draft, task, Said("result", "own", "Một."), seen=0, actor=SYSTEM)
    with django_assert_max_num_queries(19):
        assert chief.get(reverse("reports:compose", args=[draft.pk, task.pk])).status_code == 200
    with django_assert_max_num_queries(25):
        assert chief.get(reverse("reports:compose-question", args=[draft.pk, "result"])).status_code == 200
