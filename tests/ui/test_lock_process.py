"""Locking in a real process: afterwards its memory holds nothing of what was written, and it asks for the password.

Looks into /proc, as somebody at the unlocked desk could.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journal.service import JournalService
from tests.ui.conftest import PASSWORD

ROOT = Path(__file__).resolve().parents[2]

# Makes a journal, writes in it without saving, says so, and locks when told. What to write comes over a pipe.
DRIVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QTextEdit
from journal.vault import FAST
from ui import main
from ui.places import Place

path, password, words = (sys.stdin.readline().strip() for _ in range(3))

class Driver:
    def begin(self):
        self.window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "window")
        self.window.begin()
        page = self.window.welcome
        page.create.set_path(Path(path))
        page.create.password.edit.setText(password)
        page.create.repeat.edit.setText(password)
        page.create.next.click()
        self.wait(lambda: page.step is page.show_words, self.prove)

    def prove(self):
        page = self.window.welcome
        page.show_words.next.click()
        page.type_words.words.edit.setPlainText(page._words)
        page.type_words.next.click()
        self.wait(lambda: self.window.stack.place is not None, self.write)

    def write(self):
        self.window.stack.go(Place("write", kind="experience"))
        QTimer.singleShot(300, self.type)

    def type(self):
        page = self.window.stack.currentWidget()
        field = next(f for f in page.findChildren(QTextEdit) if f.isVisible() and not f.isReadOnly())
        field.textCursor().insertText(words)
        print("written", flush=True)
        self.told = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self.told.activated.connect(self.lock)

    def lock(self):
        self.told.setEnabled(False)
        self.window.menu_actions["lock"].trigger()

    def wait(self, condition, then):
        if condition():
            then()
        else:
            QTimer.singleShot(20, lambda: self.wait(condition, then))

app = main._application()
driver = Driver()
QTimer.singleShot(0, driver.begin)
sys.exit(main.run([], profile=FAST, hardened=False))
"""


@pytest.fixture
def running(own_home: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER],
        cwd=own_home,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    yield process
    if process.poll() is None:
        process.kill()
    for pipe in (process.stdin, process.stdout, process.stderr):
        pipe.close()
    process.wait()


def test_after_locking_nothing_written_is_in_memory(running: subprocess.Popen[bytes], tmp_path: Path) -> None:
    path = tmp_path / "private name.vault"
    words = "quillwort heliotrope " * 3
    running.stdin.write(f"{path}\n{PASSWORD}\n{words}\n".encode())
    running.stdin.flush()
    assert running.stdout.readline() == b"written\n", running.stderr.read()
    assert in_memory(running.pid, "quillwort")

    running.stdin.write(b"lock\n")
    running.stdin.flush()
    wait(lambda: b"--resume" in proc(running.pid, "cmdline") and catches(running.pid, signal.SIGTERM))
    for secret in ("quillwort", "heliotrope", PASSWORD):
        assert not in_memory(running.pid, secret), secret
    assert b"private" not in proc(running.pid, "cmdline")
    assert b"private" not in proc(running.pid, "environ")
    assert in_memory(running.pid, "Your journal is locked") or in_memory(running.pid, "private name.vault is locked")

    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=30) == 0
    service = JournalService.open(path, password=PASSWORD)
    kept = [draft.record.text for draft in service.drafts()]
    kept += [item.record.text for item in service.items() if hasattr(item.record, "text")]
    service.close()
    assert any("quillwort heliotrope" in text for text in kept)


def in_memory(pid: int, words: str) -> bool:
    """Whether words are anywhere in what a process can write to, as UTF-8 or as Qt keeps text (UTF-16)."""
    wanted = [words.encode("utf-8"), words.encode("utf-16-le")]
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in proc(pid, "maps").decode().splitlines():
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if found is None:
                continue
            start, end = (int(part, 16) for part in found.groups())
            try:
                memory.seek(start)
                block = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue  # device memory
            if any(text in block for text in wanted):
                return True
    return False


def catches(pid: int, number: int) -> bool:
    """Whether the process has a handler for a signal: it is up."""
    found = re.search(rb"SigCgt:\s*([0-9a-f]+)", proc(pid, "status"))
    return found is not None and bool(int(found.group(1), 16) >> (number - 1) & 1)


def proc(pid: int, name: str) -> bytes:
    return Path(f"/proc/{pid}/{name}").read_bytes()


def wait(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something another process does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        threading.Event().wait(0.02)
