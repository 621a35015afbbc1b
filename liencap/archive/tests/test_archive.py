"""Filing, finding, handing out and checking records."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from liencap.archive.actions import Description, Filed, file_record, note_fixity, order_check
from liencap.archive.jobs import check_fixity
from liencap.archive.models import DigitalObject, Record, Series
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.documents import store
from liencap.errors import NotAllowed
from liencap.testing import make_cast
from liencap.work.actions import enqueue, run_one

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 31)


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES = tmp_path
    return make_cast()


def file(unit, pk, title="Báo cáo quý I", data=b"words", day=DAY, kind=Series.Kind.REPORT):
    about = Description(title, symbol="12/BC", creator=str(unit), since=day, until=day, language="vi")
    stored = store.put(data)
    files = [Filed("../bao cao.pdf", "pdf", stored)]
    return file_record(unit, kind, about, files, source=("consolidated_report", pk), actor=SYSTEM)


def get(member, name, *args, **query):
    return member.client().get(reverse(name, args=args), query)


def test_records_are_numbered_in_their_series_and_year(cast):
    first, second = file(cast.a, 1), file(cast.a, 2)
    other = file(cast.a, 3, kind=Series.Kind.PLAN)
    later = file(cast.a, 4, day=datetime.date(2027, 1, 31))
    beside = file(cast.b, 5)
    assert [r.reference for r in (first, second, other, later, beside)] == [
        "A.BC.2026.0001", "A.BC.2026.0002", "A.KH.2026.0001", "A.BC.2027.0001", "B.BC.2026.0001",
    ]  # fmt: skip


def test_a_source_is_filed_once_and_the_database_holds_to_it(cast):
    first = file(cast.a, 1)
    assert file(cast.a, 1, title="Lần nữa") == first
    assert Entry.objects.filter(action="file_record").count() == 1
    again = Record(series=first.series, year=2026, number=9, source_kind=first.source_kind, source_id=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_the_list_finds_words_without_marks_by_series_year_and_unit(cast):
    file(cast.a, 1, title="Báo cáo Đại hội")
    file(cast.b, 2, title="Báo cáo tập huấn", day=datetime.date(2025, 12, 31))

    def titles(**query):
        return [r.title for r in get(cast.chief, "archive:list", **query).context["page"]]

    assert titles() == ["Báo cáo tập huấn", "Báo cáo Đại hội"]
    assert titles(q="dai hoi") == ["Báo cáo Đại hội"]
    assert titles(q="hội báo") == ["Báo cáo Đại hội"]
    assert titles(q="b.bc.2025") == ["Báo cáo tập huấn"]
    assert titles(year="2025") == ["Báo cáo tập huấn"]
    assert titles(kind="KH") == []
    assert titles(unit=cast.a.pk) == ["Báo cáo Đại hội"]
    assert titles(year="²", unit="x", kind="?") == titles()


def test_a_file_is_handed_out_as_an_attachment_in_a_sandbox(cast):
    record = file(cast.a, 1)
    answer = get(cast.officer, "archive:file", record.files.get().pk)
    assert answer.content == b"words"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"


def test_a_check_finds_changed_and_missing_files_and_says_so_loudly(cast):
    sound, changed, missing = (file(cast.a, n, data=b"%d" % n).files.get() for n in (1, 2, 3))
    store.path_of(changed.sha256).chmod(0o600)
    store.path_of(changed.sha256).write_bytes(b"other")
    store.path_of(missing.sha256).unlink()
    answer = cast.chief.client().post(reverse("archive:check"))
    assert answer.url == reverse("archive:list")
    while run_one("w"):
        pass
    states = {o.pk: o.fixity for o in DigitalObject.objects.all()}
    assert states == {sound.pk: "sound", changed.pk: "changed", missing.pk: "missing"}
    assert Entry.objects.filter(action="note_fixity", unit_id=cast.a.pk).count() == 2
    assert get(cast.chief, "archive:list").context["broken"] == 2
    assert "Tệp đã bị thay đổi" in get(cast.chief, "archive:record", changed.record_id).content.decode()
    broken = cast.chief.client().get(reverse("archive:file", args=[missing.pk]), follow=True)
    assert "bị hỏng hoặc bị mất trong kho" in broken.content.decode()
    with pytest.raises(AssertionError):
        note_fixity({sound.pk: "missing"}, actor=cast.chief.actor)


def test_every_night_all_files_are_checked(cast):
    made = file(cast.a, 1).files.get()
    check_fixity(enqueue("check-fixity", {}, actor=SYSTEM))
    made.refresh_from_db()
    assert made.fixity == "sound"
    assert "check-fixity" in apps.get_app_config("archive").card.daily


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("chief", 200), ("root", 200), ("reader", 200), ("neighbour", 404), ("stranger", 404)],
)
def test_a_record_is_seen_in_its_line_and_by_no_one_beside(cast, who, status):
    record, client = file(cast.a, 1), getattr(cast, who).client()
    one = record.files.get().pk
    assert client.get(reverse("archive:record", args=[record.pk])).status_code == status
    assert client.get(reverse("archive:file", args=[one])).status_code == status
    listed = client.get(reverse("archive:list")).content.decode()
    assert (record.title in listed) == (status == 200)
    for name in ("record", "file"):
        assert client.get(reverse(f"archive:{name}", args=[999_999])).status_code == 404
        assert client.post(reverse(f"archive:{name}", args=[record.pk])).status_code == 405


@pytest.mark.parametrize(("who", "status"), [("officer", 302), ("reader", 403), ("stranger", 404)])
def test_only_who_may_has_the_files_checked(cast, who, status):
    client = getattr(cast, who).client()
    assert client.post(reverse("archive:check")).status_code == status
    assert client.get(reverse("archive:check")).status_code == 405
    if status != 302:
        with pytest.raises(NotAllowed):
            order_check(cast.a, actor=getattr(cast, who).actor)


def test_a_unit_s_page_shows_what_it_filed_to_those_who_may_see_it(cast):
    record = file(cast.a, 1)
    page = get(cast.officer, "units:detail", cast.a.pk).content.decode()
    assert reverse("archive:record", args=[record.pk]) in page


def test_the_list_takes_few_queries(cast, django_assert_max_num_queries):
    for n in range(60):
        file(cast.a, n)
    client = cast.chief.client()
    with django_assert_max_num_queries(10):
        page = client.get(reverse("archive:list"))
    assert len(page.context["page"].object_list) == 50
    assert len(client.get(reverse("archive:list"), {"page": 2}).context["page"].object_list) == 10
