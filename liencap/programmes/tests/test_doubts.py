"""What the reading asks to look at stands beside its row; owners are found in the tree or near names offered."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from liencap.core.reading import read_text
from liencap.programmes.owners import nearest, spellings, units_named
from liencap.programmes.tests.seed import make_programme, make_proposal
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
PLAN = """KẾ HOẠCH
Triển khai công tác năm 2026

Ban hành như sau:

I. NHIỆM VỤ
1. Tổ chức hội nghị trước ngày 31/02/2026. Giao {unit} chủ trì.
3. Giao Giám đốc {other} chủ trì báo cáo kết quả.
"""


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def proposal(cast):
    name = cast.a.name
    return make_proposal(cast, PLAN.format(unit=name[:-1] + "x", other=name))


def page_of(cast, proposal):
    return cast.chief.client().get(reverse("programmes:proposal", args=[proposal.pk]))


def test_a_doubt_stands_beside_the_task_it_concerns_and_leads_to_its_words(cast, proposal):
    page = page_of(cast, proposal)
    doubts = {row["label"]: [d.words for d in row["doubts"]] for row in page.context["page"]}
    assert doubts == {"I.1": ["31/02/2026"], "I.3": ["3."]}
    html = page.content.decode()
    for row in page.context["page"]:
        for doubt in row["doubts"]:
            assert f'href="#{doubt.place}"' in html
            assert f'id="{doubt.place}"' in html


def test_an_owner_of_another_name_is_offered_the_nearest_and_one_press_names_it(cast, proposal):
    row = next(row for row in page_of(cast, proposal).context["page"] if row["label"] == "I.1")
    (owner,) = row["owners"]
    assert not owner.known
    assert owner.near[0] == cast.a
    data = {"revision": 1, "deed": "owner", "row": row["id"], "at": 1, "words": cast.a.name}
    answer = cast.chief.client().post(reverse("programmes:proposal-edit", args=[proposal.pk]), data)
    assert answer.status_code == 302
    row = next(row for row in page_of(cast, proposal).context["page"] if row["label"] == "I.1")
    assert row["owners"][0].unit == cast.a


def test_an_owner_that_is_not_there_cannot_be_named(cast, proposal):
    row = proposal.rows[0]["id"]
    data = {"revision": 1, "deed": "owner", "row": row, "at": 9, "words": "x"}
    answer = cast.chief.client().post(reverse("programmes:proposal-edit", args=[proposal.pk]), data)
    assert answer.status_code == 400
    proposal.refresh_from_db()
    assert proposal.revision == 1


def test_the_head_of_a_unit_stands_for_the_unit(cast, proposal):
    row = next(row for row in page_of(cast, proposal).context["page"] if row["label"] == "I.3")
    assert row["owners"][0].unit == cast.a
    assert "Sở Y tế" in spellings("Giám đốc Sở Y tế")


def test_near_names_stay_inside_the_subtree_and_two_queries(cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = nearest(cast.a.name.replace(" ", "  ") + "n", cast.province)
    assert found[0] == cast.a
    assert cast.a not in nearest(cast.a.name, cast.b)
    assert units_named([{"words": cast.a.name}], cast.b) == {}


def test_the_case_is_the_text_with_what_the_person_made_of_it(cast, proposal):
    first = proposal.rows[0]["id"]
    data = {"revision": 1, "deed": "aside", "row": first}
    cast.chief.client().post(reverse("programmes:proposal-edit", args=[proposal.pk]), data)
    answer = cast.chief.client().get(reverse("programmes:proposal-case", args=[proposal.pk]))
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    text, gold = sorted(files.namelist(), reverse=True)
    case = json.loads(files.read(gold))
    assert files.read(text).decode() == proposal.reading.text
    assert [task["label"] for task in case["tasks"]] == ["I.3"]
    assert case["tasks"][0]["starts_with"] == " ".join(
        read_text(proposal.reading.text).tasks[1].text.split()[:6]
    )
    assert case["responsible"][0]["task"] == "I.3"
    assert case["deadlines"] == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("chief", 200), ("root", 200), ("officer", 404), ("neighbour", 404), ("reader", 404), ("stranger", 404)],
)
def test_the_case_meets_every_visitor(cast, proposal, who, status):
    address = reverse("programmes:proposal-case", args=[proposal.pk])
    client = getattr(cast, who).client()
    assert client.get(address).status_code == status
    assert client.post(address).status_code == 405
    assert client.get(reverse("programmes:proposal-case", args=[proposal.pk + 99])).status_code == 404


def test_a_confirmed_proposal_still_hands_out_its_case(cast):
    programme = make_programme(cast)
    address = reverse("programmes:proposal-case", args=[programme.reading.proposal.pk])
    assert cast.chief.client().get(address).status_code == 200


def test_the_reader_knows_the_units_of_the_tree_by_name_and_their_codes_decide(cast):
    from liencap.documents.opening import read

    names = [(cast.a.code, "Hợp tác xã Hoa Sen, Đồi Chè"), (cast.b.code, "Hợp tác xã Hoa Sen")]
    text = PLAN.format(unit="Hợp tác xã Hoa Sen, Đồi Chè", other="Hợp tác xã Hoa Sen")
    plan = read(text.encode(), "a.txt", unit_names=names)
    assert [(one["unit"], one["unit_key"]) for one in plan["responsible"]] == [
        ("Hợp tác xã Hoa Sen, Đồi Chè", cast.a.code), ("Giám đốc Hợp tác xã Hoa Sen", cast.b.code),
    ]  # fmt: skip
    owners = [{"words": one["unit"], "role": "lead", "code": one["unit_key"]} for one in plan["responsible"]]
    assert list(units_named(owners, cast.province).values()) == [cast.a, cast.b]
