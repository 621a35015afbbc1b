"""From which files a sample is drawn, and whether a draw can be repeated."""

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, QuerySet

from liencap.core.sampling import digest_of, draw
from liencap.core.text import next_prefix
from liencap.reports.models import Evidence, VersionEvidence
from liencap.reviews.models import Sample, SampleItem, UnitReview


def population_of(owed: UnitReview) -> list[tuple[int, str]]:
    """Return id and hash of every file of a standing report of the unit or below over the term; one query."""
    path = bytes(owed.unit.path)
    sent = VersionEvidence.objects.filter(
        evidence=OuterRef("pk"), version__report__current=F("version"),
    )  # fmt: skip
    programmes = owed.review.subjects.filter(programme__isnull=False).values("programme_id")
    found = Evidence.objects.filter(
        Exists(sent), report__obligation__unit__path__gte=path, report__obligation__unit__path__lt=next_prefix(path),
        report__obligation__period__programme__in=programmes,
        report__obligation__period__since__lte=owed.review.until,
        report__obligation__period__until__gte=owed.review.since,
    )  # fmt: skip
    return list(found.order_by("pk").values_list("pk", "sha256"))


def keys_of(files: Sequence[tuple[int, str]]) -> list[str]:
    """Return the key of each file: its number and the hash of its bytes, so that a file put in its place shows."""
    return [f"{pk} {sha256}" for pk, sha256 in files]


def population_lines(sample: Sample) -> list[str]:
    """Return the keys that a sample was drawn from as they stand today, sorted: their hash is the sample's digest."""
    kept = _hashes(sample.ids)
    return sorted(keys_of([(pk, kept[pk]) for pk in sample.ids if pk in kept]))


def _hashes(ids: Sequence[int]) -> dict[int, str]:
    kept = dict[int, str]()
    for at in range(0, len(ids), 1000):
        kept |= dict(Evidence.objects.filter(pk__in=ids[at : at + 1000]).values_list("pk", "sha256"))
    return kept


def repeats(sample: Sample) -> bool:
    """Say whether seed and population give the same files again; a query a thousand files of the population."""
    ids, kept = sample.ids, _hashes(sample.ids)
    if len(kept) != len(ids):
        return False
    keys = keys_of([(pk, kept[pk]) for pk in ids])
    drawn = list(sample.items.order_by("order").values_list("evidence_id", flat=True))
    again = [ids[place] for place in draw(sample.seed, keys, len(drawn))]
    return again == drawn and digest_of(keys) == sample.digest


def items_of(sample: Sample) -> "QuerySet[SampleItem]":
    """Return the drawn files with where they come from, in the order of the draw."""
    return sample.items.select_related(
        "evidence__task", "evidence__report__obligation__unit", "evidence__report__obligation__period"
    ).order_by("order")
