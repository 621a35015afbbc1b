"""Close personal values in boxes that only the person's key opens."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
Values = dict[str, Any]


def close(key: bytes, whose: str, old: Values, new: Values) -> bytes:
    """Return a box with what was and what is; it opens for the same person alone."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(
        nonce, json.dumps([old, new], ensure_ascii=False).encode(), whose.encode()
    )


def open_box(key: bytes, whose: str, box: bytes) -> tuple[Values, Values] | None:
    """Return what was and what is; None when the key is not the box's own."""
    try:
        old, new = json.loads(AESGCM(key).decrypt(box[:NONCE], box[NONCE:], whose.encode()))
    except InvalidTag:
        return None
    return old, new


def digest_of(boxes: Iterable[tuple[int, bytes]]) -> str:
    """Return the sha256 of an entry's closed boxes by subject, which its seal covers; empty without any."""
    pairs = sorted((subject, bytes(box).hex()) for subject, box in boxes)
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest() if pairs else ""
