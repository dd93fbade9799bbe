"""A widget that is filled a few pieces at a time: what is seen first is there at once, the rest follows by itself.

A part of a share may hold forty long texts or sixty questionnaires. To make them all before the first picture takes a
third of a second, in which no key is answered; in pieces, nobody waits.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

_AT_ONCE = 12_000  # characters that are made at once; a window shows about half of them
_PIECE = 800  # characters in a row of what follows: a text in a frame, or some labels


class Filled(QWidget):
    """Filled by `fill`.

    Signals:
        grown(): more of it is there.
    """

    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pieces: Iterator[int] = iter(())
        self.whole = True  # whether all of it is there
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_time)

    def fill(self, pieces: Iterator[int]) -> None:
        """Make the first of these now. Each is made where it is asked for, and is about how many characters long."""
        self._pieces, self.whole = pieces, False
        made = 0
        for size in pieces:
            made += size
            if made >= _AT_ONCE:
                return
        self.whole = True

    def finish(self) -> None:
        """Make all that is left."""
        if not self.whole:
            for _ in self._pieces:
                pass
            self._end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.whole:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def _on_time(self) -> None:
        made = 0
        for size in self._pieces:
            made += size
            if made >= _PIECE:
                self.grown.emit()
                return
        self._end()

    def _end(self) -> None:
        self.whole = True
        self._timer.stop()
        self.grown.emit()
