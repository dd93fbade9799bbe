"""The program as it is started: little is loaded before the first picture, and it ends when asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ui import command

ROOT = Path(__file__).resolve().parents[2]

HEAVY = ("numpy", "pyqtgraph", "qtawesome", "sqlite_utils", "sqlite3", "cryptography", "pyrage", "journal.service")


def start(home: Path, program: str, *arguments: str) -> subprocess.Popen[str]:
    """Run a Python program with the project at hand, and the folders of a person who is not there."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=home,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_little_is_loaded_before_the_first_picture(own_home: Path) -> None:
    program = f"""
import json, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from ui import main

class Look(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.objectName() == "window":
            QApplication.instance().removeEventFilter(self)
            print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]), flush=True)
            QTimer.singleShot(0, QApplication.closeAllWindows)
        return False

app = main._application()
look = Look()
app.installEventFilter(look)
sys.exit(main.run([]))
"""
    running = start(own_home, program)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert json.loads(out) == []


def test_it_ends_well_when_the_system_asks(own_home: Path) -> None:
    program = """
import sys
from PySide6.QtCore import QTimer
from ui import main
app = main._application()
QTimer.singleShot(0, lambda: print("up", flush=True))
sys.exit(main.run([]))
"""
    running = start(own_home, program)
    assert running.stdout.readline() == "up\n"
    running.send_signal(signal.SIGTERM)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 0, err


def test_it_asks_for_no_core_dumps(own_home: Path) -> None:
    program = """
import ctypes, resource
from journal.hardening import harden
harden()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
    running = start(own_home, program)
    out, err = running.communicate(timeout=60)
    assert out == "(0, 0) 0\n", err


@pytest.mark.parametrize("asked", ["variable", "file", "settings"])
def test_qt_tells_of_no_keys_even_if_it_is_asked_to(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    rules = own_home / "config" / "QtProject" / "qtlogging.ini"
    rules.parent.mkdir(parents=True)
    if asked == "variable":
        monkeypatch.setenv("QT_LOGGING_RULES", "*=true")
    elif asked == "file":
        monkeypatch.setenv("QT_LOGGING_CONF", str(rules))
    if asked != "variable":
        rules.write_text("[Rules]\n*=true\n")
    program = """
import sys
from PySide6.QtCore import QTimer
from ui import main
def restore(window, settings):
    QTimer.singleShot(0, window.close)
main.geometry.restore = restore
main.run([], hardened=bool(sys.argv[1]))
"""
    told = {}
    for hardened in (True, False):
        running = start(own_home, program, "hardened" if hardened else "")
        told[hardened] = running.communicate(timeout=60)[1]
        assert running.returncode == 0, told[hardened]
    assert "qt.qpa." in told[False], "Qt would have told"
    others = [line for line in told[True].splitlines() if not line.startswith("qt.pyside.")]  # warnings, of slots
    assert [line for line in others if line.startswith("qt.")] == []


@pytest.mark.parametrize("module", ["journal", "ui"])
def test_the_command_line_asks_for_the_same(own_home: Path, module: str) -> None:
    program = """
import ctypes, resource, runpy, sys
module = sys.argv.pop()
sys.argv.append("--help")
try:
    runpy.run_module(module, run_name="__main__", alter_sys=True)
except SystemExit:
    print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
    out, err = start(own_home, program, module).communicate(timeout=60)
    assert out.splitlines()[-1] == "(0, 0) 0", err


def test_an_unexpected_error_is_told_without_its_words(own_home: Path) -> None:
    program = """
import sys
from ui import crash
shown = []
crash.install(shown.append)
from PySide6.QtCore import QCoreApplication, QTimer
app = QCoreApplication([])
def fail():
    secret = "canary words"
    raise ValueError(secret)
def thread():
    import threading
    made = threading.Thread(target=fail)
    made.start()
    made.join()
    print(str(shown[0]), "|", shown[0].detail, len(shown))
    app.quit()
QTimer.singleShot(0, fail)
QTimer.singleShot(10, thread)
app.exec()
"""
    running = start(own_home, program)
    out, err = running.communicate(timeout=60)
    assert "canary" not in out + err
    assert "safe" in out
    assert err.splitlines() == ["unexpected: ValueError", "unexpected: ValueError"]
    assert out.rstrip().endswith("| ValueError 1")


@pytest.mark.parametrize("dead", [{}, {"DISPLAY": ":77"}, {"DISPLAY": "no display"}, {"WAYLAND_DISPLAY": "none-77"}])
def test_without_a_display_one_line_says_so(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, dead: dict[str, str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in dead.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-m", "ui"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "display" in done.stderr


def test_the_command_line_knows_the_tour_and_loads_no_window(own_home: Path) -> None:
    program = """
import sys
from ui import command
status = command._run(["--help"])
print(status, any(name.startswith("PySide6") for name in sys.modules))
"""
    out, err = start(own_home, program).communicate(timeout=60)
    assert "tour" in out, err
    assert "verify" in out
    assert out.splitlines()[-1] == "0 False"


def test_a_file_given_to_the_program_is_stood_before(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.vault").write_bytes(b"")
    program = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import main
def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "window")
    print(window.welcome.step is window.welcome.unlock, window.windowTitle(), flush=True)
    window.close()
app = main._application()
QTimer.singleShot(0, look)
sys.exit(main.run(sys.argv[1:]))
"""
    running = start(own_home, program, str(tmp_path / "mine.vault"))
    out, err = running.communicate(timeout=60)
    assert out == "True Integration Journal\n", err


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["a.vault"], True),
        (["folder/a.AGE"], True),
        (["--resume", "5"], True),
        (["--dim", "5"], True),
        (["verify", "a.vault"], False),
        (["tour", "pictures"], False),
        (["--help"], False),
    ],
)
def test_which_arguments_are_for_the_window(arguments: list[str], window: bool) -> None:
    assert command._for_window(arguments) is window
