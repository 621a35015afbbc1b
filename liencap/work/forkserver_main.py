"""Fork a child for each order of `liencap.work.forkserver`; tell its end, kill it when nobody waits for it."""

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from liencap.work import child_main
from liencap.work.forkserver import MESSAGE_MAX, STARTED

IDLE = 120.0  # seconds without a child, after which its memory is given back
_HANDLES = 4


@dataclass
class Forked:
    """A running child: its pid, what becomes readable at its end, and the line to the one who waits for it."""

    pid: int
    ends: int
    control: socket.socket


class Server:
    """Listen to orders, children's ends and waiters who have gone."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link
        self.selector = selectors.DefaultSelector()
        self.selector.register(link, selectors.EVENT_READ, self.take_order)
        self.running: dict[int, Forked] = {}

    def serve(self) -> None:
        """Go on until the other side closes its end, or nothing is asked for a while."""
        while True:
            ready = self.selector.select(None if self.running else IDLE)
            if not ready and not self.running:
                return
            for key, _events in ready:
                if key.fd in self.selector.get_map():  # not taken away by what was just done
                    answer: Callable[[], bool] = key.data
                    if not answer():
                        return

    def take_order(self) -> bool:
        """Fork what is asked for; False when nobody can ask any more."""
        message, handles, _flags, _address = socket.recv_fds(self.link, MESSAGE_MAX, _HANDLES)
        if not message:
            for forked in self.running.values():
                self.kill(forked)
            return False
        order = json.loads(message)
        load(order["module"])
        control = socket.socket(fileno=handles[3])
        if (
            len(list(Path("/proc/self/task").iterdir())) == 1
        ):  # a fork beside a thread may wait for ever for its lock
            pid = os.fork()
            if not pid:
                self.selector.close()
                self.link.close()
                control.close()
                for other in self.running.values():
                    other.control.close()
                    os.close(other.ends)
                become_child(order["folder"], handles[:3])
            forked = Forked(pid, os.pidfd_open(pid), control)
            self.running[pid] = forked
            self.selector.register(forked.ends, selectors.EVENT_READ, lambda: self.tell(forked))
            self.selector.register(control, selectors.EVENT_READ, lambda: self.kill(forked))
            control.send(STARTED)
        else:
            control.close()
        for handle in handles[:3]:
            os.close(handle)
        return True

    def kill(self, forked: Forked) -> bool:
        """Kill a child for which nobody waits; its end is told as any other."""
        with contextlib.suppress(KeyError):
            self.selector.unregister(forked.control)
        kill_group(forked.pid)
        return True

    def tell(self, forked: Forked) -> bool:
        """Say how a child ended, after all that it started has been killed."""
        kill_group(forked.pid)
        _pid, status = os.waitpid(forked.pid, 0)
        with contextlib.suppress(OSError):
            forked.control.send(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
        for waited in (forked.ends, forked.control):
            with contextlib.suppress(KeyError):
                self.selector.unregister(waited)
        os.close(forked.ends)
        forked.control.close()
        del self.running[forked.pid]
        return True


def kill_group(pid: int) -> None:
    """Kill a child and its group; one that has not yet made its group is killed alone."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def load(name: str) -> None:
    """Load a module and let its `prepare_children`, if it has one, do what each child would do again.

    What goes wrong here is the child's to tell.
    """
    if name in sys.modules:
        return
    with contextlib.suppress(Exception):
        module = importlib.import_module(name)
        prepare = getattr(module, "prepare_children", None)
        if prepare:
            prepare()
    gc.collect()
    gc.freeze()  # what a child never touches it shares with us


def become_child(folder: str, handles: list[int]) -> NoReturn:
    """Answer one order as a process of its own, then end."""
    status = 1
    try:
        os.setsid()
        os.chdir(folder)
        os.environ.update({"HOME": folder, "TMPDIR": folder})
        for place, handle in enumerate(handles):
            os.dup2(handle, place)
        os.closerange(3, max(handles) + 1)
        status = child_main.main(mapped=_mapped())
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - the process ends here and its last words tell why
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _mapped() -> int:
    """Return how many bytes of address space the loaded libraries hold: they are not the function's."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    Server(socket.socket(fileno=int(sys.argv[1]))).serve()
