import pytest
from django.urls import reverse

from liencap.archive.models import Record
from liencap.programmes.models import Programme, Proposal, TierWord
from liencap.programmes.tests.seed import PLAN, make_proposal
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def proposal(cast):
    return make_proposal(cast)


def deed(member, proposal, name, row="", **more):
    proposal.refresh_from_db()
    data = {"revision": proposal.revision, "deed": name, "row": row, **more}
    answer = member.client().post(reverse("programmes:proposal-edit", args=[proposal.pk]), data)
    proposal.refresh_from_db()
    return answer


def texts(proposal):
    return [row["text"] for row in proposal.rows if not row["aside"]]


def test_the_page_shows_every_span_beside_its_row(cast, proposal, django_assert_max_num_queries):
    client = cast.chief.client()
    with django_assert_max_num_queries(14):
        page = client.get(reverse("programmes:proposal", args=[proposal.pk]))
    assert "".join(piece.text for piece in page.context["pieces"]) == proposal.reading.text
    kinds = {piece.kind for piece in page.context["pieces"]}
    assert {"task", "deadline"} <= kinds
    for row in proposal.rows:
        assert page.content.decode().count(f'data-row="{row["id"]}"') >= 2


def test_rows_are_set_aside_and_taken_back(cast, proposal):
    row = proposal.rows[0]["id"]
    deed(cast.chief, proposal, "aside", row)
    assert len(texts(proposal)) == 2
    deed(cast.chief, proposal, "back", row)
    assert len(texts(proposal)) == 3


def test_rows_are_merged_split_moved(cast, proposal):
    first, second, third = texts(proposal)
    ids = [row["id"] for row in proposal.rows]
    deed(cast.chief, proposal, "merge", ids[1])
    assert texts(proposal) == [first, f"{second}\n{third}"]
    deed(cast.chief, proposal, "split", ids[1], at=len(second) + 1)
    assert texts(proposal) == [first, second, third]
    deed(cast.chief, proposal, "down", ids[0])
    assert texts(proposal) == [second, first, third]
    deed(cast.chief, proposal, "up", ids[0])
    assert texts(proposal) == [first, second, third]


def test_a_split_keeps_each_deadline_with_its_words(cast, proposal):
    row = proposal.rows[0]
    page = cast.chief.client().get(reverse("programmes:proposal-part", args=[proposal.pk, row["id"]]))
    deed(cast.chief, proposal, "split", row["id"], at=page.context["pieces"][0][0])
    one, two = proposal.rows[:2]
    assert [d["kind"] for d in one["deadlines"]] == ["event-window"]
    assert [d["end_date"] for d in two["deadlines"]] == ["2026-12-15"]
    assert PLAN[two["start"] : two["end"]] == two["text"]


def test_a_task_is_added_from_the_text_and_only_from_it(cast, proposal):
    words = "Trong năm 2026, Liên hiệp tập trung các nhiệm vụ sau"
    deed(cast.chief, proposal, "add", words=words)
    assert texts(proposal)[0] == words
    assert PLAN[proposal.rows[0]["start"] :].startswith(words)
    assert deed(cast.chief, proposal, "add", words="không có trong văn bản").status_code == 400
    assert len(proposal.rows) == 4


def test_words_dates_and_owners_are_mended(cast, proposal):
    row = proposal.rows[1]
    data = {
        "revision": proposal.revision, "label": "II", "text": "Mở lớp.", "product": "",
        "d-TOTAL_FORMS": 1, "d-INITIAL_FORMS": 0, "d-0-kind": "due", "d-0-end_date": "2026-09-30", "d-0-bound": "by",
        "o-TOTAL_FORMS": 2, "o-INITIAL_FORMS": len(row["owners"]), "o-0-role": "lead", "o-0-words": "Ban Tổ chức",
        "o-1-role": "support", "o-1-words": "Xã Đông Hà",
    }  # fmt: skip
    answer = cast.chief.client().post(reverse("programmes:proposal-row", args=[proposal.pk, row["id"]]), data)
    assert answer.status_code == 302
    proposal.refresh_from_db()
    changed = proposal.rows[1]
    assert (changed["label"], changed["deadlines"][0]["end_date"]) == ("II", "2026-09-30")
    assert [o["words"] for o in changed["owners"]] == ["Ban Tổ chức", "Xã Đông Hà"]


def test_a_word_for_a_tier_is_mapped_once_and_remembered(cast, proposal):
    commune = cast.a.tier
    answer = cast.chief.client().post(
        reverse("programmes:proposal-tiers", args=[proposal.pk]), {"w0": commune.pk}
    )
    assert answer.status_code == 302
    assert TierWord.objects.get().tier == commune


def test_confirming_makes_the_programme_and_closes_the_proposal(cast, proposal):
    data = {"revision": proposal.revision, "title": "Năm 2026", "since": "2026-01-01", "until": "2026-12-31"}
    address = reverse("programmes:proposal-confirm", args=[proposal.pk])
    answer = cast.chief.client().post(address, data)
    programme = Programme.objects.get()
    assert answer.url == reverse("programmes:detail", args=[programme.pk])
    assert programme.tasks.count() == 3
    filed = Record.objects.get(source_kind="programme", source_id=programme.pk)
    assert filed.files.get().sha256 == proposal.reading.version.sha256
    page = cast.chief.client().get(reverse("archive:record", args=[filed.pk])).content.decode()
    assert answer.url in page
    assert cast.chief.client().post(address, data).status_code == 409
    assert deed(cast.chief, proposal, "aside", proposal.rows[0]["id"]).status_code == 409
    assert Programme.objects.count() == 1


WHO = [("root", 302), ("officer", 404), ("neighbour", 404), ("reader", 404), ("stranger", 404)]
WRITES = [
    "programmes:proposal-edit",
    "programmes:proposal-tiers",
    "programmes:proposal-confirm",
    "programmes:propose",
]


@pytest.mark.parametrize(("who", "status"), WHO)
@pytest.mark.parametrize("name", WRITES)
def test_only_the_unit_and_those_above_write_a_proposal(cast, proposal, name, who, status):
    data = {"revision": 1, "title": "x", "deed": "aside", "row": proposal.rows[0]["id"], "w0": ""}
    pk = proposal.reading_id if name == "programmes:propose" else proposal.pk
    client = getattr(cast, who).client()
    assert client.post(reverse(name, args=[pk]), data).status_code == status
    assert client.post(reverse(name, args=[pk + 999]), data).status_code == 404
    assert client.get(reverse(name, args=[pk])).status_code == 405
    assert Proposal.objects.filter(revision=1, confirmed=False).exists() or status == 302


@pytest.mark.parametrize(
    ("who", "status"), [("chief", 200), ("officer", 404), ("reader", 404), ("stranger", 404)]
)
@pytest.mark.parametrize(
    "name", ["programmes:proposal", "programmes:proposal-row", "programmes:proposal-part"]
)
def test_a_proposal_is_seen_in_its_line_alone(cast, proposal, name, who, status):
    args = [proposal.pk] if name == "programmes:proposal" else [proposal.pk, proposal.rows[0]["id"]]
    client = getattr(cast, who).client()
    assert client.get(reverse(name, args=args)).status_code == status
    assert client.delete(reverse(name, args=args)).status_code == 405
