"""From starting Python to the first painted window, against the smallest PySide6 window there is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Line, compare, timed
from benchmarks.stores import Made

_LOOK = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

class Look(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.objectName() == "window":
            QApplication.instance().removeEventFilter(self)
            QTimer.singleShot(0, QApplication.closeAllWindows)
        return False
"""
_OURS = _LOOK + """
from ui import main
app = main._application()
look = Look()
app.installEventFilter(look)
sys.exit(main.run([]))
"""
_BARE = _LOOK + """
from PySide6.QtWidgets import QLabel, QMainWindow
app = QApplication([])
look = Look()
app.installEventFilter(look)
window = QMainWindow()
window.setObjectName("window")
window.setCentralWidget(QLabel("hello"))
window.show()
sys.exit(app.exec())
"""


def lines(_: Made) -> Iterator[Line]:
    where = "offscreen" if not os.environ.get("DISPLAY") else "on this display"
    with tempfile.TemporaryDirectory() as home:
        yield compare(
            f"window shown / a minimal PySide6 window ({where})",
            lambda: timed(lambda: _start(_OURS, home)),
            lambda: timed(lambda: _start(_BARE, home)),
            7,
        )


def _start(program: str, home: str) -> None:
    environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
    if not os.environ.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, cwd=home, capture_output=True)
