"""The key under which a device keeps a person's words: the same at every sign-in, made here and kept nowhere."""

import base64
import hashlib
import hmac

from django.conf import settings


def owner_of(user_id: int) -> str:
    """Return the name by which a device tells its people apart; it does not lead back to the person."""
    return _made(f"device-owner:{user_id}")[:12].hex()


def key_of(user_id: int) -> str:
    """Return a person's key of 256 bits, in base64."""
    return base64.b64encode(_made(f"device-key:{user_id}")).decode()


def _made(words: str) -> bytes:
    return hmac.new(settings.OFFLINE_KEY.encode(), words.encode(), hashlib.sha256).digest()
