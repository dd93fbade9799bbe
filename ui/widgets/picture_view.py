"""A picture on the screen: all of it, or each of its pixels on one of the screen's."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui import words

_ENLARGED = 3  # times its size, at most
_STEP = 60  # px: one arrow key


class _Canvas(QWidget):
    """Paints. The picture in the size of the window is kept beside the whole one, for it is painted often."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.is_whole = True  # all of it is seen
        self._small = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_image(self, image: QImage) -> None:
        self.image, self._small = image, QImage()
        self.update()

    def natural(self) -> QSize:
        """Its size at 100 %, in the screen's own pixels."""
        return self.image.size() / self.devicePixelRatioF()

    def place(self) -> QRect:
        """Where in the widget it is painted: in the middle. A small one fills the window as far as it bears it."""
        size = self.natural()
        if self.is_whole:
            room = self.size().boundedTo(size * _ENLARGED)
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        size = size.expandedTo(QSize(1, 1))
        return QRect(
            (self.width() - size.width()) // 2, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        place = self.place()
        wanted = place.size() * self.devicePixelRatioF()
        if wanted == self.image.size():
            painter.setClipRect(event.rect())
            painter.drawImage(place, self.image)
            return
        if self._small.size() != wanted:
            mode = Qt.TransformationMode.SmoothTransformation
            self._small = self.image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
        painter.drawImage(place, self._small)


class PictureView(QScrollArea):
    """Fits the picture into the window, or shows it at 100 %. The arrow keys move it then.

    Signals:
        fitted(bool): whether all of it is seen now.
    """

    fitted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.canvas = _Canvas()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self.canvas)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "picture")

    def show_image(self, image: QImage, name: str) -> None:
        """Show a picture; `name` is what a screen reader says."""
        self.canvas.show_image(image)
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"A picture, {words.pixels(image.width(), image.height())}")
        self.set_fitted(True)

    def forget(self) -> None:
        """Let the pixels go."""
        self.canvas.show_image(QImage())

    @property
    def is_fitted(self) -> bool:
        return self.canvas.is_whole

    def set_fitted(self, on: bool) -> None:
        """All of it in the window, or 100 %."""
        self.canvas.is_whole = on
        self.canvas.setMinimumSize(QSize(0, 0) if on else self.canvas.natural())
        self.canvas.update()
        if not on:
            for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
                bar.setValue((bar.minimum() + bar.maximum()) // 2)
        self.fitted.emit(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.canvas.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Left: (across, -_STEP),
            Qt.Key.Key_Right: (across, _STEP),
            Qt.Key.Key_Up: (down, -_STEP),
            Qt.Key.Key_Down: (down, _STEP),
            Qt.Key.Key_PageUp: (down, -self.viewport().height()),
            Qt.Key.Key_PageDown: (down, self.viewport().height()),
        }
        if event.key() in steps:
            bar, by = steps[Qt.Key(event.key())]
            bar.setValue(bar.value() + by)
        elif event.key() in (Qt.Key.Key_1, Qt.Key.Key_F, Qt.Key.Key_Space):
            self.set_fitted({Qt.Key.Key_1: False, Qt.Key.Key_F: True}.get(Qt.Key(event.key()), not self.is_fitted))
        else:
            super().keyPressEvent(event)
