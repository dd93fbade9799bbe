"""A plot that is painted once and shown as a picture until something in it changes.

While a page scrolls, Qt asks for the strip of it that comes in; pyqtgraph draws all there is for each of them, which
takes more than a frame.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent


class StillPlot(pg.PlotWidget):
    """A `PlotWidget` with a picture of itself."""

    def __init__(self, **options: Any) -> None:
        self._picture: QPixmap | None = None
        super().__init__(**options)
        self.scene().changed.connect(self._on_changed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        port = self.viewport()
        ratio = port.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            self._picture = QPixmap(port.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            painter.setRenderHints(self.renderHints())
            self.render(painter, QRectF(port.rect()), port.rect())
            painter.end()
        QPainter(port).drawPixmap(0, 0, self._picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None
        super().resizeEvent(event)

    def setBackground(self, background: Any) -> None:
        self._picture = None
        super().setBackground(background)

    @Slot()
    def _on_changed(self) -> None:
        self._picture = None
