"""What a child process may and may not do."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from liencap.work import child
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child

SAMPLES = "liencap.work.tests.child_samples:"
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no resource limits")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a wall of Linux")


def test_it_returns_bytes_for_bytes():
    assert run_in_child(SAMPLES + "upper", data=b"abc", args={"suffix": "!"}) == b"ABC!"


def test_it_returns_json_for_json():
    assert run_in_child(SAMPLES + "count", data="đađ".encode(), args={"letters": ["đ"]}) == {"đ": 2}


def test_it_carries_large_data_both_ways():
    data = bytes(range(256)) * (1 << 15)
    assert run_in_child(SAMPLES + "upper", data=data) == data.upper()


def test_what_a_library_prints_does_not_mix_with_the_answer():
    assert run_in_child(SAMPLES + "chatter", data=b"x") == b"x"


def test_a_refusal_of_the_function_passes_through():
    with pytest.raises(ChildRefusal) as caught:
        run_in_child(SAMPLES + "refuse")
    assert (caught.value.kind, caught.value.code, caught.value.message) == (
        "UnreadableSample",
        "scan-without-text",
        "Tệp này không có chữ.",
    )


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("break_down", {}, "crash"),
        ("abort", {}, "crash"),
        ("not_json", {}, "crash"),
        ("no_such_function", {}, "crash"),
        ("open_socket", {}, "refused"),
        ("resolve", {}, "refused"),
        ("fork", {}, "refused"),
        ("start_program", {}, "refused"),
        ("big_answer", {"size": 1 << 21}, "refused"),
        pytest.param("allocate", {}, "memory", marks=posix),
        pytest.param("write_big", {}, "crash", marks=posix),
    ],
)
def test_misbehaviour_has_a_code(name, args, code):
    with pytest.raises(ChildFailed) as caught:
        run_in_child(SAMPLES + name, args=args, output=1 << 20)
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["spin", "sleep"])
def test_a_child_without_end_is_ended(name):
    with pytest.raises(ChildFailed) as caught:
        run_in_child(SAMPLES + name, seconds=1)
    assert caught.value.code == "timeout"


def test_a_thread_left_behind_keeps_nobody_waiting():
    assert run_in_child(SAMPLES + "linger", seconds=20) == b"done"


def test_the_environment_holds_no_secret(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("SECRET_KEY", "secret")
    seen = run_in_child(SAMPLES + "environment")
    assert "secret" not in repr(seen)
    assert not {"DATABASE_URL", "SECRET_KEY", "USER"} & set(seen)


def test_it_works_in_an_empty_folder_that_goes_away():
    seen = run_in_child(SAMPLES + "surroundings")
    assert seen["files"] == []
    assert not Path(seen["cwd"]).exists()
    if os.name == "posix":
        assert seen["umask"] == 0o077
        assert seen["session"]


@linux
def test_it_has_no_network_interface_but_its_own_loop():
    names = [line.split(":")[0].strip() for line in run_in_child(SAMPLES + "interfaces").splitlines()[2:]]
    if names != ["lo"]:
        pytest.skip("this kernel gives no network namespace; the audit hook stands alone")


def landlock() -> bool:
    probe = "from liencap.work import child_walls; raise SystemExit(not child_walls.close_files())"
    return subprocess.run([sys.executable, "-c", probe]).returncode == 0


@linux
@pytest.mark.skipif("not landlock()", reason="this kernel has no Landlock")
def test_it_reads_and_writes_nothing_outside(tmp_path):
    secret = tmp_path / "key"
    secret.write_text("secret")
    for name in ("read_file", "write_outside"):
        with pytest.raises(ChildFailed, match="PermissionError"):
            run_in_child(SAMPLES + name, args={"path": str(secret)})
    assert secret.read_text() == "secret"


def test_many_at_once_do_not_mix():
    answers = {}

    def ask(number):
        answers[number] = run_in_child(SAMPLES + "upper", data=f"a{number}".encode())

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: f"A{number}".encode() for number in range(4)}


def test_no_answer_is_unpickled():
    assert "import pickle" not in Path(child.__file__).read_text(encoding="utf-8")


@linux
def test_a_child_begins_with_what_an_earlier_one_did_not_leave_behind():
    assert [run_in_child(SAMPLES + "remember") for _ in range(3)] == [1, 1, 1]


@linux
def test_a_fork_server_that_died_is_started_again():
    assert run_in_child(SAMPLES + "upper", data=b"a") == b"A"
    server = int(run_in_child(SAMPLES + "parent"))
    assert server != os.getpid()
    os.kill(server, signal.SIGKILL)
    assert run_in_child(SAMPLES + "upper", data=b"b") == b"B"
    assert int(run_in_child(SAMPLES + "parent")) != server


@linux
def test_without_a_fork_server_a_child_is_a_new_process(monkeypatch):
    monkeypatch.setattr(child.forkserver, "SUPPORTED", False)
    assert int(run_in_child(SAMPLES + "parent")) == os.getpid()


@linux
def test_children_end_with_the_one_who_waits_for_them():
    asking = f"from liencap.work.child import run_in_child;run_in_child('{SAMPLES}sleep', seconds=50)"
    waiter = subprocess.Popen([sys.executable, "-c", asking], cwd=child._PACKAGE_ROOT)
    child_pid = wait_until(lambda: descendants(waiter.pid)[1:2])[0]
    waiter.kill()
    waiter.wait()
    wait_until(lambda: not Path(f"/proc/{child_pid}").exists())


def wait_until(found):
    """Return what is found as soon as something is; fail after ten seconds."""
    for _ in range(1000):
        if seen := found():
            return seen
        time.sleep(0.01)
    raise AssertionError("It did not come.")


def descendants(pid):
    """Return the children of a process, and theirs."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found += [int(folder.name), *descendants(int(folder.name))]
    return found
