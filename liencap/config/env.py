"""Read settings from the environment; a wrong value stops the start with one line."""

import os
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


class WrongSetting(SystemExit):
    """Stop the start: the message names the variable, its value and what is expected."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"liencap: the environment variable {name}={value!r} is wrong: expected {expected}.")


KNOWN = {
    "LIENCAP_HOME", "LIENCAP_DEMO", "LIENCAP_DEBUG", "LIENCAP_HOSTS", "LIENCAP_LANGUAGE", "LIENCAP_MAX_UPLOAD_MB",
    "LIENCAP_PORT", "LIENCAP_CRASH_AT", "LIENCAP_TIME_ZONE", "LIENCAP_TLS",
    "LIENCAP_OIDC_URL", "LIENCAP_OIDC_CLIENT", "LIENCAP_OIDC_SECRET", "LIENCAP_OIDC_NAME",
    "LIENCAP_MAIL_URL", "LIENCAP_MAIL_FROM",
}  # fmt: skip


def refuse_unknown() -> None:
    """Stop on a LIENCAP_ variable nobody reads, so that a typing error is not a silent default."""
    for name in sorted(os.environ):
        if name.startswith("LIENCAP_") and name not in KNOWN:
            raise WrongSetting(name, os.environ[name], "one of " + ", ".join(sorted(KNOWN)))


def text(name: str, default: str, choices: tuple[str, ...] = ()) -> str:
    """Return a text setting, one of the choices where they are given."""
    value = os.environ.get(name, default)
    if choices and value not in choices:
        raise WrongSetting(name, value, "one of " + ", ".join(choices))
    return value


def flag(name: str) -> bool:
    """Return a yes/no setting; only 1 and 0 are understood."""
    return text(name, "0", ("0", "1")) == "1"


def whole(name: str, default: int, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise WrongSetting(name, value, f"a whole number from {least} to {most}")
    return int(value)


@dataclass(frozen=True)
class Oidc:
    """The organisation's own sign-in service: its name on the button, its origin, and allauth's entry."""

    name: str
    origin: str
    app: dict[str, object]


def oidc() -> Oidc | None:
    """Return the sign-in service from LIENCAP_OIDC_URL, _CLIENT, _SECRET and _NAME; all four or none."""
    keys = ("LIENCAP_OIDC_URL", "LIENCAP_OIDC_CLIENT", "LIENCAP_OIDC_SECRET", "LIENCAP_OIDC_NAME")
    values = [os.environ.get(key, "").strip() for key in keys]
    if not any(values):
        return None
    for key, value in zip(keys, values, strict=True):
        if not value:
            raise WrongSetting(key, "", "a value, because another LIENCAP_OIDC_ variable is set")
    url, client, secret, name = values
    parts = urlsplit(url)
    near = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if not parts.hostname or parts.query or parts.fragment or not (parts.scheme == "https" or near):
        raise WrongSetting(keys[0], url, "the https:// address of the sign-in service")
    app: dict[str, object] = {
        "provider_id": "oidc", "name": name, "client_id": client, "secret": secret,
        "settings": {"server_url": url.rstrip("/")},
    }  # fmt: skip
    return Oidc(name, f"{parts.scheme}://{parts.netloc}", app)


@dataclass(frozen=True)
class Mail:
    """The organisation's mail server, and the sender that mails name."""

    host: str
    port: int
    user: str
    password: str
    tls: str
    sender: str


# How the connection is kept from listeners -> the usual port.
TLS = {"start": 587, "on": 465, "off": 25}
MAIL_ADDRESS = re.compile(r"(?:[^<>@\s][^<>\r\n]*<)?[^<>@\s,]+@[^<>@\s,]+\.?[^<>@\s,]*>?")


def mail() -> Mail | None:
    """Return the mail server from LIENCAP_MAIL_URL and LIENCAP_MAIL_FROM; both or none."""
    url, sender = (os.environ.get(n, "").strip() for n in ("LIENCAP_MAIL_URL", "LIENCAP_MAIL_FROM"))
    if not url and not sender:
        return None
    # The address of the server may hold a password, which no message repeats.
    if not url:
        raise WrongSetting("LIENCAP_MAIL_URL", "", "a value, because LIENCAP_MAIL_FROM is set")
    shape = "smtp://user:password@host:port?tls=start, where tls is start, on or off"
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
        tls, port = asked.pop("tls", ["start"])[-1], parts.port
    except ValueError:
        raise WrongSetting("LIENCAP_MAIL_URL", "…", shape) from None
    wrong = parts.scheme != "smtp" or not parts.hostname or parts.path.strip("/") or parts.fragment
    if wrong or asked or tls not in TLS or port == 0 or bool(parts.username) != bool(parts.password):
        raise WrongSetting("LIENCAP_MAIL_URL", "…", shape)
    if tls == "off" and parts.password and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise WrongSetting("LIENCAP_MAIL_URL", "…", "tls=start or tls=on, because a password is given")
    if not MAIL_ADDRESS.fullmatch(sender):
        raise WrongSetting("LIENCAP_MAIL_FROM", sender, "an address, such as Liencap <liencap@example.org>")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname or "", port or TLS[tls], user, password, tls, sender)


# A row with all that it refers to joins seven to eighteen tables by their keys. To weigh eight of them at once, as
# PostgreSQL does unasked, takes it longer than all other work of a sending; in the order in which they are written
# the joins follow the keys anyway. Measured for a report to write in: 4.1 ms with 8, 1.0 ms with 6.
JOINS_WEIGHED = 6


def database(default_path: str) -> dict[str, object]:
    """Return Django's database entry from DATABASE_URL (postgresql://… or sqlite:///path)."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return sqlite(default_path)
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path:
        return sqlite(parts.path.removeprefix("/") if not parts.path.startswith("//") else parts.path[1:])
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise WrongSetting("DATABASE_URL", url, "postgresql://user:password@host:port/name or sqlite:///path")
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or socket,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"options": f"-c join_collapse_limit={JOINS_WEIGHED}"},
    }


def sqlite(path: str) -> dict[str, object]:
    """Return the entry for the embedded database."""
    pragmas = (
        "PRAGMA busy_timeout=20000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=4194304; "
        "PRAGMA mmap_size=0; PRAGMA analysis_limit=1000;"
    )
    return {
        "ENGINE": "liencap.config.sqlite",
        "NAME": path,
        "TEST": {},
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "CONN_MAX_AGE": 60,
    }
