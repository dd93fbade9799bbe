"""The twin of a picture: the same as a table, to be read, copied and opened from."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.theme import Theme


class Twin(QTableView):
    """Signals:
    copy_wanted(): Ctrl+C was pressed in it.
    row_opened(int): the row that somebody wants to see more of.
    """

    copy_wanted = Signal()
    row_opened = Signal(int)

    def __init__(self, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy_wanted)
        self.activated.connect(self._on_row)
        self.doubleClicked.connect(self._on_row)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The rows that are chosen, from above."""
        return tuple(sorted({index.row() for index in self.selectionModel().selectedRows()}))

    def fit(self, theme: Theme, widest: int | None = None) -> None:
        """Rows as high as the text wants, columns as wide as what stands in them, up to `widest` px at 100 %."""
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        header = self.horizontalHeader()
        if widest is not None:
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            header.setMaximumSectionSize(theme.px(widest))
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.row())
