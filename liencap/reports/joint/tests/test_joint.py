"""A joint activity has one id and counts once: at its host, in every total above, on paper."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from liencap.core.rollup.totals import read
from liencap.errors import DomainError, NotAllowed
from liencap.notices.models import Notice
from liencap.reports.consolidation import figures_of, table_of
from liencap.reports.joint.actions import (
    ActivityInput,
    answer_activity,
    change_activity,
    register_activity,
    withdraw_activity,
)
from liencap.reports.joint.queries import without_joint
from liencap.reports.models import ConsolidatedReport, JointActivity, JointPartner, Report
from liencap.reports.proof import check_totals
from liencap.reports.queries import content_of, is_intact, totals_for
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import make_cast

TREES = {("trees", "value"): Decimal(100)}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def register(cast, period, figures=TREES, actor=None, partners=None, task=None) -> JointActivity:
    said = ActivityInput("Tết trồng cây", [cast.b] if partners is None else partners, figures)
    task = task or period.programme.tasks.last()
    return register_activity(period, cast.a, task, said, actor=actor or cast.officer.actor)


def trees(period, unit, kind="received"):
    return next(
        c.sum for c in read(period.form.cells, totals_for(period, unit)[kind]).cells if c.code == "trees"
    )


def test_its_figures_count_once_at_the_host_and_in_every_total_above(cast, period):
    made = register(cast, period)
    answer_activity(made, cast.b, confirms=True, actor=cast.neighbour.actor)
    host = send(period, cast.a, cast.officer, "20")
    partner = send(period, cast.b, cast.neighbour, "5")
    accept(period, cast.a, cast.chief)
    accept(period, cast.b, cast.chief)
    assert [trees(period, unit) for unit in (cast.a, cast.b, cast.province, cast.root_unit)] == [
        120,
        5,
        125,
        125,
    ]
    assert trees(period, cast.province, "official") == 125
    assert check_totals(period) == []
    assert [row["counted"] for version in (host, partner) for row in version.joint] == [True, False]
    assert host.joint[0]["activity"] == partner.joint[0]["activity"] == made.pk
    assert is_intact(host)
    figures = content_of(host, period.form.cells).figures
    assert without_joint(figures, host.joint)["trees", "value"] == 20


def test_pages_of_both_say_where_it_counts_and_paper_says_it_once(cast, period):
    register(cast, period)
    send(period, cast.a, cast.officer, "20")
    send(period, cast.b, cast.neighbour, "5")
    for unit, words in ((cast.a, "tính tại đây"), (cast.b, "tính tại đơn vị chủ trì")):
        page = (
            cast.chief.client()
            .get(reverse("reports:report", args=[report_of(period, unit).pk]))
            .content.decode()
        )
        assert "Tết trồng cây" in page
        assert words in page
    accept(period, cast.a, cast.chief)
    report = ConsolidatedReport.objects.create(period=period, unit=cast.province)
    table = table_of(figures_of(report), period.programme.tasks.last())
    assert table.note.count("Tết trồng cây") == 1
    address = reverse("reports:parts", args=[period.pk, cast.a.pk, "received", "trees", "value"])
    assert "Tết trồng cây" in cast.chief.client().get(address).content.decode()


def test_what_a_host_enters_after_it_sent_is_read_nowhere_above_and_what_it_takes_back_stays_told(
    cast, period
):
    def note():
        report = ConsolidatedReport(period=period, unit=cast.province)
        return table_of(figures_of(report), period.programme.tasks.last()).note

    made = register(cast, period)
    send(period, cast.a, cast.officer, "20")
    said = ActivityInput("Trồng rừng chưa báo cáo", [cast.b], {("trees", "value"): Decimal(7)})
    register_activity(period, cast.a, period.programme.tasks.last(), said, actor=cast.officer.actor)
    assert "Trồng rừng" not in note()
    withdraw_activity(made, revision=1, actor=cast.officer.actor)
    assert "phối hợp: Xã An Hòa): Số cây: 100" in note()
    send(period, cast.a, cast.officer, "20", reason="rút")
    assert "Tết trồng cây" not in note()
    assert "Trồng rừng chưa báo cáo" in note()


def test_a_change_after_sending_waits_for_a_correction_and_one_taken_back_counts_no_more(cast, period):
    made = register(cast, period)
    send(period, cast.a, cast.officer, "20")
    said = ActivityInput("Tết trồng cây", [cast.b], {("trees", "value"): Decimal(90)})
    made = change_activity(made, said, revision=1, actor=cast.officer.actor)
    assert trees(period, cast.province) == 120
    page = (
        cast.officer.client()
        .get(reverse("reports:write", args=[report_of(period, cast.a).pk]))
        .content.decode()
    )
    assert "gửi bản đính chính" in page
    send(period, cast.a, cast.officer, "20", reason="sửa")
    assert trees(period, cast.province) == 110
    withdraw_activity(made, revision=2, actor=cast.officer.actor)
    send(period, cast.a, cast.officer, "20", reason="rút")
    assert trees(period, cast.province) == 20
    assert check_totals(period) == []


def test_a_partner_is_told_and_declines_with_a_reason(cast, period):
    made = register(cast, period)
    assert Notice.objects.filter(kind="joint-asked", unit=cast.b).exists()
    with pytest.raises(DomainError) as refused:
        answer_activity(made, cast.b, confirms=False, actor=cast.neighbour.actor)
    assert refused.value.code == "reason-missing"
    answer_activity(made, cast.b, confirms=False, reason="Không tham gia.", actor=cast.neighbour.actor)
    assert send(period, cast.b, cast.neighbour, "5").joint == []
    assert send(period, cast.a, cast.officer, "20").joint[0]["partners"] == []


@pytest.mark.parametrize("who", ["root", "chief", "neighbour", "reader", "stranger"])
def test_only_the_host_registers_and_changes(cast, period, who):
    actor = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        register(cast, period, actor=actor)
    made = register(cast, period)
    with pytest.raises(NotAllowed):
        withdraw_activity(made, revision=1, actor=actor)
    if who != "neighbour":
        with pytest.raises(NotAllowed):
            answer_activity(made, cast.b, confirms=True, actor=actor)


@pytest.mark.parametrize("who", ["root", "chief", "reader", "stranger"])
def test_it_exists_for_the_units_it_names_alone(cast, period, who):
    made, client = register(cast, period), getattr(cast, who).client()
    found = {
        "reports:joint-activity": (made.pk,), "reports:joint-withdraw": (made.pk,), "reports:joint-answer": (made.pk,),
        "reports:joint": (period.pk,), "reports:joint-new": (period.pk, period.programme.tasks.last().pk),
    }  # fmt: skip
    for name, args in found.items():
        if who == "chief" and name in ("reports:joint", "reports:joint-new"):
            continue  # P owes a report of its own
        method = client.post if name.endswith(("withdraw", "answer")) else client.get
        assert method(reverse(name, args=args)).status_code in (403, 404)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"partners": []}, "partners"),
        ({"figures": {("joined", "numerator"): Decimal(1)}}, "bad-figures"),
        ({"figures": {("trees", "value"): Decimal("0.001")}}, "bad-figures"),
    ],
)
def test_what_cannot_count_is_refused(cast, period, more, code):
    with pytest.raises(DomainError) as refused:
        register(cast, period, **more)
    assert refused.value.code == code
    for partner, said in ((cast.a, "host-is-partner"), (cast.other_province, "owes-nothing")):
        with pytest.raises(DomainError) as refused:
            register(cast, period, partners=[partner])
        assert refused.value.code == said


def test_the_way_through_the_pages(cast, period, django_assert_max_num_queries):
    host, partner = cast.officer.client(), cast.neighbour.client()
    task = period.programme.tasks.last()
    new = reverse("reports:joint-new", args=[period.pk, task.pk])
    page = host.get(new).content.decode()
    assert "Xã An Hòa" in page
    trees_name = page.split('name="f-')[1].split('"')[0]
    wrong = host.post(new, {"title": "Trồng cây", f"f-{trees_name}": "1,5,5", "codes": "ZZZ"})
    assert wrong.status_code == 400
    assert "ZZZ" in wrong.content.decode()
    sent = {"title": "Trồng cây", f"f-{trees_name}": "30", "codes": "B"}
    assert host.post(new, sent).status_code == 302
    made = JointActivity.objects.get()
    assert [p.unit for p in made.partners.all()] == [cast.b]
    one = reverse("reports:joint-activity", args=[made.pk])
    assert "30" in host.get(one).content.decode()
    assert host.post(one, sent | {"title": "Trồng rừng", "revision": 1}).status_code == 302
    assert host.post(one, sent | {"revision": 1}).status_code == 409
    with django_assert_max_num_queries(24):
        assert "Trồng rừng" in partner.get(reverse("reports:joint", args=[period.pk])).content.decode()
    assert "không tính vào báo cáo của mình" in partner.get(one).content.decode()
    assert (
        partner.post(reverse("reports:joint-answer", args=[made.pk]), {"confirms": "yes"}).status_code == 302
    )
    assert JointPartner.objects.get().state == "confirmed"
    page = partner.get(one).content.decode()
    assert "Đơn vị đã trả lời: đã xác nhận." in page
    assert 'value="yes"' not in page, "what is confirmed is not asked again"
    assert 'value="no"' in page
    assert partner.post(reverse("reports:joint-withdraw", args=[made.pk]), {"revision": 2}).status_code == 404


class CountedOnce(TestCase):
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 999), st.integers(0, 999)), max_size=5))
    def test_whatever_is_held_together_the_whole_is_typed_plus_joint_once(self, deeds):
        cast = make_cast()
        period = make_period(cast)
        heads = {"a": (cast.a, cast.b, cast.officer), "b": (cast.b, cast.a, cast.neighbour)}
        typed, joint, task = {}, {"a": 0, "b": 0}, period.programme.tasks.last()
        for who, own, together in deeds:
            host, partner, head = heads[who]
            said = ActivityInput("Cùng làm", [partner], {("trees", "value"): Decimal(together)})
            register_activity(period, host, task, said, actor=head.actor)
            joint[who] += together
            send(period, host, head, str(own), reason="sửa")
            typed[who] = own + joint[who]
        assert trees(period, cast.province) == sum(typed.values())
        assert check_totals(period) == []
        assert Report.objects.filter(current__isnull=False).count() == len(typed)
