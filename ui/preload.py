"""What the first chart needs is loaded while nobody touches the window: a piece at a time, each in a moment."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from ui.window import MainWindow

PIECES = ("numpy", "pyqtgraph", "ui.charts.view")
_LOOK = 2000  # ms between two looks
_QUIET = 4  # seconds without a touch


class Preload(QObject):
    """Begins once a journal is open, and ends when all is there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._left = list(PIECES)
        self.timer = QTimer(self)
        self.timer.setInterval(_LOOK)
        self.timer.timeout.connect(self.look)
        window.stack.moved.connect(self._on_moved)

    @Slot()
    def _on_moved(self) -> None:
        if self._left and not self.timer.isActive():
            self.timer.start()

    @Slot()
    def look(self) -> None:
        """Load the next piece, if the window was left alone."""
        if not self._window.context.tasks.is_open or self._window.idle.touched_within(_QUIET):
            return
        import_module(self._left.pop(0))
        if not self._left:
            self.timer.stop()
