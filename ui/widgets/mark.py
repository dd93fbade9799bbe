"""The program's mark: a drop and the rings it leaves. Drawn, so that it follows the theme and any size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.tokens import LIGHT


class Mark(QWidget):
    """The mark in the accent colour. Says nothing to screen readers: the name stands beside it."""

    def __init__(self, theme: Theme, size: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw(painter, QRectF(self.rect()), self._theme.color("accent"))


def app_icon() -> QIcon:
    """The mark on paper, for the window's corner and the task bar."""
    made = QIcon()
    for side in (32, 64, 128):
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT.paper))
            painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.22, side * 0.22)
            inset = side * 0.14
            draw(painter, QRectF(inset, inset, side - 2 * inset, side - 2 * inset), QColor(LIGHT.accent))
        made.addPixmap(picture)
    return made


def draw(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Draw the mark into the largest square in `box`."""
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center().x() - side / 2, box.center().y() - side / 2)
    painter.scale(side / 100, side / 100)
    drop = QPainterPath(QPointF(50, 6))
    drop.cubicTo(QPointF(58, 22), QPointF(66, 29), QPointF(66, 40))
    drop.cubicTo(QPointF(66, 50), QPointF(59, 56), QPointF(50, 56))
    drop.cubicTo(QPointF(41, 56), QPointF(34, 50), QPointF(34, 40))
    drop.cubicTo(QPointF(34, 29), QPointF(42, 22), QPointF(50, 6))
    painter.fillPath(drop, color)
    pen = QPen(color, 5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for wide, tall, opacity in ((30, 9, 1.0), (44, 16, 0.55)):
        painter.setOpacity(opacity)
        painter.setPen(pen)
        painter.drawArc(QRectF(50 - wide, 72 - tall, 2 * wide, 2 * tall), 160 * 16, 220 * 16)
    painter.restore()
