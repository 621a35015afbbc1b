"""Answer one order of `liencap.work.child` and end."""

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from liencap.work import child_walls


def main(*, mapped: int = 0) -> int:
    """Read the order, put up the walls, call the function, write the answer.

    `mapped` are the bytes of address space that were taken before the order came.
    """
    answer_pipe = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    os.umask(0o077)
    stream = sys.stdin.buffer
    order: dict[str, Any] = json.loads(stream.read(int.from_bytes(stream.read(8), "big")))
    child_walls.close_network()
    child_walls.limit(seconds=order["seconds"], memory=order["memory"] + mapped, file_size=order["output"])
    answer = _guarded(order, stream.read)
    with os.fdopen(answer_pipe, "wb") as out:
        out.write(answer)
    return 0


def _guarded(order: dict[str, Any], read: Callable[[], bytes]) -> bytes:
    """Turn every end of the function into bytes, so that the parent never guesses."""
    try:
        module, _, name = order["target"].partition(":")
        function = getattr(importlib.import_module(module), name)
        child_walls.close_files()
        child_walls.close_processes()
        return _pack(function(read(), **order["args"]))
    except MemoryError:
        return _failure("memory", "The child asked for more memory than it may have.")
    except child_walls.Forbidden as error:
        return _failure("refused", str(error))
    except Exception as error:  # noqa: BLE001 - the process ends here and the parent is told
        code, message = getattr(error, "code", None), getattr(error, "message", None)
        if isinstance(code, str) and isinstance(message, str):
            kind = type(error).__name__
            return b"R" + json.dumps({"kind": kind, "code": code, "message": message}).encode()
        return _failure("crash", f"{type(error).__name__}: {error}"[:500])


def _pack(result: Any) -> bytes:
    if isinstance(result, bytes | bytearray):
        return b"B" + bytes(result)
    return b"J" + json.dumps(result, allow_nan=False).encode()


def _failure(code: str, message: str) -> bytes:
    return b"F" + json.dumps({"code": code, "message": message}).encode()


if __name__ == "__main__":
    sys.exit(main())
