"""Put up the walls of a child process; each part stays quiet where the system has no such wall."""

import ctypes
import os
import site
import struct
import sys
import sysconfig
from pathlib import Path
from typing import Any, Final

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]  # a module or nothing, asked for below

LINUX: Final = sys.platform.startswith("linux")
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
# Numbers of Landlock's calls are the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ_FILE, _READ_DIR, _WRITE_FILE = 1 << 2, 1 << 3, 1 << 1
# Everything the first version of Landlock knows, then what 2, 3 and 5 added.
_FILE_RIGHTS = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
_TCP_RIGHTS = 3
_OPEN_FILES = 256

_FORBIDDEN_EVENTS = frozenset(
    {
        "socket.__new__",
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "os.fork",
        "os.forkpty",
        "pty.spawn",
        "ctypes.dlopen",
    }
)


class Forbidden(Exception):
    """The function tried something no reading or printing of a file needs."""


def close_network() -> bool:
    """Move into an empty network; return whether the system let us."""
    if not LINUX:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # Without a map our own files would belong to nobody and new ones could not be made.
    for name, line in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        try:
            Path(f"/proc/self/{name}").write_text(line, encoding="ascii")
        except OSError:
            return True
    return True


def limit(*, seconds: float, memory: int, file_size: int) -> bool:
    """Limit memory, CPU, file size, open files and core dumps; return whether the system can."""
    if resource is None:
        return False
    cpu = max(1, int(seconds + 0.999))
    wanted = (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_FSIZE, file_size, file_size),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for kind, soft, hard in wanted:
        ceiling = resource.getrlimit(kind)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):
            continue  # macOS refuses a limit on address space
    return True


def close_processes() -> None:
    """Refuse sockets, new processes and new libraries from now on; cannot be undone."""

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if event in _FORBIDDEN_EVENTS and not (event == "ctypes.dlopen" and args[:1] == (None,)):
            raise Forbidden(f"{event} is not allowed here.")

    sys.addaudithook(refuse)


def close_files() -> bool:
    """Leave Python, libraries and fonts to read and the own folder to write; return whether it stands."""
    if not LINUX:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    rights = 0
    for since, bits in _FILE_RIGHTS:
        rights |= bits if version >= since else 0
    attributes = struct.pack("=QQ", rights, _TCP_RIGHTS if version >= 4 else 0)[: 16 if version >= 4 else 8]
    ruleset = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return False
    for folder in _readable():
        _allow(libc, ruleset, folder, _READ_FILE | _READ_DIR)
    _allow(libc, ruleset, str(Path(__file__).resolve().parents[2]), _READ_DIR)
    for device in ("/dev/null", "/dev/urandom", "/dev/random"):
        _allow(libc, ruleset, device, _READ_FILE | _WRITE_FILE)
    _allow(libc, ruleset, str(Path.cwd()), rights & ~1)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    done = bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    os.close(ruleset)
    return done


def _readable() -> set[str]:
    """Name the folders of the interpreter, its libraries and the fonts; never the project's data."""
    paths = sysconfig.get_paths()
    found = {paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"]}
    found |= {str(Path(sys.base_prefix) / "lib"), *site.getsitepackages()}
    found |= {"/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache"}
    found |= {
        "/usr/share/fonts",
        "/usr/share/zoneinfo",
        "/usr/share/mime",
        "/etc/mime.types",
        "/etc/localtime",
    }
    found |= {"/proc/self", "/sys/devices/system/cpu", "/sys/fs/cgroup"}
    found.add(str(Path(__file__).resolve().parents[1]))
    return found


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    """Open one path; a file takes no rights on folders, a missing one none at all."""
    try:
        handle = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:
        return
    if not Path(path).is_dir():
        rights &= ~_READ_DIR
    rule = struct.pack("=Qi", rights, handle)
    libc.syscall(_ADD_RULE, ruleset, 1, rule, 0)
    os.close(handle)
