"""What a child process may and may not do."""

import os
import subprocess
import sys
import threading
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
