"""Upload documents, and write what was read from them."""

import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.documents.conversion import in_child
from liencap.documents.models import Document, Letterhead, Reading, Version
from liencap.documents.refusals import code_of
from liencap.documents.search import KIND, text_of
from liencap.errors import DomainError
from liencap.search.actions import index_texts
from liencap.units.access import require
from liencap.units.models import Unit
from liencap.work.actions import enqueue
from liencap.work.child import ChildFailed, ChildRefusal


def upload_document(
    unit: Unit,
    data: bytes,
    filename: str,
    *,
    actor: Actor,
    title: str = "", no_secrecy: bool = False, queue: bool = True,
) -> Version:  # fmt: skip
    """Check a file, keep it as a new document and queue its reading.

    A secrecy mark refuses it before anything is stored. Where no text can be had to look for the mark,
    the uploader has to declare that there is none (`no_secrecy`). The look takes a child process, so it
    happens before the transaction.
    """
    require(actor, "document.upload", unit)
    kind, code = _look(data, no_secrecy=no_secrecy)
    name = PurePath(filename.replace("\\", "/")).name[:255] or "document"
    sha256 = store.put(data)
    with transaction.atomic():
        document = Document(unit=unit, title=(title.strip() or PurePath(name).stem)[:500])
        document.derive()
        document.save()
        _index(document, "", actor)
        version = Version.objects.create(
            document=document, n=1, sha256=sha256, size=len(data), filename=name,
            content_kind=kind, uploaded_by_seat_id=actor.seat_id,
        )  # fmt: skip
        reading = Reading.objects.create(version=version)
        if code:
            _refuse(reading, code)
        elif queue:
            args = {"reading": reading.pk, "language": get_language()}
            reading.job = enqueue("read-document", args, actor=actor, key=str(reading.pk), unit_id=unit.pk)
            reading.save(update_fields=["job"])
        new = {"sha256": sha256, "filename": name, "kind": kind, "refusal": code}
        record(
            "upload-document", actor=actor, kind="document", object_id=document.pk, unit_id=unit.pk, new=new
        )
    return version


def _look(data: bytes, *, no_secrecy: bool) -> tuple[str, str]:
    """Return the kind of a file and why it cannot be read, if it cannot; refuse a secrecy mark."""
    if len(data) > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise DomainError("too-large", _("The file is larger than %(most)s MB.") % {"most": most})
    try:
        seen = in_child("look", data)
    except (ChildRefusal, ChildFailed) as failure:
        code = code_of(failure.code)
        if code != "empty" and not no_secrecy:
            raise DomainError(
                "secrecy-unknown",
                _(
                    "The file's text cannot be read here, so a secrecy mark cannot be ruled out. "
                    "Declare below that it carries none, and send it again."
                ),
            ) from failure
        return "", code
    if seen["mark"]:
        raise DomainError(
            "secrecy-mark",
            _("The document carries the secrecy mark “%(mark)s”. It was not stored and no copy was kept.")
            % {"mark": seen["mark"]},
        )
    return seen["kind"], ""


def _index(document: Document, text: str, actor: Actor) -> None:
    index_texts(KIND, [(document.pk, text_of(document, text))], actor=actor)


@transaction.atomic
def finish_reading(reading: Reading, plan: dict[str, Any], *, actor: Actor) -> None:
    """Write what was read and what the document says of itself; a second time changes nothing."""
    reading = Reading.objects.select_for_update().select_related("version__document__unit").get(pk=reading.pk)
    if reading.state != Reading.State.WAITING:
        return
    document = reading.version.document
    require(actor, "document.upload", document.unit)
    reading.state, reading.finished = Reading.State.READ, timezone.now()
    reading.text, reading.problems = plan["text"], plan["problems"]
    reading.plan = {name: value for name, value in plan.items() if name not in ("text", "problems")}
    reading.save(update_fields=["state", "finished", "text", "problems", "plan"])
    said = plan["document"]
    if document.title == PurePath(reading.version.filename).stem[:500] and said["subject"]:
        document.title = " ".join(said["subject"].split())[:500]
    document.kind = (said["type"] or "")[:40]
    document.number = (said["number"] or "")[:80]
    document.issuer = (said["issuer"] or "")[:300]
    document.date = _day(said["date"])
    document.language = plan["language"]
    document.derive()
    document.save(
        update_fields=["title", "kind", "number", "issuer", "date", "language", "folded", "sort_key"]
    )
    _index(document, reading.text, actor)
    new = {"tasks": len(plan["tasks"]), "problems": len(plan["problems"])}
    record(
        "read-document",
        actor=actor,
        kind="document",
        object_id=document.pk,
        unit_id=document.unit_id,
        new=new,
    )


@transaction.atomic
def refuse_reading(reading: Reading, code: str, *, actor: Actor) -> None:
    """Write why a file cannot be read; the file stays."""
    reading = Reading.objects.select_for_update().select_related("version__document__unit").get(pk=reading.pk)
    if reading.state != Reading.State.WAITING:
        return
    document = reading.version.document
    require(actor, "document.upload", document.unit)
    _refuse(reading, code)
    new = {"code": code}
    record(
        "refuse-reading",
        actor=actor,
        kind="document",
        object_id=document.pk,
        unit_id=document.unit_id,
        new=new,
    )


def _refuse(reading: Reading, code: str) -> None:
    reading.state, reading.code, reading.finished = Reading.State.UNREADABLE, code_of(code), timezone.now()
    reading.save(update_fields=["state", "code", "finished"])


def _day(iso: str | None) -> datetime.date | None:
    """Return a full ISO day; a month alone is no day."""
    try:
        return datetime.date.fromisoformat(iso or "")
    except ValueError:
        return None


@transaction.atomic
def set_letterhead(
    unit: Unit, *, actor: Actor, form: str = Letterhead.Form.PLAIN, authority: str = "", issuer: str = "",
    place: str = "", on_behalf: str = "",
) -> Letterhead:  # fmt: skip
    """Say what stands at the head of a unit's papers; papers issued before stay as they were."""
    require(actor, "document.letterhead", unit)
    new = {"form": form, "authority": authority, "issuer": issuer, "place": place, "on_behalf": on_behalf}
    was = Letterhead.objects.filter(unit=unit).first()
    old = {name: getattr(was, name) for name in new} if was else {}
    made, _new = Letterhead.objects.update_or_create(unit=unit, defaults=new)
    record(
        "set_letterhead", actor=actor, kind="letterhead", object_id=made.pk, unit_id=unit.pk, old=old, new=new
    )
    return made


@transaction.atomic
def keep_draft(
    unit: Unit, title: str, data: bytes, filename: str, kind: str, *, actor: Actor, of: Document | None = None
) -> Version:
    """Keep a draft that a room has just made as a document of its own, or as the next version of one.

    The caller has judged: it keeps what its own deed made, in the same transaction.
    """
    document = of or Document(unit=unit, title=title[:500], draft=True)
    assert document.draft, "a document that everybody sees takes no draft"
    if of is None:
        document.derive()
        document.save()
    last = document.versions.aggregate(last=Max("n"))["last"] or 0
    version = Version.objects.create(
        document=document, n=last + 1, sha256=store.put(data), size=len(data), filename=filename[:255],
        content_kind=kind, uploaded_by_seat_id=actor.seat_id,
    )  # fmt: skip
    record(
        "keep_draft", actor=actor, kind="document", object_id=document.pk, unit_id=unit.pk,
        new={"sha256": version.sha256, "n": version.n},
    )  # fmt: skip
    return version
