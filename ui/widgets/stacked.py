"""A layout that puts things one below the other and asks each for its height once.

Qt's own box asks every label again, at two widths, each time one thing more comes in: of a long part of a share, that
took longer than to make what came. This one asks at the width it has, and what did not change answers from memory.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Stacked(QLayout):
    """From the top down, each as wide as there is room, as high as it wants to be at that width."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 0) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, list[int | None]] = {}  # by the width, until something changes
        self._least: QSize | None = None
        self._wide = 0  # px: how wide it was last
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self.invalidate()
        return item

    def invalidate(self) -> None:
        self._heights.clear()
        self._least = None
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [high for high in self._at(width) if high is not None]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        left, top, self._wide, spacing = rect.left(), rect.top(), rect.width(), self.spacing()
        for item, high in zip(self._items, self._at(self._wide), strict=True):
            if high is not None:
                item.setGeometry(QRect(left, top, self._wide, high))
                top += high + spacing

    def _at(self, width: int) -> list[int | None]:
        """How high each is at this width; None for what is hidden."""
        if width not in self._heights:
            self._heights[width] = [None if item.isEmpty() else _height(item, width) for item in self._items]
        return self._heights[width]

    def sizeHint(self) -> QSize:
        wide = self._wide or max((item.sizeHint().width() for item in self._items), default=0)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSize(self) -> QSize:
        if self._least is None:
            sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
            high = sum(size.height() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
            self._least = QSize(max((size.width() for size in sizes), default=0), high)
        return self._least


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
