"""Run a function over foreign bytes in a child process with walls round it.

What the child may not do, and who holds it back:

* memory, CPU seconds, file size, open files, core dumps: `resource` limits (POSIX);
* the network: an empty network namespace where the kernel gives one (Linux), else Landlock's TCP rule, and
  everywhere an audit hook that refuses to make a socket or start a process;
* files: Landlock (Linux) lets it read Python, its libraries and fonts, and write its own empty folder;
* secrets: the environment is built from nothing.

On Windows only the wall clock, the empty environment and the audit hook remain. Requests and answers are JSON
and bytes over pipes; nothing is ever unpickled.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from liencap.work import forkserver

MEMORY = 1 << 30
SECONDS = 60
OUTPUT = 128 << 20
_ERRORS = 16 << 10
Process = subprocess.Popen[bytes] | forkserver.ForkedChild
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]


class ChildFailed(Exception):
    """The child gave no answer. `code` is timeout, memory, crash or refused (it tried what walls forbid)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class ChildRefusal(Exception):
    """The function itself refused the bytes: an exception with a code and a message, carried over.

    `kind` is the name of the exception's class in the child, such as UnreadableFile.
    """

    def __init__(self, kind: str, code: str, message: str) -> None:
        super().__init__(f"{kind} {code}: {message}")
        self.kind = kind
        self.code = code
        self.message = message


def run_in_child(
    target: str,
    *,
    data: bytes = b"",
    args: Mapping[str, Any] | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    output: int = OUTPUT,
) -> Any:
    """Return what `function(data, **args)` answers in a fresh process; `target` is "package.module:function".

    `args` hold JSON values. The function returns bytes, or anything JSON can say. Raises ChildFailed, or
    ChildRefusal when the function refused with a code and a message.
    """
    order = json.dumps(
        {"target": target, "args": dict(args or {}), "seconds": seconds, "memory": memory, "output": output}
    ).encode()
    with tempfile.TemporaryDirectory(prefix="liencap-child-", ignore_cleanup_errors=True) as folder:
        process = _start(folder, target.partition(":")[0])
        try:
            answer, errors, overflow = _talk(process, order, data, seconds=seconds, output=output)
        finally:
            _end(process)
    if overflow:
        raise ChildFailed("refused", f"The answer is larger than {output} bytes.")
    return _read_answer(answer, errors, process.wait())


def _start(folder: str, module: str) -> Process:
    if forkserver.SUPPORTED:
        with contextlib.suppress(forkserver.ForkServerFailed):
            return forkserver.server.fork(folder, module, _environment(folder))
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-B", "-m", "liencap.work.child_main"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=_environment(folder),
        start_new_session=os.name == "posix",
    )


def _environment(folder: str) -> dict[str, str]:
    """Return what a child needs to find Python and itself, and nothing it could leak."""
    made = {
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(_PACKAGE_ROOT),
        "HOME": folder,
        "TMPDIR": folder,
        # Thread pools reserve address space per thread, which the memory limit counts.
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "RAYON_NUM_THREADS": "1",
    }
    for name in ("SYSTEMROOT", "WINDIR"):  # Windows cannot start Python without them
        if name in os.environ:
            made[name] = os.environ[name]
    return made


class _Pump(threading.Thread):
    """Drain a pipe up to a size, so that neither side waits for the other."""

    def __init__(self, pipe: IO[bytes], limit: int) -> None:
        super().__init__(daemon=True)
        self._pipe, self._limit = pipe, limit
        self.held = bytearray()
        self.overflow = threading.Event()

    def run(self) -> None:
        while chunk := os.read(self._pipe.fileno(), 1 << 16):
            room = self._limit - len(self.held)
            self.held += chunk[:room]
            if len(chunk) > room:
                self.overflow.set()


def _talk(
    process: Process, order: bytes, data: bytes, *, seconds: float, output: int
) -> tuple[bytes, bytes, bool]:
    assert process.stdin
    assert process.stdout
    assert process.stderr
    answer, errors = _Pump(process.stdout, output + 1), _Pump(process.stderr, _ERRORS)
    writer = threading.Thread(target=_write, args=(process.stdin, order, data), daemon=True)
    threads: list[threading.Thread] = [writer, answer, errors]
    for thread in threads:
        thread.start()
    late = False
    try:
        # The CPU limit inside ends a busy child by itself; the clock outside also ends a sleeping one.
        process.wait(timeout=seconds + 1)
    except subprocess.TimeoutExpired:
        late = True
    _kill_group(process)
    for thread in threads:
        thread.join(timeout=5)
    if late:
        raise ChildFailed("timeout", f"No answer within {seconds:g} seconds.")
    return bytes(answer.held), bytes(errors.held), answer.overflow.is_set()


def _write(pipe: IO[bytes], order: bytes, data: bytes) -> None:
    try:
        with pipe:
            pipe.write(len(order).to_bytes(8, "big") + order + data)
    except OSError:
        pass  # the child ended before it had read everything; its answer says why


def _kill_group(process: Process) -> None:
    """Kill the child and whatever it started, and wait for its end."""
    if isinstance(process, forkserver.ForkedChild) or os.name != "posix":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nothing of the group is left
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _end(process: Process) -> None:
    _kill_group(process)
    if isinstance(process, forkserver.ForkedChild):
        process.close()


def _read_answer(answer: bytes, errors: bytes, status: int) -> Any:
    kind, body = answer[:1], answer[1:]
    if kind == b"B" and status == 0:
        return body
    if kind == b"J" and status == 0:
        return json.loads(body)
    if kind == b"R":
        refusal = json.loads(body)
        raise ChildRefusal(refusal["kind"], refusal["code"], refusal["message"])
    if kind == b"F":
        failure = json.loads(body)
        raise ChildFailed(failure["code"], failure["message"])
    said = errors.decode("utf-8", "replace").strip()
    if "memory allocation of" in said or "MemoryError" in said or "Cannot allocate memory" in said:
        raise ChildFailed("memory", "The child asked for more memory than it may have.")
    if os.name == "posix" and status == -signal.SIGXCPU:
        raise ChildFailed("timeout", "The child used up its CPU time.")
    if os.name == "posix" and status == -signal.SIGSYS:
        raise ChildFailed("refused", "The child called what it may not.")
    last = said.splitlines()[-1][:300] if said else ""
    raise ChildFailed("crash", f"The child ended with status {status}. {last}".strip())
