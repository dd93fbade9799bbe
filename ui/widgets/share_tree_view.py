"""The tree of what could be shared: every line in full, as high as all its lines, so that only the page scrolls."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

_BESIDE = 44  # px at 100 %: the box, and the room around box and words
_Index = QModelIndex | QPersistentModelIndex


class _Lines(QStyledItemDelegate):
    """Gives each line the height its words need where they wrap."""

    def __init__(self, tree: ShareTreeView, beside: int) -> None:
        super().__init__(tree)
        self._tree = tree
        self.beside = beside

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        hint = super().sizeHint(option, index)
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        width = self._tree.viewport().width() - depth * self._tree.indentation() - self.beside
        metrics = self._tree.fontMetrics()
        room = QRect(0, 0, max(width, 80), 100_000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, index.data()).height()
        more = max(0, needed - metrics.height())
        return QSize(self._tree.viewport().width(), hint.height() + more)


class ShareTreeView(QTreeView):
    """Scrolls the page it stands in to the line one is at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = _Lines(self, _BESIDE)
        self.setItemDelegate(self._lines)

    def set_beside(self, pixels: int) -> None:
        """How much of a line is no room for words, at this text size."""
        self._lines.beside = pixels
        self.scheduleDelayedItemsLayout()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and index.isValid():
            line = self.visualRect(index)
            spot = self.viewport().mapTo(area.widget(), line.center())
            area.ensureVisible(area.horizontalScrollBar().value(), spot.y(), 0, line.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        needed = self.viewportSizeHint().height()
        if needed != self.height():
            self.setFixedHeight(max(needed, 1))
