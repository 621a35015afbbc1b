"""Feed damaged files of every format to the reader: `python tools/fuzz_formats.py [inputs] [seed]`.

Each input is read; anything but a text or UnreadableFile stops the run and leaves the input beside it.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from liencap.core.reading.formats.tests.test_any_bytes import SAMPLES, check


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


def main() -> int:
    """Run and print how many inputs were read and the slowest of them."""
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    slowest = 0.0
    for number in range(inputs):
        data = damaged(chance.choice(SAMPLES), chance)
        start = time.perf_counter()
        try:
            check(data)
        except BaseException:
            Path("fuzz-crash.bin").write_bytes(data)
            print(f"input {number} failed; it is in fuzz-crash.bin")
            raise
        slowest = max(slowest, time.perf_counter() - start)
    print(f"{inputs} inputs, the slowest took {slowest:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
