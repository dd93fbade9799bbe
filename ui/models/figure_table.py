"""The twin of a figure: its rows, for reading, for screen readers, for copying."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from ui.charts.figure import Table

_BLANK = "–"  # an answer that was not given; never a zero


class FigureTable(QAbstractTableModel):
    """Shows a `Table`."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._table = Table(())

    def set_table(self, table: Table) -> None:
        """Show another one."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def eid(self, row: int) -> str | None:
        """The entry that a row came from."""
        return self._table.eids[row] if row < len(self._table.eids) else None

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._table.head)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._table.head[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        text = self._table.rows[index.row()][index.column()]
        return "no answer" if role == Qt.ItemDataRole.AccessibleTextRole and text == _BLANK else text
