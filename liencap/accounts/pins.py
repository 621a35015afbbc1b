"""Say whether a PIN is good enough for a device, and what a browser is called."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

LEAST, MOST = 6, 12
RUNS = "01234567890123456789"
# What people choose first, beside runs and repeats: middle columns of the keys and well-known days.
COMMON = frozenset(
    {"147258", "258369", "159753", "147852", "123123", "112358", "520520", "090909", "190519", "300475"}
)
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("coc_coc", "Cốc Cốc"),
            ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip


def weakness(pin: str, names: Iterable[str] = ()) -> str:
    """Return what is wrong with a PIN in a sentence, nothing when it will do; `names` are the account's own."""
    if not re.fullmatch(rf"[0-9]{{{LEAST},{MOST}}}", pin):
        return _("The PIN has %(least)s to %(most)s digits and nothing else.") % {
            "least": LEAST,
            "most": MOST,
        }
    if any(
        len(part) < len(pin) and part * (len(pin) // len(part)) == pin for part in (pin[:1], pin[:2], pin[:3])
    ):
        return _("This PIN repeats itself; others would try it first.")
    if len(set(pin)) < 3:
        return _("This PIN has too few different digits; others would try it first.")
    if pin in RUNS or pin in RUNS[::-1] or pin in COMMON:
        return _("This PIN is one of the first that others would try.")
    if any(pin in re.sub(r"\D", "", name) for name in names):
        return _("This PIN stands in your phone number or code; choose other digits.")
    return ""


def browser_name(agent: str) -> str:
    """Return what a person calls the browser that sent this, such as “Android · Chrome”; no version."""
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    return " · ".join(filter(None, [system, browser])) or _("A browser")
