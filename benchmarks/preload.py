"""Unlocking in the window, with and without what is loaded for the charts while nobody touches it (`ui.preload`).

From the click on *Open* until the first page is there and all it asked for was answered, in a fresh process each
time, with the cheapest password there is, so that nothing hides the difference. In turns.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import PASSWORD, Line, ratio, turns
from benchmarks.stores import Made

_TURNS = 15
_GOAL = 1.1
_OURS = """
import sys, time
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from ui import main, preload

path, password, how = sys.argv[1:]
if how == "without":
    preload.PIECES = ()

class Hand(QObject):
    def begin(self):
        self.window = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "window")
        self.window.stack.moved.connect(self.there)
        self.rounds = 4  # what was asked, and what the answers asked in turn
        unlock = self.window.welcome.unlock
        unlock.password.edit.setText(password)
        self.since = time.perf_counter()
        unlock.next.click()

    def there(self):
        self.window.stack.moved.disconnect(self.there)
        self.ask()

    def ask(self, _=None):
        self.rounds -= 1
        if self.rounds >= 0:
            self.window.context.tasks.run(bool, self.ask)
            return
        print(time.perf_counter() - self.since)
        assert self.window.commands.preload.timer.isActive() == (how == "with")
        QApplication.closeAllWindows()

app = main._application()
hand = Hand()
QTimer.singleShot(300, hand.begin)
sys.exit(main.run([path]))
"""


def lines(made: Made) -> Iterator[Line]:
    for size in made.sizes[:2]:
        yield _line(size, made.of(size).vault)


def _line(size: int, vault: Path) -> Line:
    where = "offscreen" if not os.environ.get("DISPLAY") else "on this display"
    with tempfile.TemporaryDirectory() as home:
        found = turns(_TURNS, lambda: _unlock(vault, home, "with"), lambda: _unlock(vault, home, "without"))
    return ratio(f"unlocking {size:,} with the charts' preload / without it ({where})", *found, _GOAL)


def _unlock(vault: Path, home: str, how: str) -> float:
    environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
    if not os.environ.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    command = [sys.executable, "-c", _OURS, str(vault), PASSWORD, how]
    told = subprocess.run(command, check=True, env=environment, cwd=home, capture_output=True, text=True)
    return float(told.stdout)
