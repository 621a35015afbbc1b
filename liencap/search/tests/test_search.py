"""Find by words with and without marks, exact ones first, only what one may see."""

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from liencap.audit.actor import SYSTEM
from liencap.card import functions
from liencap.documents.actions import upload_document
from liencap.documents.models import Document
from liencap.programmes.actions import make_task
from liencap.programmes.models import Direction
from liencap.reports.tests import scene
from liencap.search.actions import forget_texts, index_texts, rebuild
from liencap.search.models import Entry
from liencap.search.queries import best, ids_matching, places
from liencap.search.terms import excerpt, hit_spans, question
from liencap.testing import DAY, make_cast
from liencap.units.actions import end_appointment
from liencap.units.models import Appointment
from liencap.work.actions import run_one

pytestmark = pytest.mark.django_db
TEXTS = {
    "một": "Tập huấn kế toán hợp tác xã tại Đồng Nai theo Kế hoạch số 12-KH/LH.",
    "hai": "Tap huan ke toan, viet khong dau; dong nai.",
    "ba": "Họp tổ sản xuất; không có gì về tập huấn tháng này.",
}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def documents(cast):
    made = {}
    for title, text in TEXTS.items():
        made[title] = Document(unit=cast.a, title=title)
        made[title].derive()
        made[title].save()
        index_texts("document", [(made[title].pk, text)], actor=SYSTEM)
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tập huấn", ["một", "ba", "hai"]),
        ("tap huan", ["hai", "một", "ba"]),
        ("Đồng Nai", ["một", "hai"]),
        ("dong nai", ["hai", "một"]),
        ("12-KH/LH", ["một"]),
        ('"kế toán hợp tác"', ["một"]),
        ('"hop tac ke toan"', []),
        ("ke to", ["hai", "một"]),
        ("không tập", ["ba", "hai"]),
        ("trong", []),
        ("a", []),
        ("'; DROP", []),
        ('" OR *', []),
        ("NEAR(tap huan)", []),
        ("tap:* | !huan", ["hai", "một", "ba"]),
        ("x" * 500, []),
        ("", []),
    ],
)
def test_words_are_found_folded_and_the_very_marks_come_first(documents, typed, found):
    rows = best(Document.objects.order_by("pk"), "document", typed, 10)
    titles = [row.title for row in rows]
    # Which of two that differ from what was typed comes first is the queryset's business.
    assert sorted(titles) == sorted(found)
    if found:
        assert titles[0] == found[0]


def test_a_text_indexed_again_or_forgotten_is_no_longer_found_by_its_old_words(documents):
    pk = documents["một"].pk
    index_texts("document", [(pk, "Trồng rừng")], actor=SYSTEM)
    assert [d.title for d in best(Document.objects.order_by("pk"), "document", "kế toán", 9)] == ["hai"]
    assert Document.objects.filter(pk__in=ids_matching("document", "rung")).get().pk == pk
    forget_texts("document", [pk], actor=SYSTEM)
    assert not Document.objects.filter(pk__in=ids_matching("document", "rung"))


def test_long_texts_are_cut_into_parts_and_the_place_is_known(documents):
    pk = documents["một"].pk
    text = "mở đầu " * 5000 + "cây thông hiếm " + "kết thúc " * 5000
    index_texts("document", [(pk, text)], actor=SYSTEM)
    assert Entry.objects.filter(object_id=pk, kind="document").count() == 7
    start, end = places("document", [pk], "thông hiếm")[pk]
    assert "cây thông hiếm" in text[start:end]


def test_the_words_are_marked_and_cut_out():
    text = "Mở đầu dài dòng. " * 30 + "Tập huấn <b>kế toán</b> cho Đồng Nai. " + "Còn nữa. " * 40
    asked = question("ke toan")
    cut = excerpt(text, asked)
    assert "kế toán" in cut
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert [cut[a:b] for a, b in hit_spans(cut, asked)] == ["kế", "toán"]


def test_the_cut_shows_the_words_where_they_stand_together():
    text = (
        "Liên hiệp hợp tác xã ra hội nghị. " * 30 + "Tổ chức hội thi cán bộ giỏi. " + "Cán bộ đi họp. " * 40
    )
    assert "hội thi cán bộ" in excerpt(text, question("hội thi cán bộ"))
    assert "hội thi cán bộ" in excerpt(text, question("hoi thi can b"))
    assert excerpt("một hai ba", question("ba")) == excerpt("một hai ba", question("bốn")) == "một hai ba"


@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_breaks_the_question(typed):
    asked = question(typed)
    assert all(word.isalnum() or word for phrase in asked.phrases for word in phrase)
    excerpt("một văn bản " * 40, asked)


