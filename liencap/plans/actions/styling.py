"""Put a Word template for plans into use for a unit and those below it, or go back to the one above."""

from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.errors import DomainError
from liencap.plans.access import STYLE, require_own
from liencap.plans.models import PlanTemplate, UnitPlan
from liencap.plans.printing import check_template
from liencap.units.models import Unit


def set_template(
    unit: Unit, language: str, data: bytes, filename: str, *, actor: Actor
) -> list[dict[str, str]]:
    """Check a template in a child process and put it into use; what speaks against it is returned, nothing kept."""
    require_own(actor, STYLE, unit)
    if language not in UnitPlan.Language.values:
        raise DomainError("language", _("There is no such language."))
    if len(data) > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise DomainError("too-large", _("The file is larger than %(most)s MB.") % {"most": most})
    if problems := check_template(data):
        return problems
    name = PurePath(filename.replace("\\", "/")).name[:240] or "template.docx"
    _put(unit, language, store.put(data), name, actor=actor)
    return []


def reset_template(unit: Unit, language: str, *, actor: Actor) -> None:
    """Go back to the template of the unit above, or the built-in one; the old one stays stored."""
    require_own(actor, STYLE, unit)
    _put(unit, language, "", "", actor=actor)


@transaction.atomic
def _put(unit: Unit, language: str, sha256: str, filename: str, *, actor: Actor) -> None:
    PlanTemplate.objects.create(
        unit=unit, language=language, sha256=sha256, filename=filename, made_by_seat_id=actor.seat_id
    )
    record(
        "set_plan_template", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk,
        new={"language": language, "sha256": sha256, "filename": filename},
    )  # fmt: skip
