"""Functions that the tests of the child call inside it; most of them misbehave on purpose."""

import os
import pathlib
import socket
import subprocess
import sys
import threading
import time


class UnreadableSample(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message


def upper(data, *, suffix=""):
    return data.upper() + suffix.encode()


def count(data, *, letters):
    return {letter: data.decode().count(letter) for letter in letters}


def chatter(data):
    sys.stdout.write("noise on stdout\n")
    os.write(1, b"more noise")
    return data


def refuse(data):
    raise UnreadableSample("scan-without-text", "Tệp này không có chữ.")


def break_down(data):
    raise ValueError("broken")


def allocate(data):
    return len(bytearray(3 << 30))


def spin(data):
    while True:
        pass


def sleep(data):
    time.sleep(600)


def linger(data):
    # A thread that is still there when the function has answered must not keep the parent waiting.
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    return b"done"


def open_socket(data):
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM).fileno()


def resolve(data):
    return socket.getaddrinfo("example.org", 80)


def interfaces(data):
    return pathlib.Path("/proc/self/net/dev").read_text()


def fork(data):
    return os.fork()


def start_program(data):
    return subprocess.run([sys.executable, "-c", "1"]).returncode


def write_big(data):
    with pathlib.Path("big").open("wb") as file:
        for _ in range(4096):
            file.write(bytes(1 << 16))
    return "written"


def environment(data):
    return dict(os.environ)


def surroundings(data):
    return {
        "cwd": str(pathlib.Path.cwd()),
        "files": [path.name for path in pathlib.Path().iterdir()],
        "umask": os.umask(0),
        "session": os.getsid(0) == os.getpid(),
    }


def write_outside(data, *, path):
    with pathlib.Path(path).open("wb") as file:
        file.write(b"x")


def read_file(data, *, path):
    with pathlib.Path(path).open("rb") as file:
        return file.read()


def big_answer(data, *, size):
    return bytes(size)


def abort(data):
    os.abort()


def swallow(data):
    # A catch-all inside a library must not turn a refusal into an answer that looks honest.
    try:
        socket.socket()
    except Exception:  # noqa: BLE001 - that is the sample
        return "caught"


def not_json(data):
    return object()


def remember(data, *, seen=[]):  # noqa: B006 - it is the mistake that is looked for
    seen.append(data)
    return len(seen)


def parent(data):
    return str(os.getppid()).encode()