@pytest.mark.parametrize("typed", ['a" b', "a'b' c", "ﬁ x² ½ ٣٤", "ạ̈ bb", "\x00 zz", "日本 語", "ß straße"])
def test_what_is_typed_never_breaks_the_database(documents, typed):
    best(Document.objects.all(), "document", typed, 5)
    index_texts("document", [(documents["ba"].pk, typed.replace("\x00", ""))], actor=SYSTEM)
    best(Document.objects.all(), "document", typed, 5)


def found_by(member, typed):
    return {hit.title for f in functions("search") for hit in f(member.actor, typed, 20)}


def test_each_seat_finds_what_it_may_see_and_nobody_finds_a_draft(cast):
    upload_document(
        cast.a, "KẾ HOẠCH\nNuôi hươu sao\n1. Mở lớp nuôi hươu.".encode(), "huou.txt", actor=cast.officer.actor
    )
    while run_one("test"):
        pass
    for member in (cast.officer, cast.reader, cast.chief, cast.root):
        assert found_by(member, "hươu") == {"Nuôi hươu sao"} or found_by(member, "huou"), member.login
    for member in (cast.neighbour, cast.stranger):
        assert not found_by(member, "huou")


def test_passages_are_found_once_sent_by_those_above_and_only_as_they_stand(cast):
    period = scene.make_period(cast)
    report = scene.report_of(period, cast.a)
    scene.save(report, scene.content(report, "1", 2, "Nuôi hươu sao rất tốt."), cast.officer)
    for member in (cast.officer, cast.chief, cast.root):
        assert not found_by(member, "hươu"), "a draft is found by nobody"
    scene.send(period, cast.a, cast.officer, text="Nuôi hươu sao rất tốt.")
    for member in (cast.officer, cast.reader, cast.chief, cast.root):
        assert len(found_by(member, "huou")) == 1, member.login
    for member in (cast.neighbour, cast.stranger):
        assert not found_by(member, "huou")
    scene.send(period, cast.a, cast.officer, reason="Sai", text="Nuôi dê rất tốt.")
    assert not found_by(cast.chief, "huou"), "the old words went with the old version"
    assert found_by(cast.chief, "nuoi de")


def test_every_task_that_a_deed_writes_is_found(cast):
    programme = scene.make_programme(cast.root_unit)
    direction = Direction.objects.create(
        programme=programme, order=1, label="4", text="Học tập nghị quyết về hươu"
    )
    make_task(direction, "", actor=cast.root.actor)
    assert len(found_by(cast.root, "huou")) == 1


def test_who_left_a_seat_finds_nothing_more(cast):
    upload_document(cast.a, "Nuôi hươu sao".encode(), "huou.txt", actor=cast.officer.actor)
    assert found_by(cast.officer, "huou")
    end_appointment(Appointment.objects.get(seat=cast.officer.seat), until=DAY, actor=SYSTEM)
    assert not found_by(cast.officer, "huou")


def test_the_page_groups_hits_and_turns_pages_within_the_queries(cast, django_assert_max_num_queries):
    for n in range(26):
        made = Document(unit=cast.a, title=f"Kế hoạch trồng rừng {n}")
        made.derive()
        made.save()
        index_texts("document", [(made.pk, made.title)], actor=SYSTEM)
    client = cast.officer.client()
    with django_assert_max_num_queries(30):
        page = client.get(reverse("search:search"), {"q": "trong rung"}).content.decode()
    assert page.count("list-group-item-action") == 5
    assert "<mark>trồng</mark>" in page
    number = next(n for n, f in enumerate(functions("search")) if f.__module__ == "liencap.documents.search")
    url = reverse("search:more", args=[number])
    pages = [client.get(url, {"q": "trong rung", "page": n}).content.decode() for n in (1, 2)]
    assert [page.count("list-group-item-action") for page in pages] == [20, 6]
    assert client.get(url, {"q": "trong rung", "page": "x"}).status_code == 200
    assert client.get(reverse("search:more", args=[99]), {"q": "trong"}).status_code == 404
    empty = cast.stranger.client().get(reverse("search:search"), {"q": "trong rung"})
    assert empty.status_code == 200
    assert "list-group-item-action" not in empty.content.decode()
    assert client.get(reverse("search:search"), {"q": "<script>"}).content.decode().count("<script>x") == 0


def test_the_index_is_built_anew_from_the_rows(documents):
    Entry.objects.all().delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('rebuild')")
    index_texts("document", [(999_999, "lạc")], actor=SYSTEM)
    assert dict(rebuild())["document"] == 3
    assert [d.title for d in best(Document.objects.all(), "document", "ba", 5)] == ["ba"]
    assert not Entry.objects.filter(object_id=999_999).exists()
