"""`liencap start`: bring an empty machine to the page on which an organisation is set up."""

import datetime
import os
import sys
import threading
import time
import webbrowser
from pathlib import Path

from liencap.lan import Certificate, answers, certificate_for, own_addresses, own_names

PATIENCE = 60  # seconds that the site may take to answer


def usual_home() -> Path:
    """Return where this system keeps the data of a person's programs."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Liencap"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Liencap"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "liencap"


def let_network_in(home: Path) -> Certificate:
    """Prepare for the office's network: the certificate, and the settings that go with it."""
    names = own_names()
    made = certificate_for(names, home / "keys" / "tls", datetime.datetime.now(datetime.UTC))
    known = os.environ.get("LIENCAP_HOSTS", "localhost,127.0.0.1").split(",")
    os.environ["LIENCAP_HOSTS"] = ",".join(dict.fromkeys([*known, *names]))
    os.environ["LIENCAP_TLS"] = "own"
    return made


def network_lines(made: Certificate, port: int) -> list[str]:
    """Return what is printed for the people of the office's network."""
    lines = [f"In the office's network: https://{address}:{port}" for address in own_addresses()]
    new = " (new: whoever compared the old one compares again)" if made.fresh else ""
    return [
        *(lines or ["This machine has no address in a network now."]),
        "The certificate is self-made, so browsers ask once. Compare its SHA-256 fingerprint" + new + ":",
        f"  {made.fingerprint}",
    ]


def open_when_it_answers(address: str, port: int) -> None:
    """Open the browser once the site answers, without keeping anything waiting."""

    def wait() -> None:
        for _ in range(PATIENCE * 2):
            if answers(port):
                webbrowser.open(address)
                return
            time.sleep(0.5)

    threading.Thread(target=wait, daemon=True).start()
