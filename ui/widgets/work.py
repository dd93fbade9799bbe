"""A bar for work that takes a while on the vault thread, and a way to stop it."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.labels import label

_LOOK = 80  # ms between two looks at how far it is


class Progress:
    """How far the work is, told by the vault thread; whether to go on, told by the window's. No Qt: it may be called
    when the widget is gone."""

    def __init__(self) -> None:
        self.percent = 0
        self._halted = threading.Event()

    def __call__(self, done: int, of: int) -> bool:
        self.percent = 100 * done // max(1, of)
        return not self._halted.is_set()

    def halt(self) -> None:
        """Stop, where that still changes nothing."""
        self._halted.set()


class Work(QWidget):
    """Hidden until work begins."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = Progress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["s"])
        column.addWidget(label(text))
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text)
        column.addWidget(self.bar)
        self.stop = button(theme, "Stop", self._on_stop, kind="quiet")
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_look)
        self.hide()

    @property
    def under_way(self) -> bool:
        return self._timer.isActive()

    def begin(self) -> Progress:
        """Show it; what is returned is to be given to the work."""
        self._progress = Progress()
        self.bar.setValue(0)
        self.stop.setEnabled(True)
        self._timer.start()
        self.show()
        return self._progress

    def end(self) -> None:
        """The work is done, or failed."""
        self._timer.stop()
        self.hide()

    @Slot()
    def halt(self) -> None:
        """Ask the work to stop. Too late, it is done all the same."""
        self._progress.halt()

    @Slot()
    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.halt()

    @Slot()
    def _on_look(self) -> None:
        self.bar.setValue(self._progress.percent)
