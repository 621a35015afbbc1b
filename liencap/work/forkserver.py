"""A process that has loaded what children need and does nothing but fork: a child starts in milliseconds.

Starting Python and loading the libraries takes longer than most of the work that children do. The fork server is
started with the same empty environment as a child, loads our own modules and never sees foreign bytes; each child is
forked from it and puts up its walls itself. Linux only: elsewhere, or when it fails, a child is a new process.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import IO

SUPPORTED = sys.platform.startswith("linux") and hasattr(os, "pidfd_open")
STARTED = b"+"  # what the server says first of a child that it has forked
MESSAGE_MAX = 1 << 16
PATIENCE = 30.0  # seconds; loading a module takes less, and a server that hangs must not hang its callers


class ForkServerFailed(Exception):
    """No child could be forked."""


class ForkedChild:
    """A child of the fork server, to be used like a `subprocess.Popen`."""

    def __init__(self, control: socket.socket, stdin: int, stdout: int, stderr: int) -> None:
        self._control = control
        self.stdin: IO[bytes] = open(stdin, "wb")  # noqa: SIM115  # the caller closes it
        self.stdout: IO[bytes] = open(stdout, "rb")  # noqa: SIM115
        self.stderr: IO[bytes] = open(stderr, "rb")  # noqa: SIM115
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Return the status as `subprocess` gives it; raise subprocess.TimeoutExpired when it goes on."""
        if self.returncode is None:
            self._control.settimeout(timeout)
            try:
                said = self._control.recv(4)
            except TimeoutError:
                raise subprocess.TimeoutExpired("child", timeout or 0) from None
            self.returncode = int.from_bytes(said, "big", signed=True) if len(said) == 4 else -signal.SIGKILL
        return self.returncode

    def kill(self) -> None:
        """Let the server kill the child with whatever it started; close what leads to it."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_WR)
        self.wait(timeout=10)

    def close(self) -> None:
        """Give back the pipes."""
        self._control.close()
        for pipe in (self.stdin, self.stdout, self.stderr):
            with contextlib.suppress(OSError):
                pipe.close()


class ForkServer:
    """The fork server of this process, started when the first child is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._link: socket.socket | None = None
        self._owner = 0

    def fork(self, folder: str, module: str, environment: dict[str, str]) -> ForkedChild:
        """Return a child that works in `folder`, with `module` loaded; raise ForkServerFailed.

        `environment` is what the server itself is started with; the child's HOME and TMPDIR are its folder.
        """
        order = json.dumps({"folder": folder, "module": module}).encode()
        with self._lock:
            for _try in range(2):  # a server that had nothing to do has ended in the meantime
                if self._link is None or self._owner != os.getpid():
                    self._start(environment)
                with contextlib.suppress(OSError, ForkServerFailed):
                    return self._ask(order)
                self._forget()
        raise ForkServerFailed("The fork server does not answer.")

    def _start(self, environment: dict[str, str]) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [
                    sys.executable,
                    "-P",
                    "-s",
                    "-B",
                    "-m",
                    "liencap.work.forkserver_main",
                    str(theirs.fileno()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                cwd="/",
                env=environment,
                start_new_session=True,
            )
        self._link, self._owner = ours, os.getpid()

    def _forget(self) -> None:
        if self._link is not None:
            self._link.close()
        self._link = None

    def _ask(self, order: bytes) -> ForkedChild:
        assert self._link
        (in_read, in_write), (out_read, out_write), (err_read, err_write) = os.pipe(), os.pipe(), os.pipe()
        ours, theirs = socket.socketpair()
        child = ForkedChild(ours, in_write, out_read, err_read)
        try:
            socket.send_fds(self._link, [order], [in_read, out_write, err_write, theirs.fileno()])
        except OSError:
            child.close()
            raise
        finally:
            theirs.close()
            for handle in (in_read, out_write, err_write):
                os.close(handle)
        ours.settimeout(PATIENCE)
        with contextlib.suppress(OSError):
            if ours.recv(1) == STARTED:
                return child
        child.close()
        raise ForkServerFailed("The child was not started.")


server = ForkServer()
