"""Members of the sample federation: they hold no seat, and two of them can sign in."""

import random
import secrets
from itertools import islice

from django.db import transaction

from liencap.accounts.actions import create_user
from liencap.audit.actor import SYSTEM
from liencap.demo.calendar import quarters
from liencap.demo.people import sample_names
from liencap.units import actions
from liencap.units.access import today
from liencap.units.models import Unit

UNITS = {"SX.1.1": 8, "SX.1.1.1": 14, "SX.1.1.1.1": 6}  # how many members each has
SIGNING_IN = ("SX.1.1", "SX.1.1.1")


@transaction.atomic
def enter_members(units: dict[str, Unit]) -> list[tuple[str, str, str]]:
    """Enter a few members in one line of units; the first of two units gets an account, the last has left."""
    chance = random.Random(11)  # noqa: S311  # a sample, not a secret
    since, names, logins = quarters(today())[0].since, list(dict.fromkeys(islice(sample_names(), 3000))), []
    chance.shuffle(names)
    for code, count in UNITS.items():
        unit = units[code]
        chosen, names = names[:count], names[count:]
        made = actions.enter_members(unit, chosen, since=since, actor=SYSTEM)
        actions.end_membership(made[-1], until=today(), actor=SYSTEM)
        if code in SIGNING_IN:
            person, password = made[0].person, secrets.token_urlsafe(9)
            user = create_user(person.name, names={f"{code}-tv": "code"}, password=password, actor=SYSTEM)
            actions.link_user(person, user.pk, unit=unit, actor=SYSTEM)
            logins.append((f"{code.lower()}-tv", password, f"Thành viên · {unit.name}"))
    return logins
