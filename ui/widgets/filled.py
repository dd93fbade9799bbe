"""A widget that is filled a few pieces at a time: what is seen first is there at once, the rest follows by itself.

A part of a share may hold forty long texts or sixty questionnaires. To make them all before the first picture takes a
third of a second, in which no key is answered; in pieces, nobody waits. What follows comes in below what is there, in
slices of time that leave room in a frame for scrolling and painting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

from ui.widgets.reading import ReadingView

_AT_ONCE = 12_000  # characters that are made at once; a window shows about half of them
_SLICE = 0.0025  # seconds of a frame after which no more is begun; to make one thing takes up to twice that
_DEEP = 8  # parents from a text up to the area that scrolls
_HAND = 0.1  # seconds after a move of the page in which nothing is made, or one thing at a time
_PAGES = 2  # of what is seen: with less of it left below, more is made while one scrolls, too
_WAIT = 30  # ms
_LABEL = 100  # characters: about what a thing takes of time, whatever it says


class Filled(QWidget):
    """Filled by `fill`.

    Signals:
        grown(): more of it is there.
    """

    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # what comes in does not paint the rest again
        self._steps: Iterator[int] = iter(())
        self.whole = True  # whether all of it is there
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_time)
        self._moved = 0.0  # when the page was scrolled last
        self._bar: QScrollBar | None = None

    def fill(self, pieces: Iterator[QWidget]) -> None:
        """Make the first of these now. Each is made, and put where it belongs, when it is asked for; texts that a
        piece holds back come in by themselves."""
        self._steps, self.whole = self._take(pieces), False
        made = 0
        for size in self._steps:
            made += size
            if made >= _AT_ONCE:
                return
        self.whole = True

    def finish(self, met: Callable[[], bool] | None = None) -> None:
        """Make all that is left, or as much of it as is needed until something is `met`."""
        if self.whole or (met is not None and met()):
            return
        for _ in self._steps:
            if met is not None and met():
                break
        else:
            self.whole = True
            self._timer.stop()
        settle()
        self.grown.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.whole:
            return
        self._timer.start()
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self._bar is None:
            self._bar = above.verticalScrollBar()
            self._bar.valueChanged.connect(self._on_moved)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _take(self, pieces: Iterator[QWidget]) -> Iterator[int]:
        """Make one thing at each step; about how many characters long it is."""
        for piece in pieces:
            if self.isVisible():
                piece.hide()
                yield 0  # to make a thing, to lay it out and to fill it is too much for one frame
                piece.show()  # it has its width now, before its text is in it: so that is laid out once
                yield 0
            for reading in _readings(piece):
                while size := reading.take():
                    yield size
            yield _LABEL

    @Slot()
    def _on_moved(self) -> None:
        self._moved = perf_counter()

    @Slot()
    def _on_time(self) -> None:
        now = perf_counter()
        scrolling = self._bar is not None and now - self._moved < _HAND
        if scrolling and self._bar.maximum() - self._bar.value() > _PAGES * self._bar.pageStep():
            self._timer.setInterval(_WAIT)
            return
        self._timer.setInterval(0)
        end = now if scrolling else now + _SLICE
        for _ in self._steps:
            if perf_counter() >= end:
                break
        else:
            self.whole = True
            self._timer.stop()
        settle()
        self.grown.emit()


def settle() -> None:
    """Let all that grew be as high as it is now. By itself Qt goes one parent up in each turn of its loop, and paints
    what is half done."""
    for _ in range(_DEEP):  # what is posted meanwhile is sent by the next
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def _readings(piece: QWidget) -> list[ReadingView]:
    return [piece] if isinstance(piece, ReadingView) else piece.findChildren(ReadingView)
