"""Turn an older or open office file into DOCX by LibreOffice, where it is installed.

LibreOffice opens foreign bytes, so it runs apart: in an empty folder of its own, without the network where the kernel
can take it away, for a bounded time, with none of our environment. Macros do not run without a person to allow them.
"""

import functools
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SECONDS = 90
_NAMES = ("soffice", "libreoffice")


def installed() -> str | None:
    """Return the program, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def to_docx(data: bytes, *, seconds: float = SECONDS) -> bytes | None:
    """Return the file as DOCX, or None where LibreOffice is missing, fails, or takes too long."""
    program = installed()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="liencap-office-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "file"
        source.write_bytes(data)
        command = [
            *_without_network(), program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
            f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx", "--outdir", f"{folder}/out",
            str(source),
        ]  # fmt: skip
        if not _ran(command, folder, seconds):
            return None
        made = Path(folder) / "out" / "file.docx"
        return made.read_bytes() if made.exists() else None


def _ran(command: list[str], folder: str, seconds: float) -> bool:
    env = {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
    process = subprocess.Popen(  # noqa: S603  # a program found on the path, our own arguments
        command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it started."""
    if process.poll() is None and os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


@functools.cache
def _without_network() -> tuple[str, ...]:
    """Return the words that start a program in an empty network, where this machine allows it."""
    unshare = shutil.which("unshare")
    words = (unshare, "--map-current-user", "--net") if unshare else ()
    if not words:
        return ()
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)  # noqa: S603  # as above
    return words if tried.returncode == 0 else ()
