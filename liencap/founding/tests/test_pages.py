"""The pages of the first hour: who may open them, what they refuse, what they leave."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import DomainError, NotAllowed
from liencap.founding import actions
from liencap.founding.code import setup_code
from liencap.founding.models import Founding
from liencap.founding.queries import is_empty, steps_of, suggested_period
from liencap.founding.values import Line, Organisation
from liencap.testing import DAY, make_cast
from liencap.units.models import Role, Tier, Unit

pytestmark = pytest.mark.django_db
GET = ("founding:steps", "founding:tiers", "founding:units", "founding:sample", "founding:dates")
LEAD = ("founding:slips", "founding:plan")
SAID = {
    "kind": "association", "name": "Hội Đồng Cỏ", "name_en": "", "authority": "", "place": "Cỏ May",
    "person": "Lê Thị Thử", "sign_in": "0900 111 222", "password": "mot mat khau dai",
}  # fmt: skip


@pytest.fixture
def cast():
    made = make_cast()
    Founding.objects.create(unit=made.root_unit, kind="office")
    return made


def founding() -> Founding:
    return Founding.objects.select_related("unit__tier").get()


def test_the_head_of_the_topmost_unit_walks_the_steps_and_nobody_else(cast, django_assert_max_num_queries):
    for name in GET:
        with django_assert_max_num_queries(30):
            assert cast.root.client().get(reverse(name)).status_code == 200
        for other in (cast.chief, cast.neighbour, cast.reader, cast.stranger):
            assert other.client().get(reverse(name)).status_code == 404, (name, other.login)
    for name in LEAD:
        assert cast.root.client().get(reverse(name)).status_code == 302
        assert cast.stranger.client().get(reverse(name)).status_code == 404


def test_putting_off_and_finishing_are_the_head_s_and_posted(cast):
    for name, args in (("founding:skip", ["slips"]), ("founding:finish", [])):
        url = reverse(name, args=args)
        assert cast.root.client().get(url).status_code == 405
        for other in (cast.chief, cast.neighbour, cast.reader, cast.stranger):
            assert other.client().post(url).status_code == 404
        assert cast.root.client().post(url).status_code == 302
    assert founding().skipped == ["slips"]
    assert founding().finished
    assert "founding" not in cast.root.client().get("/").content.decode(), (
        "the start page no longer leads there"
    )
    assert cast.root.client().post(reverse("founding:skip", args=["nothing"])).status_code == 400


def test_an_installation_with_accounts_is_founded_by_nobody(cast):
    url = reverse("founding:begin")
    assert Client().get(url, {"code": setup_code()}).url == reverse("sign-in")
    assert cast.stranger.client().get(url).status_code == 302
    with pytest.raises(DomainError):
        actions.found_organisation(Organisation(**SAID, language="vi"), actor=SYSTEM)


def test_founding_asks_for_the_code_once_and_signs_in(db):
    assert is_empty()
    client, url = Client(), reverse("founding:begin")
    assert client.get(url).status_code == 403
    assert client.post(url, SAID).status_code == 403
    code = setup_code()
    assert client.get(url, {"code": code}).status_code == 200
    assert client.post(url, SAID | {"password": "short"}).status_code == 400
    assert is_empty()
    assert client.post(url, SAID).url == reverse("founding:steps")
    assert client.get(reverse("founding:steps")).status_code == 200
    unit = Unit.objects.get()
    assert (unit.code, unit.letterhead.place, Tier.objects.count()) == ("HDC", "Cỏ May", 3)
    assert setup_code() != code, "the code is burnt"
    assert Client().login(username="0900111222", password="mot mat khau dai")


def test_only_the_system_founds_an_organisation(db):
    with pytest.raises(DomainError):
        actions.found_organisation(Organisation(**SAID, language="vi"), actor=Actor(1, 1, 1, "x"))


def test_tiers_are_renamed_added_and_dropped_but_not_one_that_units_have(cast):
    tiers = {t.code: t for t in Tier.objects.all()}
    top, province, commune = tiers["centre"], tiers["province"], tiers["commune"]
    rows = [(top.pk, "Trung ương Hội", ""), (province.pk, "Tỉnh hội", ""), (None, "Cụm", "Cluster"),
            (commune.pk, "Xã hội", "")]  # fmt: skip
    actions.set_tiers(founding(), rows, actor=cast.root.actor)
    assert [t.name for t in Tier.objects.all()] == ["Trung ương Hội", "Tỉnh hội", "Cụm", "Xã hội"]
    assert Unit.objects.get(code="A").rank == 3, "units follow their tier in the order of lists"
    for bad, why in (
        ([rows[0], rows[1]], "tier-used"),
        ([rows[1], rows[0], rows[3]], "tier-top"),
        ([rows[0], rows[1], (None, "ha", ""), (commune.pk, "HÀ", "")], "tier-twice"),
    ):
        with pytest.raises(DomainError) as refusal:
            actions.set_tiers(founding(), bad, actor=cast.root.actor)
        assert refusal.value.code == why
        assert Tier.objects.count() == 4
    with pytest.raises(NotAllowed):
        actions.set_tiers(founding(), rows, actor=cast.chief.actor)


def test_a_wrong_tier_page_says_why(cast):
    client = cast.root.client()
    page = client.get(reverse("founding:tiers"))
    total = page.context["rows"].total_form_count()
    sent = {"form-TOTAL_FORMS": total, "form-INITIAL_FORMS": 3}
    sent |= {f"form-{n}-pk": r.tier.pk for n, r in enumerate(_rows())}
    sent |= {"form-0-name": "Trung ương", "form-1-name": "Tỉnh", "form-2-name": ""}
    answer = client.post(reverse("founding:tiers"), sent)
    assert answer.status_code == 400
    assert "Xã" in answer.content.decode()
    sent["form-2-name"] = "Xã"
    assert client.post(reverse("founding:tiers"), sent).status_code == 302


def _rows():
    from liencap.founding.queries import tier_rows

    return tier_rows()


def test_typed_units_become_a_preview_with_free_codes(cast):
    tier = Tier.objects.get(code="province")
    lines = [Line("Tỉnh hội Một", "Lê Thị Thử", "0900222333"), Line("Tỉnh hội Hai", "", "hai@example.org")]
    batch = actions.type_units(founding(), tier, lines, actor=cast.root.actor)
    assert [(r.given["unit_code"], r.given.get("phone", ""), r.state) for r in batch.rows.order_by("line")] == [
        ("ROOT-01", "0900222333", "new"), ("ROOT-02", "", "error"),
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.type_units(founding(), tier, lines, actor=cast.chief.actor)
    url = reverse("founding:units")
    answer = cast.root.client().post(url, {"tier": tier.pk, "lines": "a;b;c;d"})
    assert answer.status_code == 400
    answer = cast.root.client().post(url, {"tier": tier.pk, "lines": "Tỉnh hội Ba;Lê Thị Ba;0900333444"})
    assert answer.status_code == 302


def test_the_seat_of_typed_units_is_named_in_the_language_of_who_types(cast):
    Role.objects.filter(is_head=True).update(name="Thủ trưởng", name_en="Head")
    for language, name in (("en", "Head"), ("vi", "Thủ trưởng")):
        with override(language):
            batch = actions.type_units(
                founding(), Tier.objects.get(code="province"), [Line("North", "", "")], actor=cast.root.actor
            )
        assert [(row.given["role"], row.state) for row in batch.rows.all()] == [(name, "new")]


def test_the_quarter_is_offered_with_lower_tiers_first(cast):
    tiers = list(Tier.objects.exclude(code="centre"))
    offered = suggested_period(DAY.replace(month=5, day=20), tiers)
    assert (offered.title, str(offered.since), str(offered.until)) == (
        "Quý II/2026",
        "2026-04-01",
        "2026-06-30",
    )
    with override("en"):
        assert suggested_period(DAY.replace(month=5, day=20), tiers).title == "Quarter II/2026"
    by_code = {t.code: str(offered.dues[t.pk]) for t in tiers}
    assert by_code == {"commune": "2026-07-05", "province": "2026-07-10"}


def test_the_steps_are_read_from_the_data(cast):
    states = {step.code: (step.done, step.skipped) for step in steps_of(founding())}
    assert states["units"] == (True, False)
    assert states["slips"] == (True, False), "the cast signs in already"
    assert states["plan"] == states["dates"] == (False, False)
