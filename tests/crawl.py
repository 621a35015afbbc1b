"""Walk a built demo as several of its people; run as a script with LIENCAP_HOME, prints one JSON list.

From the start page every link and fragment is followed, a few for each address pattern, in Vietnamese and English.
"""

import json
import re
import sys
import time
from collections import Counter
from typing import Any

import django

LINK = re.compile(r'(href|hx-get)="(/[^"#]*)"')
TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.DOTALL)
A_PATTERN = 3  # pages of one pattern that each person looks at
MEMBER = "SX.1.1.1"  # the unit whose member walks too
PEOPLE = ("SX", "SX.1", "SX.1.1", "SX.1.1.1", "SX.1.1.1.1")


def walk(user: Any, language: str) -> list[dict[str, Any]]:
    """Follow links from the start page until nothing new comes."""
    from allauth.account.internal.flows.login import (
        _AUTHENTICATION_METHODS_USER_SESSION_KEY,
        AUTHENTICATION_METHODS_SESSION_KEY,
    )
    from allauth.account.internal.userkit import user_id_to_str
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import resolve

    client = Client(headers={"accept-language": language, "host": "localhost"})
    client.force_login(user)
    # As one who has just typed the password, or the pages about second factors would ask for it.
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
    waiting, seen, seen_patterns, found = [("href", "/")], {"/"}, Counter[str](), []
    while waiting:
        kind, path = waiting.pop(0)
        route = resolve(path.partition("?")[0]).route
        if seen_patterns[route] >= A_PATTERN:
            continue
        seen_patterns[route] += 1
        fragment = {"HX-Request": "true"} if kind == "hx-get" else {}
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path, headers=fragment)
            html = "text/html" in answer.get("Content-Type", "")
            body = b"".join(answer).decode() if html else ""
        # A page that leads on to another within the site is as good as that one, which is walked in its turn.
        onward = answer.get("Location", "") if answer.status_code == 302 else ""
        if onward.startswith("/") and not onward.startswith("/sign-in/"):
            if onward not in seen:
                seen.add(onward)
                waiting.append(("href", onward))
            continue
        title = TITLE.search(body)
        found.append(
            {
                "who": user.name,
                "route": route,
                "path": path,
                "status": answer.status_code,
                "queries": len(queries),
                "title": title[1] if title else None if html and not fragment else "-",
                "page": html and not fragment,
            }
        )
        for kind_, url in LINK.findall(body):
            plain = url.replace("&amp;", "&")
            if plain not in seen and not plain.startswith("/static/"):
                seen.add(plain)
                waiting.append((kind_, plain))
    return found


def main() -> None:
    """Walk as every head of one line, from the federation to a working group, and as a member without a seat."""
    django.setup()
    from liencap.accounts.models import User
    from liencap.units.models import Appointment, Membership

    walkers = []
    for code in PEOPLE:
        held = Appointment.objects.filter(seat__unit__code=code, seat__role__is_head=True)
        walkers.append((code, held.values_list("person__user_id", flat=True)[0]))
    belongs = Membership.objects.filter(unit__code=MEMBER, person__user__isnull=False)
    walkers.append((f"{MEMBER}-TV", belongs.values_list("person__user_id", flat=True)[0]))
    found = []
    for n, (code, pk) in enumerate(walkers):
        user, language = User.objects.get(pk=pk), ("vi", "en")[n % 2]
        User.objects.filter(pk=user.pk).update(language=language)
        found += [page | {"code": code} for page in walk(user, language)]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
