"""The pages: who sees what, what each write answers to each visitor, and how many queries they cost."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from liencap.reports.forming.mending import mends_of
from liencap.reports.models import Draft, Indicator, Obligation, Period, Report, ReportVersion, Return
from liencap.reports.numbers import number_advice
from liencap.reports.tests.scene import (
    accept,
    assign,
    content,
    make_period,
    make_programme,
    report_of,
    save,
    send,
)
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def pages(cast, period) -> dict[str, tuple]:
    """Every page of the room, with addresses under P and the report of A."""
    a, programme = report_of(period, cast.a).pk, period.programme_id
    below = (period.pk, cast.province.pk)
    return {
        "reports:list": (), "reports:inbox": (), "reports:periods": (),
        "reports:rollup": below, "reports:missing": below, "reports:parts": (*below, "received", "trees", "value"),
        "reports:period-new": (programme,), "reports:period-change": (period.pk,),
        "reports:period-drop": (period.pk,), "reports:indicators": (programme,),
        "reports:period-open": (period.pk,), "reports:period-close": (period.pk,),
        "reports:report": (a,), "reports:write": (a,), "reports:autosave": (a,), "reports:send": (a,),
        "reports:accept": (a,), "reports:return": (a,),
    }  # fmt: skip


POSTS = {
    "reports:period-open", "reports:period-close", "reports:period-drop", "reports:autosave",
    "reports:accept", "reports:return",
}  # fmt: skip


def knock(client: Client, name: str, args: tuple, method: str | None = None) -> int:
    method = method or ("post" if name in POSTS else "get")
    return getattr(client, method)(reverse(name, args=args)).status_code


def test_a_stranger_finds_no_page_and_without_sign_in_there_is_the_door(cast, period):
    send(period, cast.a, cast.officer)
    stranger, nobody = cast.stranger.client(), Client()
    for name, args in pages(cast, period).items():
        assert knock(stranger, name, args) == 404, name
        assert knock(nobody, name, args) == 302, name


def test_a_wrong_method_is_refused_and_a_bad_id_not_found(cast, period):
    root = cast.root.client()
    for name, args in pages(cast, period).items():
        if name in POSTS:
            assert knock(root, name, args, "get") == 405, name
        assert knock(root, name, args, "delete") == 405, name
        if args:
            assert knock(root, name, (999_999, *args[1:])) == 404, name


@pytest.mark.parametrize("who", ["root", "chief", "neighbour"])
def test_before_sending_no_page_shows_a_draft_to_anybody_else(cast, period, who):
    report = report_of(period, cast.a)
    save(report, content(report, "98765432.1", text="chỉ của xã"), cast.officer)
    client = getattr(cast, who).client()
    for name in ("report", "write", "autosave", "send", "accept", "return"):
        assert knock(client, f"reports:{name}", (report.pk,)) == 404
    for name, args in pages(cast, period).items():
        answer = getattr(client, "post" if name in POSTS else "get")(reverse(name, args=args))
        for said in ("98765432", "98.765.432", "chỉ của xã"):
            assert said not in answer.content.decode()


def test_a_reader_of_the_unit_sees_what_was_sent_and_changes_nothing(cast, period):
    reader, report = cast.reader.client(), report_of(period, cast.a)
    for name in ("write", "autosave", "send"):
        assert knock(reader, f"reports:{name}", (report.pk,)) == 403
    send(period, cast.a, cast.officer, text="Đã mở hai lớp")
    page = reader.get(reverse("reports:report", args=[report.pk]))
    assert "Đã mở hai lớp" in page.content.decode()
    for name in ("accept", "return"):
        assert knock(reader, f"reports:{name}", (report.pk,)) == 403
    assert knock(reader, "reports:rollup", (period.pk, cast.province.pk)) == 404


def test_a_sibling_sees_nothing_of_a_sent_report_and_the_top_cannot_answer_it(cast, period):
    send(period, cast.a, cast.officer)
    report = report_of(period, cast.a)
    for name in ("report", "accept", "return"):
        assert knock(cast.neighbour.client(), f"reports:{name}", (report.pk,)) == 404
    root = cast.root.client()
    assert knock(root, "reports:report", (report.pk,)) == 200
    for name in ("accept", "return"):
        assert (
            root.post(reverse(f"reports:{name}", args=[report.pk]), {"n": 1, "reason": "x"}).status_code
            == 403
        )
    assert report_of(period, cast.a).state == "sent"


def fields(report: Report, **more: str) -> dict[str, str]:
    tasks = report.obligation.period.programme.tasks.all()
    trees = report.obligation.period.form.indicators.get(code="trees")
    typed = {f"state-{t.pk}": "done" for t in tasks}
    typed |= {f"q-{tasks[0].pk}-result": "Đã mở hai lớp", f"f-{trees.pk}-0": more.pop("trees", "1.234,5")}
    return {"revision": "0", **typed, **more}


@pytest.mark.parametrize("address", ["write", "autosave"])
def test_a_number_that_cannot_be_kept_is_named_with_a_way_to_its_field(cast, period, address):
    client, report = cast.officer.client(), report_of(period, cast.a)
    trees = period.form.indicators.get(code="trees")
    page = client.post(
        reverse(f"reports:{address}", args=[report.pk]), fields(report, trees="bảy")
    ).content.decode()
    assert f'<a href="#f-{trees.pk}-0">{trees}</a>: Chỉ nhập bằng chữ số' in page


def test_many_wrong_numbers_are_named_first_and_counted(cast):
    asked = [
        Indicator(pk=n, code=f"i{n}", name=f"Chỉ tiêu {n}", kind="number", cells=["value"]) for n in range(30)
    ]
    mends = mends_of(asked, {f"f-{n}-0": "sai" for n in reversed(range(30))} | {"": "khóa"})
    assert [mend.label for mend in mends] == [str(one) for one in asked] + [""]
    page = render_to_string("reports/_mends.html", {"mends": mends, "most": ":10"})
    assert page.count("<a ") == 10
    assert "có 31 ô" in page


def test_a_head_writes_checks_and_sends_without_script(cast, period):
    client, report = cast.officer.client(), report_of(period, cast.a)
    write, sending = (reverse(f"reports:{n}", args=[report.pk]) for n in ("write", "send"))
    answer = client.post(write, fields(report, send="1"))
    assert (answer.status_code, answer.url) == (302, sending)
    page = client.get(sending).content.decode()
    assert cast.province.name in page
    assert cast.root_unit.name in page
    assert "1.234,5" in page
    assert client.post(sending, {"revision": 1}).status_code == 302
    assert ReportVersion.objects.get().sent_by_seat == cast.officer.seat
    chief = cast.chief.client()
    assert cast.a.name in chief.get(reverse("reports:inbox")).content.decode()
    assert "1.234,5" in chief.get(reverse("reports:report", args=[report.pk])).content.decode()


def test_typing_saves_and_wrong_numbers_are_named_and_not_saved(cast, period):
    client, report = cast.officer.client(), report_of(period, cast.a)
    url = reverse("reports:autosave", args=[report.pk])
    answer = client.post(url, fields(report), headers={"HX-Request": "true"})
    assert 'name="revision" value="1"' in answer.content.decode()
    for wrong in ("1.5", "-3", "ba", "0,55", "9" * 30):
        bad = fields(report, trees=wrong, revision="1")
        answer = client.post(url, bad, headers={"HX-Request": "true"})
        assert "text-danger" in answer.content.decode(), wrong
        page = client.post(reverse("reports:write", args=[report.pk]), bad)
        assert page.status_code == 200
        assert f'value="{wrong}"' in page.content.decode()
    assert Draft.objects.get().revision == 1


def test_a_second_window_is_told_and_keeps_what_was_typed(cast, period):
    client, report = cast.officer.client(), report_of(period, cast.a)
    url = reverse("reports:write", args=[report.pk])
    client.post(url, fields(report))
    page = client.post(url, fields(report, trees="42"))
    assert 'value="42"' in page.content.decode()
    assert client.post(
        reverse("reports:autosave", args=[report.pk]), fields(report), headers={"HX-Request": "true"}
    ).status_code == 409  # fmt: skip


def test_the_unit_above_returns_one_task_and_then_accepts(cast, period):
    send(period, cast.a, cast.officer)
    report, chief = report_of(period, cast.a), cast.chief.client()
    task = period.programme.tasks.first()
    url = reverse("reports:return", args=[report.pk])
    assert chief.post(url, {"n": 1, "reason": "Thiếu lớp ở thôn", "tasks": [task.pk]}).status_code == 302
    assert Return.objects.get().task == task
    page = cast.officer.client().get(reverse("reports:write", args=[report.pk])).content.decode()
    assert "Thiếu lớp ở thôn" in page
    send(period, cast.a, cast.officer, "3")
    assert chief.post(reverse("reports:accept", args=[report.pk]), {"n": 1}).status_code == 409
    assert chief.post(reverse("reports:accept", args=[report.pk]), {"n": 2}).status_code == 302
    assert report_of(period, cast.a).state == "accepted"


def test_a_correction_shows_old_and_new_and_how_many_figures_changed(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    send(period, cast.a, cast.officer, "12,5".replace(",", "."), reason="đếm lại")
    chief = cast.chief.client()
    assert "đã duyệt: 1" in chief.get(reverse("reports:inbox")).content.decode()
    page = chief.get(reverse("reports:report", args=[report_of(period, cast.a).pk])).content.decode()
    assert "10,0" in page
    assert "12,5" in page
    assert "đếm lại" in page


def test_totals_open_into_parts_down_to_the_report(cast, period):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "5")
    root = cast.root.client()
    page = root.get(reverse("reports:rollup", args=[period.pk, cast.root_unit.pk])).content.decode()
    assert "15,0" in page
    assert "2 trên 3" in page
    assert page.count("–</a>") == 8  # nobody gave these: no number, never a zero
    url = reverse("reports:parts", args=[period.pk, cast.province.pk, "received", "trees", "value"])
    parts = root.get(url).content.decode()
    assert "10,0" in parts
    assert "5,0" in parts
    assert reverse("reports:report", args=[report_of(period, cast.a).pk]) in parts
    missing = root.get(reverse("reports:missing", args=[period.pk, cast.root_unit.pk])).content.decode()
    assert cast.province.name in missing
    assert root.get(url.replace("trees", "nothing")).status_code == 404
    assert root.get(url.replace("received", "sideways")).status_code == 404


def test_a_period_is_planned_opened_and_closed_on_screen(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a)
    client = cast.root.client()
    tiers = {o.tier_id for o in (cast.province, cast.a)}
    typed = {"title": "Quý II", "since": "2026-04-01", "until": "2026-06-30"}
    typed |= {f"due-{tier}": "2026-07-05" for tier in tiers}
    assert client.post(reverse("reports:period-new", args=[programme.pk]), typed).status_code == 302
    period = Period.objects.get()
    assert period.dues.first().due == datetime.date(2026, 7, 5)
    assert client.post(reverse("reports:period-open", args=[period.pk])).status_code == 302
    assert Obligation.objects.count() == 2
    assert client.post(reverse("reports:period-close", args=[period.pk])).status_code == 302
    assert not Obligation.objects.exclude(cls="missing").exists()


@pytest.mark.parametrize("who", ["chief", "officer", "neighbour", "reader"])
def test_only_the_unit_that_set_the_programme_plans(cast, period, who):
    client = getattr(cast, who).client()
    for name, args in pages(cast, period).items():
        if name.split(":")[1] in ("period-new", "period-open", "period-close", "indicators"):
            assert knock(client, name, args) in (403, 404)
    assert Period.objects.get().state == "open"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_a_head_costs_few_queries(cast, period, language, django_assert_max_num_queries):
    send(period, cast.a, cast.officer)
    send(period, cast.b, cast.neighbour)
    client = cast.chief.client()
    client.cookies["language"] = language
    found = pages(cast, period) | {"reports:write": (report_of(period, cast.province).pk,)}
    for name in ("list", "inbox", "periods", "rollup", "missing", "parts", "report", "write"):
        with django_assert_max_num_queries(24):
            assert client.get(reverse(f"reports:{name}", args=found[f"reports:{name}"])).status_code == 200
    with django_assert_max_num_queries(31):
        page = client.get("/").content.decode()
    assert reverse("reports:write", args=found["reports:write"]) in page
    assert reverse("reports:report", args=found["reports:report"]) in page


def test_numbers_are_read_as_people_of_the_language_write_them():
    from liencap.reports.display import number_typed

    cases = [
        ("vi", "1.234,5", "1234.5"), ("vi", "12", "12"), ("vi", "0,5", "0.5"), ("vi", "1.5", None),
        ("vi", "1,234.5", None), ("en", "1,234.5", "1234.5"), ("en", "0.5", "0.5"), ("en", "1,5", None),
        ("vi", "1 234", "1234"), ("vi", "1e9", None), ("vi", "", None), ("vi", "٣", None),
        ("vi", "1\u202f234\u00a0567,5", "1234567.5"), ("vi", " 12 ", "12"), ("vi", "-5", None),
        ("vi", "12\t15", None), ("vi", "12 15", None), ("en", "1 2", None), ("vi", "12 3456", None),
    ]  # fmt: skip
    for language, typed, expected in cases:
        with translation.override(language):
            found = number_typed(typed)
        assert (str(found) if found is not None else None) == expected, typed


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("vi", "1,234.5", "1.234,5"),
        ("vi", "1.5", "1,5"),
        ("en", "1.234,5", "1,234.5"),
        ("vi", "12\t15", "mỗi ô một số"),
        ("vi", "12 tỷ", "bằng chữ số"),
        ("en", "12 billion", "all digits"),
        ("vi", "-5", "không âm"),
        ("en", "-5", "zero or more"),
    ],
)
def test_a_number_that_cannot_be_read_is_answered_with_how_it_is_written(language, typed, said):
    with translation.override(language):
        assert said in number_advice(typed)


def test_words_that_are_too_long_are_named_at_their_field_and_none_is_cut_off(cast, period):
    report = report_of(period, cast.a)
    first = period.programme.tasks.first()
    field = f"q-{first.pk}-result"
    typed = {"revision": 0, f"state-{first.pk}": "done", field: "a" * 20_003}
    for name in ("write", "autosave"):
        page = cast.officer.client().post(reverse(f"reports:{name}", args=[report.pk]), typed)
        assert "20.000" in page.content.decode()
        assert f'href="#{field}"' in page.content.decode()
    assert not Draft.objects.filter(report=report, revision__gt=0).exists()


def test_a_form_with_thousands_of_fields_is_taken(cast, period):
    report = report_of(period, cast.a)
    first = period.programme.tasks.first()
    typed = {"revision": 0, f"state-{first.pk}": "done"} | {f"f-{10**6 + n}-0": "1" for n in range(4000)}
    assert cast.officer.client().post(reverse("reports:write", args=[report.pk]), typed).status_code == 302
