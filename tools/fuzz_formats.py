"""Feed damaged files of every format to the reader: `python tools/fuzz_formats.py [inputs] [seed]`.

Each input is opened and read. Anything but a plan whose places lie in its text, or UnreadableFile, stops the run and
leaves the input beside it. The inputs are the same for the same seed; they are shared among the machine's cores.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from pathlib import Path

from liencap.core.reading.formats.tests.test_any_bytes import SAMPLES, check

PLANS = Path(__file__).resolve().parents[1] / "liencap/core/reading/tests/gold"
BATCH = 500
SLOW = 5.0  # seconds; nothing as small as these inputs may take so long


def samples() -> tuple[bytes, ...]:
    """Return the files to damage: every format, and plans as text in several encodings."""
    plans = [path.read_text("utf-8")[:3000] for path in sorted(PLANS.glob("*.txt"))]
    return (
        *SAMPLES,
        *(text.encode() for text in plans),
        *(text.encode("utf-16") for text in plans[:3]),
        *(text.encode("cp1258", "replace") for text in plans[3:6]),
        *(f"<html><body><p>{text}</p></body></html>".encode() for text in plans[6:9]),
    )


def damaged(sample: bytes, chance: random.Random) -> bytes:
    """Return the sample with bytes changed, cut, doubled or put in."""
    data = bytearray(sample)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) + 1)
        deed = chance.randrange(4)
        if deed == 0 and at < len(data):
            data[at] = chance.randrange(256)
        elif deed == 1:
            del data[at : at + chance.randrange(1, 60)]
        elif deed == 2:
            data[at:at] = data[at : at + chance.randrange(1, 200)]
        else:
            data[at:at] = chance.randbytes(chance.randrange(1, 8))
    return bytes(data)


def batch(seed: str) -> tuple[float, bytes | None, str]:
    """Read one batch; return the longest time, and the input that broke the reader with what it said."""
    chance = random.Random(seed)
    files = samples()
    slowest = 0.0
    for _ in range(BATCH):
        data = damaged(chance.choice(files), chance)
        start = time.perf_counter()
        try:
            check(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, the input is kept
            return slowest, data, f"{type(error).__name__}: {error}"
        took = time.perf_counter() - start
        slowest = max(slowest, took)
        if took > SLOW:
            return slowest, data, f"took {took:.1f} s"
    return slowest, None, ""


def main() -> int:
    """Run and print how many inputs were read and how long the slowest of them took."""
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    batches = -(-inputs // BATCH)
    slowest = 0.0
    with multiprocessing.Pool(os.cpu_count()) as pool:
        work = pool.imap_unordered(batch, (f"{seed}-{n}" for n in range(batches)))
        for done, (longest, broken, said) in enumerate(work, 1):
            if broken is not None:
                Path("fuzz-crash.bin").write_bytes(broken)
                print(f"An input broke the reader; it is in fuzz-crash.bin. {said}")
                return 1
            slowest = max(slowest, longest)
            if done % 50 == 0:
                print(f"{done * BATCH} inputs", flush=True)
    print(f"{batches * BATCH} inputs, the slowest took {slowest:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
