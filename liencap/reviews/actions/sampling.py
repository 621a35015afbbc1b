"""Draw a random sample of evidence with a recorded seed, and note what its check found."""

import secrets

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.sampling import digest_of, draw
from liencap.errors import DomainError
from liencap.reviews.access import ACCEPT, require_own
from liencap.reviews.models import Review, Sample, SampleItem, UnitReview
from liencap.reviews.models.sampling import WIDTH
from liencap.reviews.samples import keys_of, population_of

MOST = 200


@transaction.atomic
def draw_sample(owed: UnitReview, *, size: int, actor: Actor, seed: str = "") -> Sample:
    """Draw files of the unit and those below; without a seed one is made. Every draw stays, numbered."""
    require_own(actor, ACCEPT, owed.unit)
    owed = UnitReview.objects.select_for_update(of=("self",)).select_related("unit", "review").get(pk=owed.pk)
    if owed.review.state != Review.State.OPEN:
        raise DomainError("review-closed", _("This review is closed."), status=409)
    if not 1 <= size <= MOST:
        raise DomainError("bad-size", _("Draw between 1 and %(most)s files.") % {"most": MOST})
    files = population_of(owed)
    if not files:
        raise DomainError(
            "no-files", _("No file of evidence was sent over the term; there is nothing to draw from.")
        )
    ids, keys = [pk for pk, _sha in files], keys_of(files)
    seed = seed.strip()[:100] or secrets.token_hex(8)
    last = Sample.objects.filter(unit_review=owed).aggregate(last=Max("n"))["last"] or 0
    sample = Sample.objects.create(
        unit_review=owed, n=last + 1, seed=seed, population=b"".join(pk.to_bytes(WIDTH, "big") for pk in ids),
        digest=digest_of(keys), drawn_by_seat_id=actor.seat_id,
    )  # fmt: skip
    drawn = [ids[place] for place in draw(seed, keys, size)]
    SampleItem.objects.bulk_create(
        SampleItem(sample=sample, order=n, evidence_id=pk) for n, pk in enumerate(drawn, 1)
    )
    record(
        "draw_sample", actor=actor, kind="review_sample", object_id=sample.pk, unit_id=owed.unit_id,
        new={"n": sample.n, "seed": seed, "population": len(ids), "sha256": sample.digest, "drawn": drawn},
    )  # fmt: skip
    return sample


@transaction.atomic
def check_item(item: SampleItem, result: str, *, actor: Actor, remark: str = "") -> SampleItem:
    """Note what the check of a drawn file found; what is not in order says why."""
    require_own(actor, ACCEPT, item.sample.unit_review.unit)
    item = (
        SampleItem.objects.select_for_update(of=("self",))
        .select_related("sample__unit_review")
        .get(pk=item.pk)
    )
    if result not in SampleItem.Result.values:
        raise DomainError("unknown-result", _("Choose what the check found."))
    if result in (SampleItem.Result.DOUBTFUL, SampleItem.Result.WRONG) and not remark.strip():
        raise DomainError("reason-missing", _("Say what is not in order."))
    old = {"result": item.result, "remark": item.remark}
    item.result, item.remark = SampleItem.Result(result), remark.strip()[:500]
    item.checked_at, item.checked_by_seat_id = timezone.now(), actor.seat_id
    item.save(update_fields=["result", "remark", "checked_at", "checked_by_seat"])
    record(
        "check_sample_item", actor=actor, kind="review_sample", object_id=item.sample_id,
        unit_id=item.sample.unit_review.unit_id, old=old,
        new={"item": item.pk, "result": item.result, "remark": item.remark},
    )  # fmt: skip
    return item
