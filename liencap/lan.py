"""Let the office's network in: this machine's own addresses, and a certificate made for them.

Nothing here sends anything: the names are asked of the machine itself, and connecting a datagram socket only
chooses a route.
"""

import datetime
import ipaddress
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LASTS = datetime.timedelta(days=397)  # browsers distrust certificates that last longer
RENEWED = datetime.timedelta(days=30)  # before the end
NOWHERE = "192.0.2.1"  # an address of documentation (RFC 5737), never reached


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its key as files, its fingerprint as people compare it, and whether it was made just now."""

    file: Path
    key: Path
    fingerprint: str
    fresh: bool


def own_names() -> list[str]:
    """Return the names and addresses by which the office's network may call this machine."""
    host = socket.gethostname().lower()
    names = [host, host.partition(".")[0], f"{host.partition('.')[0]}.local"]
    return [*dict.fromkeys(name for name in names if name and name != "localhost"), *own_addresses()]


def own_addresses() -> list[str]:
    """Return this machine's addresses in its networks, the one of the usual route first."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as route:
        with suppress(OSError):  # no network at all
            route.connect((NOWHERE, 9))
            found.append(str(route.getsockname()[0]))
    with suppress(OSError):  # the machine's own name is not in its table
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [a for a in dict.fromkeys(found) if not ipaddress.ip_address(a).is_loopback]


def certificate_for(names: Iterable[str], folder: Path, now: datetime.datetime) -> Certificate:
    """Return the certificate kept in a folder; make it anew where it lacks a name or ends soon.

    The file and its key are 0600 by the mask of the house; the key never leaves the machine.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file, key = folder / "certificate.pem", folder / "key.pem"
    wanted = {"localhost", "127.0.0.1", *names}
    kept = x509.load_pem_x509_certificate(file.read_bytes()) if file.exists() and key.exists() else None
    fresh = kept is None or not wanted <= _names(kept) or kept.not_valid_after_utc - now < RENEWED
    if kept is None or fresh:
        kept = _make(sorted(wanted), file, key, now)
    digest = kept.fingerprint(hashes.SHA256()).hex(":").upper()
    return Certificate(file, key, digest, fresh)


def _names(certificate: x509.Certificate) -> set[str]:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in names}


def _make(names: list[str], file: Path, key_file: Path, now: datetime.datetime) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Liencap")])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName([_name(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return made


def _name(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def answers(port: int) -> bool:
    """Say whether something on this machine listens on a port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as door:
        door.settimeout(1)
        return door.connect_ex(("127.0.0.1", port)) == 0
