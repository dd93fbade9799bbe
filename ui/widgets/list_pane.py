"""A pane with a list in it: the list scrolls, or where there is no room for that, the pane with all of the list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.widgets.lines_list import LinesList


class ListPane(QScrollArea):
    """Holds `inside`, which holds `lines`. There is never one scroll bar within another."""

    def __init__(self, inside: QWidget, lines: LinesList) -> None:
        super().__init__()
        self._lines, self._least = lines, 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        lines.selectionModel().currentChanged.connect(self._on_current)

    def set_least(self, height: int) -> None:
        """The list scrolls by itself where it is given so many px."""
        self._least = height
        self.fit()

    def fit(self) -> None:
        """Take the room there is. To be called where what the pane holds became another."""
        wide, layout = self.viewport().width(), self.widget().layout()
        self._lines.set_whole(False, self._least)
        layout.invalidate()
        needed = layout.minimumSize().height()
        if layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(wide)  # what a scroll area gives, also where less would do
        if needed > self.viewport().height() and not self._lines.isHidden():
            self._lines.set_whole(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and self._lines.whole:
            place = self._lines.visualRect(now)
            at = self._lines.viewport().mapTo(self.widget(), place.center())
            self.ensureVisible(at.x(), at.y(), 0, place.height())
