"""What of the setting up is done, read from the data; the days a first period is offered."""

import calendar
import datetime
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liencap.accounts.models import User
from liencap.documents.models import Document
from liencap.founding.models import Founding
from liencap.programmes.models import Programme
from liencap.reports.models import Period
from liencap.units.models import ActivationSlip, Appointment, Tier, Unit
from liencap.units.queries import children

ROMAN = ("I", "II", "III", "IV")


def is_empty() -> bool:
    """Say whether nobody can sign in to this installation yet; one query."""
    return not User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the setting up: what it is, where it is done, how it stands."""

    code: str
    title: str | Promise
    sentence: str | Promise
    url: str
    done: bool
    skipped: bool = False

    @property
    def open(self) -> bool:
        """Say whether the step still waits."""
        return not self.done and not self.skipped


TITLES: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("tiers", _("Tiers"), _("What your levels are called; change the ones offered.")),
    ("units", _("Units and seats"), _("Type the names of your units, or bring them in one sheet.")),
    ("slips", _("People in"), _("Print slips, or copy a message, with which heads of units sign in.")),
    ("plan", _("First plan"), _("Upload the plan your organisation adopted; look at its tasks and confirm.")),
    ("dates", _("First due dates"), _("Say who reports by when; the tasks go out and the period opens.")),
)


def steps_of(founding: Founding) -> list[Step]:
    """Return the steps with what is done; at most seven queries."""
    unit, skipped = founding.unit, set(founding.skipped)
    done = {
        "tiers": "tiers" in skipped,
        "units": children(unit).exists(),
        "slips": people_in(unit),
        "plan": Programme.objects.filter(unit=unit).exists(),
        "dates": Period.objects.filter(programme__unit=unit).exclude(state=Period.State.DRAFT).exists(),
    }
    return [
        Step(code, title, sentence, f"founding:{code}", done[code], code in skipped and not done[code])
        for code, title, sentence in TITLES
    ]


def people_in(unit: Unit) -> bool:
    """Say whether somebody below the top was given a slip, or signs in already."""
    below = Unit.objects.all().below(unit).exclude(pk=unit.pk)
    if ActivationSlip.objects.filter(appointment__seat__unit__in=below).exists():
        return True
    held = Appointment.objects.filter(seat__unit__in=below, person__user__isnull=False)
    return held.exclude(person__user__password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


@dataclass(frozen=True, slots=True)
class TierRow:
    """A tier as the form shows it; one that units have cannot be taken away."""

    tier: Tier
    used: bool


def tier_rows() -> list[TierRow]:
    """Return all tiers from the top; two queries."""
    used = set(Unit.objects.order_by().values_list("tier_id", flat=True).distinct())
    return [TierRow(tier, tier.pk in used) for tier in Tier.objects.all()]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A first period: its name, its days, and a due day for each tier, lowest first."""

    title: str
    since: datetime.date
    until: datetime.date
    dues: dict[int, datetime.date]


def suggested_period(today: datetime.date, tiers: list[Tier]) -> Suggestion:
    """Offer the running quarter; the lowest tier is due five days after its end, each above five days later."""
    quarter = (today.month - 1) // 3
    since = today.replace(month=quarter * 3 + 1, day=1)
    last = quarter * 3 + 3
    until = today.replace(month=last, day=calendar.monthrange(today.year, last)[1])
    ranks = [list(same) for _rank, same in groupby(sorted(tiers, key=lambda t: -t.rank), lambda t: t.rank)]
    dues = {
        tier.pk: until + datetime.timedelta(days=5 * n) for n, same in enumerate(ranks, 1) for tier in same
    }
    title = gettext("Quarter %(quarter)s/%(year)s") % {"quarter": ROMAN[quarter], "year": today.year}
    return Suggestion(title, since, until, dues)


def tiers_in_use(unit: Unit) -> list[Tier]:
    """Return the tiers of the units below one, lowest first: those that can be asked for reports."""
    below = Unit.objects.all().below(unit).exclude(pk=unit.pk).filter(closed__isnull=True)
    return list(Tier.objects.filter(pk__in=below.values("tier_id")).order_by("-rank"))


def programme_to_date(unit: Unit) -> Programme | None:
    """Return the newest programme of a unit that no period reports on yet, or else the newest of all."""
    mine = Programme.objects.filter(unit=unit, state=Programme.State.ACTIVE).order_by("-pk")
    return mine.exclude(Q(periods__isnull=False)).first() or mine.first()


def plan_in_work(unit: Unit) -> Document | None:
    """Return the newest document of a unit that became no programme yet."""
    return Document.objects.filter(unit=unit, draft=False, versions__reading__programmes__isnull=True).first()
