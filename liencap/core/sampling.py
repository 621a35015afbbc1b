"""Draw a random sample that anybody can draw again: the order is the sha256 of the seed with each key."""

import hashlib
from collections.abc import Sequence


def draw(seed: str, keys: Sequence[str], size: int) -> list[int]:
    """Return the places of the drawn keys, in the order of the draw; all of them when there are no more.

    Each key is hashed with the seed (`sha256("SEED\\nKEY")`, UTF-8) and the smallest hashes are drawn, so that the same
    seed and keys give the same sample on every machine, in whatever order the keys came. ValueError for equal keys.
    """
    if len(set(keys)) != len(keys):
        raise ValueError("two keys are the same")
    hashed = sorted(
        (hashlib.sha256(f"{seed}\n{key}".encode()).digest(), place) for place, key in enumerate(keys)
    )
    return [place for _digest, place in hashed[: max(0, size)]]


def digest_of(keys: Sequence[str]) -> str:
    """Return the sha256 of what was drawn from: the keys in sorted order, one a line."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()
