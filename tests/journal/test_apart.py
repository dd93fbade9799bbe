"""A process for a file from anyone: it can be ended from elsewhere, and it does not outlive whoever waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from journal import apart
from journal.errors import Stopped
from journal.share import opener

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """Whoever opens it to read waits until somebody opens it to write."""
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def wait_in_python(pipe: Path, then: str = "") -> list[str]:
    return [sys.executable, "-c", f"import os, signal; open({str(pipe)!r}).close(); {then}"]


def test_what_may_be_stopped_is_ended_at_once(pipe: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(apart.run, wait_in_python(pipe, "signal.pause()"), b"", 600, may_stop=True)
        pipe.open("wb").close()  # it is there
        apart.stop()
        with pytest.raises(Stopped):
            waiting.result(timeout=30)
        # And nothing of it is left for the next one.
        assert pool.submit(apart.run, ["cat"], b"words", 60, may_stop=True).result() == (0, b"words")


def test_what_is_the_person_s_own_is_not_stopped(pipe: Path) -> None:
    end = pipe.with_name("end")
    os.mkfifo(end)
    command = wait_in_python(pipe, f"open({str(end)!r}).close(); print('done')")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(apart.run, command, b"", 600)
        pipe.open("wb").close()
        apart.stop()
        end.open("wb").close()
        assert waiting.result(timeout=30) == (0, b"done\n")


def test_what_takes_too_long_is_ended(pipe: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        apart.run(wait_in_python(pipe), b"", 0.2)
    apart.stop()


def test_the_opening_process_cannot_be_read_and_ends_with_the_window() -> None:
    asked = "call = ctypes.CDLL(None).prctl; value = ctypes.c_int(); call(2, ctypes.byref(value))"
    script = (
        "import ctypes, runpy, sys; runpy.run_path(sys.argv[1])['_close_off']();"
        f"{asked}; print(call(3, 0, 0, 0, 0), value.value)"
    )
    command = [sys.executable, "-I", "-S", "-c", script, opener.__file__]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"0 {int(signal.SIGKILL)}\n"


@pytest.mark.parametrize("end", ["kill", "replace"])
def test_a_share_being_opened_when_the_window_goes_is_opened_by_nobody(tmp_path: Path, end: str) -> None:
    # The opening process holds on to a pipe of ours for as long as it lives. It waits for the rest of its file, which
    # we hold back: as busy as it would be with a long passphrase.
    program = """
import os, subprocess, sys, threading
from pathlib import Path
import pyrage
from journal.share import opener
def open_it():
    folder = str(Path(pyrage.__file__).resolve().parent.parent)
    command = [sys.executable, "-I", "-S", opener.__file__, folder, str(2**31), "600"]
    with subprocess.Popen(command, stdin=told, stdout=subprocess.PIPE, pass_fds=[held]) as child:
        print(child.pid, flush=True)
        child.wait()
held, told = int(sys.argv[1]), int(sys.argv[2])
threading.Thread(target=open_it, daemon=True).start()
sys.stdin.readline()
os.close(held)
os.execv(sys.executable, [sys.executable, "-c", "import signal; signal.pause()"])
"""
    read, write = os.pipe()
    told, tell = os.pipe()
    os.write(tell, b"passphrase\n6161\n")
    command = [sys.executable, "-c", program, str(write), str(told)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[write, told], text=True
    ) as window:
        os.close(write)
        child = int(window.stdout.readline())
        closed_off(child)
        if end == "kill":
            window.kill()
        else:
            window.stdin.write("\n")
            window.stdin.flush()
        assert os.read(read, 1) == b"", "the pipe ends when both have let go of it"
        window.kill()
    for ours in (read, told, tell):
        os.close(ours)


def closed_off(pid: int) -> None:
    """Wait until the process reads what it is sent: it has closed itself off by then."""
    for _ in range(3000):
        loaded = "pyrage" in Path(f"/proc/{pid}/maps").read_text()
        if loaded and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S":
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not come up")


def test_what_answers_without_end_is_ended_and_little_of_it_is_held() -> None:
    without_end = [sys.executable, "-c", "import os\nwhile True: os.write(1, bytes(2**20))"]
    tracemalloc.start()
    try:
        status, answer = apart.run(without_end, b"", 600, most=2**21)
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert status != 0 and answer == b"" and held < 2**23
    assert apart.run(["cat"], bytes(2**21), 60, most=2**21) == (0, bytes(2**21))  # just as much is taken whole


def test_what_hears_nothing_or_not_all_is_no_fault() -> None:
    assert apart.run(["true"], bytes(2**22), 60) == (0, b"")
    assert apart.run(["head", "-c", "5"], b"words" * 2**20, 60) == (0, b"words")
