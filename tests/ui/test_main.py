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
from ui.hardening import harden
harden()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
    running = start(own_home, program)
    out, err = running.communicate(timeout=60)
    assert out == "(0, 0) 0\n", err


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


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["a.vault"], True),
        (["folder/a.AGE"], True),
        (["--resume", "5"], True),
        (["verify", "a.vault"], False),
        (["tour", "pictures"], False),
        (["--help"], False),
    ],
)
def test_which_arguments_are_for_the_window(arguments: list[str], window: bool) -> None:
    assert command._for_window(arguments) is window
